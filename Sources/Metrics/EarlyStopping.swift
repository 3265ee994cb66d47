import NeuralNetworks
import TensorCore

/// Stops a training when a number has not improved for some time, and restores the model as it was
/// at its best.
///
///     let stopping = EarlyStopping(model, patience: 5)
///     for epoch in 1 ... 100 {
///         train()
///         if stopping.step(validationLoss()) { break }
///     }
///     stopping.restoreBestWeights()
public final class EarlyStopping {
    public enum Mode: Sendable {
        /// Lower is better, as for losses.
        case min
        /// Higher is better, as for accuracies.
        case max
    }

    public let patience: Int
    public let minDelta: Double
    public let mode: Mode
    /// The best value so far, and the call of `step`, counted from 0, that gave it.
    public private(set) var bestValue: Double?
    public private(set) var bestEpoch: Int?
    /// Calls of `step` since the best.
    public private(set) var badEpochs = 0
    /// `step` has said that it is enough.
    public private(set) var shouldStop = false
    private let model: nn.Module
    private var epoch = 0
    private var bestWeights: [(String, Tensor)] = []

    /// - Parameters:
    ///   - model: whose weights and buffers are kept.
    ///   - patience: how many values in a row may fail to improve; the one that exhausts it stops.
    ///   - minDelta: a value has to be better than the best by more than this.
    ///   - mode: which way is better.
    public init(_ model: nn.Module, patience: Int = 5, minDelta: Double = 0, mode: Mode = .min) {
        if patience < 1 { fail("patience should be a positive integer value, but got patience=\(patience)", .valueError) }
        if minDelta < 0 { fail("min_delta should be non-negative, but got min_delta=\(minDelta)", .valueError) }
        self.model = model
        self.patience = patience
        self.minDelta = minDelta
        self.mode = mode
    }

    /// Takes the value of an epoch. True when it is time to stop; the best weights are then restored.
    public func step(_ value: Double) -> Bool {
        defer { epoch += 1 }
        if isImprovement(value) {
            bestValue = value
            bestEpoch = epoch
            badEpochs = 0
            bestWeights = model.stateDict().map { ($0.key, $0.value.clone()) }
            return false
        }
        badEpochs += 1
        if badEpochs >= patience {
            shouldStop = true
            restoreBestWeights()
        }
        return shouldStop
    }

    /// The same with a loss.
    public func step(_ value: Tensor) -> Bool { step(value.item() as Double) }

    /// Gives the model the weights and buffers of its best epoch; nothing if there was none.
    public func restoreBestWeights() {
        let current = model.stateDict()
        torch.noGrad {
            for (name, value) in bestWeights { current[name]?.copy_(value) }
        }
    }

    /// A value that is not a number is never better.
    private func isImprovement(_ value: Double) -> Bool {
        if value.isNaN { return false }
        guard let bestValue else { return true }
        return mode == .min ? value < bestValue - minDelta : value > bestValue + minDelta
    }
}
