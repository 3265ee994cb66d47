/// Products of matrices and vectors.

final class MatmulNode: Node {
    private let label: String
    private var savedA: SavedTensor?
    private var savedB: SavedTensor?

    /// - Parameter label: what PyTorch prints: `MmBackward0`, `BmmBackward0`.
    init(_ a: Tensor, _ b: Tensor, label: String) {
        self.label = label
        super.init()
        connect(0, a)
        connect(1, b)
        if needs(0) { savedB = SavedTensor(b) }
        if needs(1) { savedA = SavedTensor(a) }
    }

    override var name: String { label }

    override func apply(_ grad: Tensor, _ run: BackwardRun) {
        if run.wants(self, 0) {
            run.send(grad.product(savedB!.unpack(for: self).mT.conj()), to: 0, of: self)
        }
        if run.wants(self, 1) {
            run.send(savedA!.unpack(for: self).mT.conj().product(grad), to: 1, of: self)
        }
    }

    override func releaseSaved() {
        savedA = nil
        savedB = nil
    }
}

/// `beta · input + alpha · (a @ b)`, with the input broadcast: one node for a linear layer.
final class AddmmBackward0: Node {
    private let alpha: Double, beta: Double
    private var savedA: SavedTensor?
    private var savedB: SavedTensor?

    init(_ input: Tensor, _ a: Tensor, _ b: Tensor, alpha: Double, beta: Double) {
        self.alpha = alpha
        self.beta = beta
        super.init()
        connect(0, input)
        connect(1, a)
        connect(2, b)
        if needs(1) { savedB = SavedTensor(b) }
        if needs(2) { savedA = SavedTensor(a) }
    }

    override func apply(_ grad: Tensor, _ run: BackwardRun) {
        if run.wants(self, 0) { run.send(beta == 1 ? grad : grad * beta, to: 0, of: self) }
        let scaled = alpha == 1 ? grad : grad * alpha
        if run.wants(self, 1) {
            run.send(scaled.product(savedB!.unpack(for: self).mT.conj()), to: 1, of: self)
        }
        if run.wants(self, 2) {
            run.send(savedA!.unpack(for: self).mT.conj().product(scaled), to: 2, of: self)
        }
    }

    override func releaseSaved() {
        savedA = nil
        savedB = nil
    }
}

final class DotBackward0: Node {
    private let a: SavedTensor, b: SavedTensor

    init(_ a: Tensor, _ b: Tensor) {
        self.a = SavedTensor(a)
        self.b = SavedTensor(b)
        super.init()
        connect(0, a)
        connect(1, b)
    }

    override func apply(_ grad: Tensor, _ run: BackwardRun) {
        if run.wants(self, 0) { run.send(grad * b.unpack(for: self).conj(), to: 0, of: self) }
        if run.wants(self, 1) { run.send(grad * a.unpack(for: self).conj(), to: 1, of: self) }
    }
}

final class MvBackward0: Node {
    private let matrix: SavedTensor, vector: SavedTensor

    init(_ matrix: Tensor, _ vector: Tensor) {
        self.matrix = SavedTensor(matrix)
        self.vector = SavedTensor(vector)
        super.init()
        connect(0, matrix)
        connect(1, vector)
    }

    override func apply(_ grad: Tensor, _ run: BackwardRun) {
        if run.wants(self, 0) {
            run.send(grad.unsqueeze(1) * vector.unpack(for: self).conj().unsqueeze(0), to: 0, of: self)
        }
        if run.wants(self, 1) { run.send(matrix.unpack(for: self).t().conj().mv(grad), to: 1, of: self) }
    }
}

extension Tensor {
    /// The product of two matrices, or of two batches of them, recorded as such.
    fileprivate func product(_ other: Tensor) -> Tensor { dims.count == 2 ? mm(other) : bmm(other) }

    /// Computes `a @ b` of matrices or batches without history.
    private func multiplied(_ other: Tensor, into out: Tensor, accumulate: Bool = false) {
        func batched(_ x: Tensor) -> Tensor {
            x.dims.count == 3
                ? x : Tensor(viewing: x, dims: [1, x.dims[0], x.dims[1]], steps: [0, x.steps[0], x.steps[1]], offset: x.offset)
        }
        backend.matmul(batched(self), batched(other), accumulate: accumulate, batched(out))
    }

    private func checkSameType(_ other: Tensor, _ message: (String, String) -> String) {
        if dtype != other.dtype { fail(message(dtype.cName, other.dtype.cName)) }
        _ = commonBackend([self, other])
    }

