import NeuralNetworks
import NotebookDisplay
import Optimizers
import TensorCore

extension Monitor {
    /// Takes the metrics of one step, and with them the learning rate and the size of the gradients.
    ///
    /// - Parameters:
    ///   - optimizer: its first group's learning rate is shown as `lr`.
    ///   - gradientsOf: the 2-norm of all gradients together is shown as `grad_norm`; call this
    ///     between `backward()` and `zeroGrad()`. It reads every gradient, which takes longer than
    ///     the rest.
    ///   - samples: how many samples the step took, for the throughput.
    public func log(
        _ values: KeyValuePairs<String, any MonitorValue>, optimizer: optim.Optimizer? = nil,
        gradientsOf model: nn.Module? = nil, step: Int? = nil, samples: Int = 0
    ) {
        var all = values.map { ($0.key, $0.value.monitorValue) }
        if let group = optimizer?.paramGroups.first { all.append(("lr", group.lr)) }
        if let model {
            let squares = model.parameters().compactMap(\.grad).map { grad -> Double in
                let norm: Double = torch.linalg.vectorNorm(grad.detach()).item()
                return norm * norm
            }
            all.append(("grad_norm", squares.reduce(0, +).squareRoot()))
        }
        log(pairs: all, step: step, samples: samples)
    }
}
