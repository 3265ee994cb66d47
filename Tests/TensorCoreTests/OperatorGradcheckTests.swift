import Testing

import TensorCore

/// The pointwise, ordering, scanning, rearranging and scattering operators against finite
/// differences, first and second order, in float64.
@Suite struct OperatorGradcheckTests {
    typealias Case = GradcheckTests.Case

    static let pointwise: [Case] = [
        Case("hypot", [[4], [4]]) { $0[0].hypot($0[1]) }, Case("copysign", [[4], [4]]) { $0[0].copysign($0[1]) },
        Case("fmax", [[4], [4]]) { $0[0].fmax($0[1]) }, Case("fmin", [[4], [4]]) { $0[0].fmin($0[1]) },
        Case("xlogy", [[4], [4]], 0.3) { $0[0].xlogy($0[1]) }, Case("logaddexp", [[2, 3], [3]]) { $0[0].logaddexp($0[1]) },
        Case("logaddexp2", [[4], [4]]) { $0[0].logaddexp2($0[1]) }, Case("lgamma", [[4]], 0.4, 4) { $0[0].lgamma() },
        Case("digamma", [[4]], 0.4, 4) { $0[0].digamma() }, Case("polygamma", [[4]], 0.6, 4) { $0[0].polygamma(2) },
        Case("mvlgamma", [[4]], 2, 5) { $0[0].mvlgamma(3) }, Case("nan_to_num", [[4]]) { $0[0].nanToNum() },
        Case("ldexp", [[4]]) { $0[0].ldexp(torch.tensor([1, -2, 0, 3])) }, Case("frexp", [[4]]) { $0[0].frexp().mantissa },
        Case("float_power", [[4]], 0.3) { $0[0].floatPower(2.5) }, Case("rsub", [[3], [3]]) { $0[0].rsub($0[1], alpha: 2) },
        Case("logit", [[4]], 0.2, 0.8) { $0[0].logit() }, Case("logit_eps", [[4]], 0.05, 0.95) { $0[0].logit(eps: 0.2) },
        Case("sinc", [[4]]) { $0[0].sinc() }, Case("deg2rad", [[3]]) { $0[0].deg2rad() }, Case("rad2deg", [[3]]) { $0[0].rad2deg() },
        Case("clamp_min", [[4], [4]]) { $0[0].clampMin($0[1]) }, Case("clamp_tensors", [[4], [4]]) { $0[0].clamp(min: nil, max: $0[1]) },
        Case("complex", [[3], [3]]) { torch.complex($0[0], $0[1]).square().imag },
        Case("polar", [[3], [3]], 0.3) { torch.polar($0[0], $0[1]).exp().viewAsReal() },
        Case("angle", [[3], [3]]) { torch.complex($0[0], $0[1]).angle() },
        Case("i0", [[4]]) { $0[0].i0() }, Case("i0e", [[4]]) { torch.special.i0e($0[0]) },
        Case("i1", [[4]]) { torch.special.i1($0[0]) }, Case("i1e", [[4]]) { torch.special.i1e($0[0]) },
        Case("erfcx", [[4]]) { torch.special.erfcx($0[0]) }, Case("entr", [[4]], 0.3) { torch.special.entr($0[0]) },
        Case("ndtr", [[4]]) { torch.special.ndtr($0[0]) }, Case("log_ndtr", [[4]]) { torch.special.logNdtr($0[0]) },
        Case("ndtri", [[4]], 0.1, 0.9) { torch.special.ndtri($0[0]) },
        Case("xlog1py", [[4], [4]], 0.2) { torch.special.xlog1py($0[0], $0[1]) },
        Case("zeta", [[4]], 1.2, 3) { torch.special.zeta(2.5, $0[0]) },
        Case("igamma", [[4]], 0.5, 3) { torch.full([4], 1.5, dtype: .float64).igamma($0[0]) },
        Case("igammac", [[4]], 0.5, 3) { torch.full([4], 1.5, dtype: .float64).igammac($0[0]) },
    ]

