import TensorCore

extension nn.functional {
    /// Slides a weight (O, C / groups, K) over (N, C, L) or (C, L).
    /// - Parameter padding: zeros on both sides, `"valid"` (none) or `"same"` (the size stays).
    public static func conv1d(
        _ input: Tensor, _ weight: Tensor, _ bias: Tensor? = nil, stride: some SpatialSizes = 1,
        padding: some ConvolutionPadding = 0, dilation: some SpatialSizes = 1, groups: Int = 1
    ) -> Tensor { convolution(1, input, weight, bias, stride, padding, dilation, groups) }

    /// Slides a weight (O, C / groups, KH, KW) over (N, C, H, W) or (C, H, W).
    public static func conv2d(
        _ input: Tensor, _ weight: Tensor, _ bias: Tensor? = nil, stride: some SpatialSizes = 1,
        padding: some ConvolutionPadding = 0, dilation: some SpatialSizes = 1, groups: Int = 1
    ) -> Tensor { convolution(2, input, weight, bias, stride, padding, dilation, groups) }

    /// Slides a weight (O, C / groups, KD, KH, KW) over (N, C, D, H, W) or (C, D, H, W).
    public static func conv3d(
        _ input: Tensor, _ weight: Tensor, _ bias: Tensor? = nil, stride: some SpatialSizes = 1,
        padding: some ConvolutionPadding = 0, dilation: some SpatialSizes = 1, groups: Int = 1
    ) -> Tensor { convolution(3, input, weight, bias, stride, padding, dilation, groups) }

    private static func convolution(
        _ rank: Int, _ input: Tensor, _ weight: Tensor, _ bias: Tensor?, _ stride: some SpatialSizes,
        _ padding: some ConvolutionPadding, _ dilation: some SpatialSizes, _ groups: Int
    ) -> Tensor {
        if Autocast.isOn { return Autocast.inLowerPrecision { to in
            convolution(rank, to(input), to(weight), to(bias), stride, padding, dilation, groups)
        } }
        if let bias, input.dtype != bias.dtype {
            fail("Input type (\(input.dtype.cName)) and bias type (\(bias.dtype.cName)) should be the same")
        }
        let x = batched(input, rank, "conv\(rank)d")
        let call = ConvolutionCall(x, weight, bias, groups, transposed: false)
        var before: [Int], after: [Int]
        if let amounts = padding.amounts {
            (before, after) = (call.numbers(amounts, "padding"), [])
            after = before
        } else {
            (before, after) = call.amounts(padding, stride, dilation)
        }
        let (stride, dilation) = (call.numbers(stride, "stride"), call.numbers(dilation, "dilation"))
        call.check(stride, before, dilation, outputPadding: [])
        let kernel = call.kernel
        let padded = (0..<rank).map { before[$0] + x.size(2 + $0) + after[$0] }
        let reach = (0..<rank).map { dilation[$0] * (kernel[$0] - 1) + 1 }
        if zip(padded, reach).contains(where: { $0 < $1 }) {
            func product(_ sizes: [Int]) -> String { sizes.map(String.init).joined(separator: " x ") }
            fail(
                "Calculated padded input size per channel: (\(product(padded))). Kernel size: (\(product(reach))). Kernel "
                    + "size can't be greater than actual input size")
        }
        call.checkTypes()
        let map = Convolution(kernel: kernel, stride: stride, padding: (before, after), dilation: dilation, groups: groups)
        let result = map(x, weight, bias)
        return input.ndim == rank + 2 ? result : result.squeeze(0)
    }

    private static func batched(_ input: Tensor, _ rank: Int, _ name: String) -> Tensor {
        if input.ndim != rank + 1 && input.ndim != rank + 2 {
            fail(
                "Expected \(rank + 1)D (unbatched) or \(rank + 2)D (batched) input to \(name), but got input of size: "
                    + "\(input.shape)")
        }
        return input.ndim == rank + 1 ? input.unsqueeze(0) : input
    }

    /// The transposed map of `conv1d` with the same parameters: a weight (C, O / groups, K).
    /// - Parameter outputPadding: what the size is larger on one side, of those the stride leaves open.
    public static func convTranspose1d(
        _ input: Tensor, _ weight: Tensor, _ bias: Tensor? = nil, stride: some SpatialSizes = 1,
        padding: some SpatialSizes = 0, outputPadding: some SpatialSizes = 0, groups: Int = 1,
        dilation: some SpatialSizes = 1
    ) -> Tensor { transposedConvolution(1, input, weight, bias, stride, padding, outputPadding, groups, dilation) }

