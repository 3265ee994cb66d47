import CKernels

/// The operators of this module, each declared once: name, kernel, types, gradients.
enum Operators {}

/// An operator that computes each element of its result from one element of each operand.
///
/// Operands are broadcast to one shape and converted to one type. The gradient formulas need care
/// for neither: the engine sums and converts what they give to the operand's shape and type.
final class ElementwiseOperator: @unchecked Sendable {
    enum Kernel {
        case unary(ck_unary)
        case binary(ck_binary)
        case ternary(ck_ternary)
    }

    /// How the types of operands and result follow from the given ones.
    enum TypeRule {
        /// The promoted type.
        case promoted
        /// The promoted type, float32 for integers and bool.
        case floating
        /// Computed in the promoted type, the result is bool.
        case comparison
    }

    /// What a gradient formula reads.
    struct Needs: OptionSet {
        let rawValue: UInt8
        static let a = Needs(rawValue: 1), b = Needs(rawValue: 2), c = Needs(rawValue: 4)
        static let result = Needs(rawValue: 8)
    }

    /// The gradient for one operand, from the result's gradient and what the node kept.
    struct Gradient {
        let needs: Needs
        let formula: (Tensor, ElementwiseNode) -> Tensor

        init(_ needs: Needs = [], _ formula: @escaping (Tensor, ElementwiseNode) -> Tensor) {
            self.needs = needs
            self.formula = formula
        }
    }

    /// PyTorch's name.
    let name: String
    /// What PyTorch prints as `grad_fn`.
    let nodeName: String
    let kernel: Kernel
    let rule: TypeRule
    /// The gradients of the operands; none for an operator that is not differentiable.
    let gradients: [Gradient]
    /// Some formula reads an operand or the result.
    private let savesValues: Bool

    init(
        _ name: String, _ kernel: Kernel, _ rule: TypeRule = .promoted, node: String? = nil,
        gradients: [Gradient] = []
    ) {
        self.name = name
        self.kernel = kernel
        self.rule = rule
        self.gradients = gradients
        savesValues = gradients.contains { !$0.needs.isEmpty }
        nodeName = node ?? "\(ElementwiseOperator.camel(name))Backward0"
    }

    /// `leaky_relu` as `LeakyRelu`.
    private static func camel(_ name: String) -> String {
        name.split(separator: "_").map { $0.prefix(1).uppercased() + $0.dropFirst() }.joined()
    }

    // MARK: Calls

    @inline(__always)
    func callAsFunction(_ a: Tensor, _ parameters: KernelParameters = .init()) -> Tensor {
        let type = computeType(a.dtype)
        let out: Tensor
        if !a.contiguousFlag, let contents = a.storage.contents {
            out = contents.elementwise(self, [a], parameters)
        } else {
            let operand = a.converted(type)
            out = Tensor(empty: a.dims, resultType(type), a.backend)
            write(out, operand, parameters, type)
        }
        if a.node != nil, GradMode.isEnabled { record(out, parameters, a, nil, nil) }
        return out
    }

    @inline(__always)
    func callAsFunction(_ a: Tensor, _ b: Tensor, _ parameters: KernelParameters = .init()) -> Tensor {
        let out: Tensor
        if a.dtype == b.dtype, a.contiguousFlag, b.contiguousFlag, rule == .promoted, a.dims == b.dims,
            a.storage.backend === b.storage.backend, case .binary(let kernel) = kernel
        {
            out = Tensor(empty: a.dims, a.dtype, a.backend)
            a.backend.binary(kernel, parameters, a.dtype, a.address, 1, b.address, 1, out.address, out.numel)
        } else {
            out = broadcast(a, b, nil, parameters)
        }
        if a.node != nil || b.node != nil, GradMode.isEnabled { record(out, parameters, a, b, nil) }
        return out
    }

    func callAsFunction(_ a: Tensor, _ b: Tensor, _ c: Tensor, _ parameters: KernelParameters = .init()) -> Tensor {
        let out = broadcast(a, b, c, parameters)
        if a.node != nil || b.node != nil || c.node != nil, GradMode.isEnabled {
            record(out, parameters, a, b, c)
        }
        return out
    }