    static let ordering: [Case] = [
        Case("sort", [[3, 4]]) { $0[0].sort(0, descending: true).values }, Case("topk", [[3, 4]]) { $0[0].topk(2).values },
        Case("kthvalue", [[3, 4]]) { $0[0].kthvalue(2, dim: 0).values }, Case("median", [[3, 5]]) { $0[0].median(dim: 1).values },
        Case("median_all", [[5]]) { $0[0].median() }, Case("nanmedian", [[3, 5]]) { $0[0].nanmedian(dim: 1, keepdim: true).values },
        Case("mode", [[3, 4]]) { $0[0].mode(0).values },
        Case("quantile", [[3, 4]]) { $0[0].quantile(torch.tensor([0.2, 0.7], dtype: .float64), dim: 1) },
        Case("cumsum", [[2, 4]]) { $0[0].cumsum(1) }, Case("cumprod", [[2, 4]]) { $0[0].cumprod(1) },
        Case("cumprod_zero", [[4]]) { ($0[0] * torch.tensor([1, 0, 1, 1])).cumprod(0) },
        Case("logcumsumexp", [[2, 4]]) { $0[0].logcumsumexp(1) }, Case("cummax", [[2, 4]]) { $0[0].cummax(1).values },
        Case("cummin", [[2, 4]]) { $0[0].cummin(0).values }, Case("diff", [[2, 4], [2, 1]]) { $0[0].diff(n: 2, prepend: $0[1]) },
        Case("trapezoid", [[2, 4], [4]]) { torch.trapezoid($0[0], $0[1]) },
        Case("cumulative_trapezoid", [[2, 4]]) { torch.cumulativeTrapezoid($0[0], dx: 0.5) },
        Case("std_mean", [[2, 4]]) { let (s, m) = torch.stdMean($0[0], dim: 1); return s * m }, Case("nanmean", [[2, 4]]) { $0[0].nanmean(dim: 1) },
        Case("aminmax", [[2, 4]]) { let (low, high) = $0[0].aminmax(dim: 1); return high - 2 * low },
    ]

    static let index = torch.tensor([[0, 0, 1], [1, 1, 1]])

    static let placing: [Case] = [
        Case("flip", [[2, 3]]) { $0[0].flip(0, 1) }, Case("roll", [[2, 3]]) { $0[0].roll([1, -2], [0, 1]) },
        Case("rot90", [[2, 3]]) { $0[0].rot90() }, Case("tril", [[3, 3]]) { $0[0].tril(-1) }, Case("triu", [[2, 3, 3]]) { $0[0].triu(1) },
        Case("diag", [[3]]) { $0[0].diag(1) }, Case("diag_part", [[3, 3]]) { $0[0].diag() }, Case("diag_embed", [[2, 3]]) { $0[0].diagEmbed(offset: -1) },
        Case("diagonal_scatter", [[3, 3], [3]]) { $0[0].diagonalScatter($0[1]) },
        Case("select_scatter", [[3, 3], [3]]) { $0[0].selectScatter($0[1], 1, 2) },
        Case("slice_scatter", [[3, 4], [3, 2]]) { $0[0].sliceScatter($0[1], dim: 1, step: 2) },
        Case("meshgrid", [[2], [3]]) { let g = torch.meshgrid($0); return g[0] * g[1] }, Case("cartesian_prod", [[2], [3]]) { torch.cartesianProd($0) },
        Case("combinations", [[4]]) { torch.combinations($0[0]) }, Case("block_diag", [[2, 2], [3]]) { torch.blockDiag($0) },
        Case("column_stack", [[3], [3, 2]]) { torch.columnStack($0) }, Case("tensor_split", [[5]]) { $0[0].tensorSplit(3)[1] },
        Case("repeat_interleave", [[3]]) { $0[0].repeatInterleave(torch.tensor([2, 0, 1])) },
        Case("take", [[3, 3]]) { $0[0].take(torch.tensor([0, 4, 4])) },
        Case("take_along_dim", [[3, 3]]) { $0[0].takeAlongDim(torch.tensor([[0], [2], [1]]), dim: 1) },
        Case("put", [[3, 3], [2]]) { $0[0].put(torch.tensor([1, 5]), $0[1], accumulate: true) },
        Case("index_copy", [[3, 3], [3, 2]]) { $0[0].indexCopy(1, torch.tensor([2, 0]), $0[1]) },
        Case("index_fill", [[3, 3]]) { $0[0].indexFill(1, torch.tensor([2]), 4) },
        Case("masked_scatter", [[5], [5]]) { $0[0].maskedScatter($0[0].detach() > 0, $0[1]) },
        Case("index_reduce", [[2, 3], [3, 3]], 0.4) { $0[0].indexReduce(0, torch.tensor([0, 0, 1]), $0[1], "prod") },
    ] + ["sum", "prod", "mean", "amax", "amin"].flatMap { reduce in
        [true, false].map { own in
            Case("scatter_reduce_\(reduce)_\(own)", [[2, 3], [2, 3]]) {
                $0[0].scatterReduce(1, index, $0[1], reduce: reduce, includeSelf: own)
            }
        }
    }

    @Test(arguments: pointwise + ordering + placing)
    func firstAndSecondDerivatives(_ test: Case) throws {
        try torch.autograd.gradcheck({ [test.function($0)] }, test.inputs)
        try torch.autograd.gradgradcheck({ [test.function($0)] }, test.inputs)
    }
}
