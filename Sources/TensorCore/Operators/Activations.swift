import CKernels

/// Activation functions and softmax; `nn.functional` spells most of them.
extension Operators {
    static let relu = ElementwiseOperator(
        "relu", .unary(CK_RELU), gradients: [.init(.result) { g, n in reluBackward(g, n.result) }])
    /// The second operand is the result, or the input: both are positive in the same places.
    static let reluBackward: ElementwiseOperator = .init(
        "threshold_backward", .binary(CK_RELU_BACKWARD), gradients: [.init(.b) { g, n in reluBackward(g, n.b) }, zero])
    static let leakyRelu = ElementwiseOperator(
        "leaky_relu", .unary(CK_LEAKY_RELU),
        gradients: [.init(.a) { g, n in leakyReluBackward(g, n.a, n.parameters) }])
    static let leakyReluBackward: ElementwiseOperator = .init(
        "leaky_relu_backward", .binary(CK_LEAKY_RELU_BACKWARD),
        gradients: [.init(.b) { g, n in leakyReluBackward(g, n.b, n.parameters) }, zero])
    static let hardtanh = ElementwiseOperator(
        "hardtanh", .unary(CK_HARDTANH), gradients: [.init(.a) { g, n in hardtanhBackward(g, n.a, n.parameters) }])
    static let hardtanhBackward: ElementwiseOperator = .init(
        "hardtanh_backward", .binary(CK_HARDTANH_BACKWARD),
        gradients: [.init(.b) { g, n in hardtanhBackward(g, n.b, n.parameters) }, zero])
    // For the rest the fused gradient serves first derivatives; second ones are rebuilt from the
    // formula, so that no gradient is wrong or missing.
    static let gelu = ElementwiseOperator(
        "gelu", .unary(CK_GELU), gradients: [.init(.a) { g, n in fused(geluBackward, g, n) { x, _ in
            let density = (-0.5 * x * x).exp() * 0.3989422804014327
            return 0.5 * (1 + (x * 0.7071067811865476).erf()) + x * density
        }}])
    static let geluBackward = ElementwiseOperator("gelu_backward", .binary(CK_GELU_BACKWARD))
    static let geluTanh = ElementwiseOperator(
        "gelu", .unary(CK_GELU_TANH), gradients: [.init(.a) { g, n in fused(geluTanhBackward, g, n) { x, _ in
            let inner = 0.7978845608028654 * (x + 0.044715 * x.pow(3))
            let t = inner.tanh()
            return 0.5 * (1 + t) + 0.5 * x * (1 - t * t) * (0.7978845608028654 * (1 + 0.134145 * x * x))
        }}])
    static let geluTanhBackward = ElementwiseOperator("gelu_backward", .binary(CK_GELU_TANH_BACKWARD))
    static let silu = ElementwiseOperator(
        "silu", .unary(CK_SILU), gradients: [.init(.a) { g, n in fused(siluBackward, g, n) { x, _ in
            let s = x.sigmoid()
            return s * (1 + x * (1 - s))
        }}])
    static let siluBackward = ElementwiseOperator("silu_backward", .binary(CK_SILU_BACKWARD))
    static let elu = ElementwiseOperator(
        "elu", .unary(CK_ELU), gradients: [.init(.a) { g, n in fused(eluBackward, g, n) { x, p in
            let (alpha, scale, inner) = (p.values.a, p.values.b, p.values.c)
            return torch.where(x > 0, torch.fullLike(x, scale), alpha * scale * inner * (inner * x.clamp(max: 0)).exp())
        }}])
    /// `elu` by another name: PyTorch's CELU has its own node.
    static let celu = ElementwiseOperator("celu", .unary(CK_ELU), gradients: elu.gradients)
    static let eluBackward = ElementwiseOperator("elu_backward", .binary(CK_ELU_BACKWARD))
    static let softplus = ElementwiseOperator(
        "softplus", .unary(CK_SOFTPLUS), gradients: [.init(.a) { g, n in fused(softplusBackward, g, n) { x, p in
            let scaled = x * p.values.a
            return torch.where(scaled > p.values.b, torch.onesLike(x), scaled.sigmoid())
        }}])
    static let softplusBackward = ElementwiseOperator("softplus_backward", .binary(CK_SOFTPLUS_BACKWARD))
    static let mish = ElementwiseOperator(
        "mish", .unary(CK_MISH), gradients: [.init(.a) { g, n in fused(mishBackward, g, n) { x, _ in
            let t = x.softplus(1, 20).tanh()
            return t + x * x.sigmoid() * (1 - t * t)
        }}])
    static let mishBackward = ElementwiseOperator("mish_backward", .binary(CK_MISH_BACKWARD))
    static let logSigmoid = ElementwiseOperator(
        "log_sigmoid", .unary(CK_LOG_SIGMOID),
        gradients: [.init(.a) { g, n in fused(logSigmoidBackward, g, n) { x, _ in (-x).sigmoid() } }])
    static let logSigmoidBackward = ElementwiseOperator("log_sigmoid_backward", .binary(CK_LOG_SIGMOID_BACKWARD))
    static let hardsigmoid = ElementwiseOperator(
        "hardsigmoid", .unary(CK_HARDSIGMOID), gradients: [.init(.a) { g, n in hardsigmoidBackward(g, n.a) }])
    static let hardsigmoidBackward: ElementwiseOperator = .init(
        "hardsigmoid_backward", .binary(CK_HARDSIGMOID_BACKWARD),
        gradients: [.init(.b) { g, n in hardsigmoidBackward(g, n.b) }, zero])
    static let hardswish = ElementwiseOperator(
        "hardswish", .unary(CK_HARDSWISH), gradients: [.init(.a) { g, n in fused(hardswishBackward, g, n) { x, _ in
            torch.where((x > -3).logicalAnd(x < 3), x / 3 + 0.5, (x >= 3).to(x.dtype))
        }}])
    static let hardswishBackward = ElementwiseOperator("hardswish_backward", .binary(CK_HARDSWISH_BACKWARD))