    /// Computes into `a`. Stops where the result does not fit `a`'s shape or type.
    @discardableResult
    func inPlace(_ a: Tensor, _ b: Tensor? = nil, _ c: Tensor? = nil, _ parameters: KernelParameters = .init())
        -> Tensor
    {
        a.checkInPlace()
        var type = a.dtype
        var dims = a.dims
        if let b {
            type = promotedType([a, b, c].compactMap { $0 })
            dims = broadcastDims(dims, b.dims)
            if let c { dims = broadcastDims(dims, c.dims) }
        }
        type = computeType(type)
        check(
            canCast(resultType(type), to: a.dtype),
            "result type \(resultType(type).scalarName) can't be cast to the desired output type \(a.dtype.scalarName)")
        check(
            dims == a.dims,
            "output with shape \(a.dims) doesn't match the broadcast shape \(dims)")
        let records = GradMode.isEnabled && [a, b, c].contains { $0?.node != nil }
        let before = records && gradients.contains { $0.needs.contains(.a) } ? a.clone() : nil
        let node = records ? ElementwiseNode(self, parameters) : nil
        node?.connect(before ?? a, b, c)
        let result = resultType(type) == a.dtype ? a.alias() : Tensor(empty: dims, resultType(type), a.backend)
        compute(result, [a, b, c].compactMap { $0 }, parameters, type)
        if result.dtype != a.dtype { a.copyValues(from: result) }
        a.changed(by: node)
        node?.keep(before ?? a, b, c, a)
        return a
    }

    /// Computes into `out`: PyTorch's `out=`. Its type may be any that the result can be cast to; its
    /// shape must be the result's. Stops where gradients are recorded.
    @discardableResult
    func callAsFunction(_ operands: [Tensor], _ parameters: KernelParameters = .init(), out: Tensor) -> Tensor {
        check(
            !GradMode.isEnabled || !(operands.contains { $0.requiresGrad } || out.requiresGrad),
            "\(name)(): functions with out=... arguments don't support automatic differentiation, but one of the "
                + "arguments requires grad.")
        out.checkInPlace()
        for operand in operands where operand.storage === out.storage && operand.numel > 0 {
            check(
                operand.offset == out.offset && operand.dims == out.dims && operand.steps == out.steps,
                "unsupported operation: some elements of the input tensor and the written-to tensor refer to a single "
                    + "memory location. Please clone() the tensor before performing the operation.")
        }
        let type = computeType(promotedType(operands))
        let result = resultType(type)
        check(
            canCast(result, to: out.dtype),
            "result type \(result.scalarName) can't be cast to the desired output type \(out.dtype.scalarName)")
        let dims = operands.dropFirst().reduce(operands[0].dims) { broadcastDims($0, $1.dims) }
        check(
            dims == out.dims,
            "output with shape \(out.dims) doesn't match the broadcast shape \(dims)")
        let backend = commonBackend([out] + operands)
        let target = result == out.dtype ? out : Tensor(empty: dims, result, backend)
        compute(target, operands, parameters, type)
        if target !== out { out.copyValues(from: target) }
        out.changed(by: nil)
        return out
    }

    /// Computes values into `out` of the right shape and type, without history.
    func write(into out: Tensor, _ a: Tensor, _ b: Tensor, _ parameters: KernelParameters = .init(1)) {
        compute(out, [a, b], parameters, promotedType([a, b]))
    }

    // MARK: Types

    private func computeType(_ promoted: DType) -> DType {
        rule == .floating && promoted.isIntegral ? .default : promoted
    }

    private func resultType(_ type: DType) -> DType {
        // The size and the angle of a complex number are real.
        if type.isComplex, case .unary(let kernel) = kernel {
            return DType(rawValue: UInt8(ck_unary_result(kernel, type.kernel).rawValue))!
        }
        switch rule {
        case .comparison: return .bool
        case .promoted, .floating: return type
        }
    }

    // MARK: Computing

    private func broadcast(_ a: Tensor, _ b: Tensor, _ c: Tensor?, _ parameters: KernelParameters) -> Tensor {
        let operands = c.map { [a, b, $0] } ?? [a, b]
        if !(a.contiguousFlag && b.contiguousFlag), let contents = a.storage.contents ?? b.storage.contents {
            return contents.elementwise(self, operands, parameters)
        }
        let backend = commonBackend(operands)
        let type = computeType(promotedType(operands))
        var dims = broadcastDims(a.dims, b.dims)
        if let c { dims = broadcastDims(dims, c.dims) }
        let out = Tensor(empty: dims, resultType(type), backend)
        compute(out, operands, parameters, type)
        return out
    }

    /// Whether a number beside tensors of few bits takes part unrounded, as in PyTorch.
    private var takesWideNumbers: Bool {
        switch kernel {
        case .binary(let kernel): [CK_ADD, CK_SUB, CK_MUL, CK_DIV, CK_POW].contains(kernel)
        case .ternary(let kernel): kernel == CK_LERP
        case .unary: false
        }
    }

