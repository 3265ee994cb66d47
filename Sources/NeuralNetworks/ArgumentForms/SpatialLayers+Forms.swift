import TensorCore

/// PyTorch takes the arguments of a layer by position or by name. A layer's own initialiser has one of the two
/// forms; these are the others: `nn.Conv2d(inChannels: 3, outChannels: 8, kernelSize: 3)`, `nn.Conv2d(3, 8, 3, 1, 1)`.
extension nn.AdaptivePoolLayer {
    public convenience init(outputSize: any AdaptiveSizes) { self.init(outputSize) }
}

extension nn.AdaptiveMaxPoolLayer {
    public convenience init(_ outputSize: any AdaptiveSizes, _ returnIndices: Bool) {
        self.init(outputSize, returnIndices: returnIndices)
    }
    public convenience init(outputSize: any AdaptiveSizes, returnIndices: Bool = false) {
        self.init(outputSize, returnIndices: returnIndices)
    }
}

extension nn.AvgPool1d {
    public convenience init(
        _ kernelSize: any SpatialSizes, _ stride: (any SpatialSizes)?, padding: any SpatialSizes = 0,
        ceilMode: Bool = false, countIncludePad: Bool = true
    ) {
        self.init(kernelSize, stride: stride, padding: padding, ceilMode: ceilMode, countIncludePad: countIncludePad)
    }
    public convenience init(
        _ kernelSize: any SpatialSizes, _ stride: (any SpatialSizes)?, _ padding: any SpatialSizes, ceilMode: Bool = false,
        countIncludePad: Bool = true
    ) {
        self.init(kernelSize, stride: stride, padding: padding, ceilMode: ceilMode, countIncludePad: countIncludePad)
    }
    public convenience init(
        _ kernelSize: any SpatialSizes, _ stride: (any SpatialSizes)?, _ padding: any SpatialSizes, _ ceilMode: Bool,
        countIncludePad: Bool = true
    ) {
        self.init(kernelSize, stride: stride, padding: padding, ceilMode: ceilMode, countIncludePad: countIncludePad)
    }
    public convenience init(
        kernelSize: any SpatialSizes, stride: (any SpatialSizes)? = nil, padding: any SpatialSizes = 0,
        ceilMode: Bool = false, countIncludePad: Bool = true
    ) {
        self.init(kernelSize, stride: stride, padding: padding, ceilMode: ceilMode, countIncludePad: countIncludePad)
    }
}

extension nn.AvgPool2d {
    public convenience init(
        _ kernelSize: any SpatialSizes, _ stride: (any SpatialSizes)?, padding: any SpatialSizes = 0,
        ceilMode: Bool = false, countIncludePad: Bool = true, divisorOverride: Int? = nil
    ) {
        self.init(
            kernelSize, stride: stride, padding: padding, ceilMode: ceilMode, countIncludePad: countIncludePad,
            divisorOverride: divisorOverride)
    }
    public convenience init(
        _ kernelSize: any SpatialSizes, _ stride: (any SpatialSizes)?, _ padding: any SpatialSizes, ceilMode: Bool = false,
        countIncludePad: Bool = true, divisorOverride: Int? = nil
    ) {
        self.init(
            kernelSize, stride: stride, padding: padding, ceilMode: ceilMode, countIncludePad: countIncludePad,
            divisorOverride: divisorOverride)
    }
    public convenience init(
        _ kernelSize: any SpatialSizes, _ stride: (any SpatialSizes)?, _ padding: any SpatialSizes, _ ceilMode: Bool,
        countIncludePad: Bool = true, divisorOverride: Int? = nil
    ) {
        self.init(
            kernelSize, stride: stride, padding: padding, ceilMode: ceilMode, countIncludePad: countIncludePad,
            divisorOverride: divisorOverride)
    }
    public convenience init(
        kernelSize: any SpatialSizes, stride: (any SpatialSizes)? = nil, padding: any SpatialSizes = 0,
        ceilMode: Bool = false, countIncludePad: Bool = true, divisorOverride: Int? = nil
    ) {
        self.init(
            kernelSize, stride: stride, padding: padding, ceilMode: ceilMode, countIncludePad: countIncludePad,
            divisorOverride: divisorOverride)
    }
}

