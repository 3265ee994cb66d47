import TensorCore

extension nn.functional {
    /// The largest element of each window over the last dimension of (N, C, L) or (C, L), and where
    /// it is.
    /// - Parameter stride: the distance between windows; the kernel's size if not given.
    public static func maxPool1dWithIndices(
        _ input: Tensor, _ kernelSize: some SpatialSizes, stride: (any SpatialSizes)? = nil,
        padding: some SpatialSizes = 0, dilation: some SpatialSizes = 1, ceilMode: Bool = false
    ) -> (values: Tensor, indices: Tensor) { maxPool(1, input, kernelSize, stride, padding, dilation, ceilMode) }

    /// The same over the last two dimensions; indices count through both.
    public static func maxPool2dWithIndices(
        _ input: Tensor, _ kernelSize: some SpatialSizes, stride: (any SpatialSizes)? = nil,
        padding: some SpatialSizes = 0, dilation: some SpatialSizes = 1, ceilMode: Bool = false
    ) -> (values: Tensor, indices: Tensor) { maxPool(2, input, kernelSize, stride, padding, dilation, ceilMode) }

    /// The same over the last three dimensions.
    public static func maxPool3dWithIndices(
        _ input: Tensor, _ kernelSize: some SpatialSizes, stride: (any SpatialSizes)? = nil,
        padding: some SpatialSizes = 0, dilation: some SpatialSizes = 1, ceilMode: Bool = false
    ) -> (values: Tensor, indices: Tensor) { maxPool(3, input, kernelSize, stride, padding, dilation, ceilMode) }

    public static func maxPool1d(
        _ input: Tensor, _ kernelSize: some SpatialSizes, stride: (any SpatialSizes)? = nil,
        padding: some SpatialSizes = 0, dilation: some SpatialSizes = 1, ceilMode: Bool = false
    ) -> Tensor { maxPool(1, input, kernelSize, stride, padding, dilation, ceilMode).values }
    public static func maxPool2d(
        _ input: Tensor, _ kernelSize: some SpatialSizes, stride: (any SpatialSizes)? = nil,
        padding: some SpatialSizes = 0, dilation: some SpatialSizes = 1, ceilMode: Bool = false
    ) -> Tensor { maxPool(2, input, kernelSize, stride, padding, dilation, ceilMode).values }
    public static func maxPool3d(
        _ input: Tensor, _ kernelSize: some SpatialSizes, stride: (any SpatialSizes)? = nil,
        padding: some SpatialSizes = 0, dilation: some SpatialSizes = 1, ceilMode: Bool = false
    ) -> Tensor { maxPool(3, input, kernelSize, stride, padding, dilation, ceilMode).values }

    private static func maxPool(
        _ rank: Int, _ input: Tensor, _ kernelSize: some SpatialSizes, _ stride: (any SpatialSizes)?,
        _ padding: some SpatialSizes, _ dilation: some SpatialSizes, _ ceil: Bool
    ) -> (values: Tensor, indices: Tensor) {
        let (kernel, padding, dilation) = (kernelSize.sizes(rank), padding.sizes(rank), dilation.sizes(rank))
        let stride = stride?.sizes(rank) ?? kernel
        let counts = checkedCounts("max_pool\(rank)d", rank, input, kernel, stride, padding, dilation, ceil)
        let positions = (0..<rank).map {
            Pooling.regular(
                input.size(input.ndim - rank + $0), count: counts[$0], kernel: kernel[$0], stride: stride[$0],
                padding: padding[$0], dilation: dilation[$0])
        }
        return Pooling.max(input, positions)
    }

    private static func checkedCounts(
        _ name: String, _ rank: Int, _ input: Tensor, _ kernel: [Int], _ stride: [Int], _ padding: [Int],
        _ dilation: [Int], _ ceil: Bool
    ) -> [Int] {
        if input.ndim != rank + 1 && input.ndim != rank + 2 {
            fail("\(name)(): Expected \(rank + 1)D or \(rank + 2)D input tensor, but got \(input.shape)")
        }
        if stride.contains(where: { $0 <= 0 }) { fail("stride should not be zero") }
        if kernel.contains(where: { $0 <= 0 }) { fail("kernel size should be greater than zero, but got \(kernel)") }
        if dilation.contains(where: { $0 <= 0 }) { fail("dilation should be greater than zero, but got \(dilation)") }
        for i in 0..<rank where padding[i] < 0 || padding[i] > ((kernel[i] - 1) * dilation[i] + 1) / 2 {
            fail(
                padding[i] < 0
                    ? "pad must be non-negative, but got pad: \(padding[i])"
                    : "pad should be at most half of effective kernel size, but got pad=\(padding[i]), "
                        + "kernel_size=\(kernel[i]) and dilation=\(dilation[i])")
        }
        let sizes = Array(input.shape.suffix(rank))
        let counts = Pooling.counts(sizes, kernel, stride, padding, dilation, ceil: ceil)
        if counts.contains(where: { $0 <= 0 }) {
            fail("Given input size: \(input.shape). Calculated output size: \(counts). Output size is too small")
        }
        return counts
    }

