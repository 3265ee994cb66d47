import CKernels
import Glibc

/// Numbers of further distributions. The gradient ends at each.
extension Tensor {
    /// Numbers of the Cauchy distribution.
    @discardableResult
    public func cauchy_(_ median: Double = 0, _ sigma: Double = 1, generator: Generator? = nil) -> Tensor {
        checkContinuous("Cauchy")
        check(sigma > 0, "cauchy_ expects sigma > 0.0, but found sigma=\(NumberText.general(sigma, 6))")
        return fillEach("CauchyBackward0", generator) { state in
            median + sigma * Glibc.tan(Double.pi * (uniform53(state) - 0.5))
        }
    }

    /// e to the power of normal numbers.
    @discardableResult
    public func logNormal_(_ mean: Double = 1, _ std: Double = 2, generator: Generator? = nil) -> Tensor {
        checkContinuous("log_normal")
        check(std > 0, "log_normal_ expects std > 0.0, but found std=\(NumberText.general(std, 6))")
        // One number at a time: of the pair that Box–Muller makes, the second serves the next element.
        var second: Double?
        return fillEach("LogNormalBackward0", generator) { state in
            if let kept = second {
                second = nil
                return Glibc.exp(kept * std + mean)
            }
            let (u1, u2) = (uniform53(state), uniform53(state))
            let radius = (-2 * Glibc.log1p(-u2)).squareRoot()
            let theta = 2 * Double.pi * u1
            second = radius * Glibc.sin(theta)
            return Glibc.exp(radius * Glibc.cos(theta) * std + mean)
        }
    }

    /// How many trials of chance `p` it takes to the first success.
    @discardableResult
    public func geometric_(_ p: Double, generator: Generator? = nil) -> Tensor {
        check(p > 0 && p < 1, "geometric_ expects p to be in (0, 1), but got p=\(NumberText.general(p, 6))")
        return fillEach("GeometricBackward0", generator) { state in
            Glibc.ceil(Glibc.log(uniform53(state)) / Glibc.log1p(-p))
        }
    }

    /// Writes a number for each element, in the order of memory.
    private func fillEach(
        _ nodeName: String, _ generator: Generator?, _ next: (UnsafeMutablePointer<ck_random>) -> Double
    ) -> Tensor {
        fillRandomly(nodeName, generator) { state, target in
            let address = target.address!
            for i in 0..<target.numel { storeNumber(.float(next(state)), target.dtype, address + i * target.dtype.size) }
        }
    }

    private func checkContinuous(_ name: String) {
        check(
            dtype.isFloatingPoint,
            "\(name) distribution is a continuous probability distribution. dtype must be a floating point but you "
                + "specified \(dtype.cName)")
    }
}

/// An even number from [0, 1) with 53 bits.
private func uniform53(_ state: UnsafeMutablePointer<ck_random>) -> Double {
    Double(ck_random_next64(state) & (1 << 53 - 1)) * 0x1p-53
}

extension torch {
    /// Normal numbers whose mean, deviation or both are given for each element.
    public static func normal(_ mean: Tensor, _ std: Tensor, generator: Generator? = nil) -> Tensor {
        check((std >= 0).all().item(), "normal expects all elements of std >= 0.0")
        let shape = broadcastDims(mean.dims, std.dims).array
        let type = resultType(mean, std)
        return torch.empty(shape, dtype: type).normal_(generator: generator).mul_(std).add_(mean)
    }
    public static func normal(_ mean: Tensor, _ std: Double = 1, generator: Generator? = nil) -> Tensor {
        check(std >= 0, "normal expects std >= 0.0, but found std \(NumberText.general(std, 6))")
        return torch.empty(mean.shape, dtype: mean.dtype).normal_(0, std, generator: generator).add_(mean)
    }
    public static func normal(_ mean: Double, _ std: Tensor, generator: Generator? = nil) -> Tensor {
        check((std >= 0).all().item(), "normal expects all elements of std >= 0.0")
        return torch.empty(std.shape, dtype: std.dtype).normal_(generator: generator).mul_(std).add_(mean)
    }
    public static func normal(mean: Tensor, std: Tensor, generator: Generator? = nil) -> Tensor {
        normal(mean, std, generator: generator)
    }
    public static func normal(mean: Tensor, std: Double = 1, generator: Generator? = nil) -> Tensor {
        normal(mean, std, generator: generator)
    }
    public static func normal(mean: Double = 0, std: Tensor, generator: Generator? = nil) -> Tensor {
        normal(mean, std, generator: generator)
    }
}
