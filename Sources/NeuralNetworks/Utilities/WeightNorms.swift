import TensorCore

/// A layer whose weight can be computed from other parameters.
public protocol WeightedLayer: nn.Module {
    var weight: Tensor { get set }
}
extension nn.Linear: WeightedLayer {}
extension nn.Bilinear: WeightedLayer {}
extension nn.ConvolutionLayer: WeightedLayer {}
extension nn.Embedding: WeightedLayer {}

extension nn.utils {
    /// Splits a layer's weight into a length `weight_g` and a direction `weight_v`, which are trained in its place
    /// (Salimans and Kingma, 2016).
    ///
    /// - Parameter dim: the dimension along which each slice has its own length; nil for one length.
    @discardableResult
    public static func weightNorm<Layer: WeightedLayer>(_ module: Layer, dim: Int? = 0) -> Layer {
        let direction = nn.Parameter(module.weight.detach().clone())
        let length = nn.Parameter(directionNorm(direction, dim).detach())
        module.registerParameter("weight_g", length)
        module.registerParameter("weight_v", direction)
        module.computeWeight { _ in direction * (length / directionNorm(direction, dim)) }
        return module
    }

    /// Divides a layer's weight by its largest singular value, which is found by power iteration (Miyato et al., 2018).
    /// The parameter that is trained is `weight_orig`; the vectors `weight_u` and `weight_v` are buffers.
    ///
    /// - Parameters:
    ///   - nPowerIterations: how many steps each call in training takes.
    ///   - dim: the dimension of the outputs; unless given, 1 for transposed convolutions and 0 for others.
    @discardableResult
    public static func spectralNorm<Layer: WeightedLayer>(
        _ module: Layer, nPowerIterations: Int = 1, eps: Double = 1e-12, dim: Int? = nil
    ) -> Layer {
        if nPowerIterations <= 0 {
            fail("Expected n_power_iterations to be positive, but got n_power_iterations=\(nPowerIterations)", .valueError)
        }
        let outputs = dim ?? (module is nn.TransposedConvolution ? 1 : 0)
        let original = nn.Parameter(module.weight.detach().clone())
        /// The weight as a matrix with a row for each output.
        let matrix = { original.transpose(0, outputs).flatten(1, -1) }
        let unit = { (x: Tensor) in nn.functional.normalize(x, dim: 0, eps: eps) }
        let (u, v) = torch.noGrad {
            let drawn = { (size: Int) in unit(torch.empty([size], dtype: original.dtype).normal_(0, 1)) }
            let first = drawn(matrix().size(0))
            return (first, drawn(matrix().size(1)))
        }
        module.registerParameter("weight_orig", original)
        module.registerBuffer("weight_u", u)
        module.registerBuffer("weight_v", v)
        module.computeWeight { isTraining in
            if isTraining {
                torch.noGrad {
                    for _ in 0..<nPowerIterations {
                        v.copy_(unit(matrix().t().mv(u)))
                        u.copy_(unit(matrix().mv(v)))
                    }
                }
            }
            // The vectors as they are now: the next call changes them.
            let largest = torch.dot(u.clone(), matrix().mv(v.clone()))
            return original / largest
        }
        return module
    }

    /// Makes a weight that `weightNorm` split one parameter again.
    @discardableResult
    public static func removeWeightNorm<Layer: WeightedLayer>(_ module: Layer) -> Layer {
        module.fixWeight("weight_norm", ["weight_g", "weight_v"])
        return module
    }

    /// Makes a weight that `spectralNorm` divided one parameter again.
    @discardableResult
    public static func removeSpectralNorm<Layer: WeightedLayer>(_ module: Layer) -> Layer {
        module.fixWeight("spectral_norm", ["weight_orig", "weight_u", "weight_v"])
        return module
    }

    /// The lengths of the slices along `dim`, with size 1 in the other dimensions.
    private static func directionNorm(_ direction: Tensor, _ dim: Int?) -> Tensor {
        guard let dim else { return direction.norm() }
        let kept = dim < 0 ? dim + direction.ndim : dim
        return direction.square().sum(dim: (0..<direction.ndim).filter { $0 != kept }, keepdim: true).sqrt()
    }
}

extension WeightedLayer {
    /// Computes the weight anew before each call; `compute` is told whether the module is in training.
    fileprivate func computeWeight(_ compute: @escaping (Bool) -> Tensor) {
        weight = torch.noGrad { compute(false) }
        weightHook = registerForwardPreHook { module, _ in
            (module as! any WeightedLayer).weight = compute(module.training)
        }
    }

    fileprivate func fixWeight(_ what: String, _ parts: [String]) {
        guard let weightHook, parts.allSatisfy(hasPart) else {
            fail("\(what) of 'weight' not found in \(description)", .valueError)
        }
        weightHook.remove()
        self.weightHook = nil
        weight = nn.Parameter(weight)
        for part in parts { removeRegistered(part) }
    }

    private func hasPart(_ name: String) -> Bool { registeredParameter(name) != nil || buffer(name) != nil }
}
