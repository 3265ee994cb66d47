import CKernels

/// A block of memory on a device, shared by the tensors that view it.
public final class Storage: @unchecked Sendable {
    /// The first byte; nil on the `meta` device.
    let pointer: UnsafeMutableRawPointer?
    public let byteCount: Int
    unowned let backend: Backend
    /// What owns the memory when the backend's allocator does not (shared arrays, mapped files).
    private let owner: AnyObject?
    /// What the tensors of this storage are made of when they are not numbers in memory: the parts
    /// of a sparse tensor, the scale of a quantized one.
    let contents: StorageContents?
    /// Counts changes in place, so that a saved tensor that was changed since is noticed.
    var version: Int = 0
    /// Made inside `torch.inferenceMode`: tensors of it take no part in autograd.
    let isInference: Bool

    @inline(__always)
    init(byteCount: Int, backend: Backend) {
        self.byteCount = byteCount
        self.backend = backend
        owner = nil
        isInference = ck_state().pointee.inference_mode
        contents = nil
        pointer = backend.allocate(byteCount)
    }

    /// Wraps memory that `owner` keeps alive.
    init(borrowing pointer: UnsafeMutableRawPointer, byteCount: Int, owner: AnyObject) {
        self.pointer = pointer
        self.byteCount = byteCount
        self.owner = owner
        isInference = ck_state().pointee.inference_mode
        contents = nil
        backend = CPUBackend.shared
    }

    /// Holds `contents`, whose numbers, if they lie in memory at all, `memory` keeps alive.
    init(holding contents: StorageContents, memory: Storage? = nil) {
        pointer = memory?.pointer
        byteCount = memory?.byteCount ?? 0
        // Never the caller's to free, even where there is no memory.
        owner = memory ?? contents
        self.contents = contents
        isInference = ck_state().pointee.inference_mode
        backend = contents.backend
    }

    deinit {
        if owner == nil, let pointer { backend.deallocate(pointer, byteCount) }
    }
}
