import TensorCore

/// PyTorch takes the arguments of a layer by position or by name. A layer's own initialiser has one of the two
/// forms; these are the others: `nn.Conv2d(inChannels: 3, outChannels: 8, kernelSize: 3)`, `nn.Conv2d(3, 8, 3, 1, 1)`.
extension nn.WeightedLoss {
    public convenience init(_ weight: Tensor?, reduction: Reduction = .mean) {
        self.init(weight: weight, reduction: reduction)
    }
}

extension nn.BCEWithLogitsLoss {
    public convenience init(_ weight: Tensor?, reduction: Reduction = .mean, posWeight: Tensor? = nil) {
        self.init(weight: weight, reduction: reduction, posWeight: posWeight)
    }
}

extension nn.Bilinear {
    public convenience init(
        _ in1Features: Int, _ in2Features: Int, _ outFeatures: Int, _ bias: Bool, dtype: DType = .default
    ) {
        self.init(in1Features, in2Features, outFeatures, bias: bias, dtype: dtype)
    }
    public convenience init(_ in1Features: Int, _ in2Features: Int, _ outFeatures: Int, _ bias: Bool, _ dtype: DType) {
        self.init(in1Features, in2Features, outFeatures, bias: bias, dtype: dtype)
    }
    public convenience init(
        in1Features: Int, in2Features: Int, outFeatures: Int, bias: Bool = true, dtype: DType = .default
    ) {
        self.init(in1Features, in2Features, outFeatures, bias: bias, dtype: dtype)
    }
    public convenience init(
        _ in1Features: Int, in2Features: Int, outFeatures: Int, bias: Bool = true, dtype: DType = .default
    ) {
        self.init(in1Features, in2Features, outFeatures, bias: bias, dtype: dtype)
    }
    public convenience init(
        _ in1Features: Int, _ in2Features: Int, outFeatures: Int, bias: Bool = true, dtype: DType = .default
    ) {
        self.init(in1Features, in2Features, outFeatures, bias: bias, dtype: dtype)
    }
}

extension nn.ELU {
    public convenience init(_ alpha: Double, _ inplace: Bool) { self.init(alpha: alpha, inplace: inplace) }
}

extension nn.CosineSimilarity {
    public convenience init(_ dim: Int, eps: Double = 1e-8) { self.init(dim: dim, eps: eps) }
    public convenience init(_ dim: Int, _ eps: Double) { self.init(dim: dim, eps: eps) }
}

extension nn.CrossEntropyLoss {
    public convenience init(
        _ weight: Tensor?, ignoreIndex: Int = -100, reduction: Reduction = .mean, labelSmoothing: Double = 0
    ) {
        self.init(weight: weight, ignoreIndex: ignoreIndex, reduction: reduction, labelSmoothing: labelSmoothing)
    }
    public convenience init(
        _ weight: Tensor?, _ ignoreIndex: Int, reduction: Reduction = .mean, labelSmoothing: Double = 0
    ) {
        self.init(weight: weight, ignoreIndex: ignoreIndex, reduction: reduction, labelSmoothing: labelSmoothing)
    }
}

extension nn.Dropout {
    public convenience init(_ p: Double, _ inplace: Bool) { self.init(p: p, inplace: inplace) }
}

extension nn.Flatten {
    public convenience init(_ startDim: Int, endDim: Int = -1) { self.init(startDim: startDim, endDim: endDim) }
    public convenience init(_ startDim: Int, _ endDim: Int) { self.init(startDim: startDim, endDim: endDim) }
}

extension nn.GELU {
    public convenience init(_ approximate: String) { self.init(approximate: approximate) }
}

extension nn.GLU {
    public convenience init(_ dim: Int) { self.init(dim: dim) }
}

extension nn.Hardshrink {
    public convenience init(lambd: Double) { self.init(lambd) }
}

extension nn.Hardtanh {
    public convenience init(_ minVal: Double, maxVal: Double = 1, inplace: Bool = false) {
        self.init(minVal: minVal, maxVal: maxVal, inplace: inplace)
    }
    public convenience init(_ minVal: Double, _ maxVal: Double, inplace: Bool = false) {
        self.init(minVal: minVal, maxVal: maxVal, inplace: inplace)
    }
    public convenience init(_ minVal: Double, _ maxVal: Double, _ inplace: Bool) {
        self.init(minVal: minVal, maxVal: maxVal, inplace: inplace)
    }
}

extension nn.LeakyReLU {
    public convenience init(_ negativeSlope: Double, _ inplace: Bool) {
        self.init(negativeSlope: negativeSlope, inplace: inplace)
    }
}

