import Flambeau
import OperatorRegistry

/// A linear problem and the parameters after each step of an optimizer.
struct OptimizerCase {
    let json: JSONValue
    let values: ValueReader

    var name: String { json["optimizer"]?.string ?? "" }

    func run() -> Verdict {
        guard let make = Optimizers.table[name] else { return .unsupported("no constructor for \(name)") }
        return Verdict.comparing(json["kwargs"], values) { try differences(make, $0) }
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
        let optimizer = try make(["Muon", "SparseAdam"].contains(name) ? [w] : [w, b], arguments)
        let comparison = Comparison(operatorName: name)
        let losses = json["losses"]?.list ?? []
        for (i, step) in (json["steps"]?.list ?? []).enumerated() {
            let loss = optimizer.step {
                optimizer.zeroGrad()
                let loss = ((x.matmul(w.T) + b - y) ** 2).mean()
                if name == "SparseAdam" {
                    let rows = torch.tensor([0, 2])
                    let grad = torch.autograd.grad([loss], [w])[0]!
                    w.grad = torch.sparseCooTensor(rows.unsqueeze(0), grad.indexSelect(0, rows), w.shape)
                } else {
                    loss.backward()
                }
                return loss
            }
            if losses.indices.contains(i), let difference = comparison.difference(loss.item() as Double, try values.value(losses[i])) {
                return "loss of step \(i + 1): \(difference)"
            }
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
