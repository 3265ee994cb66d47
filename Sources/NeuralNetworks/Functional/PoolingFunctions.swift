import TensorCore

extension nn.functional {
    /// The largest element of each window over the last dimension of (N, C, L) or (C, L), and where
    /// it is.
    /// - Parameter stride: the distance between windows; the kernel's size if not given.
    public static func maxPool1dWithIndices(
        _ input: Tensor, _ kernelSize: some SpatialSizes, stride: (any SpatialSizes)? = nil,
        padding: some SpatialSizes = 0, dilation: some SpatialSizes = 1, ceilMode: Bool = false
    ) -> (values: Tensor, indices: Tensor) {
        if input.ndim != 2 && input.ndim != 3 { failDimensions(input, "max_pool1d") }
        // One row of two dimensions, as PyTorch has it.
        let (values, indices) = PoolGeometry(
            "max_pool2d", flat: input, kernelSize, stride, padding, dilation, ceilMode
        ).max(input.unsqueeze(-2))
        return (values.squeeze(-2), indices.squeeze(-2))
    }

    /// The same over the last two dimensions; indices count through both.
    public static func maxPool2dWithIndices(
        _ input: Tensor, _ kernelSize: some SpatialSizes, stride: (any SpatialSizes)? = nil,
        padding: some SpatialSizes = 0, dilation: some SpatialSizes = 1, ceilMode: Bool = false
    ) -> (values: Tensor, indices: Tensor) {
        PoolGeometry("max_pool2d", 2, input, kernelSize, stride, padding, dilation, ceilMode).max(input)
    }

    /// The same over the last three dimensions.
    public static func maxPool3dWithIndices(
        _ input: Tensor, _ kernelSize: some SpatialSizes, stride: (any SpatialSizes)? = nil,
        padding: some SpatialSizes = 0, dilation: some SpatialSizes = 1, ceilMode: Bool = false
    ) -> (values: Tensor, indices: Tensor) {
        PoolGeometry("max_pool3d", 3, input, kernelSize, stride, padding, dilation, ceilMode).max(input)
    }

    public static func maxPool1d(
        _ input: Tensor, _ kernelSize: some SpatialSizes, stride: (any SpatialSizes)? = nil,
        padding: some SpatialSizes = 0, dilation: some SpatialSizes = 1, ceilMode: Bool = false
    ) -> Tensor {
        checkMaxPool1d(input, kernelSize, stride, padding, dilation, ceilMode)
        return maxPool1dWithIndices(
            input, kernelSize, stride: stride, padding: padding, dilation: dilation, ceilMode: ceilMode
        ).values
    }
    public static func maxPool2d(
        _ input: Tensor, _ kernelSize: some SpatialSizes, stride: (any SpatialSizes)? = nil,
        padding: some SpatialSizes = 0, dilation: some SpatialSizes = 1, ceilMode: Bool = false
    ) -> Tensor {
        maxPool2dWithIndices(
            input, kernelSize, stride: stride, padding: padding, dilation: dilation, ceilMode: ceilMode
        ).values
    }
    public static func maxPool3d(
        _ input: Tensor, _ kernelSize: some SpatialSizes, stride: (any SpatialSizes)? = nil,
        padding: some SpatialSizes = 0, dilation: some SpatialSizes = 1, ceilMode: Bool = false
    ) -> Tensor {
        maxPool3dWithIndices(
            input, kernelSize, stride: stride, padding: padding, dilation: dilation, ceilMode: ceilMode
        ).values
    }