extension nn.AvgPool3d {
    public convenience init(
        _ kernelSize: any SpatialSizes, _ stride: (any SpatialSizes)?, padding: any SpatialSizes = 0,
        ceilMode: Bool = false, countIncludePad: Bool = true, divisorOverride: Int? = nil
    ) {
        self.init(
            kernelSize, stride: stride, padding: padding, ceilMode: ceilMode, countIncludePad: countIncludePad,
            divisorOverride: divisorOverride)
    }
    public convenience init(
        _ kernelSize: any SpatialSizes, _ stride: (any SpatialSizes)?, _ padding: any SpatialSizes, ceilMode: Bool = false,
        countIncludePad: Bool = true, divisorOverride: Int? = nil
    ) {
        self.init(
            kernelSize, stride: stride, padding: padding, ceilMode: ceilMode, countIncludePad: countIncludePad,
            divisorOverride: divisorOverride)
    }
    public convenience init(
        _ kernelSize: any SpatialSizes, _ stride: (any SpatialSizes)?, _ padding: any SpatialSizes, _ ceilMode: Bool,
        countIncludePad: Bool = true, divisorOverride: Int? = nil
    ) {
        self.init(
            kernelSize, stride: stride, padding: padding, ceilMode: ceilMode, countIncludePad: countIncludePad,
            divisorOverride: divisorOverride)
    }
    public convenience init(
        kernelSize: any SpatialSizes, stride: (any SpatialSizes)? = nil, padding: any SpatialSizes = 0,
        ceilMode: Bool = false, countIncludePad: Bool = true, divisorOverride: Int? = nil
    ) {
        self.init(
            kernelSize, stride: stride, padding: padding, ceilMode: ceilMode, countIncludePad: countIncludePad,
            divisorOverride: divisorOverride)
    }
}

extension nn.PaddingLayer {
    public convenience init(padding: any SpatialSizes) { self.init(padding) }
}

extension nn.ConstantPadLayer {
    public convenience init(padding: any SpatialSizes, value: some ScalarConvertible) { self.init(padding, value) }
    public convenience init(_ padding: any SpatialSizes, value: some ScalarConvertible) { self.init(padding, value) }
}

