import TensorCore

extension nn.utils {
    /// The norm of all elements of several tensors taken together.
    /// - Parameter errorIfNonfinite: stop where it is infinite or not a number.
    public static func getTotalNorm(
        _ tensors: [Tensor], normType: Double = 2, errorIfNonfinite: Bool = false, foreach: Bool? = nil
    ) -> Tensor {
        torch.noGrad {
            if tensors.isEmpty { return torch.tensor(0.0) }
            let norms = tensors.map { tensor in
                torch.linalg.vectorNorm(tensor.isSparse ? tensor.coalesce()._values() : tensor, ord: normType)
            }
            let total = torch.linalg.vectorNorm(torch.stack(norms), ord: normType)
            if errorIfNonfinite, !total.item().isFinite {
                fail(
                    "The total norm of order \(pythonFloat(normType)) for gradients from `parameters` is non-finite, so it "
                        + "cannot be clipped. To disable this error and scale the gradients by the non-finite norm anyway, "
                        + "set `error_if_nonfinite=False`")
            }
            return total
        }
    }

    /// Scales the gradients so that the norm of all of them together is at most `maxNorm`.
    ///
    ///     loss.backward()
    ///     nn.utils.clipGradNorm_(model.parameters(), 1)
    ///     optimizer.step()
    ///
    /// - Parameter normType: the order of the norm; `.infinity` for the largest element.
    /// - Returns: the norm before.
    @discardableResult
    public static func clipGradNorm_(
        _ parameters: [Tensor], _ maxNorm: Double, normType: Double = 2, errorIfNonfinite: Bool = false,
        foreach: Bool? = nil
    ) -> Tensor {
        let norm = getTotalNorm(parameters.compactMap(\.grad), normType: normType, errorIfNonfinite: errorIfNonfinite)
        clipGradsWithNorm_(parameters, maxNorm, norm)
        return norm
    }

    /// The same for one tensor.
    @discardableResult
    public static func clipGradNorm_(
        _ parameter: Tensor, _ maxNorm: Double, normType: Double = 2, errorIfNonfinite: Bool = false,
        foreach: Bool? = nil
    ) -> Tensor {
        clipGradNorm_([parameter], maxNorm, normType: normType, errorIfNonfinite: errorIfNonfinite)
    }

    @discardableResult
    public static func clipGradNorm_(
        _ parameters: [Tensor], maxNorm: Double, normType: Double = 2, errorIfNonfinite: Bool = false
    ) -> Tensor { clipGradNorm_(parameters, maxNorm, normType: normType, errorIfNonfinite: errorIfNonfinite) }
    @discardableResult
    public static func clipGradNorm_(_ parameters: [Tensor], _ maxNorm: Double, _ normType: Double) -> Tensor {
        clipGradNorm_(parameters, maxNorm, normType: normType)
    }
    public static func clipGradValue_(_ parameters: [Tensor], clipValue: Double) { clipGradValue_(parameters, clipValue) }

    /// Scales the gradients as `clipGradNorm_` does, by a norm that is known.
    public static func clipGradsWithNorm_(
        _ parameters: [Tensor], _ maxNorm: Double, _ totalNorm: Tensor, foreach: Bool? = nil
    ) {
        torch.noGrad {
            let factor = (maxNorm / (totalNorm + 1e-6)).clamp(max: 1)
            for grad in parameters.compactMap(\.grad) { grad.mul_(factor) }
        }
    }

    /// Limits every element of the gradients to `-clipValue ... clipValue`.
    public static func clipGradValue_(_ parameters: [Tensor], _ clipValue: Double, foreach: Bool? = nil) {
        torch.noGrad {
            for grad in parameters.compactMap(\.grad) { grad.clamp_(min: .float(-clipValue), max: .float(clipValue)) }
        }
    }

    /// The same for one tensor.
    public static func clipGradValue_(_ parameter: Tensor, _ clipValue: Double, foreach: Bool? = nil) {
        clipGradValue_([parameter], clipValue)
    }
}