    /// Without indices PyTorch has conditions, and words, of its own.
    private static func checkMaxPool1d(
        _ input: Tensor, _ kernelSize: some SpatialSizes, _ stride: (any SpatialSizes)?, _ padding: some SpatialSizes,
        _ dilation: some SpatialSizes, _ ceil: Bool
    ) {
        let isEmpty = input.shape.dropFirst(input.ndim == 3 ? 1 : 0).contains(0)
        if input.ndim != 2 && input.ndim != 3 || isEmpty {
            fail(
                "max_pool1d: Expected 2D or 3D (batch mode) tensor with optional 0 dim batch size for input, but got:"
                    + "\(input.shape)")
        }
        func number(_ sizes: any SpatialSizes, _ name: String, _ forms: String) -> Int {
            let given = sizes.givenCount ?? 1
            if given != 1 { fail("max_pool1d() \(name) must be \(forms) of size 1 but got size \(given)") }
            return sizes.sizes(1)[0]
        }
        let kernel = number(kernelSize, "kernel_size", "an int, list of ints or tuple of ints")
        let step = stride.map { number($0, "stride", "None, an int, list of ints, or tuple of ints") } ?? kernel
        let amount = number(padding, "padding", "an int, list of ints, or tuple of ints")
        let spread = number(dilation, "dilation", "an int, list of ints or tuple of ints")
        if kernel <= 0 { fail("max_pool1d() kernel_size must be greater than zero, but got \(kernel)") }
        if step <= 0 { fail("max_pool1d() stride must be greater than zero, but got \(step)") }
        if amount < 0 { fail("max_pool1d() padding must be non-negative, but got \(amount)") }
        if amount > kernel / 2 {
            fail("max_pool1d() padding should be at most half of kernel size, but got padding=\(amount) and kernel_size=\(kernel)")
        }
        if spread <= 0 { fail("max_pool1d() dilation must be greater than zero, but got \(spread)") }
        let count = Pooling.count(input.size(-1), kernel: kernel, stride: step, padding: amount, dilation: spread, ceil: ceil)
        if count <= 0 { fail("max_pool1d() Invalid computed output size: \(count)") }
        checkType(input, integers: false, "max_pool1d_impl")
    }

    /// The mean of each window over the last dimension.
    /// - Parameter countIncludePad: whether zeros of the padding count as elements.
    public static func avgPool1d(
        _ input: Tensor, _ kernelSize: some SpatialSizes, stride: (any SpatialSizes)? = nil,
        padding: some SpatialSizes = 0, ceilMode: Bool = false, countIncludePad: Bool = true
    ) -> Tensor {
        if input.ndim != 2 && input.ndim != 3 { failDimensions(input, "avg_pool1d") }
        checkSingle(kernelSize.givenCount, "avg_pool1d", "kernel_size")
        checkSingle(stride?.givenCount, "avg_pool1d", "stride")
        checkSingle(padding.givenCount, "avg_pool1d", "padding")
        return PoolGeometry("avg_pool2d", flat: input, kernelSize, stride, padding, 1, ceilMode)
            .mean(input.unsqueeze(-2), countIncludePad, nil).squeeze(-2)
    }

    /// The mean of each window over the last two dimensions.
    /// - Parameter divisorOverride: what sums are divided by in place of the number of elements.
    public static func avgPool2d(
        _ input: Tensor, _ kernelSize: some SpatialSizes, stride: (any SpatialSizes)? = nil,
        padding: some SpatialSizes = 0, ceilMode: Bool = false, countIncludePad: Bool = true, divisorOverride: Int? = nil
    ) -> Tensor {
        _ = input.size(-3)
        if divisorOverride == 0 { fail("divisor must be not zero") }
        return PoolGeometry("avg_pool2d", 2, input, kernelSize, stride, padding, 1, ceilMode)
            .mean(input, countIncludePad, divisorOverride)
    }

    /// The mean of each window over the last three dimensions.
    public static func avgPool3d(
        _ input: Tensor, _ kernelSize: some SpatialSizes, stride: (any SpatialSizes)? = nil,
        padding: some SpatialSizes = 0, ceilMode: Bool = false, countIncludePad: Bool = true, divisorOverride: Int? = nil
    ) -> Tensor {
        let geometry = PoolGeometry("avg_pool3d", 3, input, kernelSize, stride, padding, 1, ceilMode)
        if divisorOverride == 0 { fail("divisor must be not zero") }
        return geometry.mean(input, countIncludePad, divisorOverride)
    }

