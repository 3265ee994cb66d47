/// How a tensor's elements are kept: PyTorch's `torch.layout`.
public enum Layout: Sendable, CustomStringConvertible {
    /// All of them, in memory with a step along each dimension.
    case strided
    /// Those that are named, each with the indices of its place.
    case sparseCoo
    /// Those of a matrix that are named, row by row.
    case sparseCsr

    /// PyTorch's name: `torch.sparse_coo`.
    public var description: String {
        switch self {
        case .strided: "torch.strided"
        case .sparseCoo: "torch.sparse_coo"
        case .sparseCsr: "torch.sparse_csr"
        }
    }

    /// The name in error messages: `SparseCsr`.
    var messageName: String {
        switch self {
        case .strided: "Strided"
        case .sparseCoo: "Sparse"
        case .sparseCsr: "SparseCsr"
        }
    }
}

extension torch {
    public static let strided = Layout.strided
    public static let sparseCoo = Layout.sparseCoo
    public static let sparseCsr = Layout.sparseCsr

    /// PyTorch's `torch.sparse`: functions of sparse tensors.
    public enum sparse {}
}

extension Tensor {
    /// A sparse tensor of these parts, without history.
    convenience init(sparse contents: SparseContents, dims: Dims) {
        self.init(
            storage: Storage(holding: contents), offset: 0, dims: dims, steps: dims.contiguousStrides,
            numel: dims.product, dtype: contents.values.dtype, contiguous: false)
    }

    /// The parts of a sparse tensor of any layout; nil for others.
    var sparseContents: SparseContents? { storage.contents as? SparseContents }
    /// The parts of a tensor in the COO layout; nil for others.
    var coordinates: CoordinateContents? { storage.contents as? CoordinateContents }
    /// The parts of a matrix in the CSR layout; nil for others.
    var compressed: CompressedContents? { storage.contents as? CompressedContents }

    /// How the elements are kept.
    public var layout: Layout { sparseContents?.layout ?? .strided }
    /// Whether the tensor has the COO layout, as PyTorch's `is_sparse` says.
    public var isSparse: Bool { coordinates != nil }
    /// Whether the tensor is a matrix in the CSR layout.
    public var isSparseCsr: Bool { compressed != nil }

    /// The number of dimensions whose indices are named; 0 for a dense tensor.
    public func sparseDim() -> Int {
        if let coordinates { return coordinates.indices.dims[0] }
        return compressed == nil ? 0 : 2
    }
    /// The number of dimensions that each element has of its own.
    public func denseDim() -> Int { dims.count - sparseDim() }

    /// The parts of a COO tensor; stops with PyTorch's message for others.
    func requireCoordinates(_ operation: String) -> CoordinateContents {
        guard let coordinates else {
            fail("\(operation) expected sparse coordinate tensor layout but got \(layout.messageName)")
        }
        return coordinates
    }

    /// The parts of a CSR matrix; stops with PyTorch's message for others.
    func requireCompressed(_ operation: String) -> CompressedContents {
        guard let compressed else {
            fail("\(operation) expected sparse row compressed tensor layout but got \(layout.messageName)")
        }
        return compressed
    }
}