    /// The product of two matrices.
    public func mm(_ mat2: Tensor) -> Tensor {
        check(dims.count == 2, "mm: self must be a matrix, got \(dims.count)-D tensor")
        check(mat2.dims.count == 2, "mm: mat2 must be a matrix, got \(mat2.dims.count)-D tensor")
        if !(contiguousFlag && mat2.contiguousFlag), let result = sparseProduct(mat2, name: "MmBackward0") {
            return result
        }
        check(
            dims[1] == mat2.dims[0],
            "mm: mat1 and mat2 shapes cannot be multiplied (\(dims[0])x\(dims[1]) and \(mat2.dims[0])x\(mat2.dims[1]))")
        checkSameType(mat2) { "expected m1 and m2 to have the same dtype, but got: \($0) != \($1)" }
        let out = Tensor(empty: [dims[0], mat2.dims[1]], dtype, backend)
        multiplied(mat2, into: out)
        if node != nil || mat2.node != nil, GradMode.isEnabled {
            MatmulNode(self, mat2, label: "MmBackward0").produces(out)
        }
        return out
    }

    /// The products of two batches of matrices: (B, M, K) and (B, K, N).
    public func bmm(_ mat2: Tensor) -> Tensor {
        check(dims.count == 3, "batch1 must be a 3D tensor")
        check(mat2.dims.count == 3, "batch2 must be a 3D tensor")
        check(
            dims[0] == mat2.dims[0] && dims[2] == mat2.dims[1],
            "Expected size for first two dimensions of batch2 tensor to be: [\(dims[0]), \(dims[2])] but got: "
                + "[\(mat2.dims[0]), \(mat2.dims[1])].")
        checkSameType(mat2) { "expected scalar type \($0) but found \($1)" }
        let out = Tensor(empty: [dims[0], dims[1], mat2.dims[2]], dtype, backend)
        multiplied(mat2, into: out)
        if node != nil || mat2.node != nil, GradMode.isEnabled {
            MatmulNode(self, mat2, label: "BmmBackward0").produces(out)
        }
        return out
    }

    /// The product of a matrix and a vector.
    public func mv(_ vec: Tensor) -> Tensor {
        check(
            dims.count == 2 && vec.dims.count == 1,
            "vector + matrix @ vector expected, got 1, \(dims.count), \(vec.dims.count)")
        if !contiguousFlag, let result = sparseProduct(vector: vec) { return result }
        check(dims[1] == vec.dims[0], "size mismatch, got input (\(dims[0])), mat (\(dims[0])x\(dims[1])), vec (\(vec.dims[0]))")
        checkSameType(vec) { "expected scalar type \($0) but found \($1)" }
        let out = Tensor(empty: [dims[0], 1], dtype, backend)
        detach().multiplied(vec.detach().unsqueeze(1), into: out)
        let result = Tensor(viewing: out, dims: [dims[0]], steps: [1], offset: 0)
        if node != nil || vec.node != nil, GradMode.isEnabled { MvBackward0(self, vec).produces(result) }
        return result
    }

    /// The sum of the products of two vectors' elements.
    public func dot(_ other: Tensor) -> Tensor {
        check(
            dims.count == 1 && other.dims.count == 1,
            "1D tensors expected, but got \(dims.count)D and \(other.dims.count)D tensors")
        checkSameType(other) {
            "dot : expected both vectors to have same dtype, but found \(DType.titled($0)) and \(DType.titled($1))"
        }
        check(
            numel == other.numel,
            "inconsistent tensor size, expected tensor [\(numel)] and src [\(other.numel)] to have the same number "
                + "of elements, but got \(numel) and \(other.numel) elements respectively")
        let out = Tensor(empty: [1, 1], dtype, backend)
        detach().unsqueeze(0).multiplied(other.detach().unsqueeze(1), into: out)
        let result = Tensor(viewing: out, dims: [], steps: [], offset: 0)
        if node != nil || other.node != nil, GradMode.isEnabled { DotBackward0(self, other).produces(result) }
        return result
    }

    /// All products of two vectors' elements.
    public func outer(_ vec2: Tensor) -> Tensor {
        check(dims.count == 1, "outer: Expected 1-D argument self, but got \(dims.count)-D")
        check(vec2.dims.count == 1, "outer: Expected 1-D argument vec2, but got \(vec2.dims.count)-D")
        return unsqueeze(1) * vec2
    }

    /// The matrix product: of vectors, matrices, or batches whose leading dimensions broadcast.
    public func matmul(_ other: Tensor) -> Tensor {
        check(
            !dims.isEmpty && !other.dims.isEmpty,
            "both arguments to matmul need to be at least 1D, but they are \(dims.count)D and \(other.dims.count)D")
        switch (dims.count, other.dims.count) {
        case (1, 1): return dot(other)
        case (2, 1): return mv(other)
        case (1, 2): return unsqueeze(0).mm(other).squeeze(0)
        case (2, 2): return mm(other)
        case (3..., 1...2):
            // All rows of the batch at once.
            let rows = other.dims.count == 1 ? other.unsqueeze(1) : other
            let product = reshape([dims.product(0..<(dims.count - 1)), dims[dims.count - 1]]).mm(rows)
            let shape = shape.dropLast() + (other.dims.count == 1 ? [] : [other.dims[1]])
            return product.unsafeView(Array(shape))
        default:
            return batchedMatmul(other)
        }
    }

