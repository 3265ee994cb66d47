import TensorCore

/// The kinds of recurrent network and what each does in one step of time.
enum RecurrentKind {
    case tanh, relu, gru, lstm

    /// How many blocks of rows the weights have: one for each gate.
    var gates: Int {
        switch self {
        case .tanh, .relu: 1
        case .gru: 3
        case .lstm: 4
        }
    }

    /// The next state.
    ///
    /// - Parameters:
    ///   - x: what comes from the input, `(*, gates · hidden)`.
    ///   - h: what comes from the last hidden state, in the same shape.
    ///   - state: the last state: hidden, and for LSTM the cell.
    func step(_ x: Tensor, _ h: Tensor, _ state: [Tensor]) -> [Tensor] {
        switch self {
        case .tanh: return [(x + h).tanh()]
        case .relu: return [(x + h).relu()]
        case .gru:
            let (x, h) = (x.chunk(3, dim: -1), h.chunk(3, dim: -1))
            let reset = (x[0] + h[0]).sigmoid()
            let update = (x[1] + h[1]).sigmoid()
            let new = (x[2] + reset * h[2]).tanh()
            return [(state[0] - new) * update + new]
        case .lstm:
            let gates = (x + h).chunk(4, dim: -1)
            let cell = gates[1].sigmoid() * state[1] + gates[0].sigmoid() * gates[2].tanh()
            return [gates[3].sigmoid() * cell.tanh(), cell]
        }
    }
}
