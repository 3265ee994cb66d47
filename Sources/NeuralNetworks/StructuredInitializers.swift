import Foundation
import TensorCore

/// Starting values with more structure than independent draws from one distribution.
extension nn.initializers {
    /// Normal numbers from [`a`, `b`]. A number outside is drawn anew; if most would be, even numbers are drawn and kept
    /// with the probability that the density gives them.
    @discardableResult
    public static func truncNormal_(
        _ tensor: Tensor, mean: Double = 0, std: Double = 1, a: Double = -2, b: Double = 2, generator: Generator? = nil
    ) -> Tensor {
        if tensor.device == .meta { return tensor }
        if mean < a - 2 * std || mean > b + 2 * std {
            warn(
                "mean is more than 2 std from [a, b] in nn.init.trunc_normal_. The distribution of values may be incorrect.")
        }
        let cumulative = { (x: Double) in (1 + erf(x / 2.0.squareRoot())) / 2 }
        let share = cumulative((b - mean) / std) - cumulative((a - mean) / std)
        return torch.noGrad {
            share > 0.3
                ? redrawn(tensor, mean, std, a, b, generator) : rejectionSampled(tensor, mean, std, a, b, generator)
        }
    }

    private static func redrawn(
        _ tensor: Tensor, _ mean: Double, _ std: Double, _ a: Double, _ b: Double, _ generator: Generator?
    ) -> Tensor {
        tensor.normal_(mean, std, generator: generator)
        while true {
            let outside = (tensor < a).logicalOr(tensor > b)
            if !(outside.any().item() as Bool) { return tensor }
            let fresh = torch.emptyLike(tensor).normal_(mean, std, generator: generator)
            tensor.copy_(torch.where(outside, fresh, tensor))
        }
    }

    private static func rejectionSampled(
        _ tensor: Tensor, _ mean: Double, _ std: Double, _ a: Double, _ b: Double, _ generator: Generator?
    ) -> Tensor {
        let mode = Swift.max(a, Swift.min(mean, b))
        let peak = -0.5 * ((mode - mean) / std) * ((mode - mean) / std)
        /// Which candidates are too improbable for a new draw.
        func refused(_ candidates: Tensor) -> Tensor {
            let logDensity = ((candidates - mean) / std).square() * -0.5 - peak
            return torch.emptyLike(tensor).uniform_(0, 1, generator: generator).log() > logDensity
        }
        tensor.uniform_(a, b, generator: generator)
        var pending = refused(tensor)
        while pending.any().item() as Bool {
            let candidates = torch.emptyLike(tensor).uniform_(a, b, generator: generator)
            tensor.copy_(torch.where(pending, candidates, tensor))
            pending = pending.logicalAnd(refused(candidates))
        }
        return tensor
    }

    /// A matrix with orthogonal rows or columns, times `gain` (Saxe et al., 2013). All dimensions but the first count as
    /// one.
    @discardableResult
    public static func orthogonal_(_ tensor: Tensor, gain: Double = 1, generator: Generator? = nil) -> Tensor {
        if tensor.ndim < 2 { fail("Only tensors with 2 or more dimensions are supported", .valueError) }
        if tensor.numel == 0 || tensor.device == .meta { return tensor }
        let (rows, columns) = (tensor.size(0), tensor.numel / tensor.size(0))
        return torch.noGrad {
            let drawn = torch.empty([rows, columns], dtype: tensor.dtype, device: tensor.device)
                .normal_(0, 1, generator: generator)
            let (q, r) = torch.linalg.qr(rows < columns ? drawn.t() : drawn)
            // The signs make every orthogonal matrix equally probable (Mezzadri, 2007).
            let uniform = q * torch.diag(r).sign()
            return tensor.copy_((rows < columns ? uniform.t() : uniform).reshape(tensor.shape)).mul_(gain)
        }
    }

    /// Normal numbers, of which a share of `sparsity` in each column, at random places, is zero (Martens, 2010).
    @discardableResult
    public static func sparse_(
        _ tensor: Tensor, _ sparsity: Double, std: Double = 0.01, generator: Generator? = nil
    ) -> Tensor {
        if tensor.ndim != 2 { fail("Only tensors with 2 dimensions are supported", .valueError) }
        if tensor.device == .meta { return tensor }
        let (rows, columns) = (tensor.size(0), tensor.size(1))
        let zeros = Int((sparsity * Double(rows)).rounded(.up))
        return torch.noGrad {
            tensor.normal_(0, std, generator: generator)
            for column in 0..<columns {
                tensor.select(1, column).indexFill_(0, torch.randperm(rows).narrow(0, 0, zeros), 0)
            }
            return tensor
        }
    }
    @discardableResult
    public static func sparse_(
        _ tensor: Tensor, sparsity: Double, std: Double = 0.01, generator: Generator? = nil
    ) -> Tensor { sparse_(tensor, sparsity, std: std, generator: generator) }

    /// A convolution's weight that passes as many channels on as there are, each group by itself: 1 in the kernels'
    /// middles, 0 elsewhere.
    @discardableResult
    public static func dirac_(_ tensor: Tensor, groups: Int = 1) -> Tensor {
        if !(3...5).contains(tensor.ndim) { fail("Only tensors with 3, 4, or 5 dimensions are supported", .valueError) }
        if tensor.size(0) % groups != 0 { fail("dim 0 must be divisible by groups", .valueError) }
        if tensor.device == .meta { return tensor }
        let perGroup = tensor.size(0) / groups
        return torch.noGrad {
            tensor.zero_()
            let middles = (2..<tensor.ndim).reversed().reduce(tensor) { $0.select($1, tensor.size($1) / 2) }
            for group in 0..<groups {
                for channel in 0..<Swift.min(perGroup, tensor.size(1)) {
                    _ = middles.select(0, group * perGroup + channel).select(0, channel).fill_(1)
                }
            }
            return tensor
        }
    }
}