    /// The transposed map of `conv2d`: a weight (C, O / groups, KH, KW).
    public static func convTranspose2d(
        _ input: Tensor, _ weight: Tensor, _ bias: Tensor? = nil, stride: some SpatialSizes = 1,
        padding: some SpatialSizes = 0, outputPadding: some SpatialSizes = 0, groups: Int = 1,
        dilation: some SpatialSizes = 1
    ) -> Tensor { transposedConvolution(2, input, weight, bias, stride, padding, outputPadding, groups, dilation) }

    /// The transposed map of `conv3d`: a weight (C, O / groups, KD, KH, KW).
    public static func convTranspose3d(
        _ input: Tensor, _ weight: Tensor, _ bias: Tensor? = nil, stride: some SpatialSizes = 1,
        padding: some SpatialSizes = 0, outputPadding: some SpatialSizes = 0, groups: Int = 1,
        dilation: some SpatialSizes = 1
    ) -> Tensor { transposedConvolution(3, input, weight, bias, stride, padding, outputPadding, groups, dilation) }

    private static func transposedConvolution(
        _ rank: Int, _ input: Tensor, _ weight: Tensor, _ bias: Tensor?, _ stride: some SpatialSizes,
        _ padding: some SpatialSizes, _ outputPadding: some SpatialSizes, _ groups: Int, _ dilation: some SpatialSizes
    ) -> Tensor {
        if Autocast.isOn { return Autocast.inLowerPrecision { to in
            transposedConvolution(
                rank, to(input), to(weight), to(bias), stride, padding, outputPadding, groups, dilation)
        } }
        let x = batched(input, rank, "conv_transpose\(rank)d")
        let call = ConvolutionCall(x, weight, bias, groups, transposed: true)
        let (stride, padding) = (call.numbers(stride, "stride"), call.numbers(padding, "padding"))
        let dilation = call.numbers(dilation, "dilation")
        let extra = call.numbers(outputPadding, "output_padding")
        call.check(stride, padding, dilation, outputPadding: extra)
        call.checkTypes()
        if (0..<rank).contains(where: { extra[$0] >= Swift.max(stride[$0], dilation[$0]) }) {
            let names = Array(["depth", "height", "width"].suffix(Swift.max(rank, 2)))
            // One dimension stands as a row of two.
            func listed(_ name: String, _ values: [Int], _ filler: Int) -> String {
                zip(names, rank == 1 ? [filler] + values : values).map { "\(name)_\($0): \($1)" }.joined(separator: " ")
            }
            fail(
                "output padding must be smaller than either stride or dilation, but got "
                    + "\(listed("output_padding", extra, 0)) \(listed("stride", stride, 1)) \(listed("dilation", dilation, 1))")
        }
        let kernel = call.kernel
        let sizes = (0..<rank).map { (i: Int) -> Int in
            let reach = (x.size(2 + i) - 1) * stride[i] + dilation[i] * (kernel[i] - 1)
            return reach + extra[i] + 1 - 2 * padding[i]
        }
        if x.size(0) > 0, x.shape.dropFirst(2).contains(0) {
            fail("Only zero batch or zero channel inputs are supported, but got input shape: \(x.shape)")
        }
        if sizes.contains(where: { $0 < 1 }) {
            func product(_ sizes: [Int]) -> String { sizes.map(String.init).joined(separator: " x ") }
            fail(
                "Given input size per channel: (\(product(Array(x.shape.dropFirst(2))))). Calculated output size per channel: "
                    + "(\(product(sizes))). Output size is too small")
        }
        let map = Convolution(kernel: kernel, stride: stride, padding: (padding, padding), dilation: dilation, groups: groups)
        let result = map.transposed(x, weight, bias, sizes: sizes)
        return input.ndim == rank + 2 ? result : result.squeeze(0)
    }
}

/// The operands of a convolution, and the conditions on them, in the order in which PyTorch has them.
private struct ConvolutionCall {
    private let x: Tensor, weight: Tensor, bias: Tensor?
    private let groups: Int
    private let isTransposed: Bool

    init(_ x: Tensor, _ weight: Tensor, _ bias: Tensor?, _ groups: Int, transposed: Bool) {
        (self.x, self.weight, self.bias, self.groups, isTransposed) = (x, weight, bias, groups, transposed)
        if weight.ndim <= 2 { fail("weight should have at least three dimensions") }
    }

    private var rank: Int { weight.ndim - 2 }
    var kernel: [Int] { Array(weight.shape.dropFirst(2)) }