    /// Operand `index`, from 1, in the type that is computed in; a number may stay wider, which the parameters tell.
    private func operand(_ index: Int, _ t: Tensor, _ type: DType, _ parameters: inout KernelParameters) -> Tensor {
        if t.isWrappedNumber, t.dtype == .float32, type.isHalf, takesWideNumbers {
            parameters.widen(index)
            return t
        }
        return t.converted(type)
    }

    private func compute(_ out: Tensor, _ operands: [Tensor], _ given: KernelParameters, _ type: DType) {
        var parameters = given
        switch kernel {
        case .unary:
            write(out, operands[0].converted(type), parameters, type)
        case .binary(let kernel):
            let a = operand(1, operands[0], type, &parameters), b = operand(2, operands[1], type, &parameters)
            if out.contiguousFlag, let aStep = a.flatStep(over: out), let bStep = b.flatStep(over: out) {
                out.backend.binary(kernel, parameters, type, a.address, aStep, b.address, bStep, out.address, out.numel)
            } else if let contents = a.storage.contents ?? b.storage.contents {
                out.copyValues(from: contents.elementwise(self, operands, parameters))
            } else {
                out.backend.binary(kernel, parameters, type, ElementwisePlan(out, a, b))
            }
        case .ternary(let kernel):
            // `where` chooses by a bool, which takes no part in promotion.
            let a = kernel == CK_WHERE ? operands[0] : operands[0].converted(type)
            let b = operand(2, operands[1], type, &parameters), c = operand(3, operands[2], type, &parameters)
            out.backend.ternary(kernel, parameters, type, ElementwisePlan(out, a, b, c))
        }
    }

    @inline(__always)
    private func write(_ out: Tensor, _ a: Tensor, _ parameters: KernelParameters, _ type: DType) {
        guard case .unary(let kernel) = kernel else { return }
        if a.contiguousFlag, out.contiguousFlag {
            out.backend.unary(kernel, parameters, type, a.address, out.address, out.numel)
        } else if let contents = a.storage.contents {
            out.copyValues(from: contents.elementwise(self, [a], parameters))
        } else {
            out.backend.unary(kernel, parameters, type, ElementwisePlan(out, a))
        }
    }

    // MARK: Gradients

    @inline(__always)
    private func record(_ out: Tensor, _ parameters: KernelParameters, _ a: Tensor, _ b: Tensor?, _ c: Tensor?) {
        if gradients.isEmpty || !out.dtype.isDifferentiable { return }
        let node = ElementwiseNode(self, parameters)
        node.connect(a, b, c)
        node.produces(out)
        if savesValues { node.keep(a, b, c, out) }
    }
}

/// The recorded call of an elementwise operator.
final class ElementwiseNode: Node {
    private let op: ElementwiseOperator
    let parameters: KernelParameters
    private var savedA: SavedTensor?
    private var savedB: SavedTensor?
    private var savedC: SavedTensor?
    private var savedResult: SavedTensor?

    @inline(__always)
    init(_ op: ElementwiseOperator, _ parameters: KernelParameters) {
        self.op = op
        self.parameters = parameters
        super.init()
    }

    override var name: String { op.nodeName }
    override var operandCount: Int { op.gradients.count }

    @inline(__always)
    func connect(_ a: Tensor, _ b: Tensor?, _ c: Tensor?) {
        connect(0, a)
        if let b { connect(1, b) }
        if let c { connect(2, c) }
    }

    /// Keeps what the formulas of the wanted gradients read.
    @inline(__always)
    func keep(_ a: Tensor, _ b: Tensor?, _ c: Tensor?, _ result: Tensor) {
        var needs: ElementwiseOperator.Needs = []
        for (i, gradient) in op.gradients.enumerated() where self.needs(i) { needs.formUnion(gradient.needs) }
        if needs.isEmpty { return }
        if needs.contains(.a) { savedA = SavedTensor(a) }
        if needs.contains(.b), let b { savedB = SavedTensor(b) }
        if needs.contains(.c), let c { savedC = SavedTensor(c) }
        if needs.contains(.result) { savedResult = SavedTensor(result: result) }
    }

    var a: Tensor { savedA!.unpack(for: self) }
    var b: Tensor { savedB!.unpack(for: self) }
    var c: Tensor { savedC!.unpack(for: self) }
    var result: Tensor { savedResult!.unpack(for: self) }

    override func apply(_ grad: Tensor, _ run: BackwardRun) {
        for (i, gradient) in op.gradients.enumerated() where run.wants(self, i) {
            run.send(gradient.formula(grad, self), to: i, of: self)
        }
    }

    override func releaseSaved() {
        savedA = nil
        savedB = nil
        savedC = nil
        savedResult = nil
    }
}
