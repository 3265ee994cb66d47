import TensorCore

/// PyTorch takes the arguments of the spatial `F.` functions by position as well as by name. The declarations that compute
/// have one of the two forms; these are the others: `torch.topk(x, 2, 1)` beside `torch.topk(x, 2, dim: 1)`.
extension nn.functional {
    public static func avgPool1d(
        _ input: Tensor, _ kernelSize: some SpatialSizes, _ stride: (any SpatialSizes)?, padding: some SpatialSizes = 0,
        ceilMode: Bool = false, countIncludePad: Bool = true
    ) -> Tensor {
        avgPool1d(input, kernelSize, stride: stride, padding: padding, ceilMode: ceilMode, countIncludePad: countIncludePad)
    }
    public static func avgPool1d(
        _ input: Tensor, _ kernelSize: some SpatialSizes, _ stride: (any SpatialSizes)?, _ padding: some SpatialSizes,
        ceilMode: Bool = false, countIncludePad: Bool = true
    ) -> Tensor {
        avgPool1d(input, kernelSize, stride: stride, padding: padding, ceilMode: ceilMode, countIncludePad: countIncludePad)
    }
    public static func avgPool1d(
        _ input: Tensor, _ kernelSize: some SpatialSizes, _ stride: (any SpatialSizes)?, _ padding: some SpatialSizes,
        _ ceilMode: Bool, countIncludePad: Bool = true
    ) -> Tensor {
        avgPool1d(input, kernelSize, stride: stride, padding: padding, ceilMode: ceilMode, countIncludePad: countIncludePad)
    }
    public static func avgPool2d(
        _ input: Tensor, _ kernelSize: some SpatialSizes, _ stride: (any SpatialSizes)?, padding: some SpatialSizes = 0,
        ceilMode: Bool = false, countIncludePad: Bool = true, divisorOverride: Int? = nil
    ) -> Tensor {
        avgPool2d(
            input, kernelSize, stride: stride, padding: padding, ceilMode: ceilMode, countIncludePad: countIncludePad,
            divisorOverride: divisorOverride)
    }
    public static func avgPool2d(
        _ input: Tensor, _ kernelSize: some SpatialSizes, _ stride: (any SpatialSizes)?, _ padding: some SpatialSizes,
        ceilMode: Bool = false, countIncludePad: Bool = true, divisorOverride: Int? = nil
    ) -> Tensor {
        avgPool2d(
            input, kernelSize, stride: stride, padding: padding, ceilMode: ceilMode, countIncludePad: countIncludePad,
            divisorOverride: divisorOverride)
    }
    public static func avgPool2d(
        _ input: Tensor, _ kernelSize: some SpatialSizes, _ stride: (any SpatialSizes)?, _ padding: some SpatialSizes,
        _ ceilMode: Bool, countIncludePad: Bool = true, divisorOverride: Int? = nil
    ) -> Tensor {
        avgPool2d(
            input, kernelSize, stride: stride, padding: padding, ceilMode: ceilMode, countIncludePad: countIncludePad,
            divisorOverride: divisorOverride)
    }
    public static func avgPool3d(
        _ input: Tensor, _ kernelSize: some SpatialSizes, _ stride: (any SpatialSizes)?, padding: some SpatialSizes = 0,
        ceilMode: Bool = false, countIncludePad: Bool = true, divisorOverride: Int? = nil
    ) -> Tensor {
        avgPool3d(
            input, kernelSize, stride: stride, padding: padding, ceilMode: ceilMode, countIncludePad: countIncludePad,
            divisorOverride: divisorOverride)
    }
    public static func avgPool3d(
        _ input: Tensor, _ kernelSize: some SpatialSizes, _ stride: (any SpatialSizes)?, _ padding: some SpatialSizes,
        ceilMode: Bool = false, countIncludePad: Bool = true, divisorOverride: Int? = nil
    ) -> Tensor {
        avgPool3d(
            input, kernelSize, stride: stride, padding: padding, ceilMode: ceilMode, countIncludePad: countIncludePad,
            divisorOverride: divisorOverride)
    }
    public static func avgPool3d(
        _ input: Tensor, _ kernelSize: some SpatialSizes, _ stride: (any SpatialSizes)?, _ padding: some SpatialSizes,
        _ ceilMode: Bool, countIncludePad: Bool = true, divisorOverride: Int? = nil
    ) -> Tensor {
        avgPool3d(
            input, kernelSize, stride: stride, padding: padding, ceilMode: ceilMode, countIncludePad: countIncludePad,
            divisorOverride: divisorOverride)
    }
    public static func conv1d(
        _ input: Tensor, _ weight: Tensor, _ bias: Tensor?, _ stride: some SpatialSizes,
        padding: some ConvolutionPadding = 0, dilation: some SpatialSizes = 1, groups: Int = 1
    ) -> Tensor {
        conv1d(input, weight, bias, stride: stride, padding: padding, dilation: dilation, groups: groups)
    }
    public static func conv1d(
        _ input: Tensor, _ weight: Tensor, _ bias: Tensor?, _ stride: some SpatialSizes,
        _ padding: some ConvolutionPadding, dilation: some SpatialSizes = 1, groups: Int = 1
    ) -> Tensor {
        conv1d(input, weight, bias, stride: stride, padding: padding, dilation: dilation, groups: groups)
    }
    public static func conv1d(
        _ input: Tensor, _ weight: Tensor, _ bias: Tensor?, _ stride: some SpatialSizes,
        _ padding: some ConvolutionPadding, _ dilation: some SpatialSizes, groups: Int = 1
    ) -> Tensor {
        conv1d(input, weight, bias, stride: stride, padding: padding, dilation: dilation, groups: groups)
    }
    public static func conv1d(
        _ input: Tensor, _ weight: Tensor, _ bias: Tensor?, _ stride: some SpatialSizes,
        _ padding: some ConvolutionPadding, _ dilation: some SpatialSizes, _ groups: Int
    ) -> Tensor {
        conv1d(input, weight, bias, stride: stride, padding: padding, dilation: dilation, groups: groups)
    }
    public static func conv2d(
        _ input: Tensor, _ weight: Tensor, _ bias: Tensor?, _ stride: some SpatialSizes,
        padding: some ConvolutionPadding = 0, dilation: some SpatialSizes = 1, groups: Int = 1
    ) -> Tensor {
        conv2d(input, weight, bias, stride: stride, padding: padding, dilation: dilation, groups: groups)
    }
    public static func conv2d(
        _ input: Tensor, _ weight: Tensor, _ bias: Tensor?, _ stride: some SpatialSizes,
        _ padding: some ConvolutionPadding, dilation: some SpatialSizes = 1, groups: Int = 1
    ) -> Tensor {
        conv2d(input, weight, bias, stride: stride, padding: padding, dilation: dilation, groups: groups)
    }
    public static func conv2d(
        _ input: Tensor, _ weight: Tensor, _ bias: Tensor?, _ stride: some SpatialSizes,
        _ padding: some ConvolutionPadding, _ dilation: some SpatialSizes, groups: Int = 1
    ) -> Tensor {
        conv2d(input, weight, bias, stride: stride, padding: padding, dilation: dilation, groups: groups)
    }
    public static func conv2d(
        _ input: Tensor, _ weight: Tensor, _ bias: Tensor?, _ stride: some SpatialSizes,
        _ padding: some ConvolutionPadding, _ dilation: some SpatialSizes, _ groups: Int
    ) -> Tensor {
        conv2d(input, weight, bias, stride: stride, padding: padding, dilation: dilation, groups: groups)
    }
    public static func conv3d(
        _ input: Tensor, _ weight: Tensor, _ bias: Tensor?, _ stride: some SpatialSizes,
        padding: some ConvolutionPadding = 0, dilation: some SpatialSizes = 1, groups: Int = 1
    ) -> Tensor {
        conv3d(input, weight, bias, stride: stride, padding: padding, dilation: dilation, groups: groups)
    }
    public static func conv3d(
        _ input: Tensor, _ weight: Tensor, _ bias: Tensor?, _ stride: some SpatialSizes,
        _ padding: some ConvolutionPadding, dilation: some SpatialSizes = 1, groups: Int = 1
    ) -> Tensor {
        conv3d(input, weight, bias, stride: stride, padding: padding, dilation: dilation, groups: groups)
    }
    public static func conv3d(
        _ input: Tensor, _ weight: Tensor, _ bias: Tensor?, _ stride: some SpatialSizes,
        _ padding: some ConvolutionPadding, _ dilation: some SpatialSizes, groups: Int = 1
    ) -> Tensor {
        conv3d(input, weight, bias, stride: stride, padding: padding, dilation: dilation, groups: groups)
    }
    public static func conv3d(
        _ input: Tensor, _ weight: Tensor, _ bias: Tensor?, _ stride: some SpatialSizes,
        _ padding: some ConvolutionPadding, _ dilation: some SpatialSizes, _ groups: Int
    ) -> Tensor {
        conv3d(input, weight, bias, stride: stride, padding: padding, dilation: dilation, groups: groups)
    }
    public static func convTranspose1d(
        _ input: Tensor, _ weight: Tensor, _ bias: Tensor?, _ stride: some SpatialSizes, padding: some SpatialSizes = 0,
        outputPadding: some SpatialSizes = 0, groups: Int = 1, dilation: some SpatialSizes = 1
    ) -> Tensor {
        convTranspose1d(
            input, weight, bias, stride: stride, padding: padding, outputPadding: outputPadding, groups: groups,
            dilation: dilation)
    }
    public static func convTranspose1d(
        _ input: Tensor, _ weight: Tensor, _ bias: Tensor?, _ stride: some SpatialSizes, _ padding: some SpatialSizes,
        outputPadding: some SpatialSizes = 0, groups: Int = 1, dilation: some SpatialSizes = 1
    ) -> Tensor {
        convTranspose1d(
            input, weight, bias, stride: stride, padding: padding, outputPadding: outputPadding, groups: groups,
            dilation: dilation)
    }
    public static func convTranspose1d(
        _ input: Tensor, _ weight: Tensor, _ bias: Tensor?, _ stride: some SpatialSizes, _ padding: some SpatialSizes,
        _ outputPadding: some SpatialSizes, groups: Int = 1, dilation: some SpatialSizes = 1
    ) -> Tensor {
        convTranspose1d(
            input, weight, bias, stride: stride, padding: padding, outputPadding: outputPadding, groups: groups,
            dilation: dilation)
    }
    public static func convTranspose1d(
        _ input: Tensor, _ weight: Tensor, _ bias: Tensor?, _ stride: some SpatialSizes, _ padding: some SpatialSizes,
        _ outputPadding: some SpatialSizes, _ groups: Int, dilation: some SpatialSizes = 1
    ) -> Tensor {
        convTranspose1d(
            input, weight, bias, stride: stride, padding: padding, outputPadding: outputPadding, groups: groups,
            dilation: dilation)
    }
    public static func convTranspose2d(
        _ input: Tensor, _ weight: Tensor, _ bias: Tensor?, _ stride: some SpatialSizes, padding: some SpatialSizes = 0,
        outputPadding: some SpatialSizes = 0, groups: Int = 1, dilation: some SpatialSizes = 1
    ) -> Tensor {
        convTranspose2d(
            input, weight, bias, stride: stride, padding: padding, outputPadding: outputPadding, groups: groups,
            dilation: dilation)
    }
    public static func convTranspose2d(
        _ input: Tensor, _ weight: Tensor, _ bias: Tensor?, _ stride: some SpatialSizes, _ padding: some SpatialSizes,
        outputPadding: some SpatialSizes = 0, groups: Int = 1, dilation: some SpatialSizes = 1
    ) -> Tensor {
        convTranspose2d(
            input, weight, bias, stride: stride, padding: padding, outputPadding: outputPadding, groups: groups,
            dilation: dilation)
    }
    public static func convTranspose2d(
        _ input: Tensor, _ weight: Tensor, _ bias: Tensor?, _ stride: some SpatialSizes, _ padding: some SpatialSizes,
        _ outputPadding: some SpatialSizes, groups: Int = 1, dilation: some SpatialSizes = 1
    ) -> Tensor {
        convTranspose2d(
            input, weight, bias, stride: stride, padding: padding, outputPadding: outputPadding, groups: groups,
            dilation: dilation)
    }
    public static func convTranspose2d(
        _ input: Tensor, _ weight: Tensor, _ bias: Tensor?, _ stride: some SpatialSizes, _ padding: some SpatialSizes,
        _ outputPadding: some SpatialSizes, _ groups: Int, dilation: some SpatialSizes = 1
    ) -> Tensor {
        convTranspose2d(
            input, weight, bias, stride: stride, padding: padding, outputPadding: outputPadding, groups: groups,
            dilation: dilation)
    }
    public static func convTranspose3d(
        _ input: Tensor, _ weight: Tensor, _ bias: Tensor?, _ stride: some SpatialSizes, padding: some SpatialSizes = 0,
        outputPadding: some SpatialSizes = 0, groups: Int = 1, dilation: some SpatialSizes = 1
    ) -> Tensor {
        convTranspose3d(
            input, weight, bias, stride: stride, padding: padding, outputPadding: outputPadding, groups: groups,
            dilation: dilation)
    }
    public static func convTranspose3d(
        _ input: Tensor, _ weight: Tensor, _ bias: Tensor?, _ stride: some SpatialSizes, _ padding: some SpatialSizes,
        outputPadding: some SpatialSizes = 0, groups: Int = 1, dilation: some SpatialSizes = 1
    ) -> Tensor {
        convTranspose3d(
            input, weight, bias, stride: stride, padding: padding, outputPadding: outputPadding, groups: groups,
            dilation: dilation)
    }
    public static func convTranspose3d(
        _ input: Tensor, _ weight: Tensor, _ bias: Tensor?, _ stride: some SpatialSizes, _ padding: some SpatialSizes,
        _ outputPadding: some SpatialSizes, groups: Int = 1, dilation: some SpatialSizes = 1
    ) -> Tensor {
        convTranspose3d(
            input, weight, bias, stride: stride, padding: padding, outputPadding: outputPadding, groups: groups,
            dilation: dilation)
    }
    public static func convTranspose3d(
        _ input: Tensor, _ weight: Tensor, _ bias: Tensor?, _ stride: some SpatialSizes, _ padding: some SpatialSizes,
        _ outputPadding: some SpatialSizes, _ groups: Int, dilation: some SpatialSizes = 1
    ) -> Tensor {
        convTranspose3d(
            input, weight, bias, stride: stride, padding: padding, outputPadding: outputPadding, groups: groups,
            dilation: dilation)
    }
    public static func fold(
        _ input: Tensor, _ outputSize: any SpatialSizes, _ kernelSize: any SpatialSizes, _ dilation: any SpatialSizes,
        padding: any SpatialSizes = 0, stride: any SpatialSizes = 1
    ) -> Tensor {
        fold(input, outputSize, kernelSize, dilation: dilation, padding: padding, stride: stride)
    }
    public static func fold(
        _ input: Tensor, _ outputSize: any SpatialSizes, _ kernelSize: any SpatialSizes, _ dilation: any SpatialSizes,
        _ padding: any SpatialSizes, stride: any SpatialSizes = 1
    ) -> Tensor {
        fold(input, outputSize, kernelSize, dilation: dilation, padding: padding, stride: stride)
    }
    public static func fold(
        _ input: Tensor, _ outputSize: any SpatialSizes, _ kernelSize: any SpatialSizes, _ dilation: any SpatialSizes,
        _ padding: any SpatialSizes, _ stride: any SpatialSizes
    ) -> Tensor {
        fold(input, outputSize, kernelSize, dilation: dilation, padding: padding, stride: stride)
    }
    public static func gridSample(
        _ input: Tensor, _ grid: Tensor, _ mode: String, paddingMode: String = "zeros", alignCorners: Bool? = nil
    ) -> Tensor {
        gridSample(input, grid, mode: mode, paddingMode: paddingMode, alignCorners: alignCorners)
    }
    public static func gridSample(
        _ input: Tensor, _ grid: Tensor, _ mode: String, _ paddingMode: String, alignCorners: Bool? = nil
    ) -> Tensor {
        gridSample(input, grid, mode: mode, paddingMode: paddingMode, alignCorners: alignCorners)
    }
    public static func maxPool1d(
        _ input: Tensor, _ kernelSize: some SpatialSizes, _ stride: (any SpatialSizes)?, padding: some SpatialSizes = 0,
        dilation: some SpatialSizes = 1, ceilMode: Bool = false
    ) -> Tensor {
        maxPool1d(input, kernelSize, stride: stride, padding: padding, dilation: dilation, ceilMode: ceilMode)
    }
    public static func maxPool1d(
        _ input: Tensor, _ kernelSize: some SpatialSizes, _ stride: (any SpatialSizes)?, _ padding: some SpatialSizes,
        dilation: some SpatialSizes = 1, ceilMode: Bool = false
    ) -> Tensor {
        maxPool1d(input, kernelSize, stride: stride, padding: padding, dilation: dilation, ceilMode: ceilMode)
    }
    public static func maxPool1d(
        _ input: Tensor, _ kernelSize: some SpatialSizes, _ stride: (any SpatialSizes)?, _ padding: some SpatialSizes,
        _ dilation: some SpatialSizes, ceilMode: Bool = false
    ) -> Tensor {
        maxPool1d(input, kernelSize, stride: stride, padding: padding, dilation: dilation, ceilMode: ceilMode)
    }
    public static func maxPool2d(
        _ input: Tensor, _ kernelSize: some SpatialSizes, _ stride: (any SpatialSizes)?, padding: some SpatialSizes = 0,
        dilation: some SpatialSizes = 1, ceilMode: Bool = false
    ) -> Tensor {
        maxPool2d(input, kernelSize, stride: stride, padding: padding, dilation: dilation, ceilMode: ceilMode)
    }
    public static func maxPool2d(
        _ input: Tensor, _ kernelSize: some SpatialSizes, _ stride: (any SpatialSizes)?, _ padding: some SpatialSizes,
        dilation: some SpatialSizes = 1, ceilMode: Bool = false
    ) -> Tensor {
        maxPool2d(input, kernelSize, stride: stride, padding: padding, dilation: dilation, ceilMode: ceilMode)
    }
    public static func maxPool2d(
        _ input: Tensor, _ kernelSize: some SpatialSizes, _ stride: (any SpatialSizes)?, _ padding: some SpatialSizes,
        _ dilation: some SpatialSizes, ceilMode: Bool = false
    ) -> Tensor {
        maxPool2d(input, kernelSize, stride: stride, padding: padding, dilation: dilation, ceilMode: ceilMode)
    }
    public static func maxPool3d(
        _ input: Tensor, _ kernelSize: some SpatialSizes, _ stride: (any SpatialSizes)?, padding: some SpatialSizes = 0,
        dilation: some SpatialSizes = 1, ceilMode: Bool = false
    ) -> Tensor {
        maxPool3d(input, kernelSize, stride: stride, padding: padding, dilation: dilation, ceilMode: ceilMode)
    }
    public static func maxPool3d(
        _ input: Tensor, _ kernelSize: some SpatialSizes, _ stride: (any SpatialSizes)?, _ padding: some SpatialSizes,
        dilation: some SpatialSizes = 1, ceilMode: Bool = false
    ) -> Tensor {
        maxPool3d(input, kernelSize, stride: stride, padding: padding, dilation: dilation, ceilMode: ceilMode)
    }
    public static func maxPool3d(
        _ input: Tensor, _ kernelSize: some SpatialSizes, _ stride: (any SpatialSizes)?, _ padding: some SpatialSizes,
        _ dilation: some SpatialSizes, ceilMode: Bool = false
    ) -> Tensor {
        maxPool3d(input, kernelSize, stride: stride, padding: padding, dilation: dilation, ceilMode: ceilMode)
    }
    public static func pad(_ input: Tensor, _ pad: [Int], _ mode: String) -> Tensor { Self.pad(input, pad, mode: mode) }
    public static func pad(_ input: Tensor, _ pad: [Int], _ mode: String, _ value: (some ScalarConvertible)?) -> Tensor {
        Self.pad(input, pad, mode: mode, value: value)
    }
    public static func unfold(
        _ input: Tensor, _ kernelSize: any SpatialSizes, _ dilation: any SpatialSizes, padding: any SpatialSizes = 0,
        stride: any SpatialSizes = 1
    ) -> Tensor {
        unfold(input, kernelSize, dilation: dilation, padding: padding, stride: stride)
    }
    public static func unfold(
        _ input: Tensor, _ kernelSize: any SpatialSizes, _ dilation: any SpatialSizes, _ padding: any SpatialSizes,
        stride: any SpatialSizes = 1
    ) -> Tensor {
        unfold(input, kernelSize, dilation: dilation, padding: padding, stride: stride)
    }
    public static func unfold(
        _ input: Tensor, _ kernelSize: any SpatialSizes, _ dilation: any SpatialSizes, _ padding: any SpatialSizes,
        _ stride: any SpatialSizes
    ) -> Tensor {
        unfold(input, kernelSize, dilation: dilation, padding: padding, stride: stride)
    }
}
