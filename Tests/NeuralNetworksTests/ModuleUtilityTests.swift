import Flambeau
import TestSupport
import Testing

/// `nn.utils`: packed sequences in recurrent layers, norms of weights, parameters as one vector. Numbers are PyTorch's.
@Suite struct ModuleUtilityTests {
    private func near(_ tensor: Tensor, _ values: [Double]) -> Bool {
        torch.allclose(tensor.flatten(), torch.tensor(values), rtol: 1e-4, atol: 1e-5)
    }

    @Test func bidirectionalLSTMOverPackedSequences() {
        torch.manualSeed(0)
        let lstm = nn.LSTM(2, 3, numLayers: 2, bidirectional: true)
        let x = torch.arange(24.0).reshape(4, 3, 2) / 10
        let packed = nn.utils.rnn.packPaddedSequence(x, [2, 4, 1], enforceSorted: false)
        let (output, (hidden, cell)) = lstm(packed)
        let (padded, lengths) = nn.utils.rnn.padPackedSequence(output)
        #expect(lengths.array() == [2, 4, 1])
        #expect(near(padded.sum(), [-3.8557872772216797]))
        #expect(
            near(
                padded[0, 0],
                [-0.18749116, 0.02711615, 0.11137692, -0.19179954, -0.17782131, -0.16375756]))
        #expect(near(padded[3].sum(dim: 1), [0, -0.45115483, 0]))
        #expect(near(hidden[.all, 0].sum(), [-1.3406438827514648]))
        #expect(
            near(
                hidden[1],
                [
                    -0.25934672, -0.16285016, 0.00939692, -0.26738203, -0.18922824, 0.06477679, -0.16879246, -0.11269113,
                    0.03556584,
                ]))
        #expect(near(cell.sum(), [-8.336996078491211]))
    }

    @Test func packedAndSingleSequencesAgree() {
        let gru = nn.GRU(2, 3)
        let sequences = [torch.randn(3, 2), torch.randn(5, 2)]
        let (_, hidden) = gru(nn.utils.rnn.packSequence(sequences, enforceSorted: false))
        for (i, sequence) in sequences.enumerated() {
            let (_, alone) = gru(sequence)
            #expect(torch.allclose(hidden[0, i], alone[0], atol: 1e-6))
        }
    }

    @Test func weightNormSplitsLengthAndDirection() {
        torch.manualSeed(0)
        let layer = nn.utils.weightNorm(nn.Linear(2, 3))
        #expect(layer.namedParameters().map(\.name) == ["weight_g", "weight_v", "bias"])
        #expect(near(layer.getParameter("weight_g"), [0.37935984, 0.78070784, 0.33185256]))
        layer(torch.tensor([[1.0, 2.0]])).sum().backward()
        #expect(near(layer.getParameter("weight_g").grad!, [1.98585, -2.07857, 0.32209]))
        #expect(near(layer.getParameter("weight_v").grad!, [1.02771, 0.014343, -0.549476, 0.614511, 1.264334, 1.815962]))
        nn.utils.removeWeightNorm(layer)
        #expect(layer.namedParameters().map(\.name) == ["bias", "weight"] || layer.stateDict().keys == ["weight", "bias"])
    }

    @Test func spectralNormDividesByTheLargestSingularValue() {
        torch.manualSeed(0)
        let layer = nn.utils.spectralNorm(nn.Linear(2, 3))
        let x = torch.tensor([[1.0, 2.0]])
        #expect(near(layer(x), [1.75253463, -3.24456429, 0.18788816]))
        #expect(near(layer(x), [1.75181603, -3.24301624, 0.18778618]))
        layer(x).sum().backward()
        #expect(
            near(
                layer.getParameter("weight_orig").grad!,
                [0.5087415, 6.1371336, 1.39493465, 5.41939259, -0.15242386, 6.67262173]))
        layer.eval()
        #expect(near(layer(x), [1.74185431, -3.22155809, 0.18637283]))
    }

    @Test func parametersAsOneVector() {
        let model = nn.Linear(2, 1)
        let vector = nn.utils.parametersToVector(model.parameters())
        #expect(vector.shape == [3])
        nn.utils.vectorToParameters(torch.tensor([1.0, 2.0, 3.0]), model.parameters())
        #expect(model.weight.array() == [1, 2] as [Float] && model.bias!.item() == 3)
    }

    @Test func adaptiveSoftmaxGivesTheLogProbabilitiesOfItsTargets() {
        let softmax = nn.AdaptiveLogSoftmaxWithLoss(8, 20, [5, 10], divValue: 2)
        let x = torch.randn(6, 8)
        let target = torch.tensor([0, 4, 5, 9, 10, 19])
        let (output, loss) = softmax(x, target)
        let all = softmax.logProb(x)
        #expect(torch.allclose(all.exp().sum(dim: 1), torch.ones(6), atol: 1e-5))
        #expect(torch.allclose(output, all.gather(1, target.unsqueeze(1)).squeeze(1), atol: 1e-5))
        #expect(torch.allclose(loss, -output.mean()))
        #expect(softmax.predict(x).array() == all.argmax(1).array() as [Int])
    }
}
