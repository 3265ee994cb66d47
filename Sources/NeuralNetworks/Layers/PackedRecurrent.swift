import TensorCore

/// Recurrent layers over packed sequences: the output is packed like the input.
extension nn.RNNBase {
    func run(_ input: PackedSequence, _ state: [Tensor]?) -> (output: PackedSequence, state: [Tensor]) {
        if input.data.size(-1) != inputSize {
            fail("input.size(-1) must be equal to input_size. Expected \(inputSize), got \(input.data.size(-1))")
        }
        let sizes: [Int] = input.batchSizes.array()
        /// States in another order of the sequences.
        func ordered(_ states: [Tensor], _ order: Tensor?) -> [Tensor] {
            order.map { order in states.map { $0.indexSelect(1, order) } } ?? states
        }
        let results = callWithHooks([input.data] + (state ?? [])) { given in
            let states = state == nil ? nil : Array(given.dropFirst())
            let first = self.firstState(given[0], states, batch: sizes[0], isBatched: true)
            let (output, last) = self.runLayers(given[0], sizes, ordered(first, input.sortedIndices))
            return [output] + ordered(last, input.unsortedIndices)
        }
        let output = PackedSequence(results[0], input.batchSizes, input.sortedIndices, input.unsortedIndices)
        return (output, Array(results.dropFirst()))
    }
}

extension nn.RNN {
    /// - Returns: the outputs of all steps, and each layer's last hidden state.
    public func callAsFunction(_ input: PackedSequence, _ hx: Tensor? = nil) -> (PackedSequence, Tensor) {
        let (output, state) = run(input, hx.map { [$0] })
        return (output, state[0])
    }
}

extension nn.GRU {
    /// - Returns: the outputs of all steps, and each layer's last hidden state.
    public func callAsFunction(_ input: PackedSequence, _ hx: Tensor? = nil) -> (PackedSequence, Tensor) {
        let (output, state) = run(input, hx.map { [$0] })
        return (output, state[0])
    }
}

extension nn.LSTM {
    /// - Returns: the outputs of all steps, and each layer's last hidden state and cell.
    public func callAsFunction(
        _ input: PackedSequence, _ hx: (Tensor, Tensor)? = nil
    ) -> (PackedSequence, (Tensor, Tensor)) {
        let (output, state) = run(input, hx.map { [$0.0, $0.1] })
        return (output, (state[0], state[1]))
    }
}
