/// An elementwise operator where at least one operand is sparse.
///
/// Only what keeps zeros zero can be computed from the stored elements alone.
struct SparseElementwise {
    private let op: ElementwiseOperator
    private let parameters: KernelParameters

    init(_ op: ElementwiseOperator, _ parameters: KernelParameters) {
        self.op = op
        self.parameters = parameters
    }

    /// Functions of one element that are 0 for 0, by PyTorch's names.
    private static let keepsZero: Set = [
        "abs", "asin", "asinh", "atan", "atanh", "ceil", "conj", "erf", "erfinv", "expm1", "floor", "frac", "isinf", "isnan",
        "log1p", "neg", "pow", "relu", "round", "sign", "signbit", "sin", "sinh", "sqrt", "square", "tan", "tanh", "trunc",
    ]

    /// The result, without history.
    func result(_ operands: [Tensor], _ backend: OpaqueBackend) -> Tensor {
        let operands = operands.map { $0.detach() }
        return GradMode.with(false) {
            if operands.count == 1 { return unary(operands[0], backend) }
            guard operands.count == 2, ["add", "sub", "mul", "div"].contains(op.name) else {
                backend.failUnsupported(op.name)
            }
            if operands.contains(where: { $0.isSparseCsr }) {
                let result = binary(operands.map { $0.isSparseCsr ? $0.toSparse() : $0 })
                return result.isSparse ? result.toSparseCsr() : result
            }
            return binary(operands)
        }
    }

    private func unary(_ x: Tensor, _ backend: OpaqueBackend) -> Tensor {
        guard SparseElementwise.keepsZero.contains(op.name) else { backend.failUnsupported(op.name) }
        // The function of a sum is not the sum of the functions.
        let x = x.isSparse && op.name != "neg" ? x.coalesce() : x
        let contents = x.sparseContents!
        return contents.with(values: op(contents.values, parameters), like: x)
    }

    private func binary(_ operands: [Tensor]) -> Tensor {
        let (a, b) = (operands[0], operands[1])
        switch op.name {
        case "mul":
            if !a.isSparse { return product(b, a) }
            return product(a, b)
        case "div":
            check(
                b.dims.isEmpty && !b.isSparse,
                "Sparse division requires a scalar or zero-dim dense tensor divisor (got shape \(b.dims) for divisor)")
            let parts = a.coordinates!
            return parts.with(values: op(parts.values, b, parameters), like: a)
        default:
            return sum(a, b)
        }
    }

    private func product(_ a: Tensor, _ b: Tensor) -> Tensor {
        let parts = a.coordinates!
        if !b.isSparse {
            if b.dims.isEmpty { return parts.with(values: parts.values * b, like: a) }
            let places = SparsePattern(indices: parts.indices, dims: a.dims)
            return parts.with(values: parts.values * places.values(of: b.expand(a.shape)), like: a)
        }
        check(a.dims == b.dims, "mul: expected 'self' and 'other' to have same sizes, but \(a.dims) != \(b.dims)")
        let (first, second) = (a.coalesce(), b.coalesce())
        let (places, others) = (first.coordinates!.pattern(of: a), second.coordinates!.pattern(of: b))
        let numbers = places.numbers(in: others)
        let common = numbers.indices.filter { numbers[$0] != nil }
        let left = Tensor(common, shape: [common.count])
        let right = Tensor(common.map { numbers[$0]! }, shape: [common.count])
        let values = first._values().indexSelect(0, left) * second._values().indexSelect(0, right)
        return torch.sparseTensor(
            places.indices.indexSelect(1, left), values, a.shape, isCoalesced: parts.isCoalesced && b.isCoalesced())
    }

    private func sum(_ a: Tensor, _ b: Tensor) -> Tensor {
        if a.isSparse && !b.isSparse {
            fail("add(sparse, dense) is not supported. Use add(dense, sparse) instead.")
        }
        let type = promotedType([a, b])
        let alpha = op.name == "sub" ? -parameters.values.a : parameters.values.a
        if !a.isSparse {
            check(
                a.dims == b.dims,
                "add: expected 'self' and 'other' to have same size, but self has size \(a.dims) while other has size "
                    + "\(b.dims) (FYI: dense-sparse addition does not currently support broadcasting)")
            let parts = b.coordinates!
            let rows = Dims(b.dims.array.prefix(b.sparseDim()))
            return a.to(type).contiguous().reshape([rows.product] + b.shape.dropFirst(rows.count))
                .indexAdd(0, SparsePattern.positions(parts.indices, rows), parts.values.to(type), alpha: alpha)
                .reshape(a.dims)
        }
        check(
            a.dims == b.dims, "add: expected sizes of 'self' and 'other' to match, but \(a.dims) != \(b.dims)")
        check(
            a.sparseDim() == b.sparseDim(),
            "add: expected 'self' and 'other' to have same number of sparse dimensions, but \(a.sparseDim()) != "
                + "\(b.sparseDim())")
        let other = b.coordinates!.values.to(type)
        return SparseElementwise.merged(a, a.coordinates!.values.to(type), b, alpha == 1 ? other : other * alpha)
    }

    /// The elements of both in order of their places, as they follow each other in each; those that
    /// meet at the same place are added.
    private static func merged(_ a: Tensor, _ aValues: Tensor, _ b: Tensor, _ bValues: Tensor) -> Tensor {
        let sizes = Dims(a.dims.array.prefix(a.sparseDim()))
        let (left, right) = (a.coordinates!, b.coordinates!)
        let x: [Int] = SparsePattern.positions(left.indices, sizes).array()
        let y: [Int] = SparsePattern.positions(right.indices, sizes).array()
        /// For each element of either tensor the element of the result that it goes to.
        var target: [Int] = Array(repeating: 0, count: x.count + y.count)
        var sources: [Int] = []
        var (i, j) = (0, 0)
        while i < x.count || j < y.count {
            let takesX = i < x.count && (j == y.count || x[i] <= y[j])
            let takesY = j < y.count && (i == x.count || y[j] <= x[i])
            if takesX { target[i] = sources.count }
            if takesY { target[x.count + j] = sources.count }
            sources.append(takesX ? i : x.count + j)
            if takesX { i += 1 }
            if takesY { j += 1 }
        }
        let indices = torch.cat([left.indices, right.indices], dim: 1)
            .indexSelect(1, Tensor(sources, shape: [sources.count]))
        let values = torch.cat([aValues, bValues]).addedUp(Tensor(target, shape: [target.count]), count: sources.count)
        return torch.sparseTensor(
            indices, values, a.shape, isCoalesced: left.isCoalesced && right.isCoalesced)
    }
}