extension nn.Linear {
    public convenience init(
        _ inFeatures: Int, _ outFeatures: Int, _ bias: Bool, device: Device = .cpu, dtype: DType = .default
    ) {
        self.init(inFeatures, outFeatures, bias: bias, device: device, dtype: dtype)
    }
    public convenience init(_ inFeatures: Int, _ outFeatures: Int, _ bias: Bool, _ dtype: DType, device: Device = .cpu) {
        self.init(inFeatures, outFeatures, bias: bias, device: device, dtype: dtype)
    }
    public convenience init(
        inFeatures: Int, outFeatures: Int, bias: Bool = true, device: Device = .cpu, dtype: DType = .default
    ) {
        self.init(inFeatures, outFeatures, bias: bias, device: device, dtype: dtype)
    }
    public convenience init(
        _ inFeatures: Int, outFeatures: Int, bias: Bool = true, device: Device = .cpu, dtype: DType = .default
    ) {
        self.init(inFeatures, outFeatures, bias: bias, device: device, dtype: dtype)
    }
}

extension nn.Softmax {
    public convenience init(_ dim: Int?) { self.init(dim: dim) }
}

extension nn.MarginRankingLoss {
    public convenience init(_ margin: Double, reduction: Reduction = .mean) {
        self.init(margin: margin, reduction: reduction)
    }
}

extension nn.NLLLoss {
    public convenience init(_ weight: Tensor?, ignoreIndex: Int = -100, reduction: Reduction = .mean) {
        self.init(weight: weight, ignoreIndex: ignoreIndex, reduction: reduction)
    }
    public convenience init(_ weight: Tensor?, _ ignoreIndex: Int, reduction: Reduction = .mean) {
        self.init(weight: weight, ignoreIndex: ignoreIndex, reduction: reduction)
    }
}

extension nn.PReLU {
    public convenience init(_ numParameters: Int, initial: Double = 0.25) {
        self.init(numParameters: numParameters, initial: initial)
    }
}

extension nn.PairwiseDistance {
    public convenience init(_ p: Double, eps: Double = 1e-6, keepdim: Bool = false) {
        self.init(p: p, eps: eps, keepdim: keepdim)
    }
    public convenience init(_ p: Double, _ eps: Double, keepdim: Bool = false) {
        self.init(p: p, eps: eps, keepdim: keepdim)
    }
    public convenience init(_ p: Double, _ eps: Double, _ keepdim: Bool) { self.init(p: p, eps: eps, keepdim: keepdim) }
}

extension nn.RReLU {
    public convenience init(_ lower: Double, upper: Double = 1.0 / 3, inplace: Bool = false) {
        self.init(lower: lower, upper: upper, inplace: inplace)
    }
    public convenience init(_ lower: Double, _ upper: Double, inplace: Bool = false) {
        self.init(lower: lower, upper: upper, inplace: inplace)
    }
    public convenience init(_ lower: Double, _ upper: Double, _ inplace: Bool) {
        self.init(lower: lower, upper: upper, inplace: inplace)
    }
}

extension nn.InplaceActivation {
    public convenience init(_ inplace: Bool) { self.init(inplace: inplace) }
}

extension nn.Softplus {
    public convenience init(_ beta: Double, threshold: Double = 20) { self.init(beta: beta, threshold: threshold) }
    public convenience init(_ beta: Double, _ threshold: Double) { self.init(beta: beta, threshold: threshold) }
}

extension nn.Softshrink {
    public convenience init(lambd: Double) { self.init(lambd) }
}

extension nn.Threshold {
    public convenience init(_ threshold: some ScalarConvertible, _ value: some ScalarConvertible, _ inplace: Bool) {
        self.init(threshold, value, inplace: inplace)
    }
    public convenience init(threshold: some ScalarConvertible, value: some ScalarConvertible, inplace: Bool = false) {
        self.init(threshold, value, inplace: inplace)
    }
    public convenience init(_ threshold: some ScalarConvertible, value: some ScalarConvertible, inplace: Bool = false) {
        self.init(threshold, value, inplace: inplace)
    }
}

extension nn.TripletMarginLoss {
    public convenience init(
        _ margin: Double, p: Double = 2, eps: Double = 1e-6, swap: Bool = false, reduction: Reduction = .mean
    ) {
        self.init(margin: margin, p: p, eps: eps, swap: swap, reduction: reduction)
    }
    public convenience init(
        _ margin: Double, _ p: Double, eps: Double = 1e-6, swap: Bool = false, reduction: Reduction = .mean
    ) {
        self.init(margin: margin, p: p, eps: eps, swap: swap, reduction: reduction)
    }
    public convenience init(
        _ margin: Double, _ p: Double, _ eps: Double, swap: Bool = false, reduction: Reduction = .mean
    ) {
        self.init(margin: margin, p: p, eps: eps, swap: swap, reduction: reduction)
    }
}

extension nn.Unflatten {
    public convenience init(dim: Int, unflattenedSize: [Int]) { self.init(dim, unflattenedSize) }
    public convenience init(_ dim: Int, unflattenedSize: [Int]) { self.init(dim, unflattenedSize) }
}
