/// What a tensor is made of that is not strided numbers in memory: sparse and quantized tensors.
///
/// Such tensors are tensors in every other way: they have a shape, a type, a history. They live in
/// an `OpaqueBackend`, so no kernel for numbers in memory can run on them by mistake; what they can
/// do themselves they do here. Copies of a tensor that share its storage share its contents.
class StorageContents {
    /// The backend of the storages with contents like these.
    var backend: OpaqueBackend { fatalError("\(type(of: self)) names no backend") }

    /// Stops unless a view can be made of `tensor` by strides alone.
    func checkView(of tensor: Tensor) { backend.failUnsupported("as_strided") }

    /// A copy of `tensor` with contents of its own, without history.
    func copied(_ tensor: Tensor) -> Tensor { backend.failUnsupported("clone") }

    /// The values in another type, without history.
    func converted(_ tensor: Tensor, _ type: DType) -> Tensor { backend.failUnsupported("_to_copy") }

    /// Overwrites `target`'s values with `source`'s; one of them has these contents.
    func copy(_ source: Tensor, into target: Tensor) { backend.failUnsupported("copy_") }

    /// Sets every element.
    func fill(_ tensor: Tensor, _ value: Scalar) { backend.failUnsupported("fill_.Scalar") }

    /// An elementwise operator's result, without history; the operands are not all strided.
    func elementwise(_ op: ElementwiseOperator, _ operands: [Tensor], _ parameters: KernelParameters) -> Tensor {
        backend.failUnsupported(op.name)
    }

    /// A reduction's result, with its history.
    func reduced(_ op: ReductionOperator, _ x: Tensor, _ dims: [Int]?, keepdim: Bool) -> Tensor {
        backend.failUnsupported(op.name)
    }

    /// What is printed of a tensor.
    func description(of tensor: Tensor) -> ContentsText { ContentsText(values: "...", suffixes: []) }
}

/// The printed form of a tensor of other contents than numbers in memory.
struct ContentsText {
    /// The text after `tensor(`.
    let values: String
    /// What is told of the tensor after that: `nnz=3`.
    let suffixes: [String]
    /// The first suffix begins a line.
    var suffixesStartLine = false
}

/// The backend of tensors that are not strided numbers in memory. It has no memory to give and no
/// kernels, so an operator that such tensors do not have stops with PyTorch's error.
final class OpaqueBackend: MetaBackend, @unchecked Sendable {
    /// PyTorch's name: `SparseCPU`.
    private let name: String

    init(_ name: String) { self.name = name }

    override var device: Device { .cpu }

    override func allocate(_ byteCount: Int) -> UnsafeMutableRawPointer? { failUnsupported() }

    override func fill(_ out: Tensor, _ value: Scalar) { out.storage.contents!.fill(out, value) }

    /// Stops with the name of the operator that these tensors do not have.
    func failUnsupported(_ operation: String) -> Never {
        fail("Could not run 'aten::\(operation)' with arguments from the '\(name)' backend. \(reason)", .notImplemented)
    }

    /// The same where the operator's name is not known.
    func failUnsupported() -> Never {
        fail("Could not run an operator with arguments from the '\(name)' backend. \(reason)", .notImplemented)
    }

    private var reason: String {
        "This could be because the operator doesn't exist for this backend, or was omitted during the "
            + "selective/custom build process (if using custom build)."
    }
}
