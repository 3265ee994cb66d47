import Flambeau
import Foundation

/// A call as a file of cases writes it: an operator's name and its arguments.
package struct OperatorCall {
    package let json: JSONValue
    /// The line that `json` was read from: it tells the order of the keyword arguments.
    private let line: Substring
    private let values: ValueReader

    package init(json: JSONValue, line: Substring, values: ValueReader) {
        (self.json, self.line, self.values) = (json, line, values)
    }

    /// The name in PyTorch's operator database.
    package var name: String { json["op"]?.string ?? "" }

    /// The operator. A variant that the database calls in another way has an entry of its own.
    package var registered: RegisteredOperator? {
        let variant = json["variant"]?.string.flatMap { OperatorRegistry.operators["\(name)/\($0)"] }
        return variant ?? OperatorRegistry.operators[name]
    }

    /// The arguments, read anew, with every tensor passed through `change`.
    package func arguments(_ change: (Tensor) -> Tensor = { $0 }) throws -> Arguments {
        var named: [String: Value] = [:]
        if case .object(let members)? = json["kwargs"] { named = try members.mapValues(values.value) }
        let positional = try (json["args"]?.list ?? []).map(values.value).map { $0.mapTensors(change) }
        let order = written(Array(named.keys))
        for name in order { named[name] = named[name]!.mapTensors(change) }
        return Arguments(positional, named, order: order)
    }

    private func written(_ names: [String]) -> [String] {
        guard names.count > 1, let start = line.range(of: "\"kwargs\":")?.upperBound else { return names }
        let places = names.map { line.range(of: "\"\($0)\":", range: start..<line.endIndex)?.lowerBound ?? line.endIndex }
        return zip(names, places).sorted { $0.1 < $1.1 }.map(\.0)
    }
}

extension Arguments {
    /// The tensors that require grad, in order of appearance.
    package var leaves: [Tensor] { allValues.flatMap(\.allTensors).filter(\.requiresGrad) }
}

extension Value {
    fileprivate var allTensors: [Tensor] {
        if let tensor { return [tensor] }
        return (elements ?? []).flatMap(\.allTensors)
    }

    fileprivate func mapTensors(_ change: (Tensor) -> Tensor) -> Value {
        switch self {
        case .tensor(let tensor): .tensor(change(tensor))
        case .list(let values): .list(values.map { $0.mapTensors(change) })
        case .tuple(let values): .tuple(values.map { $0.mapTensors(change) })
        default: self
        }
    }
}

/// What a call gave, as one flat list.
package struct Results {
    package let values: [Any]

    package init(_ result: Any) {
        if let list = result as? [Tensor] {
            values = list
        } else if let list = result as? [Any], !(result is [Int]) {
            values = list
        } else {
            values = [result]
        }
    }
}
