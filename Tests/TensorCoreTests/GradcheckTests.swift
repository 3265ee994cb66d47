import Testing

import TensorCore

/// Every differentiable operator against finite differences, first and second order, in float64.
@Suite struct GradcheckTests {
    struct Case: CustomTestStringConvertible, Sendable {
        let name: String
        let shapes: [[Int]]
        let low: Double, high: Double
        let function: @Sendable ([Tensor]) -> Tensor
        var testDescription: String { name }

        init(_ name: String, _ shapes: [[Int]], _ low: Double = -1.7, _ high: Double = 1.9, _ function: @escaping @Sendable ([Tensor]) -> Tensor) {
            (self.name, self.shapes, self.low, self.high, self.function) = (name, shapes, low, high, function)
        }

        /// Values spread over the range without repeats, so that none is a tie or a kink.
        var inputs: [Tensor] {
            shapes.enumerated().map { i, shape in
                let count = shape.reduce(1, *)
                let values = (0..<count).map { (k: Int) -> Double in
                    let position = (Double(k * 7 % 23) + 0.37 + 0.11 * Double(i)) / 23.5
                    return low + (high - low) * position
                }
                return Tensor(values, shape: shape).requiresGrad_()
            }
        }
    }

    static let unary: [Case] = [
        Case("neg", [[2, 3]]) { -$0[0] }, Case("abs", [[2, 3]]) { $0[0].abs() },
        Case("square", [[3]]) { $0[0].square() }, Case("sqrt", [[3]], 0.2) { $0[0].sqrt() },
        Case("rsqrt", [[3]], 0.2) { $0[0].rsqrt() }, Case("reciprocal", [[3]], 0.3) { $0[0].reciprocal() },
        Case("exp", [[3]]) { $0[0].exp() }, Case("exp2", [[3]]) { $0[0].exp2() }, Case("expm1", [[3]]) { $0[0].expm1() },
        Case("log", [[3]], 0.2) { $0[0].log() }, Case("log2", [[3]], 0.2) { $0[0].log2() },
        Case("log10", [[3]], 0.2) { $0[0].log10() }, Case("log1p", [[3]], -0.5) { $0[0].log1p() },
        Case("sin", [[3]]) { $0[0].sin() }, Case("cos", [[3]]) { $0[0].cos() }, Case("tan", [[3]], -1, 1) { $0[0].tan() },
        Case("asin", [[3]], -0.8, 0.8) { $0[0].asin() }, Case("acos", [[3]], -0.8, 0.8) { $0[0].acos() },
        Case("atan", [[3]]) { $0[0].atan() }, Case("sinh", [[3]]) { $0[0].sinh() }, Case("cosh", [[3]]) { $0[0].cosh() },
        Case("tanh", [[3]]) { $0[0].tanh() }, Case("asinh", [[3]]) { $0[0].asinh() },
        Case("acosh", [[3]], 1.2, 3) { $0[0].acosh() }, Case("atanh", [[3]], -0.8, 0.8) { $0[0].atanh() },
        Case("erf", [[3]]) { $0[0].erf() }, Case("erfc", [[3]]) { $0[0].erfc() },
        Case("erfinv", [[3]], -0.7, 0.7) { $0[0].erfinv() }, Case("sigmoid", [[3]]) { $0[0].sigmoid() },
        Case("frac", [[3]]) { $0[0].frac() }, Case("clamp", [[5]]) { $0[0].clamp(min: -0.5, max: 0.9) },
        Case("relu", [[5]]) { $0[0].relu() }, Case("leaky_relu", [[5]]) { $0[0].leakyRelu(0.1) },
        Case("hardtanh", [[5]]) { $0[0].hardtanh(-1, 1) }, Case("gelu", [[5]]) { $0[0].gelu(tanh: false) },
        Case("gelu_tanh", [[5]]) { $0[0].gelu(tanh: true) }, Case("silu", [[5]]) { $0[0].silu() },
        Case("elu", [[5]]) { $0[0].elu(1.3) }, Case("softplus", [[5]]) { $0[0].softplus(1.5, 20) },
        Case("pow_scalar", [[4]], 0.3) { $0[0] ** 2.5 }, Case("pow_cube", [[4]]) { $0[0] ** 3 },
        Case("softmax", [[2, 4]]) { $0[0].softmax(dim: 1) }, Case("log_softmax", [[3, 2]]) { $0[0].logSoftmax(dim: 0) },
    ]

    static let binary: [Case] = [
        Case("add", [[2, 3], [3]]) { $0[0].add($0[1], alpha: 0.7) }, Case("sub", [[3], [2, 3]]) { $0[0].sub($0[1], alpha: 2) },
        Case("mul", [[2, 1], [1, 3]]) { $0[0] * $0[1] }, Case("div", [[2, 3], [3]], 0.4) { $0[0] / $0[1] },
        Case("pow", [[2, 3], [3]], 0.4) { $0[0].pow($0[1]) }, Case("atan2", [[3], [3]], 0.2) { $0[0].atan2($0[1]) },
        Case("maximum", [[4], [4]]) { $0[0].maximum($0[1]) }, Case("minimum", [[4], [4]]) { $0[0].minimum($0[1]) },
        Case("number_minus", [[3]]) { 2 - $0[0] }, Case("number_over", [[3]], 0.4) { 2 / $0[0] },
        Case("number_to_the", [[3]]) { 2.5 ** $0[0] }, Case("where", [[4], [4]]) { torch.where($0[0] > 0, $0[0], $0[1] * 2) },
        Case("lerp", [[3], [3], [3]]) { $0[0].lerp($0[1], $0[2]) }, Case("addcmul", [[3], [3], [3]]) { $0[0].addcmul($0[1], $0[2], value: 0.5) },
        Case("addcdiv", [[3], [3], [3]], 0.4) { $0[0].addcdiv($0[1], $0[2], value: 0.5) },
        Case("masked_fill", [[4]]) { $0[0].maskedFill($0[0] > 0, 3) },
    ]