    /// The power mean of each window: `(Σ xᵖ)^(1/p)` over the last dimension. A window that does not
    /// fit is left out, unless `ceilMode`.
    public static func lpPool1d(
        _ input: Tensor, _ normType: Double, _ kernelSize: Int, stride: (any SpatialSizes)? = nil, ceilMode: Bool = false
    ) -> Tensor {
        let mean = avgPool1d(input.pow(normType), kernelSize, stride: stride, ceilMode: ceilMode)
        return root(mean, Double(kernelSize), normType)
    }
    /// The same over the last two dimensions.
    public static func lpPool2d(
        _ input: Tensor, _ normType: Double, _ kernelSize: some SpatialSizes, stride: (any SpatialSizes)? = nil,
        ceilMode: Bool = false
    ) -> Tensor {
        let mean = avgPool2d(input.pow(normType), kernelSize, stride: stride, ceilMode: ceilMode)
        return root(mean, Double(kernelSize.sizes(2).reduce(1, *)), normType)
    }
    /// The same over the last three dimensions.
    public static func lpPool3d(
        _ input: Tensor, _ normType: Double, _ kernelSize: some SpatialSizes, stride: (any SpatialSizes)? = nil,
        ceilMode: Bool = false
    ) -> Tensor {
        let mean = avgPool3d(input.pow(normType), kernelSize, stride: stride, ceilMode: ceilMode)
        return root(mean, Double(kernelSize.sizes(3).reduce(1, *)), normType)
    }

    private static func root(_ mean: Tensor, _ count: Double, _ p: Double) -> Tensor {
        (mean.sign() * relu(mean.abs()) * count).pow(1 / p)
    }

    /// Stops if a list stands for one number and has not one element.
    static func checkSingle(_ given: Int?, _ function: String, _ name: String) {
        if let given, given != 1 { fail("\(function)() argument '\(name)' should contain one int (got \(given))") }
    }

    static func failDimensions(_ input: Tensor, _ name: String) -> Never {
        fail(
            "Expected 2 to 3 dimensions, but got \(input.ndim)-dimensional tensor for argument #1 'self' (while "
                + "checking arguments for \(name))")
    }

    /// Stops unless the type is a floating one, or with `integers` an integer one.
    static func checkType(_ input: Tensor, integers: Bool, _ name: String) {
        if input.dtype.isFloatingPoint || integers && input.dtype.isIntegral && input.dtype != .bool { return }
        fail("\"\(name)\" not implemented for '\(input.dtype.scalarName)'", .notImplemented)
    }
}

/// Windows of one size that move evenly over the last dimensions.
struct PoolGeometry {
    private let name: String
    private var kernel: [Int], stride: [Int], padding: [Int], dilation: [Int]
    private let ceil: Bool

    /// Checks all but what depends on the input's sizes.
    init(
        _ name: String, _ rank: Int, _ input: Tensor, _ kernelSize: any SpatialSizes, _ stride: (any SpatialSizes)?,
        _ padding: any SpatialSizes, _ dilation: any SpatialSizes, _ ceil: Bool
    ) {
        let number = rank == 2 ? "two" : "three"
        let verb = name == "avg_pool3d" ? "must" : "must either"
        func numbers(_ sizes: any SpatialSizes, _ what: String, _ verb: String, _ forms: String = "") -> [Int] {
            if let given = sizes.givenCount, given != 1 && given != rank {
                fail("\(name): \(what) \(verb) be \(forms)a single int, or a tuple of \(number) ints")
            }
            return sizes.sizes(rank)
        }
        (self.name, self.ceil) = (name, ceil)
        kernel = numbers(kernelSize, "kernel_size", verb)
        // An empty list stands for none.
        let given = stride.flatMap { $0.givenCount == 0 ? nil : $0 }
        self.stride = given.map { numbers($0, "stride", verb, "omitted, ") } ?? kernel
        self.padding = numbers(padding, "padding", verb)
        self.dilation = numbers(dilation, "dilation", "must", name.hasPrefix("max") ? "either " : "")
    }

    /// One dimension as a row of two.
    init(
        _ name: String, flat input: Tensor, _ kernelSize: any SpatialSizes, _ stride: (any SpatialSizes)?,
        _ padding: any SpatialSizes, _ dilation: any SpatialSizes, _ ceil: Bool
    ) {
        let kernel = kernelSize.sizes(1)
        let given = stride.flatMap { $0.givenCount == 0 ? nil : $0 }
        self.init(
            name, 2, input, [1] + kernel, [1] + (given?.sizes(1) ?? kernel), [0] + padding.sizes(1),
            [1] + dilation.sizes(1), ceil)
    }

    private var rank: Int { kernel.count }
    private var isMax: Bool { name.hasPrefix("max") }