    func numbers(_ sizes: any SpatialSizes, _ name: String) -> [Int] {
        if groups <= 0 { fail("non-positive groups is not supported") }
        // A number alone stands for one of each of the input's dimensions.
        let given = sizes.givenCount ?? x.ndim - 2
        if given != 1 && given != rank {
            fail(
                "expected \(name) to be a single integer value or a list of \(rank) values to match the convolution "
                    + "dimensions, but got \(name)=\(sizes.sizes(given))")
        }
        return sizes.sizes(rank)
    }

    /// The zeros that a word asks for.
    func amounts(
        _ padding: some ConvolutionPadding, _ stride: some SpatialSizes, _ dilation: some SpatialSizes
    ) -> (before: [Int], after: [Int]) {
        if x.ndim != weight.ndim {
            fail(
                "Expected \(weight.ndim)-dimensional input for \(weight.ndim)-dimensional weight\(weight.shape), but got "
                    + "\(x.ndim)-dimensional input of size \(x.shape) instead")
        }
        for (sizes, name) in [(stride as any SpatialSizes, "stride"), (dilation as any SpatialSizes, "dilation")] {
            if let given = sizes.givenCount, given != 1 && given != rank { fail("\(name) cannot broadcast to \(rank) dimensions") }
        }
        return padding.amounts(kernel: kernel, stride: stride.sizes(rank), dilation: dilation.sizes(rank))
    }

    func check(_ stride: [Int], _ padding: [Int], _ dilation: [Int], outputPadding: [Int]) {
        if groups <= 0 { fail("non-positive groups is not supported") }
        if padding.contains(where: { $0 < 0 }) && !dilation.contains(where: { $0 <= 0 }) { fail("negative padding is not supported") }
        if outputPadding.contains(where: { $0 < 0 }) { fail("negative output_padding is not supported") }
        if stride.contains(where: { $0 <= 0 }) { fail("non-positive stride is not supported") }
        if dilation.contains(where: { $0 < 0 }) { fail("dilation should be greater than zero") }
        if x.ndim != weight.ndim {
            fail(
                "Expected \(weight.ndim)-dimensional input for \(weight.ndim)-dimensional weight \(weight.shape), but got "
                    + "\(x.ndim)-dimensional input of size \(x.shape) instead")
        }
        if weight.size(0) < groups {
            fail(
                "Given groups=\(groups), expected weight to be at least \(groups) at dimension 0, but got weight of size "
                    + "\(weight.shape) instead")
        }
        if weight.size(0) % groups != 0 {
            fail(
                "Given groups=\(groups), expected weight to be divisible by \(groups) at dimension 0, but got weight of "
                    + "size [\(weight.shape)] instead")
        }
        let given = isTransposed ? "transposed=1" : "groups=\(groups)"
        let channels = isTransposed ? weight.size(0) : weight.size(1) * groups
        if x.size(1) != channels {
            fail(
                "Given \(given), weight of size \(weight.shape), expected input\(x.shape) to have \(channels) channels, but "
                    + "got \(x.size(1)) channels instead")
        }
        let results = isTransposed ? weight.size(1) * groups : weight.size(0)
        if let bias, bias.ndim != 1 || bias.size(0) != results {
            fail(
                "Given \(isTransposed ? "transposed=1, " : "")weight of size \(weight.shape), expected bias to be "
                    + "1-dimensional with \(results) elements, but got bias of size \(bias.shape) instead")
        }
        if dilation.contains(0) { fail("non-positive dilation is not supported") }
    }

    /// Stops unless all types are the same.
    func checkTypes() {
        let own = x.dtype
        guard let (other, name) = [(weight.dtype, "weight")].first(where: { $0.0 != own })
            ?? bias.flatMap({ $0.dtype != own ? ($0.dtype, "bias") : nil })
        else { return }
        switch own {
        case .float32, .bfloat16:
            fail(
                "Input type (\(own.tensorName)) and \(name) type (\(other.tensorName)) should be the same or input should be "
                    + "a MKLDNN tensor and \(name) is a dense tensor")
        case .complex64, .complex128:
            fail("Input type (\(own.tensorName)) and \(name) type (\(other.tensorName)) should be the same")
        default: fail("expected scalar type \(own.scalarName) but found \(other.scalarName)")
        }
    }
}

extension DType {
    /// The name of a tensor's class in PyTorch's messages.
    fileprivate var tensorName: String {
        self == .bfloat16 ? "CPUBFloat16Type" : isComplex ? "CPU\(scalarName)Type" : "torch.\(scalarName)Tensor"
    }
}
