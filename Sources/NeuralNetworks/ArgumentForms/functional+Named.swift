import TensorCore

/// Arguments of `F.` functions by name where the declaration that computes has them by position:
/// `torch.gather(x, dim: 1, index: i)` beside `torch.gather(x, 1, i)`.
extension nn.functional {
    public static func adaptiveAvgPool1d(_ input: Tensor, outputSize: some AdaptiveSizes) -> Tensor {
        adaptiveAvgPool1d(input, outputSize)
    }
    public static func adaptiveAvgPool2d(_ input: Tensor, outputSize: some AdaptiveSizes) -> Tensor {
        adaptiveAvgPool2d(input, outputSize)
    }
    public static func adaptiveAvgPool3d(_ input: Tensor, outputSize: some AdaptiveSizes) -> Tensor {
        adaptiveAvgPool3d(input, outputSize)
    }
    public static func adaptiveMaxPool1d(_ input: Tensor, outputSize: some AdaptiveSizes) -> Tensor {
        adaptiveMaxPool1d(input, outputSize)
    }
    public static func adaptiveMaxPool2d(_ input: Tensor, outputSize: some AdaptiveSizes) -> Tensor {
        adaptiveMaxPool2d(input, outputSize)
    }
    public static func adaptiveMaxPool3d(_ input: Tensor, outputSize: some AdaptiveSizes) -> Tensor {
        adaptiveMaxPool3d(input, outputSize)
    }
    public static func affineGrid(_ theta: Tensor, size: [Int], alignCorners: Bool? = nil) -> Tensor {
        affineGrid(theta, size, alignCorners: alignCorners)
    }
    public static func avgPool1d(
        _ input: Tensor, kernelSize: some SpatialSizes, stride: (any SpatialSizes)? = nil, padding: some SpatialSizes = 0,
        ceilMode: Bool = false, countIncludePad: Bool = true
    ) -> Tensor {
        avgPool1d(input, kernelSize, stride: stride, padding: padding, ceilMode: ceilMode, countIncludePad: countIncludePad)
    }
    public static func avgPool2d(
        _ input: Tensor, kernelSize: some SpatialSizes, stride: (any SpatialSizes)? = nil, padding: some SpatialSizes = 0,
        ceilMode: Bool = false, countIncludePad: Bool = true, divisorOverride: Int? = nil
    ) -> Tensor {
        avgPool2d(
            input, kernelSize, stride: stride, padding: padding, ceilMode: ceilMode, countIncludePad: countIncludePad,
            divisorOverride: divisorOverride)
    }
    public static func avgPool3d(
        _ input: Tensor, kernelSize: some SpatialSizes, stride: (any SpatialSizes)? = nil, padding: some SpatialSizes = 0,
        ceilMode: Bool = false, countIncludePad: Bool = true, divisorOverride: Int? = nil
    ) -> Tensor {
        avgPool3d(
            input, kernelSize, stride: stride, padding: padding, ceilMode: ceilMode, countIncludePad: countIncludePad,
            divisorOverride: divisorOverride)
    }
    @_disfavoredOverload public static func binaryCrossEntropy(
        _ input: Tensor, target: Tensor, weight: Tensor? = nil, reduction: Reduction = .mean
    ) -> Tensor {
        binaryCrossEntropy(input, target, weight: weight, reduction: reduction)
    }
    @_disfavoredOverload public static func binaryCrossEntropyWithLogits(
        _ input: Tensor, target: Tensor, weight: Tensor? = nil, reduction: Reduction = .mean, posWeight: Tensor? = nil
    ) -> Tensor {
        binaryCrossEntropyWithLogits(input, target, weight: weight, reduction: reduction, posWeight: posWeight)
    }
    public static func channelShuffle(_ input: Tensor, groups: Int) -> Tensor { channelShuffle(input, groups) }
    public static func conv1d(
        _ input: Tensor, _ weight: Tensor, bias: Tensor?, stride: some SpatialSizes = 1,
        padding: some ConvolutionPadding = 0, dilation: some SpatialSizes = 1, groups: Int = 1
    ) -> Tensor {
        conv1d(input, weight, bias, stride: stride, padding: padding, dilation: dilation, groups: groups)
    }
    public static func conv1d(
        _ input: Tensor, weight: Tensor, bias: Tensor? = nil, stride: some SpatialSizes = 1,
        padding: some ConvolutionPadding = 0, dilation: some SpatialSizes = 1, groups: Int = 1
    ) -> Tensor {
        conv1d(input, weight, bias, stride: stride, padding: padding, dilation: dilation, groups: groups)
    }
    public static func conv2d(
        _ input: Tensor, _ weight: Tensor, bias: Tensor?, stride: some SpatialSizes = 1,
        padding: some ConvolutionPadding = 0, dilation: some SpatialSizes = 1, groups: Int = 1
    ) -> Tensor {
        conv2d(input, weight, bias, stride: stride, padding: padding, dilation: dilation, groups: groups)
    }
    public static func conv2d(
        _ input: Tensor, weight: Tensor, bias: Tensor? = nil, stride: some SpatialSizes = 1,
        padding: some ConvolutionPadding = 0, dilation: some SpatialSizes = 1, groups: Int = 1
    ) -> Tensor {
        conv2d(input, weight, bias, stride: stride, padding: padding, dilation: dilation, groups: groups)
    }
    public static func conv3d(
        _ input: Tensor, _ weight: Tensor, bias: Tensor?, stride: some SpatialSizes = 1,
        padding: some ConvolutionPadding = 0, dilation: some SpatialSizes = 1, groups: Int = 1
    ) -> Tensor {
        conv3d(input, weight, bias, stride: stride, padding: padding, dilation: dilation, groups: groups)
    }
    public static func conv3d(
        _ input: Tensor, weight: Tensor, bias: Tensor? = nil, stride: some SpatialSizes = 1,
        padding: some ConvolutionPadding = 0, dilation: some SpatialSizes = 1, groups: Int = 1
    ) -> Tensor {
        conv3d(input, weight, bias, stride: stride, padding: padding, dilation: dilation, groups: groups)
    }
    public static func convTranspose1d(
        _ input: Tensor, _ weight: Tensor, bias: Tensor?, stride: some SpatialSizes = 1, padding: some SpatialSizes = 0,
        outputPadding: some SpatialSizes = 0, groups: Int = 1, dilation: some SpatialSizes = 1
    ) -> Tensor {
        convTranspose1d(
            input, weight, bias, stride: stride, padding: padding, outputPadding: outputPadding, groups: groups,
            dilation: dilation)
    }
    public static func convTranspose1d(
        _ input: Tensor, weight: Tensor, bias: Tensor? = nil, stride: some SpatialSizes = 1,
        padding: some SpatialSizes = 0, outputPadding: some SpatialSizes = 0, groups: Int = 1,
        dilation: some SpatialSizes = 1
    ) -> Tensor {
        convTranspose1d(
            input, weight, bias, stride: stride, padding: padding, outputPadding: outputPadding, groups: groups,
            dilation: dilation)
    }
    public static func convTranspose2d(
        _ input: Tensor, _ weight: Tensor, bias: Tensor?, stride: some SpatialSizes = 1, padding: some SpatialSizes = 0,
        outputPadding: some SpatialSizes = 0, groups: Int = 1, dilation: some SpatialSizes = 1
    ) -> Tensor {
        convTranspose2d(
            input, weight, bias, stride: stride, padding: padding, outputPadding: outputPadding, groups: groups,
            dilation: dilation)
    }
    public static func convTranspose2d(
        _ input: Tensor, weight: Tensor, bias: Tensor? = nil, stride: some SpatialSizes = 1,
        padding: some SpatialSizes = 0, outputPadding: some SpatialSizes = 0, groups: Int = 1,
        dilation: some SpatialSizes = 1
    ) -> Tensor {
        convTranspose2d(
            input, weight, bias, stride: stride, padding: padding, outputPadding: outputPadding, groups: groups,
            dilation: dilation)
    }
    public static func convTranspose3d(
        _ input: Tensor, _ weight: Tensor, bias: Tensor?, stride: some SpatialSizes = 1, padding: some SpatialSizes = 0,
        outputPadding: some SpatialSizes = 0, groups: Int = 1, dilation: some SpatialSizes = 1
    ) -> Tensor {
        convTranspose3d(
            input, weight, bias, stride: stride, padding: padding, outputPadding: outputPadding, groups: groups,
            dilation: dilation)
    }
    public static func convTranspose3d(
        _ input: Tensor, weight: Tensor, bias: Tensor? = nil, stride: some SpatialSizes = 1,
        padding: some SpatialSizes = 0, outputPadding: some SpatialSizes = 0, groups: Int = 1,
        dilation: some SpatialSizes = 1
    ) -> Tensor {
        convTranspose3d(
            input, weight, bias, stride: stride, padding: padding, outputPadding: outputPadding, groups: groups,
            dilation: dilation)
    }
    public static func cosineEmbeddingLoss(
        _ input1: Tensor, _ input2: Tensor, target: Tensor, margin: Double = 0, reduction: Reduction = .mean
    ) -> Tensor {
        cosineEmbeddingLoss(input1, input2, target, margin: margin, reduction: reduction)
    }
    @_disfavoredOverload public static func crossEntropy(
        _ input: Tensor, target: Tensor, weight: Tensor? = nil, ignoreIndex: Int = -100, reduction: Reduction = .mean,
        labelSmoothing: Double = 0
    ) -> Tensor {
        crossEntropy(
            input, target, weight: weight, ignoreIndex: ignoreIndex, reduction: reduction, labelSmoothing: labelSmoothing)
    }
    public static func embedding(
        _ input: Tensor, weight: Tensor, paddingIdx: Int? = nil, maxNorm: Double? = nil, normType: Double = 2,
        scaleGradByFreq: Bool = false
    ) -> Tensor {
        embedding(
            input, weight, paddingIdx: paddingIdx, maxNorm: maxNorm, normType: normType, scaleGradByFreq: scaleGradByFreq)
    }
    public static func embeddingBag(
        _ input: Tensor, weight: Tensor, offsets: Tensor? = nil, maxNorm: Double? = nil, normType: Double = 2,
        scaleGradByFreq: Bool = false, mode: EmbeddingBagMode = .mean, perSampleWeights: Tensor? = nil,
        includeLastOffset: Bool = false, paddingIdx: Int? = nil
    ) -> Tensor {
        embeddingBag(
            input, weight, offsets: offsets, maxNorm: maxNorm, normType: normType, scaleGradByFreq: scaleGradByFreq,
            mode: mode, perSampleWeights: perSampleWeights, includeLastOffset: includeLastOffset, paddingIdx: paddingIdx)
    }
    public static func fold(
        _ input: Tensor, outputSize: any SpatialSizes, kernelSize: any SpatialSizes, dilation: any SpatialSizes = 1,
        padding: any SpatialSizes = 0, stride: any SpatialSizes = 1
    ) -> Tensor {
        fold(input, outputSize, kernelSize, dilation: dilation, padding: padding, stride: stride)
    }
    public static func fold(
        _ input: Tensor, _ outputSize: any SpatialSizes, kernelSize: any SpatialSizes, dilation: any SpatialSizes = 1,
        padding: any SpatialSizes = 0, stride: any SpatialSizes = 1
    ) -> Tensor {
        fold(input, outputSize, kernelSize, dilation: dilation, padding: padding, stride: stride)
    }
    public static func groupNorm(
        _ input: Tensor, numGroups: Int, weight: Tensor? = nil, bias: Tensor? = nil, eps: Double = 1e-5
    ) -> Tensor {
        groupNorm(input, numGroups, weight: weight, bias: bias, eps: eps)
    }
    public static func gumbelSoftmax(logits: Tensor, tau: Double = 1, hard: Bool = false, dim: Int = -1) -> Tensor {
        gumbelSoftmax(logits, tau: tau, hard: hard, dim: dim)
    }
    @_disfavoredOverload public static func hingeEmbeddingLoss(
        _ input: Tensor, target: Tensor, margin: Double = 1, reduction: Reduction = .mean
    ) -> Tensor {
        hingeEmbeddingLoss(input, target, margin: margin, reduction: reduction)
    }
    @_disfavoredOverload public static func huberLoss(
        _ input: Tensor, target: Tensor, reduction: Reduction = .mean, delta: Double = 1
    ) -> Tensor {
        huberLoss(input, target, reduction: reduction, delta: delta)
    }
    public static func interpolate(
        _ input: Tensor, size: (any SpatialSizes)?, scaleFactor: (any ScaleFactors)? = nil, mode: String = "nearest",
        alignCorners: Bool? = nil, recomputeScaleFactor: Bool? = nil, antialias: Bool = false
    ) -> Tensor {
        interpolate(
            input, size, scaleFactor: scaleFactor, mode: mode, alignCorners: alignCorners,
            recomputeScaleFactor: recomputeScaleFactor, antialias: antialias)
    }
    @_disfavoredOverload public static func klDiv(
        _ input: Tensor, target: Tensor, reduction: Reduction = .mean, logTarget: Bool = false
    ) -> Tensor {
        klDiv(input, target, reduction: reduction, logTarget: logTarget)
    }
    @_disfavoredOverload public static func l1Loss(
        _ input: Tensor, target: Tensor, reduction: Reduction = .mean
    ) -> Tensor {
        l1Loss(input, target, reduction: reduction)
    }
    public static func layerNorm(
        _ input: Tensor, normalizedShape: [Int], weight: Tensor? = nil, bias: Tensor? = nil, eps: Double = 1e-5
    ) -> Tensor {
        layerNorm(input, normalizedShape, weight: weight, bias: bias, eps: eps)
    }
    @_disfavoredOverload public static func leakyRelu(_ input: Tensor, _ negativeSlope: Double, inplace: Bool) -> Tensor {
        leakyRelu(input, negativeSlope: negativeSlope, inplace: inplace)
    }
    public static func linear(_ input: Tensor, _ weight: Tensor, bias: Tensor?) -> Tensor { linear(input, weight, bias) }
    public static func linear(_ input: Tensor, weight: Tensor, bias: Tensor? = nil) -> Tensor {
        linear(input, weight, bias)
    }
    public static func maxPool1d(
        _ input: Tensor, kernelSize: some SpatialSizes, stride: (any SpatialSizes)? = nil, padding: some SpatialSizes = 0,
        dilation: some SpatialSizes = 1, ceilMode: Bool = false
    ) -> Tensor {
        maxPool1d(input, kernelSize, stride: stride, padding: padding, dilation: dilation, ceilMode: ceilMode)
    }
    public static func maxPool2d(
        _ input: Tensor, kernelSize: some SpatialSizes, stride: (any SpatialSizes)? = nil, padding: some SpatialSizes = 0,
        dilation: some SpatialSizes = 1, ceilMode: Bool = false
    ) -> Tensor {
        maxPool2d(input, kernelSize, stride: stride, padding: padding, dilation: dilation, ceilMode: ceilMode)
    }
    public static func maxPool3d(
        _ input: Tensor, kernelSize: some SpatialSizes, stride: (any SpatialSizes)? = nil, padding: some SpatialSizes = 0,
        dilation: some SpatialSizes = 1, ceilMode: Bool = false
    ) -> Tensor {
        maxPool3d(input, kernelSize, stride: stride, padding: padding, dilation: dilation, ceilMode: ceilMode)
    }
    @_disfavoredOverload public static func mseLoss(
        _ input: Tensor, target: Tensor, reduction: Reduction = .mean
    ) -> Tensor {
        mseLoss(input, target, reduction: reduction)
    }
    @_disfavoredOverload public static func nllLoss(
        _ input: Tensor, target: Tensor, weight: Tensor? = nil, ignoreIndex: Int = -100, reduction: Reduction = .mean
    ) -> Tensor {
        nllLoss(input, target, weight: weight, ignoreIndex: ignoreIndex, reduction: reduction)
    }
    public static func pad(_ input: Tensor, _ pad: [Int], _ mode: String, value: (some ScalarConvertible)?) -> Tensor {
        Self.pad(input, pad, mode: mode, value: value)
    }
    public static func pad(_ input: Tensor, pad: [Int], mode: String = "constant") -> Tensor {
        Self.pad(input, pad, mode: mode)
    }
    public static func pixelShuffle(_ input: Tensor, upscaleFactor: Int) -> Tensor { pixelShuffle(input, upscaleFactor) }
    public static func pixelUnshuffle(_ input: Tensor, downscaleFactor: Int) -> Tensor {
        pixelUnshuffle(input, downscaleFactor)
    }
    public static func rmsNorm(
        _ input: Tensor, normalizedShape: [Int], weight: Tensor? = nil, eps: Double? = nil
    ) -> Tensor {
        rmsNorm(input, normalizedShape, weight: weight, eps: eps)
    }
    public static func scaledDotProductAttention(
        _ query: Tensor, _ key: Tensor, value: Tensor, attnMask: Tensor? = nil, dropoutP: Double = 0,
        isCausal: Bool = false, scale: Double? = nil, enableGqa: Bool = false
    ) -> Tensor {
        scaledDotProductAttention(
            query, key, value, attnMask: attnMask, dropoutP: dropoutP, isCausal: isCausal, scale: scale,
            enableGqa: enableGqa)
    }
    @_disfavoredOverload public static func smoothL1Loss(
        _ input: Tensor, target: Tensor, reduction: Reduction = .mean, beta: Double = 1
    ) -> Tensor {
        smoothL1Loss(input, target, reduction: reduction, beta: beta)
    }
    public static func threshold(_ input: Tensor, threshold: Double, value: Double, inplace: Bool = false) -> Tensor {
        Self.threshold(input, threshold, value, inplace: inplace)
    }
    public static func threshold(_ input: Tensor, _ threshold: Double, value: Double, inplace: Bool = false) -> Tensor {
        Self.threshold(input, threshold, value, inplace: inplace)
    }
    @discardableResult public static func threshold_(_ input: Tensor, threshold: Double, value: Double) -> Tensor {
        threshold_(input, threshold, value)
    }
    @discardableResult public static func threshold_(_ input: Tensor, _ threshold: Double, value: Double) -> Tensor {
        threshold_(input, threshold, value)
    }
    public static func unfold(
        _ input: Tensor, kernelSize: any SpatialSizes, dilation: any SpatialSizes = 1, padding: any SpatialSizes = 0,
        stride: any SpatialSizes = 1
    ) -> Tensor {
        unfold(input, kernelSize, dilation: dilation, padding: padding, stride: stride)
    }
}
