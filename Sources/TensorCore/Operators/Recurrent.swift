/// A recurrent network's steps over a sequence as one operator.
extension Tensor {
    /// What an LSTM computes from `self`, the products of its inputs: `(L, N, 4 · hidden)`.
    ///
    /// - Parameters:
    ///   - weight: `(4 · hidden, hidden)`, for the hidden state.
    ///   - state: the first hidden state and cell, `(N, hidden)` each.
    ///   - isReversed: whether the last step comes first.
    ///   - stepwise: computes the same of the inputs given here (the bias last, if there is one) by operators that can be
    ///     differentiated.
    /// - Returns: the hidden states of all steps and the last cell; nil where there is no kernel for these tensors.
    package func lstmSteps(
        _ weight: Tensor, _ bias: Tensor?, state: [Tensor], isReversed: Bool, stepwise: @escaping ([Tensor]) -> [Tensor]
    ) -> [Tensor]? {
        let inputs = [self, weight] + state + (bias.map { [$0] } ?? [])
        let hasKernel = device.type == .cpu && (dtype == .float32 || dtype == .float64) && numel > 0 && size(2) == 4 * weight.size(1)
            && inputs.allSatisfy { $0.dtype == dtype && $0.device == device && $0.layout == .strided }
        guard hasKernel else { return nil }
        return dtype == .float32
            ? lstmSteps(inputs, isReversed, stepwise, Float.self) : lstmSteps(inputs, isReversed, stepwise, Double.self)
    }

    private func lstmSteps<Element: AttentionElement>(
        _ inputs: [Tensor], _ isReversed: Bool, _ stepwise: @escaping ([Tensor]) -> [Tensor], _ element: Element.Type
    ) -> [Tensor] {
        let (length, rows, size) = (size(0), size(1), inputs[1].size(1))
        func empty(_ width: Int) -> Tensor { torch.empty([length, rows, width], dtype: dtype) }
        let (gates, cells) = (empty(4 * size), empty(size))
        return FactorNode.record("LstmBackward0", inputs) {
            let dense = inputs.map { $0.contiguous() }
            let bias = inputs.count > 4 ? dense[4] : torch.zeros([4 * size], dtype: dtype)
            let out = empty(size)
            LSTMSteps<Element>(out, isReversed: isReversed).forward(
                dense[0], dense[1], bias, dense[2], dense[3], gates: gates, cells: cells, out)
            return [out, cells.select(0, isReversed ? 0 : length - 1).clone()]
        } gradients: { context in
            if GradMode.isEnabled { return gradientsOfSteps(stepwise, context) }
            let (x, weight, out) = (context.inputs[0], context.inputs[1], context.results[0])
            let byOut = context.grads[0]?.contiguous() ?? torch.zeros(out.shape, dtype: out.dtype)
            // Changed in place, so it must be a copy.
            let byCell = context.grads[1]?.clone().contiguous() ?? torch.zeros([rows, size], dtype: out.dtype)
            let byGates = torch.empty(x.shape, dtype: x.dtype)
            let byHidden = torch.empty([rows, size], dtype: x.dtype)
            LSTMSteps<Element>(out, isReversed: isReversed).backward(
                byOut, byCell: byCell, weight.contiguous(), context.inputs[3].contiguous(), gates: gates, cells: cells,
                byGates: byGates, byHidden: byHidden)
            var byWeight: Tensor?
            if context.needs(1) {
                // Each step met the hidden state of the one before.
                byWeight = byGates[isReversed ? length - 1 : 0].t().mm(context.inputs[2])
                if length > 1 {
                    let later = byGates.narrow(0, isReversed ? 0 : 1, length - 1).reshape([-1, 4 * size])
                    let before = out.narrow(0, isReversed ? 1 : 0, length - 1).reshape([-1, size])
                    byWeight = byWeight!.addmm(later.t(), before)
                }
            }
            let byBias = inputs.count > 4 && context.needs(4) ? byGates.sum(dim: [0, 1]) : nil
            return [byGates, byWeight, byHidden, byCell, byBias]
        }
    }
}

/// Gradients that can be differentiated again, through a second computation made of operators.
private func gradientsOfSteps(_ stepwise: ([Tensor]) -> [Tensor], _ context: FactorNode.Context) -> [Tensor?] {
    // Copies keep apart what one input owes to another.
    let inputs = context.inputs.map { $0.clone() }
    let wanted = inputs.indices.filter { context.needs($0) }
    let results = zip(stepwise(inputs), context.grads).filter { $0.1 != nil }
    let found = torch.autograd.grad(
        results.map(\.0), wanted.map { inputs[$0] }, gradOutputs: results.map(\.1), createGraph: true, allowUnused: true)
    var gradients = [Tensor?](repeating: nil, count: inputs.count)
    for (place, gradient) in zip(wanted, found) { gradients[place] = gradient }
    return gradients
}
