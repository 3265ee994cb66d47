import Flambeau
import TestSupport
import Testing

/// Recurrent networks and transformers: starting values for a seed, printed text and forms of call; numbers and texts
/// are PyTorch's.
@Suite(.serialized) struct SequenceModuleTests {
    private func starts(_ parameter: Tensor?, _ values: [Double]) -> Bool {
        guard let parameter else { return false }
        return zip(parameter.flatten().scalars(), values).allSatisfy { abs($0.double - $1) < 1e-6 }
    }

    private func parameter(_ module: nn.Module, _ name: String) -> Tensor? {
        module.namedParameters().first { $0.name == name }?.parameter
    }

    @Test func startingValuesAreThoseOfTheSeed() {
        torch.manualSeed(0)
        let attention = nn.MultiheadAttention(4, 2)
        #expect(starts(parameter(attention, "in_proj_weight"), [0.22242416, 0.5085067, -0.12602636, 0.45824552]))
        #expect(starts(attention.outProj.weight, [-0.0037434101, 0.2682218, -0.41152257, -0.36796951]))
        torch.manualSeed(0)
        let lstm = nn.LSTM(2, 3, numLayers: 2, bidirectional: true)
        #expect(starts(parameter(lstm, "weight_ih_l0"), [-0.0043225177, 0.30971584]))
        #expect(starts(parameter(lstm, "bias_hh_l1_reverse"), [0.030911535, -0.35647914]))
        torch.manualSeed(0)
        let transformer = nn.Transformer(
            dModel: 4, nhead: 2, numEncoderLayers: 1, numDecoderLayers: 1, dimFeedforward: 8)
        #expect(starts(parameter(transformer, "encoder.layers.0.linear1.weight"), [0.037858743, -0.43659601, 0.036242243, 0.33904862]))
        #expect(
            transformer.namedParameters().prefix(5).map(\.name) == [
                "encoder.layers.0.self_attn.in_proj_weight", "encoder.layers.0.self_attn.in_proj_bias",
                "encoder.layers.0.self_attn.out_proj.weight", "encoder.layers.0.self_attn.out_proj.bias",
                "encoder.layers.0.linear1.weight",
            ])
    }

    @Test func descriptionsArePyTorchs() {
        #expect(
            "\(nn.TransformerEncoderLayer(4, 2, dimFeedforward: 8))" == """
                TransformerEncoderLayer(
                  (self_attn): MultiheadAttention(
                    (out_proj): NonDynamicallyQuantizableLinear(in_features=4, out_features=4, bias=True)
                  )
                  (linear1): Linear(in_features=4, out_features=8, bias=True)
                  (dropout): Dropout(p=0.1, inplace=False)
                  (linear2): Linear(in_features=8, out_features=4, bias=True)
                  (norm1): LayerNorm((4,), eps=1e-05, elementwise_affine=True, bias=True)
                  (norm2): LayerNorm((4,), eps=1e-05, elementwise_affine=True, bias=True)
                  (dropout1): Dropout(p=0.1, inplace=False)
                  (dropout2): Dropout(p=0.1, inplace=False)
                )
                """)
        let texts: [(nn.Module, String)] = [
            (nn.LSTM(2, 3, numLayers: 2, bidirectional: true), "LSTM(2, 3, num_layers=2, bidirectional=True)"),
            (nn.GRUCell(2, 3), "GRUCell(2, 3)"), (nn.EmbeddingBag(3, 2, mode: .max), "EmbeddingBag(3, 2, mode='max')"),
            (
                nn.InstanceNorm1d(3),
                "InstanceNorm1d(3, eps=1e-05, momentum=0.1, affine=False, bias=False, track_running_stats=False)"
            ),
            (nn.LocalResponseNorm(2), "LocalResponseNorm(2, alpha=0.0001, beta=0.75, k=1.0)"),
            (nn.RReLU(), "RReLU(lower=0.125, upper=0.3333333333333333)"),
            (nn.AlphaDropout(0.3), "AlphaDropout(p=0.3, inplace=False)"),
        ]
        for (module, text) in texts { #expect(module.description == text) }
    }

    @Test func aCellDoesWhatItsNetworkDoesInOneStep() {
        let (lstm, cell) = (nn.LSTM(3, 4), nn.LSTMCell(3, 4))
        var values = StateDict()
        for (name, value) in lstm.stateDict() { values[String(name.dropLast("_l0".count))] = value }
        cell.loadStateDict(values)
        let x = torch.randn(5, 2, 3)
        let (output, (hidden, last)) = lstm(x)
        var state: (Tensor, Tensor)?
        for t in 0..<5 { state = cell(x[t], state) }
        #expect(Bool(((state!.0 - hidden[0]).abs() < 1e-6).all()) && Bool(((state!.1 - last[0]).abs() < 1e-6).all()))
        #expect(Bool((output[-1] == hidden[0]).all()))
    }

    @Test func weightsOfAttentionAreOptional() {
        let attention = nn.MultiheadAttention(8, 2, kdim: 6, vdim: 5, batchFirst: true)
        let (query, key, value) = (torch.randn(3, 4, 8), torch.randn(3, 7, 6), torch.randn(3, 7, 5))
        let (output, weights) = attention(query, key, value)
        #expect(output.shape == [3, 4, 8] && weights!.shape == [3, 4, 7])
        let (same, none) = attention(query, key, value, needWeights: false)
        #expect(none == nil && Bool(((same - output).abs() < 1e-5).all()))
        #expect(attention(query, key, value, averageAttnWeights: false).1!.shape == [3, 2, 4, 7])
    }

    @Test func wrongInputIsRefused() {
        #expect(
            failure { _ = nn.GRU(3, 4)(torch.ones(5, 2, 2)) as (Tensor, Tensor) }
                == "RuntimeError: input.size(-1) must be equal to input_size. Expected 3, got 2")
        #expect(
            failure { _ = nn.GRU(3, 4)(torch.ones(5, 2, 3), torch.ones(1, 3, 4)) as (Tensor, Tensor) }
                == "RuntimeError: Expected hidden size (1, 2, 4), got [1, 3, 4]")
        #expect(
            failure { _ = nn.MultiheadAttention(5, 2) } == "AssertionError: embed_dim must be divisible by num_heads")
    }
}
