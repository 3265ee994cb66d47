/// The parts of a sparse tensor: where its elements are, and their values.
///
/// A sparse tensor of PyTorch's COO layout has one column of `indices` for each element; a CSR
/// matrix has the elements of its rows one row after the other, `columns` says where each is and
/// `crow` where each row begins. Both are kept without history: the sparse tensor has it.
class SparseContents: StorageContents {
    var values: Tensor

    init(_ values: Tensor) { self.values = values }

    /// PyTorch's word for the layout in messages: `Sparse`, `SparseCsr`.
    var layoutName: String { "Sparse" }
    var layout: Layout { .sparseCoo }

    /// The number of stored elements.
    final var nnz: Int { values.dims[0] }

    /// The same tensor's places with other values, one for each.
    func with(values: Tensor, like tensor: Tensor) -> Tensor { fatalError("\(type(of: self)) has no places") }

    /// The places as COO indices, (sparse dimensions, elements), in order and each only once.
    func pattern(of tensor: Tensor) -> SparsePattern { fatalError("\(type(of: self)) has no places") }

    // MARK: StorageContents

    override func copied(_ tensor: Tensor) -> Tensor { with(values: values.copied(), like: tensor) }

    override func converted(_ tensor: Tensor, _ type: DType) -> Tensor {
        with(values: values.converted(type), like: tensor)
    }

    override func copy(_ source: Tensor, into target: Tensor) {
        guard let own = target.storage.contents as? SparseContents else {
            target.copyValues(from: GradMode.with(false) { source.detach().toDense() })
            return
        }
        guard let other = source.storage.contents as? SparseContents, other.layout == own.layout else {
            fail("copy_() between dense and sparse Tensors is not implemented! Found self type = "
                + "torch.sparse.\(target.dtype.scalarName)Tensor and src type = torch.\(source.dtype.scalarName)Tensor")
        }
        own.take(other, values: other.values.to(target.dtype))
    }

    /// Puts another tensor's parts in place of these.
    func take(_ other: SparseContents, values: Tensor) { self.values = values }

    override func elementwise(_ op: ElementwiseOperator, _ operands: [Tensor], _ parameters: KernelParameters) -> Tensor {
        SparseElementwise(op, parameters).result(operands, backend)
    }

    override func reduced(_ op: ReductionOperator, _ x: Tensor, _ dims: [Int]?, keepdim: Bool) -> Tensor {
        guard op.kernel == Operators.sum.kernel else { backend.failUnsupported(op.name) }
        return x.sparseSum(dims ?? [], keepdim: keepdim)
    }

    /// What a sparse tensor's text ends with, beside its parts.
    final func suffixes(of tensor: Tensor) -> [String] {
        var suffixes = [
            "size=(" + tensor.shape.map(String.init).joined(separator: ", ") + (tensor.ndim == 1 ? ",)" : ")"),
            "nnz=\(nnz)",
        ]
        let isImplied = [.default, DType.default.complex, .int64, .bool].contains(tensor.dtype)
        if !isImplied { suffixes.append("dtype=torch.\(tensor.dtype.name)") }
        return suffixes + ["layout=\(layout)"]
    }

    /// One of the parts in the text of the whole: `indices=tensor([…])`.
    final func part(_ name: String, _ part: Tensor) -> String {
        let start = "\(name)=tensor("
        let text = start + part.valuesText(indent: start.utf8.count + 7)
        return text + (part.numel == 0 ? ", size=(" + part.shape.map(String.init).joined(separator: ", ")
            + (part.ndim == 1 ? ",)" : ")") : "") + ")"
    }
}

/// The parts of a tensor in the COO layout.
final class CoordinateContents: SparseContents {
    static let sharedBackend = OpaqueBackend("SparseCPU")

    /// (sparse dimensions, elements), int64.
    private(set) var indices: Tensor
    /// Every place occurs once, and they are in order.
    var isCoalesced: Bool

    init(indices: Tensor, values: Tensor, isCoalesced: Bool) {
        self.indices = indices
        self.isCoalesced = isCoalesced
        super.init(values)
    }

    override var backend: OpaqueBackend { CoordinateContents.sharedBackend }

    override func with(values: Tensor, like tensor: Tensor) -> Tensor {
        Tensor(sparse: CoordinateContents(indices: indices, values: values, isCoalesced: isCoalesced), dims: tensor.dims)
    }

    override func pattern(of tensor: Tensor) -> SparsePattern {
        let coalesced = isCoalesced ? self : GradMode.with(false) { tensor.detach().coalesce() }.coordinates!
        return SparsePattern(indices: coalesced.indices, dims: tensor.dims)
    }

    override func take(_ other: SparseContents, values: Tensor) {
        let other = other as! CoordinateContents
        (indices, isCoalesced) = (other.indices, other.isCoalesced)
        super.take(other, values: values)
    }

    override func fill(_ tensor: Tensor, _ value: Scalar) {
        guard value.double == 0, value.imaginary == 0 else { return super.fill(tensor, value) }
        let empty = torch.sparseCooTensor(size: tensor.shape, dtype: tensor.dtype).coordinates!
        take(empty, values: empty.values)
    }

    override func description(of tensor: Tensor) -> ContentsText {
        ContentsText(
            values: part("indices", indices) + ",\n       " + part("values", values), suffixes: suffixes(of: tensor),
            suffixesStartLine: true)
    }
}

/// The parts of a matrix in the CSR layout.
final class CompressedContents: SparseContents {
    static let sharedBackend = OpaqueBackend("SparseCsrCPU")

    /// Where each row begins, and the number of elements at the end: (rows + 1).
    let crow: Tensor
    /// The column of each element.
    let columns: Tensor

    init(crow: Tensor, columns: Tensor, values: Tensor) {
        self.crow = crow
        self.columns = columns
        super.init(values)
    }

    override var backend: OpaqueBackend { CompressedContents.sharedBackend }
    override var layoutName: String { "SparseCsr" }
    override var layout: Layout { .sparseCsr }

    override func with(values: Tensor, like tensor: Tensor) -> Tensor {
        Tensor(sparse: CompressedContents(crow: crow, columns: columns, values: values), dims: tensor.dims)
    }

    /// The row of each element.
    var rows: Tensor {
        let counts = crow.narrow(0, 1, crow.numel - 1) - crow.narrow(0, 0, crow.numel - 1)
        return torch.arange(crow.numel - 1).repeatInterleave(counts)
    }

    override func pattern(of tensor: Tensor) -> SparsePattern {
        SparsePattern(indices: torch.stack([rows, columns.to(.int64)]), dims: tensor.dims)
    }

    override func description(of tensor: Tensor) -> ContentsText {
        let parts = [part("crow_indices", crow), part("col_indices", columns), part("values", values)]
        return ContentsText(values: parts.joined(separator: ",\n       "), suffixes: suffixes(of: tensor))
    }
}