    private static var zero: ElementwiseOperator.Gradient { .init { g, _ in torch.zerosLike(g) } }

    /// The fused gradient kernel, or while gradients are recorded the derivative in operators.
    private static func fused(
        _ kernel: ElementwiseOperator, _ grad: Tensor, _ node: ElementwiseNode,
        _ derivative: (Tensor, KernelParameters) -> Tensor
    ) -> Tensor {
        GradMode.isEnabled ? grad * derivative(node.a, node.parameters) : kernel(grad, node.a, node.parameters)
    }
}

/// The gradient of softmax and of its logarithm needs the result alone.
final class SoftmaxNode: Node {
    private let dim: Int
    private let logarithm: Bool
    private var saved: SavedTensor?

    init(_ input: Tensor, _ dim: Int, logarithm: Bool) {
        self.dim = dim
        self.logarithm = logarithm
        super.init()
        connect(0, input)
    }

    func keep(_ result: Tensor) { saved = SavedTensor(result: result) }

    override var name: String { logarithm ? "LogSoftmaxBackward0" : "SoftmaxBackward0" }

    override func apply(_ grad: Tensor, _ run: BackwardRun) {
        let result = saved!.unpack(for: self)
        let gradient: Tensor
        if GradMode.isEnabled {
            gradient = logarithm
                ? grad - result.exp() * grad.sum(dim: dim, keepdim: true)
                : result * (grad - (grad * result).sum(dim: dim, keepdim: true))
        } else {
            let rows = result.movedim(dim, -1).contiguous()
            let out = Tensor(empty: rows.dims, rows.dtype, rows.backend)
            rows.backend.softmaxBackward(grad.movedim(dim, -1).contiguous(), rows, logarithm: logarithm, out)
            gradient = out.movedim(-1, dim)
        }
        run.send(gradient, to: 0, of: self)
    }

