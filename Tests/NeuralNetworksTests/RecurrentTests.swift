import TestSupport
import Testing

import NeuralNetworks
import TensorCore

/// The kernels for a whole sequence agree with an LSTM's steps one by one.
@Suite struct RecurrentTests {
    /// What the cell gives, step by step: outputs, the last hidden state and cell.
    private func stepwise(_ lstm: nn.LSTM, _ x: Tensor, _ h: Tensor, _ c: Tensor, suffix: String) -> [Tensor] {
        func part(_ name: String) -> Tensor { lstm.getParameter(name + suffix) }
        var (hidden, cell) = (h, c)
        var outputs: [Tensor] = []
        let places = Array(0..<x.size(0))
        for t in suffix.hasSuffix("reverse") ? places.reversed() : places {
            let sum = F.linear(x[t], part("weight_ih"), part("bias_ih")) + F.linear(hidden, part("weight_hh"), part("bias_hh"))
            let gates = sum.chunk(4, dim: -1)
            cell = gates[1].sigmoid() * cell + gates[0].sigmoid() * gates[2].tanh()
            hidden = gates[3].sigmoid() * cell.tanh()
            outputs.append(hidden)
        }
        if suffix.hasSuffix("reverse") { outputs.reverse() }
        return [torch.stack(outputs, dim: 0), hidden, cell]
    }

    /// More hidden units than a part has, in both directions and both types.
    @Test(arguments: [DType.float32, .float64]) func aSequenceIsItsSteps(_ dtype: DType) {
        torch.manualSeed(1)
        let tolerance = dtype == .float64 ? 1e-10 : 2e-4
        let lstm = nn.LSTM(5, 150, bidirectional: true, dtype: dtype)
        func leaf(_ sizes: Int...) -> Tensor { torch.randn(sizes, dtype: dtype).requiresGrad_() }
        let (x, h, c) = (leaf(7, 3, 5), leaf(2, 3, 150), leaf(2, 3, 150))
        let weights = [torch.randn(7, 3, 300, dtype: dtype), torch.randn(2, 3, 150, dtype: dtype), torch.randn(2, 3, 150, dtype: dtype)]
        let (output, (hidden, cell)) = lstm(x, (h, c))
        let (ahead, back) = (stepwise(lstm, x, h[0], c[0], suffix: "_l0"), stepwise(lstm, x, h[1], c[1], suffix: "_l0_reverse"))
        let expected = [
            torch.cat([ahead[0], back[0]], dim: -1), torch.stack([ahead[1], back[1]], dim: 0),
            torch.stack([ahead[2], back[2]], dim: 0),
        ]
        func gradients(_ results: [Tensor]) -> [Tensor] {
            let sum = zip(results, weights).map { ($0 * $1).sum() }.reduce(torch.zeros([], dtype: dtype)) { $0 + $1 }
            return torch.autograd.grad([sum], [x, h, c] + lstm.parameters()).map { $0! }
        }
        for (got, want) in zip([output, hidden, cell], expected) {
            #expect(got.allclose(want, rtol: tolerance, atol: tolerance))
        }
        for (got, want) in zip(gradients([output, hidden, cell]), gradients(expected)) {
            #expect(got.allclose(want, rtol: tolerance, atol: tolerance))
        }
        let threads = torch.getNumThreads()
        torch.setNumThreads(1)
        #expect(lstm(x, (h, c)).0.equal(output))
        torch.setNumThreads(threads)
    }

    @Test func gradientsOfGradients() throws {
        torch.manualSeed(1)
        let lstm = nn.LSTM(2, 3, batchFirst: true, dtype: .float64)
        let inputs = [torch.randn(2, 4, 2, dtype: .float64), torch.randn(1, 2, 3, dtype: .float64), torch.randn(1, 2, 3, dtype: .float64)]
            .map { $0.requiresGrad_() }
        let run = { (given: [Tensor]) -> [Tensor] in
            let (output, (_, cell)) = lstm(given[0], (given[1], given[2]))
            return [output, cell]
        }
        #expect(try torch.autograd.gradcheck(run, inputs))
        #expect(try torch.autograd.gradgradcheck(run, inputs))
    }
}