    static let shaping: [Case] = [
        Case("reshape", [[2, 3]]) { $0[0].reshape(3, 2) }, Case("transpose", [[2, 3]]) { $0[0].t() * 2 },
        Case("permute", [[2, 3, 2]]) { $0[0].permute(2, 0, 1) }, Case("expand", [[3, 1]]) { $0[0].expand(2, 3, 4) },
        Case("squeeze", [[2, 1, 3]]) { $0[0].squeeze(1) }, Case("unsqueeze", [[2]]) { $0[0].unsqueeze(0) },
        Case("select", [[3, 4]]) { $0[0][1] }, Case("slice", [[3, 5]]) { $0[0][.all, (1 ..< -1).by(2)] },
        Case("diagonal", [[3, 4]]) { $0[0].diagonal(offset: 1) }, Case("unfold", [[7]]) { $0[0].unfold(0, 3, 2) },
        Case("as_strided", [[6]]) { $0[0].asStrided([2, 3], [2, 1]) }, Case("cat", [[2, 2], [2, 1]]) { torch.cat($0, dim: 1) },
        Case("stack", [[3], [3]]) { torch.stack($0, dim: 1) }, Case("clone", [[3]]) { $0[0].clone() },
        Case("repeat", [[2, 2]]) { $0[0].repeat(2, 3) }, Case("index", [[4, 3]]) { $0[0][[0, 2, 2], [1, 0, 0]] },
        Case("index_rows", [[4, 3]]) { $0[0][[3, 1, 1]] }, Case("index_columns", [[2, 4]]) { $0[0][.all, [3, 1, 1]] },
        Case("mask", [[6]]) { $0[0][$0[0].detach() > 0] }, Case("index_select", [[4, 3]]) { $0[0].indexSelect(1, torch.tensor([2, 0, 2])) },
        Case("gather", [[3, 3]]) { $0[0].gather(1, torch.tensor([[0, 0], [1, 2], [2, 2]])) },
        Case("scatter", [[3, 3], [3, 1]]) { $0[0].scatter(1, torch.tensor([[1], [0], [2]]), $0[1]) },
        Case("scatter_add", [[3, 3], [3, 2]]) { $0[0].scatterAdd(1, torch.tensor([[1, 1], [0, 2], [2, 2]]), $0[1]) },
        Case("index_add", [[3, 2], [4, 2]]) { $0[0].indexAdd(0, torch.tensor([0, 2, 2, 1]), $0[1]) },
        Case("index_put", [[4], [2]]) { $0[0].indexPut([torch.tensor([0, 2])], $0[1]) },
        Case("in_place_view", [[2, 3], [3]]) { let y = $0[0] * 1; y[1].mul_($0[1]); return y },
    ]

    static let reducing: [Case] = [
        Case("sum", [[2, 3]]) { $0[0].sum() }, Case("sum_dim", [[2, 3]]) { $0[0].sum(dim: 1) },
        Case("mean", [[2, 3]]) { $0[0].mean(dim: 0, keepdim: true) }, Case("prod", [[2, 3]], 0.3) { $0[0].prod(dim: 1) },
        Case("var", [[2, 4]]) { $0[0].var(dim: 1) }, Case("std", [[5]]) { $0[0].std() },
        Case("norm", [[2, 3]]) { $0[0].norm() }, Case("norm_1", [[4]]) { $0[0].norm(1) }, Case("norm_3", [[4]]) { $0[0].norm(3) },
        Case("norm_inf", [[4]]) { $0[0].norm(.infinity) }, Case("logsumexp", [[2, 3]]) { $0[0].logsumexp(dim: 1) },
        Case("max", [[5]]) { $0[0].max() }, Case("max_dim", [[2, 3]]) { $0[0].max(dim: 1).values },
        Case("amin", [[2, 3]]) { $0[0].amin(dim: [0]) }, Case("matmul", [[2, 3], [3, 2]]) { $0[0].matmul($0[1]) },
        Case("matmul_batch", [[2, 2, 3], [3, 2]]) { $0[0].matmul($0[1]) },
        Case("matmul_broadcast", [[2, 1, 2, 2], [3, 2, 2]]) { $0[0].matmul($0[1]) }, Case("mv", [[2, 3], [3]]) { $0[0].matmul($0[1]) },
        Case("dot", [[3], [3]]) { $0[0].dot($0[1]) }, Case("outer", [[2], [3]]) { $0[0].outer($0[1]) },
        Case("addmm", [[2], [3, 2], [2, 2]]) { $0[0].addmm($0[1], $0[2], beta: 0.5, alpha: 2) },
    ]

    @Test(arguments: unary + binary + shaping + reducing)
    func firstAndSecondDerivatives(_ test: Case) throws {
        try torch.autograd.gradcheck({ [test.function($0)] }, test.inputs)
        try torch.autograd.gradgradcheck({ [test.function($0)] }, test.inputs)
    }

    @Test func wrongGradientIsFound() {
        enum Wrong: AutogradFunction {
            static func forward(_ ctx: FunctionContext, _ inputs: [Tensor]) -> [Tensor] { [inputs[0] * 2] }
            static func backward(_ ctx: FunctionContext, _ grads: [Tensor]) -> [Tensor?] { [grads[0] * 3] }
        }
        #expect(throws: torch.autograd.GradcheckError.self) {
            try torch.autograd.gradcheck({ Wrong.apply($0) as Tensor }, torch.ones(2, dtype: .float64, requiresGrad: true))
        }
    }
}
