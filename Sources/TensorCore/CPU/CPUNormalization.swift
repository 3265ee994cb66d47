import CKernels

extension CPUBackend {
    func normalize(
        _ x: Tensor, _ groups: NormalizationGroups, given: Bool, _ weight: Tensor?, _ bias: Tensor?, _ mean: Tensor,
        _ variance: Tensor, _ out: Tensor
    ) {
        var raw = groups.raw(x.dtype)
        let status = withExtendedLifetime((x, weight, bias)) {
            ck_run_normalize(
                &raw, given, x.address, weight?.address, bias?.address, mean.address, variance.address, out.address)
        }
        finish(status, x.dtype, "LayerNormKernelImpl")
    }

    func normalizeBackward(
        _ grad: Tensor, _ x: Tensor, _ groups: NormalizationGroups, _ weight: Tensor?, _ mean: Tensor, _ variance: Tensor,
        byInput: Tensor?, byWeight: Tensor?, byBias: Tensor?
    ) {
        var raw = groups.raw(x.dtype)
        let status = withExtendedLifetime((grad, x, weight)) {
            ck_run_normalize_backward(
                &raw, grad.address, x.address, weight?.address, mean.address, variance.address, byInput?.address,
                byWeight?.address, byBias?.address)
        }
        finish(status, x.dtype, "LayerNormBackwardKernelImpl")
    }
}

extension NormalizationGroups {
    fileprivate func raw(_ type: DType) -> ck_groups {
        ck_groups(
            type: type.kernel, outer: Int64(outer), groups: Int64(groups), inner: Int64(inner),
            by_position: hasWeightByPosition, eps: eps)
    }
}