extension nn.Convolution {
    public convenience init(
        _ inChannels: Int, _ outChannels: Int, _ kernelSize: any SpatialSizes, _ stride: any SpatialSizes,
        padding: any ConvolutionPadding = 0, dilation: any SpatialSizes = 1, groups: Int = 1, bias: Bool = true,
        paddingMode: String = "zeros", device: Device = .cpu, dtype: DType = .default
    ) {
        self.init(
            inChannels, outChannels, kernelSize, stride: stride, padding: padding, dilation: dilation, groups: groups,
            bias: bias, paddingMode: paddingMode, device: device, dtype: dtype)
    }
    public convenience init(
        _ inChannels: Int, _ outChannels: Int, _ kernelSize: any SpatialSizes, _ stride: any SpatialSizes,
        _ padding: any ConvolutionPadding, dilation: any SpatialSizes = 1, groups: Int = 1, bias: Bool = true,
        paddingMode: String = "zeros", device: Device = .cpu, dtype: DType = .default
    ) {
        self.init(
            inChannels, outChannels, kernelSize, stride: stride, padding: padding, dilation: dilation, groups: groups,
            bias: bias, paddingMode: paddingMode, device: device, dtype: dtype)
    }
    public convenience init(
        _ inChannels: Int, _ outChannels: Int, _ kernelSize: any SpatialSizes, _ stride: any SpatialSizes,
        _ padding: any ConvolutionPadding, _ dilation: any SpatialSizes, groups: Int = 1, bias: Bool = true,
        paddingMode: String = "zeros", device: Device = .cpu, dtype: DType = .default
    ) {
        self.init(
            inChannels, outChannels, kernelSize, stride: stride, padding: padding, dilation: dilation, groups: groups,
            bias: bias, paddingMode: paddingMode, device: device, dtype: dtype)
    }
    public convenience init(
        inChannels: Int, outChannels: Int, kernelSize: any SpatialSizes, stride: any SpatialSizes = 1,
        padding: any ConvolutionPadding = 0, dilation: any SpatialSizes = 1, groups: Int = 1, bias: Bool = true,
        paddingMode: String = "zeros", device: Device = .cpu, dtype: DType = .default
    ) {
        self.init(
            inChannels, outChannels, kernelSize, stride: stride, padding: padding, dilation: dilation, groups: groups,
            bias: bias, paddingMode: paddingMode, device: device, dtype: dtype)
    }
    public convenience init(
        _ inChannels: Int, outChannels: Int, kernelSize: any SpatialSizes, stride: any SpatialSizes = 1,
        padding: any ConvolutionPadding = 0, dilation: any SpatialSizes = 1, groups: Int = 1, bias: Bool = true,
        paddingMode: String = "zeros", device: Device = .cpu, dtype: DType = .default
    ) {
        self.init(
            inChannels, outChannels, kernelSize, stride: stride, padding: padding, dilation: dilation, groups: groups,
            bias: bias, paddingMode: paddingMode, device: device, dtype: dtype)
    }
    public convenience init(
        _ inChannels: Int, _ outChannels: Int, kernelSize: any SpatialSizes, stride: any SpatialSizes = 1,
        padding: any ConvolutionPadding = 0, dilation: any SpatialSizes = 1, groups: Int = 1, bias: Bool = true,
        paddingMode: String = "zeros", device: Device = .cpu, dtype: DType = .default
    ) {
        self.init(
            inChannels, outChannels, kernelSize, stride: stride, padding: padding, dilation: dilation, groups: groups,
            bias: bias, paddingMode: paddingMode, device: device, dtype: dtype)
    }
}

