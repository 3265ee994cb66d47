import OperatorRegistry

/// What became of one case.
enum Verdict {
    case passed
    case failed(String)
    case unsupported(String)

    /// What an ending means where the case expects a result, given how to judge one.
    static func of<Result>(_ ending: Ending<Result>, _ judge: (Result) throws -> Verdict) -> Verdict {
        switch ending {
        case .result(let result):
            do { return try judge(result) } catch { return thrown(error) }
        case .thrown(let error): return thrown(error)
        case .failure(let kind, let message): return .failed("\(kind): \(message)")
        case .fault(let fault): return .failed(fault)
        }
    }

    /// The verdict on something made from keyword arguments, given what differs in what it does.
    static func comparing(
        _ kwargs: JSONValue?, _ values: ValueReader, _ differences: @escaping (Arguments) throws -> String?
    ) -> Verdict {
        do {
            var named: [String: Value] = [:]
            if case .object(let members)? = kwargs { named = try members.mapValues(values.value) }
            let arguments = Arguments([], named, order: named.keys.sorted())
            let outcome = ending { try differences(arguments) }
            if !arguments.unread.isEmpty { return .unsupported("no form with " + arguments.unread.joined(separator: ", ")) }
            return of(outcome) { $0.map(failed) ?? .passed }
        } catch {
            return thrown(error)
        }
    }

    private static func thrown(_ error: any Error) -> Verdict {
        if let unsupported = error as? Unsupported { return .unsupported(unsupported.reason) }
        return .failed("\(error)")
    }
}

/// The verdicts of a run.
struct Summary {
    private(set) var passed = 0
    private(set) var failures: [(id: String, difference: String)] = []
    private(set) var unsupported: [(id: String, reason: String)] = []
    /// The operators, modules or files that the runner knows no call for.
    private(set) var unknownNames = Set<String>()

    mutating func add(_ id: String, _ verdict: Verdict) {
        switch verdict {
        case .passed: passed += 1
        case .failed(let difference): failures.append((id, difference))
        case .unsupported(let reason): unsupported.append((id, reason))
        }
    }

    mutating func addUnknown(_ id: String, _ name: String, reason: String? = nil) {
        unknownNames.insert(name)
        add(id, .unsupported(reason ?? "no call for \(name)"))
    }

    /// Prints the operators without a call, with `listing` every case that did not pass, and the
    /// counts on the last line.
    func print(listing: Bool) {
        if listing {
            for failure in failures { Swift.print("failed \(failure.id): \(failure.difference)") }
            for (id, reason) in unsupported where !reason.hasPrefix("no call for") {
                Swift.print("unsupported \(id): \(reason)")
            }
        }
        if !unknownNames.isEmpty {
            Swift.print("Unsupported (\(unknownNames.count)): \(unknownNames.sorted().joined(separator: ", "))")
        }
        Swift.print("\(passed) passed, \(failures.count) failed, \(unsupported.count) unsupported")
    }
}
