import CKernels

/// A block of memory on a device, shared by the tensors that view it.
public final class Storage: @unchecked Sendable {
    /// The first byte; nil on the `meta` device.
    let pointer: UnsafeMutableRawPointer?
    public let byteCount: Int
    unowned let backend: Backend
    /// What owns the memory when the backend's allocator does not (shared arrays, mapped files).
    private let owner: AnyObject?
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
        pointer = backend.allocate(byteCount)
    }

    /// Wraps memory that `owner` keeps alive.
    init(borrowing pointer: UnsafeMutableRawPointer, byteCount: Int, owner: AnyObject) {
        self.pointer = pointer
        self.byteCount = byteCount
        self.owner = owner
        isInference = ck_state().pointee.inference_mode
        backend = CPUBackend.shared
    }

    deinit {
        if owner == nil, let pointer { backend.deallocate(pointer, byteCount) }
    }
}