extension nn.TransposedConvolution {
    public convenience init(
        _ inChannels: Int, _ outChannels: Int, _ kernelSize: any SpatialSizes, _ stride: any SpatialSizes,
        padding: any SpatialSizes = 0, outputPadding: any SpatialSizes = 0, groups: Int = 1, bias: Bool = true,
        dilation: any SpatialSizes = 1, paddingMode: String = "zeros", device: Device = .cpu, dtype: DType = .default
    ) {
        self.init(
            inChannels, outChannels, kernelSize, stride: stride, padding: padding, outputPadding: outputPadding,
            groups: groups, bias: bias, dilation: dilation, paddingMode: paddingMode, device: device, dtype: dtype)
    }
    public convenience init(
        _ inChannels: Int, _ outChannels: Int, _ kernelSize: any SpatialSizes, _ stride: any SpatialSizes,
        _ padding: any SpatialSizes, outputPadding: any SpatialSizes = 0, groups: Int = 1, bias: Bool = true,
        dilation: any SpatialSizes = 1, paddingMode: String = "zeros", device: Device = .cpu, dtype: DType = .default
    ) {
        self.init(
            inChannels, outChannels, kernelSize, stride: stride, padding: padding, outputPadding: outputPadding,
            groups: groups, bias: bias, dilation: dilation, paddingMode: paddingMode, device: device, dtype: dtype)
    }
    public convenience init(
        _ inChannels: Int, _ outChannels: Int, _ kernelSize: any SpatialSizes, _ stride: any SpatialSizes,
        _ padding: any SpatialSizes, _ outputPadding: any SpatialSizes, groups: Int = 1, bias: Bool = true,
        dilation: any SpatialSizes = 1, paddingMode: String = "zeros", device: Device = .cpu, dtype: DType = .default
    ) {
        self.init(
            inChannels, outChannels, kernelSize, stride: stride, padding: padding, outputPadding: outputPadding,
            groups: groups, bias: bias, dilation: dilation, paddingMode: paddingMode, device: device, dtype: dtype)
    }
    public convenience init(
        inChannels: Int, outChannels: Int, kernelSize: any SpatialSizes, stride: any SpatialSizes = 1,
        padding: any SpatialSizes = 0, outputPadding: any SpatialSizes = 0, groups: Int = 1, bias: Bool = true,
        dilation: any SpatialSizes = 1, paddingMode: String = "zeros", device: Device = .cpu, dtype: DType = .default
    ) {
        self.init(
            inChannels, outChannels, kernelSize, stride: stride, padding: padding, outputPadding: outputPadding,
            groups: groups, bias: bias, dilation: dilation, paddingMode: paddingMode, device: device, dtype: dtype)
    }
    public convenience init(
        _ inChannels: Int, outChannels: Int, kernelSize: any SpatialSizes, stride: any SpatialSizes = 1,
        padding: any SpatialSizes = 0, outputPadding: any SpatialSizes = 0, groups: Int = 1, bias: Bool = true,
        dilation: any SpatialSizes = 1, paddingMode: String = "zeros", device: Device = .cpu, dtype: DType = .default
    ) {
        self.init(
            inChannels, outChannels, kernelSize, stride: stride, padding: padding, outputPadding: outputPadding,
            groups: groups, bias: bias, dilation: dilation, paddingMode: paddingMode, device: device, dtype: dtype)
    }
    public convenience init(
        _ inChannels: Int, _ outChannels: Int, kernelSize: any SpatialSizes, stride: any SpatialSizes = 1,
        padding: any SpatialSizes = 0, outputPadding: any SpatialSizes = 0, groups: Int = 1, bias: Bool = true,
        dilation: any SpatialSizes = 1, paddingMode: String = "zeros", device: Device = .cpu, dtype: DType = .default
    ) {
        self.init(
            inChannels, outChannels, kernelSize, stride: stride, padding: padding, outputPadding: outputPadding,
            groups: groups, bias: bias, dilation: dilation, paddingMode: paddingMode, device: device, dtype: dtype)
    }
}

extension nn.Fold {
    public convenience init(
        _ outputSize: any SpatialSizes, _ kernelSize: any SpatialSizes, _ dilation: any SpatialSizes,
        padding: any SpatialSizes = 0, stride: any SpatialSizes = 1
    ) {
        self.init(outputSize, kernelSize, dilation: dilation, padding: padding, stride: stride)
    }
    public convenience init(
        _ outputSize: any SpatialSizes, _ kernelSize: any SpatialSizes, _ dilation: any SpatialSizes,
        _ padding: any SpatialSizes, stride: any SpatialSizes = 1
    ) {
        self.init(outputSize, kernelSize, dilation: dilation, padding: padding, stride: stride)
    }
    public convenience init(
        _ outputSize: any SpatialSizes, _ kernelSize: any SpatialSizes, _ dilation: any SpatialSizes,
        _ padding: any SpatialSizes, _ stride: any SpatialSizes
    ) {
        self.init(outputSize, kernelSize, dilation: dilation, padding: padding, stride: stride)
    }
    public convenience init(
        outputSize: any SpatialSizes, kernelSize: any SpatialSizes, dilation: any SpatialSizes = 1,
        padding: any SpatialSizes = 0, stride: any SpatialSizes = 1
    ) {
        self.init(outputSize, kernelSize, dilation: dilation, padding: padding, stride: stride)
    }
    public convenience init(
        _ outputSize: any SpatialSizes, kernelSize: any SpatialSizes, dilation: any SpatialSizes = 1,
        padding: any SpatialSizes = 0, stride: any SpatialSizes = 1
    ) {
        self.init(outputSize, kernelSize, dilation: dilation, padding: padding, stride: stride)
    }
}