    private func batchedMatmul(_ other: Tensor) -> Tensor {
        let a = dims.count == 1 ? unsqueeze(0) : self
        let b = other.dims.count == 1 ? other.unsqueeze(1) : other
        let batch = broadcastDims(Dims(a.shape.dropLast(2)), Dims(b.shape.dropLast(2))).array
        let (n, m, p) = (a.size(-2), a.size(-1), b.size(-1))
        // Said in full: a size of 0 leaves -1 open.
        let count = batch.reduce(1, *)
        let left = a.expand(batch + [n, m]).reshape([count, n, m])
        let right = b.expand(batch + [b.size(-2), p]).reshape([count, b.size(-2), p])
        var result = left.bmm(right).unsafeView(batch + [n, p])
        if dims.count == 1 { result = result.squeeze(-2) }
        if other.dims.count == 1 { result = result.squeeze(-1) }
        return result
    }

    /// A fresh result in another shape: nobody else sees its memory, so it does not count as a view.
    package func unsafeView(_ shape: [Int]) -> Tensor {
        let own = dims.array
        return FormulaNode.record("UnsafeViewBackward0", [self], saving: []) {
            Tensor(viewing: self, dims: Dims(shape), steps: Dims(shape).contiguousStrides, offset: self.offset)
        } gradients: { grad, _ in [grad.reshape(own)] }
    }

    /// `beta · self + alpha · (mat1 @ mat2)`, `self` broadcast to the product's shape.
    public func addmm(_ mat1: Tensor, _ mat2: Tensor, beta: Double = 1, alpha: Double = 1) -> Tensor {
        check(mat1.dims.count == 2, "addmm: self must be a matrix, got \(mat1.dims.count)-D tensor")
        check(mat2.dims.count == 2, "addmm: mat2 must be a matrix, got \(mat2.dims.count)-D tensor")
        check(
            mat1.dims[1] == mat2.dims[0],
            "addmm: mat1 and mat2 shapes cannot be multiplied (\(mat1.dims[0])x\(mat1.dims[1]) and "
                + "\(mat2.dims[0])x\(mat2.dims[1]))")
        if !(mat1.contiguousFlag && mat2.contiguousFlag),
            let result = sparseAddmm(mat1, mat2, beta: beta, alpha: alpha, name: "AddmmBackward0")
        {
            return result
        }
        mat1.checkSameType(mat2) { "mat1 and mat2 must have the same dtype, but got \(DType.titled($0)) and \(DType.titled($1))" }
        checkSameType(mat1) { "self and mat2 must have the same dtype, but got \(DType.titled($0)) and \(DType.titled($1))" }
        let shape: Dims = [mat1.dims[0], mat2.dims[1]]
        let out = Tensor(empty: shape, dtype, backend)
        if alpha == 1, beta == 1 {
            out.copyValues(from: detach().expand(shape.array))
            mat1.multiplied(mat2, into: out, accumulate: true)
        } else {
            mat1.multiplied(mat2, into: out)
            let scaled = beta == 0 ? out.alias() * alpha : out.alias() * alpha + detach() * beta
            out.copyValues(from: scaled)
        }
        if node != nil || mat1.node != nil || mat2.node != nil, GradMode.isEnabled {
            AddmmBackward0(self, mat1, mat2, alpha: alpha, beta: beta).produces(out)
        }
        return out
    }

    /// The complex conjugate; a real tensor itself.
    public func conj() -> Tensor { dtype.isComplex ? Operators.conj(self) : self }
}

extension DType {
    /// The scalar name of a C++ name: `Float` of `float`.
    fileprivate static func titled(_ cName: String) -> String {
        allCases.first { $0.cName == cName }?.scalarName ?? cName
    }
}

extension torch {
    public static func matmul(_ a: Tensor, _ b: Tensor) -> Tensor { a.matmul(b) }
    public static func mm(_ a: Tensor, _ b: Tensor) -> Tensor { a.mm(b) }
    public static func bmm(_ a: Tensor, _ b: Tensor) -> Tensor { a.bmm(b) }
    public static func mv(_ a: Tensor, _ b: Tensor) -> Tensor { a.mv(b) }
    public static func dot(_ a: Tensor, _ b: Tensor) -> Tensor { a.dot(b) }
    public static func outer(_ a: Tensor, _ b: Tensor) -> Tensor { a.outer(b) }
    public static func addmm(_ input: Tensor, _ a: Tensor, _ b: Tensor, beta: Double = 1, alpha: Double = 1) -> Tensor {
        input.addmm(a, b, beta: beta, alpha: alpha)
    }
}