    override func releaseSaved() { saved = nil }
}

extension Tensor {
    /// `max(x, 0)`.
    public func relu() -> Tensor { Operators.relu(self) }
    @discardableResult public func relu_() -> Tensor { Operators.relu.inPlace(self) }

    /// `exp(x)` along `dim`, divided by its sum.
    public func softmax(_ dim: Int, dtype: DType? = nil) -> Tensor { softmaxRows(dim, dtype, logarithm: false) }
    public func softmax(dim: Int, dtype: DType? = nil) -> Tensor { softmaxRows(dim, dtype, logarithm: false) }
    /// The logarithm of softmax, exact where softmax is tiny.
    public func logSoftmax(_ dim: Int, dtype: DType? = nil) -> Tensor { softmaxRows(dim, dtype, logarithm: true) }
    public func logSoftmax(dim: Int, dtype: DType? = nil) -> Tensor { softmaxRows(dim, dtype, logarithm: true) }

    private func softmaxRows(_ dim: Int, _ dtype: DType?, logarithm: Bool) -> Tensor {
        let input = dtype.map { to($0) } ?? self
        let axis = normalized(dim)
        let place = axis >= dims.count - 1 ? "_lastdim" : ""
        check(
            input.dtype.isFloatingPoint,
            "\"\(logarithm ? "log_softmax" : "softmax")\(place)_kernel_impl\" not implemented for '\(input.dtype.scalarName)'",
            .notImplemented)
        if dims.isEmpty { return logarithm ? input - input : input / input }
        let rows = input.detach().movedim(axis, -1).contiguous()
        let out = Tensor(empty: rows.dims, rows.dtype, rows.backend)
        rows.backend.softmax(rows, logarithm: logarithm, out)
        let result = axis == dims.count - 1 ? out : out.movedim(-1, axis).contiguous()
        if input.node != nil, GradMode.isEnabled {
            let node = SoftmaxNode(input, axis, logarithm: logarithm)
            node.produces(result)
            node.keep(result)
        }
        return result
    }
}

extension torch {
    public static func relu(_ x: Tensor) -> Tensor { x.relu() }
    public static func softmax(_ x: Tensor, dim: Int, dtype: DType? = nil) -> Tensor { x.softmax(dim, dtype: dtype) }
    public static func logSoftmax(_ x: Tensor, dim: Int, dtype: DType? = nil) -> Tensor { x.logSoftmax(dim, dtype: dtype) }
}

/// What `nn.functional` calls: activations that are not methods of a tensor.
extension Tensor {
    package func leakyRelu(_ slope: Double) -> Tensor { Operators.leakyRelu(self, KernelParameters(slope)) }
    package func hardtanh(_ low: Double, _ high: Double) -> Tensor { Operators.hardtanh(self, KernelParameters(low, high)) }
    package func gelu(tanh: Bool) -> Tensor { tanh ? Operators.geluTanh(self) : Operators.gelu(self) }
    package func silu() -> Tensor { Operators.silu(self) }
    package func elu(_ alpha: Double) -> Tensor { Operators.elu(self, KernelParameters(alpha, 1, 1)) }
    package func celu(_ alpha: Double) -> Tensor { Operators.celu(self, KernelParameters(alpha, 1, 1 / alpha)) }
    package func selu() -> Tensor { Operators.elu(self, KernelParameters(1.6732632423543772, 1.0507009873554805, 1)) }
    package func mish() -> Tensor { Operators.mish(self) }
    package func logSigmoid() -> Tensor { Operators.logSigmoid(self) }
    package func hardsigmoid() -> Tensor { Operators.hardsigmoid(self) }
    package func hardswish() -> Tensor { Operators.hardswish(self) }
    package func softplus(_ beta: Double, _ threshold: Double) -> Tensor {
        Operators.softplus(self, KernelParameters(beta, threshold))
    }
}