extension nn.GroupNorm {
    public convenience init(
        _ numGroups: Int, _ numChannels: Int, _ eps: Double, affine: Bool = true, dtype: DType = .default,
        bias: Bool = true
    ) {
        self.init(numGroups, numChannels, eps: eps, affine: affine, dtype: dtype, bias: bias)
    }
    public convenience init(
        _ numGroups: Int, _ numChannels: Int, _ eps: Double, _ affine: Bool, dtype: DType = .default, bias: Bool = true
    ) {
        self.init(numGroups, numChannels, eps: eps, affine: affine, dtype: dtype, bias: bias)
    }
    public convenience init(
        _ numGroups: Int, _ numChannels: Int, _ eps: Double, _ affine: Bool, _ dtype: DType, bias: Bool = true
    ) {
        self.init(numGroups, numChannels, eps: eps, affine: affine, dtype: dtype, bias: bias)
    }
    public convenience init(
        numGroups: Int, numChannels: Int, eps: Double = 1e-5, affine: Bool = true, dtype: DType = .default,
        bias: Bool = true
    ) {
        self.init(numGroups, numChannels, eps: eps, affine: affine, dtype: dtype, bias: bias)
    }
    public convenience init(
        _ numGroups: Int, numChannels: Int, eps: Double = 1e-5, affine: Bool = true, dtype: DType = .default,
        bias: Bool = true
    ) {
        self.init(numGroups, numChannels, eps: eps, affine: affine, dtype: dtype, bias: bias)
    }
}

extension nn.LayerNorm {
    public convenience init(
        _ normalizedShape: [Int], _ eps: Double, elementwiseAffine: Bool = true, bias: Bool = true, dtype: DType = .default
    ) {
        self.init(normalizedShape, eps: eps, elementwiseAffine: elementwiseAffine, bias: bias, dtype: dtype)
    }
    public convenience init(
        _ normalizedShape: [Int], _ eps: Double, _ elementwiseAffine: Bool, bias: Bool = true, dtype: DType = .default
    ) {
        self.init(normalizedShape, eps: eps, elementwiseAffine: elementwiseAffine, bias: bias, dtype: dtype)
    }
    public convenience init(
        _ normalizedShape: [Int], _ eps: Double, _ elementwiseAffine: Bool, _ bias: Bool, dtype: DType = .default
    ) {
        self.init(normalizedShape, eps: eps, elementwiseAffine: elementwiseAffine, bias: bias, dtype: dtype)
    }
    public convenience init(
        normalizedShape: [Int], eps: Double = 1e-5, elementwiseAffine: Bool = true, bias: Bool = true,
        dtype: DType = .default
    ) {
        self.init(normalizedShape, eps: eps, elementwiseAffine: elementwiseAffine, bias: bias, dtype: dtype)
    }
}