    /// The mean of each window over the last dimension.
    /// - Parameter countIncludePad: whether zeros of the padding count as elements.
    public static func avgPool1d(
        _ input: Tensor, _ kernelSize: some SpatialSizes, stride: (any SpatialSizes)? = nil,
        padding: some SpatialSizes = 0, ceilMode: Bool = false, countIncludePad: Bool = true
    ) -> Tensor { avgPool(1, input, kernelSize, stride, padding, ceilMode, countIncludePad, nil) }

    /// The mean of each window over the last two dimensions.
    /// - Parameter divisorOverride: what sums are divided by in place of the number of elements.
    public static func avgPool2d(
        _ input: Tensor, _ kernelSize: some SpatialSizes, stride: (any SpatialSizes)? = nil,
        padding: some SpatialSizes = 0, ceilMode: Bool = false, countIncludePad: Bool = true, divisorOverride: Int? = nil
    ) -> Tensor { avgPool(2, input, kernelSize, stride, padding, ceilMode, countIncludePad, divisorOverride) }

    /// The mean of each window over the last three dimensions.
    public static func avgPool3d(
        _ input: Tensor, _ kernelSize: some SpatialSizes, stride: (any SpatialSizes)? = nil,
        padding: some SpatialSizes = 0, ceilMode: Bool = false, countIncludePad: Bool = true, divisorOverride: Int? = nil
    ) -> Tensor { avgPool(3, input, kernelSize, stride, padding, ceilMode, countIncludePad, divisorOverride) }

    private static func avgPool(
        _ rank: Int, _ input: Tensor, _ kernelSize: some SpatialSizes, _ stride: (any SpatialSizes)?,
        _ padding: some SpatialSizes, _ ceil: Bool, _ countsPadding: Bool, _ divisor: Int?
    ) -> Tensor {
        let (kernel, padding) = (kernelSize.sizes(rank), padding.sizes(rank))
        let stride = stride?.sizes(rank) ?? kernel
        let ones = [Int](repeating: 1, count: rank)
        _ = checkedCounts("avg_pool\(rank)d", rank, input, kernel, stride, padding, ones, ceil)
        if divisor == 0 { fail("divisor must be not zero") }
        return Pooling.mean(
            input, kernel: kernel, stride: stride, padding: padding, ceil: ceil, countsPadding: countsPadding,
            divisor: divisor)
    }

    /// The means of windows that share out each of the last dimensions among so many results.
    public static func adaptiveAvgPool1d(_ input: Tensor, _ outputSize: Int) -> Tensor { Pooling.adaptiveMean(input, [outputSize]) }
    public static func adaptiveAvgPool2d(_ input: Tensor, _ outputSize: some SpatialSizes) -> Tensor {
        Pooling.adaptiveMean(input, outputSize.sizes(2))
    }
    public static func adaptiveAvgPool3d(_ input: Tensor, _ outputSize: some SpatialSizes) -> Tensor {
        Pooling.adaptiveMean(input, outputSize.sizes(3))
    }

    /// The largest elements of such windows.
    public static func adaptiveMaxPool1d(_ input: Tensor, _ outputSize: Int) -> Tensor {
        adaptiveMaxPoolWithIndices(input, [outputSize]).values
    }
    public static func adaptiveMaxPool2d(_ input: Tensor, _ outputSize: some SpatialSizes) -> Tensor {
        adaptiveMaxPoolWithIndices(input, outputSize.sizes(2)).values
    }
    public static func adaptiveMaxPool3d(_ input: Tensor, _ outputSize: some SpatialSizes) -> Tensor {
        adaptiveMaxPoolWithIndices(input, outputSize.sizes(3)).values
    }

    /// The same with where each is in the flattened last dimensions, as many as sizes are given.
    public static func adaptiveMaxPoolWithIndices(_ input: Tensor, _ outputSize: [Int]) -> (values: Tensor, indices: Tensor) {
        let rank = outputSize.count
        return Pooling.max(
            input, (0..<rank).map { Pooling.adaptive(input.size(input.ndim - rank + $0), count: outputSize[$0]) })
    }
}
