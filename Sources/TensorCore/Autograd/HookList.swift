/// Removes a hook from where it was registered (PyTorch's `RemovableHandle`).
public final class RemovableHandle {
    private var removal: (() -> Void)?

    init(_ removal: @escaping () -> Void) { self.removal = removal }

    /// Takes the hook away; does nothing the second time.
    public func remove() {
        removal?()
        removal = nil
    }
}

/// Hooks in the order of their registration. Registering and removing are seen by the next call.
package final class HookList<Hook> {
    private var hooks: [(id: Int, hook: Hook)] = []
    private var lastID = 0

    package init() {}

    package var isEmpty: Bool { hooks.isEmpty }

    package func add(_ hook: Hook) -> RemovableHandle {
        lastID += 1
        let id = lastID
        hooks.append((id, hook))
        return RemovableHandle { [weak self] in self?.hooks.removeAll { $0.id == id } }
    }

    package func forEach(_ body: (Hook) -> Void) {
        for (_, hook) in hooks { body(hook) }
    }
}
