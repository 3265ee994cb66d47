import TensorCore

/// How the steps of sequences lie in one tensor.
enum SequenceLayout {
    /// `(L, N, *)`.
    case padded
    /// `(sum of lengths, *)`, so many for each step.
    case packed([Int])

    /// `(n, *)` for each step.
    func steps(_ x: Tensor) -> [Tensor] {
        switch self {
        case .padded: x.unbind(0)
        case .packed(let sizes): x.split(sizes)
        }
    }

    func joined(_ steps: [Tensor]) -> Tensor {
        switch self {
        case .padded: torch.stack(steps, dim: 0)
        case .packed: torch.cat(steps, dim: 0)
        }
    }
}

/// The states `(n, *)` of those sequences that have the current step, which are the first n.
struct RunningRows {
    var state: [Tensor]
    /// The states of the others, in order: their last ones, or their first if they have not run.
    private var resting: [[Tensor]] = []

    init(_ state: [Tensor]) { self.state = state }

    /// The states of the first `count` sequences, which are those that run from now on.
    mutating func resized(_ count: Int) -> [Tensor] {
        if count > state[0].size(0) {
            state = state.indices.map { i in torch.cat([state[i]] + resting.map { $0[i] }, dim: 0) }
            resting = []
        }
        let rest = state[0].size(0) - count
        if rest > 0 {
            resting.insert(state.map { $0.narrow(0, count, rest) }, at: 0)
            state = state.map { $0.narrow(0, 0, count) }
        }
        return state
    }
}

extension nn.RNN {
    /// Sequences of different lengths; see `nn.utils.rnn.packSequence`.
    public func callAsFunction(_ input: PackedSequence, _ hx: Tensor? = nil) -> (PackedSequence, Tensor) {
        let (output, state) = run(input, hx.map { [$0] })
        return (output, state[0])
    }
}

extension nn.GRU {
    /// Sequences of different lengths; see `nn.utils.rnn.packSequence`.
    public func callAsFunction(_ input: PackedSequence, _ hx: Tensor? = nil) -> (PackedSequence, Tensor) {
        let (output, state) = run(input, hx.map { [$0] })
        return (output, state[0])
    }
}

extension nn.LSTM {
    /// Sequences of different lengths; see `nn.utils.rnn.packSequence`.
    public func callAsFunction(
        _ input: PackedSequence, _ hx: (Tensor, Tensor)? = nil
    ) -> (PackedSequence, (Tensor, Tensor)) {
        let (output, state) = run(input, hx.map { [$0.0, $0.1] })
        return (output, (state[0], state[1]))
    }
}
