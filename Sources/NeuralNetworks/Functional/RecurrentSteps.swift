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

    /// All steps of a layer in one direction.
    ///
    /// - Parameters:
    ///   - product: what comes from the inputs, `(L, N, gates · hidden)`, or of packed steps of the given sizes.
    ///   - projection: to what the hidden state is projected, if it is.
    /// - Returns: the hidden states of all steps, and the last state.
    func run(
        _ product: Tensor, _ sizes: [Int]?, _ weight: Tensor, _ bias: Tensor?, _ projection: Tensor?, _ first: [Tensor],
        isReversed: Bool
    ) -> (output: Tensor, state: [Tensor]) {
        let inputs = sizes.map { product.split($0, dim: 0) } ?? product.unbind(0)
        let order = isReversed ? inputs.reversed() : inputs
        // Of packed sequences the shorter ones end before the longer, and in reverse begin after them.
        let begins = order.first?.size(0) ?? 0
        var state = sizes == nil ? first : first.map { $0.narrow(0, 0, begins) }
        var ended: [[Tensor]] = []
        var outputs: [Tensor] = []
        outputs.reserveCapacity(inputs.count)
        for input in order {
            if sizes != nil {
                let (rows, running) = (input.size(0), state[0].size(0))
                if rows < running {
                    ended.append(state.map { $0.narrow(0, rows, running - rows) })
                    state = state.map { $0.narrow(0, 0, rows) }
                } else if rows > running {
                    state = zip(state, first).map { torch.cat([$0, $1.narrow(0, running, rows - running)], dim: 0) }
                }
            }
            state = step(input, nn.functional.linear(state[0], weight, bias), state)
            if let projection { state[0] = nn.functional.linear(state[0], projection) }
            outputs.append(state[0])
        }
        for rest in ended.reversed() { state = zip(state, rest).map { torch.cat([$0, $1], dim: 0) } }
        if isReversed { outputs.reverse() }
        return (sizes == nil ? torch.stack(outputs, dim: 0) : torch.cat(outputs, dim: 0), state)
    }
}
