/// One row of the table: something that is set up once and then timed.
struct Workload {
    let id: String
    /// What is printed beside the time: `flops=N` and `bytes=N` become a rate.
    let note: String
    /// Makes the operands and gives what is timed.
    let prepare: () -> () -> Void
}

/// The workloads, in the order in which they run.
struct Suite {
    private(set) var workloads: [Workload] = []

    /// Adds a row. `setup` makes the operands; the closure it gives is timed, and what that returns
    /// counts as used.
    mutating func add<Result>(_ id: String, _ note: String = "", _ setup: @escaping () -> () -> Result) {
        workloads.append(
            Workload(id: id, note: note) {
                let body = setup()
                return { use(body()) }
            })
    }
}

/// Takes a value where the compiler cannot see that nothing is done with it.
@inline(never)
@_optimize(none)
private func use<Value>(_ value: Value) {}
