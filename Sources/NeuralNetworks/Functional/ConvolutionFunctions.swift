import TensorCore

/// One number for all spatial dimensions, or one for each: `3` or `[3, 5]`.
public protocol SpatialSizes {
    /// The number for each of so many dimensions.
    func sizes(_ rank: Int) -> [Int]
    /// How many numbers were given as a list; nil for one number alone.
    var givenCount: Int? { get }
}
extension Int: SpatialSizes {
    public func sizes(_ rank: Int) -> [Int] { [Int](repeating: self, count: rank) }
    public var givenCount: Int? { nil }
}
extension Array: SpatialSizes where Element == Int {
    public var givenCount: Int? { count }
    public func sizes(_ rank: Int) -> [Int] {
        if count != rank && count != 1 {
            fail("expected \(rank) numbers, one for each spatial dimension, but got \(self)")
        }
        return count == rank ? self : [Int](repeating: self[0], count: rank)
    }
}

/// How many zeros a convolution puts around its input: sizes, or `"same"` or `"valid"`.
public protocol ConvolutionPadding {
    /// The zeros before and after each dimension.
    func amounts(kernel: [Int], stride: [Int], dilation: [Int]) -> (before: [Int], after: [Int])
}
extension Int: ConvolutionPadding {
    public func amounts(kernel: [Int], stride: [Int], dilation: [Int]) -> (before: [Int], after: [Int]) {
        let all = sizes(kernel.count)
        return (all, all)
    }
}
extension Array: ConvolutionPadding where Element == Int {
    public func amounts(kernel: [Int], stride: [Int], dilation: [Int]) -> (before: [Int], after: [Int]) {
        let all = sizes(kernel.count)
        return (all, all)
    }
}
extension String: ConvolutionPadding {
    public func amounts(kernel: [Int], stride: [Int], dilation: [Int]) -> (before: [Int], after: [Int]) {
        switch self {
        case "valid": return 0.amounts(kernel: kernel, stride: stride, dilation: dilation)
        case "same":
            if stride.contains(where: { $0 != 1 }) { fail("padding='same' is not supported for strided convolutions") }
            let total = zip(kernel, dilation).map { ($0 - 1) * $1 }
            return (total.map { $0 / 2 }, total.map { $0 - $0 / 2 })
        default:
            fail("Invalid padding string: '\(self)'")
        }
    }
}

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
        let (stride, dilation) = (stride.sizes(rank), dilation.sizes(rank))
        checkConvolution("conv\(rank)d", rank, input, weight, stride, dilation, groups)
        let x = input.ndim == rank + 1 ? input.unsqueeze(0) : input
        if x.size(1) != weight.size(1) * groups {
            fail(
                "Given groups=\(groups), weight of size \(weight.shape), expected input\(input.shape) to have "
                    + "\(weight.size(1) * groups) channels, but got \(x.size(1)) channels instead")
        }
        if weight.size(0) % groups != 0 {
            fail(
                "Given groups=\(groups), expected weight to be at least \(groups) at dimension 0, and divisible by "
                    + "\(groups), but got weight of size \(weight.shape) instead")
        }
        if let bias, bias.ndim != 1 || bias.size(0) != weight.size(0) {
            fail(
                "Given weight of size \(weight.shape), expected bias to be 1-dimensional with \(weight.size(0)) "
                    + "elements, but got bias of size \(bias.shape) instead")
        }
        let kernel = Array(weight.shape.suffix(rank))
        let amounts = padding.amounts(kernel: kernel, stride: stride, dilation: dilation)
        let padded = (0..<rank).map { amounts.before[$0] + x.size(2 + $0) + amounts.after[$0] }
        if (0..<rank).contains(where: { padded[$0] < dilation[$0] * (kernel[$0] - 1) + 1 }) {
            fail(
                "Calculated padded input size per channel: (\(padded.map(String.init).joined(separator: " x "))). "
                    + "Kernel size: (\(kernel.map(String.init).joined(separator: " x "))). Kernel size can't be "
                    + "greater than actual input size")
        }
        let map = Convolution(kernel: kernel, stride: stride, padding: amounts, dilation: dilation, groups: groups)
        return finished(map(x, weight), bias, rank, batched: input.ndim == rank + 2)
    }

    private static func checkConvolution(
        _ name: String, _ rank: Int, _ input: Tensor, _ weight: Tensor, _ stride: [Int], _ dilation: [Int], _ groups: Int
    ) {
        if input.ndim != rank + 1 && input.ndim != rank + 2 {
            fail("Expected \(rank + 1)D (unbatched) or \(rank + 2)D (batched) input to \(name), but got input of size: \(input.shape)")
        }
        if weight.ndim != rank + 2 {
            fail("weight should have at least three dimensions and as many as the batched input, but got \(weight.shape)")
        }
        if groups <= 0 { fail("non-positive groups is not supported") }
        if stride.contains(where: { $0 <= 0 }) { fail("non-positive stride is not supported") }
        if dilation.contains(where: { $0 <= 0 }) { fail("dilation should be greater than zero") }
        if input.dtype != weight.dtype {
            fail("Input type (\(input.dtype.scalarName)) and weight type (\(weight.dtype.scalarName)) should be the same")
        }
    }

    private static func finished(_ x: Tensor, _ bias: Tensor?, _ rank: Int, batched: Bool) -> Tensor {
        var result = x
        if let bias { result = result + bias.reshape([-1] + [Int](repeating: 1, count: rank)) }
        return batched ? result : result.squeeze(0)
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
        let (stride, dilation) = (stride.sizes(rank), dilation.sizes(rank))
        let (padding, extra) = (padding.sizes(rank), outputPadding.sizes(rank))
        checkConvolution("conv_transpose\(rank)d", rank, input, weight, stride, dilation, groups)
        let x = input.ndim == rank + 1 ? input.unsqueeze(0) : input
        if x.size(1) != weight.size(0) {
            fail(
                "Given transposed=1, weight of size \(weight.shape), expected input\(input.shape) to have "
                    + "\(weight.size(0)) channels, but got \(x.size(1)) channels instead")
        }
        for i in 0..<rank where extra[i] >= Swift.max(stride[i], dilation[i]) {
            fail("output padding must be smaller than either stride or dilation")
        }
        let kernel = Array(weight.shape.suffix(rank))
        let sizes = (0..<rank).map { (i: Int) -> Int in
            let reach = (x.size(2 + i) - 1) * stride[i] + dilation[i] * (kernel[i] - 1)
            return reach + extra[i] + 1 - 2 * padding[i]
        }
        let map = Convolution(kernel: kernel, stride: stride, padding: (padding, padding), dilation: dilation, groups: groups)
        return finished(map.transposed(x, weight, sizes: sizes), bias, rank, batched: input.ndim == rank + 2)
    }

    /// Each window's elements as a column: (N, C, H, W) to (N, C · KH · KW, L).
    public static func unfold(
        _ input: Tensor, _ kernelSize: some SpatialSizes, dilation: some SpatialSizes = 1, padding: some SpatialSizes = 0,
        stride: some SpatialSizes = 1
    ) -> Tensor {
        if input.ndim != 3 && input.ndim != 4 {
            fail("Expected 3D or 4D (batch mode) tensor with possibly 0 batch size and other non-zero dimensions for input, but got: \(input.shape)")
        }
        let x = input.ndim == 3 ? input.unsqueeze(0) : input
        let (kernel, amounts) = (kernelSize.sizes(2), padding.sizes(2))
        let windows = Windows(kernel, stride: stride.sizes(2), dilation: dilation.sizes(2))
        let view = windows.view(x.zeroPadded(before: amounts, after: amounts))
        let count = view.size(2) * view.size(3)
        let result = view.permute([0, 1, 4, 5, 2, 3]).reshape([x.size(0), x.size(1) * kernel[0] * kernel[1], count])
        return input.ndim == 3 ? result.squeeze(0) : result
    }

    /// Adds columns up where `unfold` would take them from: (N, C · KH · KW, L) to (N, C, H, W).
    public static func fold(
        _ input: Tensor, _ outputSize: some SpatialSizes, _ kernelSize: some SpatialSizes, dilation: some SpatialSizes = 1,
        padding: some SpatialSizes = 0, stride: some SpatialSizes = 1
    ) -> Tensor {
        let (kernel, amounts, size) = (kernelSize.sizes(2), padding.sizes(2), outputSize.sizes(2))
        let x = input.ndim == 2 ? input.unsqueeze(0) : input
        let windows = Windows(kernel, stride: stride.sizes(2), dilation: dilation.sizes(2))
        let padded = [size[0] + 2 * amounts[0], size[1] + 2 * amounts[1]]
        let counts = windows.counts(padded)
        if x.ndim != 3 || x.size(1) % (kernel[0] * kernel[1]) != 0 || x.size(2) != counts[0] * counts[1] {
            fail(
                "Given output_size=(\(size[0]), \(size[1])), kernel_size=(\(kernel[0]), \(kernel[1])), expected size of "
                    + "input's dimension 2 to match the calculated number of sliding blocks \(counts[0]) * \(counts[1]) = "
                    + "\(counts[0] * counts[1]), but got input.size(2)=\(x.size(-1)).")
        }
        let channels = x.size(1) / (kernel[0] * kernel[1])
        let spread = x.reshape([x.size(0), channels] + kernel + counts).permute([0, 1, 4, 5, 2, 3])
        let result = windows.folded(spread, padded).narrow(2, amounts[0], size[0]).narrow(3, amounts[1], size[1])
        return input.ndim == 2 ? result.squeeze(0) : result
    }
}
