import TensorCore

/// PyTorch takes the arguments of `F.` functions by position as well as by name. The declarations that compute
/// have one of the two forms; these are the others: `torch.topk(x, 2, 1)` beside `torch.topk(x, 2, dim: 1)`.
extension nn.functional {
    public static func alphaDropout(_ input: Tensor, _ p: Double, training: Bool = false, inplace: Bool = false) -> Tensor {
        alphaDropout(input, p: p, training: training, inplace: inplace)
    }
    public static func alphaDropout(_ input: Tensor, _ p: Double, _ training: Bool, inplace: Bool = false) -> Tensor {
        alphaDropout(input, p: p, training: training, inplace: inplace)
    }
    public static func alphaDropout(_ input: Tensor, _ p: Double, _ training: Bool, _ inplace: Bool) -> Tensor {
        alphaDropout(input, p: p, training: training, inplace: inplace)
    }
    public static func batchNorm(
        _ input: Tensor, _ runningMean: Tensor?, _ runningVar: Tensor?, _ weight: Tensor?, bias: Tensor? = nil,
        training: Bool = false, momentum: Double = 0.1, eps: Double = 1e-5
    ) -> Tensor {
        batchNorm(
            input, runningMean, runningVar, weight: weight, bias: bias, training: training, momentum: momentum, eps: eps)
    }
    public static func batchNorm(
        _ input: Tensor, _ runningMean: Tensor?, _ runningVar: Tensor?, _ weight: Tensor?, _ bias: Tensor?,
        training: Bool = false, momentum: Double = 0.1, eps: Double = 1e-5
    ) -> Tensor {
        batchNorm(
            input, runningMean, runningVar, weight: weight, bias: bias, training: training, momentum: momentum, eps: eps)
    }
    public static func batchNorm(
        _ input: Tensor, _ runningMean: Tensor?, _ runningVar: Tensor?, _ weight: Tensor?, _ bias: Tensor?,
        _ training: Bool, momentum: Double = 0.1, eps: Double = 1e-5
    ) -> Tensor {
        batchNorm(
            input, runningMean, runningVar, weight: weight, bias: bias, training: training, momentum: momentum, eps: eps)
    }
    @_disfavoredOverload public static func binaryCrossEntropy(
        _ input: Tensor, _ target: Tensor, _ weight: Tensor?, reduction: Reduction = .mean
    ) -> Tensor {
        binaryCrossEntropy(input, target, weight: weight, reduction: reduction)
    }
    @_disfavoredOverload public static func binaryCrossEntropyWithLogits(
        _ input: Tensor, _ target: Tensor, _ weight: Tensor?, reduction: Reduction = .mean, posWeight: Tensor? = nil
    ) -> Tensor {
        binaryCrossEntropyWithLogits(input, target, weight: weight, reduction: reduction, posWeight: posWeight)
    }
    public static func cosineEmbeddingLoss(
        _ input1: Tensor, _ input2: Tensor, _ target: Tensor, _ margin: Double, reduction: Reduction = .mean
    ) -> Tensor {
        cosineEmbeddingLoss(input1, input2, target, margin: margin, reduction: reduction)
    }
    @_disfavoredOverload public static func cosineSimilarity(
        _ x1: Tensor, _ x2: Tensor, _ dim: Int, eps: Double = 1e-8
    ) -> Tensor {
        cosineSimilarity(x1, x2, dim: dim, eps: eps)
    }
    @_disfavoredOverload public static func cosineSimilarity(
        _ x1: Tensor, _ x2: Tensor, _ dim: Int, _ eps: Double
    ) -> Tensor {
        cosineSimilarity(x1, x2, dim: dim, eps: eps)
    }
    @_disfavoredOverload public static func crossEntropy(
        _ input: Tensor, _ target: Tensor, _ weight: Tensor?, ignoreIndex: Int = -100, reduction: Reduction = .mean,
        labelSmoothing: Double = 0
    ) -> Tensor {
        crossEntropy(
            input, target, weight: weight, ignoreIndex: ignoreIndex, reduction: reduction, labelSmoothing: labelSmoothing)
    }
    @_disfavoredOverload public static func crossEntropy(
        _ input: Tensor, _ target: Tensor, _ weight: Tensor?, _ ignoreIndex: Int, reduction: Reduction = .mean,
        labelSmoothing: Double = 0
    ) -> Tensor {
        crossEntropy(
            input, target, weight: weight, ignoreIndex: ignoreIndex, reduction: reduction, labelSmoothing: labelSmoothing)
    }
    @_disfavoredOverload public static func dropout(
        _ input: Tensor, _ p: Double, _ training: Bool, inplace: Bool = false
    ) -> Tensor {
        dropout(input, p: p, training: training, inplace: inplace)
    }
    @_disfavoredOverload public static func dropout(
        _ input: Tensor, _ p: Double, _ training: Bool, _ inplace: Bool
    ) -> Tensor {
        dropout(input, p: p, training: training, inplace: inplace)
    }
    public static func dropout1d(_ input: Tensor, _ p: Double, training: Bool = true, inplace: Bool = false) -> Tensor {
        dropout1d(input, p: p, training: training, inplace: inplace)
    }
    public static func dropout1d(_ input: Tensor, _ p: Double, _ training: Bool, inplace: Bool = false) -> Tensor {
        dropout1d(input, p: p, training: training, inplace: inplace)
    }
    public static func dropout1d(_ input: Tensor, _ p: Double, _ training: Bool, _ inplace: Bool) -> Tensor {
        dropout1d(input, p: p, training: training, inplace: inplace)
    }
    public static func dropout2d(_ input: Tensor, _ p: Double, training: Bool = true, inplace: Bool = false) -> Tensor {
        dropout2d(input, p: p, training: training, inplace: inplace)
    }
    public static func dropout2d(_ input: Tensor, _ p: Double, _ training: Bool, inplace: Bool = false) -> Tensor {
        dropout2d(input, p: p, training: training, inplace: inplace)
    }
    public static func dropout2d(_ input: Tensor, _ p: Double, _ training: Bool, _ inplace: Bool) -> Tensor {
        dropout2d(input, p: p, training: training, inplace: inplace)
    }
    public static func dropout3d(_ input: Tensor, _ p: Double, training: Bool = true, inplace: Bool = false) -> Tensor {
        dropout3d(input, p: p, training: training, inplace: inplace)
    }
    public static func dropout3d(_ input: Tensor, _ p: Double, _ training: Bool, inplace: Bool = false) -> Tensor {
        dropout3d(input, p: p, training: training, inplace: inplace)
    }
    public static func dropout3d(_ input: Tensor, _ p: Double, _ training: Bool, _ inplace: Bool) -> Tensor {
        dropout3d(input, p: p, training: training, inplace: inplace)
    }
    @_disfavoredOverload public static func elu(_ input: Tensor, _ alpha: Double, inplace: Bool = false) -> Tensor {
        elu(input, alpha: alpha, inplace: inplace)
    }
    @_disfavoredOverload public static func elu(_ input: Tensor, _ alpha: Double, _ inplace: Bool) -> Tensor {
        elu(input, alpha: alpha, inplace: inplace)
    }
    @discardableResult public static func elu_(_ input: Tensor, _ alpha: Double) -> Tensor { elu_(input, alpha: alpha) }
    public static func embedding(
        _ input: Tensor, _ weight: Tensor, _ paddingIdx: Int?, maxNorm: Double? = nil, normType: Double = 2,
        scaleGradByFreq: Bool = false
    ) -> Tensor {
        embedding(
            input, weight, paddingIdx: paddingIdx, maxNorm: maxNorm, normType: normType, scaleGradByFreq: scaleGradByFreq)
    }
    public static func embedding(
        _ input: Tensor, _ weight: Tensor, _ paddingIdx: Int?, _ maxNorm: Double?, normType: Double = 2,
        scaleGradByFreq: Bool = false
    ) -> Tensor {
        embedding(
            input, weight, paddingIdx: paddingIdx, maxNorm: maxNorm, normType: normType, scaleGradByFreq: scaleGradByFreq)
    }
    public static func embedding(
        _ input: Tensor, _ weight: Tensor, _ paddingIdx: Int?, _ maxNorm: Double?, _ normType: Double,
        scaleGradByFreq: Bool = false
    ) -> Tensor {
        embedding(
            input, weight, paddingIdx: paddingIdx, maxNorm: maxNorm, normType: normType, scaleGradByFreq: scaleGradByFreq)
    }
    public static func embeddingBag(
        _ input: Tensor, _ weight: Tensor, _ offsets: Tensor?, maxNorm: Double? = nil, normType: Double = 2,
        scaleGradByFreq: Bool = false, mode: EmbeddingBagMode = .mean, perSampleWeights: Tensor? = nil,
        includeLastOffset: Bool = false, paddingIdx: Int? = nil
    ) -> Tensor {
        embeddingBag(
            input, weight, offsets: offsets, maxNorm: maxNorm, normType: normType, scaleGradByFreq: scaleGradByFreq,
            mode: mode, perSampleWeights: perSampleWeights, includeLastOffset: includeLastOffset, paddingIdx: paddingIdx)
    }
    public static func embeddingBag(
        _ input: Tensor, _ weight: Tensor, _ offsets: Tensor?, _ maxNorm: Double?, normType: Double = 2,
        scaleGradByFreq: Bool = false, mode: EmbeddingBagMode = .mean, perSampleWeights: Tensor? = nil,
        includeLastOffset: Bool = false, paddingIdx: Int? = nil
    ) -> Tensor {
        embeddingBag(
            input, weight, offsets: offsets, maxNorm: maxNorm, normType: normType, scaleGradByFreq: scaleGradByFreq,
            mode: mode, perSampleWeights: perSampleWeights, includeLastOffset: includeLastOffset, paddingIdx: paddingIdx)
    }
    public static func embeddingBag(
        _ input: Tensor, _ weight: Tensor, _ offsets: Tensor?, _ maxNorm: Double?, _ normType: Double,
        scaleGradByFreq: Bool = false, mode: EmbeddingBagMode = .mean, perSampleWeights: Tensor? = nil,
        includeLastOffset: Bool = false, paddingIdx: Int? = nil
    ) -> Tensor {
        embeddingBag(
            input, weight, offsets: offsets, maxNorm: maxNorm, normType: normType, scaleGradByFreq: scaleGradByFreq,
            mode: mode, perSampleWeights: perSampleWeights, includeLastOffset: includeLastOffset, paddingIdx: paddingIdx)
    }
    @_disfavoredOverload public static func gelu(_ input: Tensor, _ approximate: String) -> Tensor {
        gelu(input, approximate: approximate)
    }
    public static func glu(_ input: Tensor, _ dim: Int) -> Tensor { glu(input, dim: dim) }
    public static func groupNorm(
        _ input: Tensor, _ numGroups: Int, _ weight: Tensor?, bias: Tensor? = nil, eps: Double = 1e-5
    ) -> Tensor {
        groupNorm(input, numGroups, weight: weight, bias: bias, eps: eps)
    }
    public static func groupNorm(
        _ input: Tensor, _ numGroups: Int, _ weight: Tensor?, _ bias: Tensor?, eps: Double = 1e-5
    ) -> Tensor {
        groupNorm(input, numGroups, weight: weight, bias: bias, eps: eps)
    }
    public static func groupNorm(
        _ input: Tensor, _ numGroups: Int, _ weight: Tensor?, _ bias: Tensor?, _ eps: Double
    ) -> Tensor {
        groupNorm(input, numGroups, weight: weight, bias: bias, eps: eps)
    }
    public static func gumbelSoftmax(_ logits: Tensor, _ tau: Double, hard: Bool = false, dim: Int = -1) -> Tensor {
        gumbelSoftmax(logits, tau: tau, hard: hard, dim: dim)
    }
    public static func gumbelSoftmax(_ logits: Tensor, _ tau: Double, _ hard: Bool, dim: Int = -1) -> Tensor {
        gumbelSoftmax(logits, tau: tau, hard: hard, dim: dim)
    }
    @_disfavoredOverload public static func hardshrink(_ input: Tensor, _ lambd: Double) -> Tensor {
        hardshrink(input, lambd: lambd)
    }
    @_disfavoredOverload public static func hardtanh(
        _ input: Tensor, _ minVal: Double, maxVal: Double = 1, inplace: Bool = false
    ) -> Tensor {
        hardtanh(input, minVal: minVal, maxVal: maxVal, inplace: inplace)
    }
    @_disfavoredOverload public static func hardtanh(
        _ input: Tensor, _ minVal: Double, _ maxVal: Double, inplace: Bool = false
    ) -> Tensor {
        hardtanh(input, minVal: minVal, maxVal: maxVal, inplace: inplace)
    }
    @_disfavoredOverload public static func hardtanh(
        _ input: Tensor, _ minVal: Double, _ maxVal: Double, _ inplace: Bool
    ) -> Tensor {
        hardtanh(input, minVal: minVal, maxVal: maxVal, inplace: inplace)
    }
    @discardableResult public static func hardtanh_(_ input: Tensor, _ minVal: Double, maxVal: Double = 1) -> Tensor {
        hardtanh_(input, minVal: minVal, maxVal: maxVal)
    }
    @discardableResult public static func hardtanh_(_ input: Tensor, _ minVal: Double, _ maxVal: Double) -> Tensor {
        hardtanh_(input, minVal: minVal, maxVal: maxVal)
    }
    @_disfavoredOverload public static func hingeEmbeddingLoss(
        _ input: Tensor, _ target: Tensor, _ margin: Double, reduction: Reduction = .mean
    ) -> Tensor {
        hingeEmbeddingLoss(input, target, margin: margin, reduction: reduction)
    }
    public static func instanceNorm(
        _ input: Tensor, _ runningMean: Tensor?, runningVar: Tensor? = nil, weight: Tensor? = nil, bias: Tensor? = nil,
        useInputStats: Bool = true, momentum: Double = 0.1, eps: Double = 1e-5
    ) -> Tensor {
        instanceNorm(
            input, runningMean: runningMean, runningVar: runningVar, weight: weight, bias: bias,
            useInputStats: useInputStats, momentum: momentum, eps: eps)
    }
    public static func instanceNorm(
        _ input: Tensor, _ runningMean: Tensor?, _ runningVar: Tensor?, weight: Tensor? = nil, bias: Tensor? = nil,
        useInputStats: Bool = true, momentum: Double = 0.1, eps: Double = 1e-5
    ) -> Tensor {
        instanceNorm(
            input, runningMean: runningMean, runningVar: runningVar, weight: weight, bias: bias,
            useInputStats: useInputStats, momentum: momentum, eps: eps)
    }
    public static func instanceNorm(
        _ input: Tensor, _ runningMean: Tensor?, _ runningVar: Tensor?, _ weight: Tensor?, bias: Tensor? = nil,
        useInputStats: Bool = true, momentum: Double = 0.1, eps: Double = 1e-5
    ) -> Tensor {
        instanceNorm(
            input, runningMean: runningMean, runningVar: runningVar, weight: weight, bias: bias,
            useInputStats: useInputStats, momentum: momentum, eps: eps)
    }
    public static func layerNorm(
        _ input: Tensor, _ normalizedShape: [Int], _ weight: Tensor?, bias: Tensor? = nil, eps: Double = 1e-5
    ) -> Tensor {
        layerNorm(input, normalizedShape, weight: weight, bias: bias, eps: eps)
    }
    public static func layerNorm(
        _ input: Tensor, _ normalizedShape: [Int], _ weight: Tensor?, _ bias: Tensor?, eps: Double = 1e-5
    ) -> Tensor {
        layerNorm(input, normalizedShape, weight: weight, bias: bias, eps: eps)
    }
    public static func layerNorm(
        _ input: Tensor, _ normalizedShape: [Int], _ weight: Tensor?, _ bias: Tensor?, _ eps: Double
    ) -> Tensor {
        layerNorm(input, normalizedShape, weight: weight, bias: bias, eps: eps)
    }
    @_disfavoredOverload public static func leakyRelu(_ input: Tensor, _ negativeSlope: Double, _ inplace: Bool) -> Tensor {
        leakyRelu(input, negativeSlope: negativeSlope, inplace: inplace)
    }
    @discardableResult public static func leakyRelu_(_ input: Tensor, _ negativeSlope: Double) -> Tensor {
        leakyRelu_(input, negativeSlope: negativeSlope)
    }
    public static func logSoftmax(_ input: Tensor, _ dim: Int?, dtype: DType? = nil) -> Tensor {
        logSoftmax(input, dim: dim, dtype: dtype)
    }
    @_disfavoredOverload public static func nllLoss(
        _ input: Tensor, _ target: Tensor, _ weight: Tensor?, ignoreIndex: Int = -100, reduction: Reduction = .mean
    ) -> Tensor {
        nllLoss(input, target, weight: weight, ignoreIndex: ignoreIndex, reduction: reduction)
    }
    @_disfavoredOverload public static func nllLoss(
        _ input: Tensor, _ target: Tensor, _ weight: Tensor?, _ ignoreIndex: Int, reduction: Reduction = .mean
    ) -> Tensor {
        nllLoss(input, target, weight: weight, ignoreIndex: ignoreIndex, reduction: reduction)
    }
    @_disfavoredOverload public static func normalize(
        _ input: Tensor, _ p: Double, dim: Int = 1, eps: Double = 1e-12
    ) -> Tensor {
        normalize(input, p: p, dim: dim, eps: eps)
    }
    @_disfavoredOverload public static func normalize(
        _ input: Tensor, _ p: Double, _ dim: Int, eps: Double = 1e-12
    ) -> Tensor {
        normalize(input, p: p, dim: dim, eps: eps)
    }
    @_disfavoredOverload public static func normalize(_ input: Tensor, _ p: Double, _ dim: Int, _ eps: Double) -> Tensor {
        normalize(input, p: p, dim: dim, eps: eps)
    }
    @_disfavoredOverload public static func pairwiseDistance(
        _ x1: Tensor, _ x2: Tensor, _ p: Double, eps: Double = 1e-6, keepdim: Bool = false
    ) -> Tensor {
        pairwiseDistance(x1, x2, p: p, eps: eps, keepdim: keepdim)
    }
    @_disfavoredOverload public static func pairwiseDistance(
        _ x1: Tensor, _ x2: Tensor, _ p: Double, _ eps: Double, keepdim: Bool = false
    ) -> Tensor {
        pairwiseDistance(x1, x2, p: p, eps: eps, keepdim: keepdim)
    }
    @_disfavoredOverload public static func pairwiseDistance(
        _ x1: Tensor, _ x2: Tensor, _ p: Double, _ eps: Double, _ keepdim: Bool
    ) -> Tensor {
        pairwiseDistance(x1, x2, p: p, eps: eps, keepdim: keepdim)
    }
    @_disfavoredOverload public static func relu(_ input: Tensor, _ inplace: Bool) -> Tensor {
        relu(input, inplace: inplace)
    }
    @_disfavoredOverload public static func relu6(_ input: Tensor, _ inplace: Bool) -> Tensor {
        relu6(input, inplace: inplace)
    }
    public static func rmsNorm(_ input: Tensor, _ normalizedShape: [Int], _ weight: Tensor?, eps: Double? = nil) -> Tensor {
        rmsNorm(input, normalizedShape, weight: weight, eps: eps)
    }
    public static func rmsNorm(_ input: Tensor, _ normalizedShape: [Int], _ weight: Tensor?, _ eps: Double?) -> Tensor {
        rmsNorm(input, normalizedShape, weight: weight, eps: eps)
    }
    public static func scaledDotProductAttention(
        _ query: Tensor, _ key: Tensor, _ value: Tensor, _ attnMask: Tensor?, dropoutP: Double = 0, isCausal: Bool = false,
        scale: Double? = nil, enableGqa: Bool = false
    ) -> Tensor {
        scaledDotProductAttention(
            query, key, value, attnMask: attnMask, dropoutP: dropoutP, isCausal: isCausal, scale: scale,
            enableGqa: enableGqa)
    }
    public static func scaledDotProductAttention(
        _ query: Tensor, _ key: Tensor, _ value: Tensor, _ attnMask: Tensor?, _ dropoutP: Double, isCausal: Bool = false,
        scale: Double? = nil, enableGqa: Bool = false
    ) -> Tensor {
        scaledDotProductAttention(
            query, key, value, attnMask: attnMask, dropoutP: dropoutP, isCausal: isCausal, scale: scale,
            enableGqa: enableGqa)
    }
    public static func scaledDotProductAttention(
        _ query: Tensor, _ key: Tensor, _ value: Tensor, _ attnMask: Tensor?, _ dropoutP: Double, _ isCausal: Bool,
        scale: Double? = nil, enableGqa: Bool = false
    ) -> Tensor {
        scaledDotProductAttention(
            query, key, value, attnMask: attnMask, dropoutP: dropoutP, isCausal: isCausal, scale: scale,
            enableGqa: enableGqa)
    }
    @_disfavoredOverload public static func silu(_ input: Tensor, _ inplace: Bool) -> Tensor {
        silu(input, inplace: inplace)
    }
    public static func softmax(_ input: Tensor, _ dim: Int?, dtype: DType? = nil) -> Tensor {
        softmax(input, dim: dim, dtype: dtype)
    }
    public static func softmin(_ input: Tensor, _ dim: Int?, dtype: DType? = nil) -> Tensor {
        softmin(input, dim: dim, dtype: dtype)
    }
    public static func softmin(_ input: Tensor, _ dim: Int?, _ dtype: DType?) -> Tensor {
        softmin(input, dim: dim, dtype: dtype)
    }
    @_disfavoredOverload public static func softplus(_ input: Tensor, _ beta: Double, threshold: Double = 20) -> Tensor {
        softplus(input, beta: beta, threshold: threshold)
    }
    @_disfavoredOverload public static func softplus(_ input: Tensor, _ beta: Double, _ threshold: Double) -> Tensor {
        softplus(input, beta: beta, threshold: threshold)
    }
    @_disfavoredOverload public static func softshrink(_ input: Tensor, _ lambd: Double) -> Tensor {
        softshrink(input, lambd: lambd)
    }
    public static func threshold(_ input: Tensor, _ threshold: Double, _ value: Double, _ inplace: Bool) -> Tensor {
        Self.threshold(input, threshold, value, inplace: inplace)
    }
    public static func tripletMarginLoss(
        _ anchor: Tensor, _ positive: Tensor, _ negative: Tensor, _ margin: Double, p: Double = 2, eps: Double = 1e-6,
        swap: Bool = false, reduction: Reduction = .mean
    ) -> Tensor {
        tripletMarginLoss(anchor, positive, negative, margin: margin, p: p, eps: eps, swap: swap, reduction: reduction)
    }
    public static func tripletMarginLoss(
        _ anchor: Tensor, _ positive: Tensor, _ negative: Tensor, _ margin: Double, _ p: Double, eps: Double = 1e-6,
        swap: Bool = false, reduction: Reduction = .mean
    ) -> Tensor {
        tripletMarginLoss(anchor, positive, negative, margin: margin, p: p, eps: eps, swap: swap, reduction: reduction)
    }
    public static func tripletMarginLoss(
        _ anchor: Tensor, _ positive: Tensor, _ negative: Tensor, _ margin: Double, _ p: Double, _ eps: Double,
        swap: Bool = false, reduction: Reduction = .mean
    ) -> Tensor {
        tripletMarginLoss(anchor, positive, negative, margin: margin, p: p, eps: eps, swap: swap, reduction: reduction)
    }
}