    func max(_ input: Tensor) -> (values: Tensor, indices: Tensor) {
        let counts = checkedCounts(input)
        nn.functional.checkType(input, integers: true, name)
        let windows = (0..<rank).map {
            WindowSpans(
                regular: input.size(input.ndim - rank + $0), count: counts[$0], kernel: kernel[$0], stride: stride[$0],
                padding: padding[$0], dilation: dilation[$0])
        }
        return Pooling.max(input, windows, "MaxPool\(rank)DWithIndicesBackward0")
    }

    func mean(_ input: Tensor, _ countsPadding: Bool, _ divisor: Int?) -> Tensor {
        let counts = checkedCounts(input)
        let half = rank == 3 && input.dtype.isHalf
        let kernelName = rank == 3 ? "avg_pool3d_out_frame" : "avg_pool2d"
        if half || input.dtype != .int64 { nn.functional.checkType(half ? input.to(.bool) : input, integers: false, kernelName) }
        return Pooling.mean(
            input, kernel: kernel, stride: stride, padding: padding, counts: counts, countsPadding: countsPadding,
            divisor: divisor, "AvgPool\(rank)DBackward0")
    }

    /// How many windows there are, after all conditions on the input.
    private func checkedCounts(_ input: Tensor) -> [Int] {
        let batched = input.ndim == rank + 2
        if (isMax || rank == 3) && input.ndim != rank + 1 && !batched {
            fail("non-empty \(rank + 1)D or \(rank + 2)D (batch mode) tensor expected for input")
        }
        let sizes = Array(input.shape.suffix(rank))
        if stride.contains(0) { fail("stride should not be zero") }
        for i in 0..<rank {
            if padding[i] < 0 { fail("pad must be non-negative, but got pad: \(padding[i])") }
            if padding[i] > ((kernel[i] - 1) * dilation[i] + 1) / 2 {
                fail(
                    "pad should be at most half of effective kernel size, but got pad=\(padding[i]), "
                        + "kernel_size=\(kernel[i]) and dilation=\(dilation[i])")
            }
        }
        let axes = rank == 2 ? ["H", "W"] : ["T", "H", "W"]
        func listed(_ name: String, _ values: [Int]) -> String {
            zip(axes, values).map { "\(name)\($0): \($1)" }.joined(separator: " ")
        }
        let counts = (0..<rank).map {
            Pooling.count(
                sizes[$0], kernel: kernel[$0], stride: stride[$0], padding: padding[$0], dilation: Swift.max(dilation[$0], 0),
                ceil: ceil)
        }
        if kernel.contains(where: { $0 <= 0 }) { fail("kernel size should be greater than zero, but got \(listed("k", kernel))") }
        if stride.contains(where: { $0 <= 0 }) { fail("stride should be greater than zero, but got \(listed("d", stride))") }
        if dilation.contains(where: { $0 <= 0 }) {
            fail("dilation should be greater than zero, but got \(listed("dilation", dilation))")
        }
        checkNotEmpty(input, batched)
        if name == "avg_pool3d", zip(sizes, kernel).enumerated().contains(where: { $1.0 + 2 * padding[$0] < $1.1 }) {
            fail("input image (\(listed("", sizes))) smaller than kernel size (\(listed("k", kernel)))")
        }
        if counts.contains(where: { $0 < 1 }) {
            let channels = input.size(-rank - 1)
            func product(_ values: [Int]) -> String { ([channels] + values).map(String.init).joined(separator: "x") }
            fail(
                "Given input size: (\(product(sizes))). Calculated output size: (\(product(counts))). Output size is too "
                    + "small")
        }
        return counts
    }

    private func checkNotEmpty(_ input: Tensor, _ batched: Bool) {
        let first = batched ? 1 : 0
        if rank == 2 {
            if input.ndim == 3 || batched, !input.shape.dropFirst(first).contains(0) { return }
            fail(
                "Expected 3D or 4D (batch mode) tensor with optional 0 dim batch size for input, but got:\(input.shape)")
        }
        guard let empty = (first..<input.ndim).first(where: { input.size($0) == 0 }) else { return }
        if isMax {
            // PyTorch names the size where it means the dimension.
            fail(
                "max_pool3d_with_indices_out_cpu_template(): Expected input's non-batch dimensions to have positive length, "
                    + "but input has a shape of \(input.shape) and non-batch dimension 0 has length zero!")
        }
        fail(
            "avg_pool3d(): Expected input to have non-zero size for non-batch dimensions, but input has sizes \(input.shape) "
                + "with dimension \(empty) being empty")
    }
}
