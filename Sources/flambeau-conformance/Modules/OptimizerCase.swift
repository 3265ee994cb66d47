import Flambeau
import OperatorRegistry

/// A linear problem and the parameters after each step of an optimizer.
struct OptimizerCase {
    let json: JSONValue
    let values: ValueReader

    var name: String { json["optimizer"]?.string ?? "" }

    func run() -> Verdict {
        guard let make = Optimizers.table[name] else { return .unsupported("no constructor for \(name)") }
        do {
            var named: [String: Value] = [:]
            if case .object(let members)? = json["kwargs"] { named = try members.mapValues(values.value) }
            let arguments = Arguments([], named, order: named.keys.sorted())
            let ending = ending { try differences(make, arguments) }
            if !arguments.unread.isEmpty { return .unsupported("no form with " + arguments.unread.joined(separator: ", ")) }
            return Verdict.of(ending) { $0.map(Verdict.failed) ?? .passed }
        } catch {
            return Verdict.of(Ending<Void>.thrown(error)) { .passed }
        }
    }

    private func tensor(_ key: String) throws -> Tensor {
        guard let reference = json[key] else { throw Unsupported(reason: "a problem without \(key)") }
        return try values.tensor(reference)
    }

    private func differences(
        _ make: ([Tensor], Arguments) throws -> optim.Optimizer, _ arguments: Arguments
    ) throws -> String? {
        let (w, b) = (try tensor("w").requiresGrad_(), try tensor("b").requiresGrad_())
        let (x, y) = (try tensor("x"), try tensor("y"))
        let optimizer = try make([w, b], arguments)
        let comparison = Comparison(operatorName: name)
        for (i, step) in (json["steps"]?.list ?? []).enumerated() {
            optimizer.zeroGrad()
            ((x.matmul(w.T) + b - y) ** 2).mean().backward()
            optimizer.step()
            for (name, parameter) in [("w", w), ("b", b)] {
                guard let reference = step[name] else { continue }
                if let difference = comparison.difference(parameter.detach(), try values.value(reference)) {
                    return "\(name) after step \(i + 1): \(difference)"
                }
            }
        }
        return nil
    }
}

/// The optimizers that the runner can construct, by PyTorch's names.
enum Optimizers {
    static let table: [String: ([Tensor], Arguments) throws -> optim.Optimizer] = [
        "SGD": { parameters, a in
            try optim.SGD(
                parameters, lr: a.double(0, "lr", default: 1e-3), momentum: a.double(1, "momentum", default: 0),
                dampening: a.double(2, "dampening", default: 0), weightDecay: a.double(3, "weight_decay", default: 0),
                nesterov: a.bool(4, "nesterov", default: false), maximize: a.bool(5, "maximize", default: false))
        },
        "Adam": { parameters, a in
            try optim.Adam(
                parameters, lr: a.double(0, "lr", default: 1e-3), betas: betas(a), eps: a.double(2, "eps", default: 1e-8),
                weightDecay: a.double(3, "weight_decay", default: 0), amsgrad: a.bool(4, "amsgrad", default: false),
                maximize: a.bool(5, "maximize", default: false))
        },
        "AdamW": { parameters, a in
            try optim.AdamW(
                parameters, lr: a.double(0, "lr", default: 1e-3), betas: betas(a), eps: a.double(2, "eps", default: 1e-8),
                weightDecay: a.double(3, "weight_decay", default: 1e-2), amsgrad: a.bool(4, "amsgrad", default: false),
                maximize: a.bool(5, "maximize", default: false))
        },
    ]

    private static func betas(_ a: Arguments) throws -> (Double, Double) {
        guard let pair = a.value(1, "betas")?.elements?.compactMap(\.scalar), pair.count == 2 else { return (0.9, 0.999) }
        return (pair[0].double, pair[1].double)
    }
}
