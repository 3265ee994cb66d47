import TensorCore

/// Functions of `F` with just the tensors that they need, so that a name alone is a function to pass on or to keep:
/// `let criterion = F.mseLoss`, `activation: F.gelu`, `["relu": F.relu, "tanh": torch.tanh]`.
extension nn.functional {
    public static func relu(_ input: Tensor) -> Tensor { relu(input, inplace: false) }
    public static func gelu(_ input: Tensor) -> Tensor { gelu(input, approximate: "none") }
    public static func silu(_ input: Tensor) -> Tensor { silu(input, inplace: false) }
    public static func elu(_ input: Tensor) -> Tensor { elu(input, alpha: 1) }
    public static func selu(_ input: Tensor) -> Tensor { selu(input, inplace: false) }
    public static func celu(_ input: Tensor) -> Tensor { celu(input, alpha: 1) }
    public static func leakyRelu(_ input: Tensor) -> Tensor { leakyRelu(input, negativeSlope: 0.01) }
    public static func relu6(_ input: Tensor) -> Tensor { relu6(input, inplace: false) }
    public static func hardtanh(_ input: Tensor) -> Tensor { hardtanh(input, minVal: -1) }
    public static func hardswish(_ input: Tensor) -> Tensor { hardswish(input, inplace: false) }
    public static func hardsigmoid(_ input: Tensor) -> Tensor { hardsigmoid(input, inplace: false) }
    public static func mish(_ input: Tensor) -> Tensor { mish(input, inplace: false) }
    public static func softplus(_ input: Tensor) -> Tensor { softplus(input, beta: 1) }
    public static func softshrink(_ input: Tensor) -> Tensor { softshrink(input, lambd: 0.5) }
    public static func hardshrink(_ input: Tensor) -> Tensor { hardshrink(input, lambd: 0.5) }
    public static func normalize(_ input: Tensor) -> Tensor { normalize(input, p: 2) }
    public static func mseLoss(_ input: Tensor, _ target: Tensor) -> Tensor { mseLoss(input, target, reduction: .mean) }
    public static func l1Loss(_ input: Tensor, _ target: Tensor) -> Tensor { l1Loss(input, target, reduction: .mean) }
    public static func smoothL1Loss(_ input: Tensor, _ target: Tensor) -> Tensor { smoothL1Loss(input, target, reduction: .mean) }
    public static func huberLoss(_ input: Tensor, _ target: Tensor) -> Tensor { huberLoss(input, target, reduction: .mean) }
    public static func crossEntropy(_ input: Tensor, _ target: Tensor) -> Tensor { crossEntropy(input, target, weight: nil) }
    public static func nllLoss(_ input: Tensor, _ target: Tensor) -> Tensor { nllLoss(input, target, weight: nil) }
    public static func binaryCrossEntropy(_ input: Tensor, _ target: Tensor) -> Tensor {
        binaryCrossEntropy(input, target, weight: nil)
    }
    public static func binaryCrossEntropyWithLogits(_ input: Tensor, _ target: Tensor) -> Tensor {
        binaryCrossEntropyWithLogits(input, target, weight: nil)
    }
    public static func klDiv(_ input: Tensor, _ target: Tensor) -> Tensor { klDiv(input, target, reduction: .mean) }
    public static func poissonNllLoss(_ input: Tensor, _ target: Tensor) -> Tensor { poissonNllLoss(input, target, logInput: true) }
    public static func softMarginLoss(_ input: Tensor, _ target: Tensor) -> Tensor {
        softMarginLoss(input, target, reduction: .mean)
    }
    public static func hingeEmbeddingLoss(_ input: Tensor, _ target: Tensor) -> Tensor {
        hingeEmbeddingLoss(input, target, margin: 1)
    }
    public static func multilabelMarginLoss(_ input: Tensor, _ target: Tensor) -> Tensor {
        multilabelMarginLoss(input, target, reduction: .mean)
    }
    public static func multilabelSoftMarginLoss(_ input: Tensor, _ target: Tensor) -> Tensor {
        multilabelSoftMarginLoss(input, target, weight: nil)
    }
    public static func multiMarginLoss(_ input: Tensor, _ target: Tensor) -> Tensor { multiMarginLoss(input, target, p: 1) }
    public static func cosineSimilarity(_ x1: Tensor, _ x2: Tensor) -> Tensor { cosineSimilarity(x1, x2, dim: 1) }
    public static func pairwiseDistance(_ x1: Tensor, _ x2: Tensor) -> Tensor { pairwiseDistance(x1, x2, p: 2) }
    public static func dropout(_ input: Tensor) -> Tensor { dropout(input, p: 0.5) }
}