extension nn.MaxPoolLayer {
    public convenience init(
        _ kernelSize: any SpatialSizes, _ stride: (any SpatialSizes)?, padding: any SpatialSizes = 0,
        dilation: any SpatialSizes = 1, returnIndices: Bool = false, ceilMode: Bool = false
    ) {
        self.init(
            kernelSize, stride: stride, padding: padding, dilation: dilation, returnIndices: returnIndices,
            ceilMode: ceilMode)
    }
    public convenience init(
        _ kernelSize: any SpatialSizes, _ stride: (any SpatialSizes)?, _ padding: any SpatialSizes,
        dilation: any SpatialSizes = 1, returnIndices: Bool = false, ceilMode: Bool = false
    ) {
        self.init(
            kernelSize, stride: stride, padding: padding, dilation: dilation, returnIndices: returnIndices,
            ceilMode: ceilMode)
    }
    public convenience init(
        _ kernelSize: any SpatialSizes, _ stride: (any SpatialSizes)?, _ padding: any SpatialSizes,
        _ dilation: any SpatialSizes, returnIndices: Bool = false, ceilMode: Bool = false
    ) {
        self.init(
            kernelSize, stride: stride, padding: padding, dilation: dilation, returnIndices: returnIndices,
            ceilMode: ceilMode)
    }
    public convenience init(
        kernelSize: any SpatialSizes, stride: (any SpatialSizes)? = nil, padding: any SpatialSizes = 0,
        dilation: any SpatialSizes = 1, returnIndices: Bool = false, ceilMode: Bool = false
    ) {
        self.init(
            kernelSize, stride: stride, padding: padding, dilation: dilation, returnIndices: returnIndices,
            ceilMode: ceilMode)
    }
}

extension nn.PixelShuffle {
    public convenience init(upscaleFactor: Int) { self.init(upscaleFactor) }
}

extension nn.PixelUnshuffle {
    public convenience init(downscaleFactor: Int) { self.init(downscaleFactor) }
}

extension nn.RMSNorm {
    public convenience init(
        _ normalizedShape: [Int], _ eps: Double?, elementwiseAffine: Bool = true, dtype: DType = .default
    ) {
        self.init(normalizedShape, eps: eps, elementwiseAffine: elementwiseAffine, dtype: dtype)
    }
    public convenience init(_ normalizedShape: [Int], _ eps: Double?, _ elementwiseAffine: Bool, dtype: DType = .default) {
        self.init(normalizedShape, eps: eps, elementwiseAffine: elementwiseAffine, dtype: dtype)
    }
    public convenience init(_ normalizedShape: [Int], _ eps: Double?, _ elementwiseAffine: Bool, _ dtype: DType) {
        self.init(normalizedShape, eps: eps, elementwiseAffine: elementwiseAffine, dtype: dtype)
    }
    public convenience init(
        normalizedShape: [Int], eps: Double? = nil, elementwiseAffine: Bool = true, dtype: DType = .default
    ) {
        self.init(normalizedShape, eps: eps, elementwiseAffine: elementwiseAffine, dtype: dtype)
    }
}

extension nn.Unfold {
    public convenience init(
        _ kernelSize: any SpatialSizes, _ dilation: any SpatialSizes, padding: any SpatialSizes = 0,
        stride: any SpatialSizes = 1
    ) {
        self.init(kernelSize, dilation: dilation, padding: padding, stride: stride)
    }
    public convenience init(
        _ kernelSize: any SpatialSizes, _ dilation: any SpatialSizes, _ padding: any SpatialSizes,
        stride: any SpatialSizes = 1
    ) {
        self.init(kernelSize, dilation: dilation, padding: padding, stride: stride)
    }
    public convenience init(
        _ kernelSize: any SpatialSizes, _ dilation: any SpatialSizes, _ padding: any SpatialSizes,
        _ stride: any SpatialSizes
    ) {
        self.init(kernelSize, dilation: dilation, padding: padding, stride: stride)
    }
    public convenience init(
        kernelSize: any SpatialSizes, dilation: any SpatialSizes = 1, padding: any SpatialSizes = 0,
        stride: any SpatialSizes = 1
    ) {
        self.init(kernelSize, dilation: dilation, padding: padding, stride: stride)
    }
}

extension nn.Upsample {
    public convenience init(
        _ size: (any SpatialSizes)?, scaleFactor: (any ScaleFactors)? = nil, mode: String = "nearest",
        alignCorners: Bool? = nil, recomputeScaleFactor: Bool? = nil
    ) {
        self.init(
            size: size, scaleFactor: scaleFactor, mode: mode, alignCorners: alignCorners,
            recomputeScaleFactor: recomputeScaleFactor)
    }
}
