import Flambeau
import OperatorRegistry

extension Modules {
    /// Normalization of samples, recurrent networks and transformers.
    static let sequences: [String: Constructor] = {
        var table: [String: Constructor] = [:]
        table["nn.Softmax2d"] = { _ in nn.Softmax2d() }
        table["nn.RReLU"] = { a in
            try nn.RReLU(lower: a.double(0, "lower", default: 1.0 / 8), upper: a.double(1, "upper", default: 1.0 / 3))
        }
        table["nn.EmbeddingBag"] = { a in
            try nn.EmbeddingBag(
                a.int(0, "num_embeddings"), a.int(1, "embedding_dim"), maxNorm: a.optionalDouble(2, "max_norm"),
                normType: a.double(3, "norm_type", default: 2),
                scaleGradByFreq: a.bool(4, "scale_grad_by_freq", default: false),
                mode: EmbeddingBagMode(stringLiteral: a.optionalString(5, "mode") ?? "mean"),
                includeLastOffset: a.bool(8, "include_last_offset", default: false),
                paddingIdx: a.optionalInt(9, "padding_idx"))
        }
        table["nn.LocalResponseNorm"] = { a in
            try nn.LocalResponseNorm(
                a.int(0, "size"), alpha: a.double(1, "alpha", default: 1e-4), beta: a.double(2, "beta", default: 0.75),
                k: a.double(3, "k", default: 1))
        }
        for (name, make) in [
            ("InstanceNorm1d", nn.InstanceNorm1d.init(_:eps:momentum:affine:trackRunningStats:dtype:bias:)),
            ("InstanceNorm2d", nn.InstanceNorm2d.init(_:eps:momentum:affine:trackRunningStats:dtype:bias:)),
            ("InstanceNorm3d", nn.InstanceNorm3d.init(_:eps:momentum:affine:trackRunningStats:dtype:bias:)),
        ] as [(String, (Int, Double, Double?, Bool, Bool, DType, Bool) -> nn.InstanceNorm)] {
            table["nn." + name] = { a in
                let momentum = a.isGiven(2, "momentum") ? try a.optionalDouble(2, "momentum") : 0.1
                return try make(
                    a.int(0, "num_features"), a.double(1, "eps", default: 1e-5), momentum,
                    a.bool(3, "affine", default: false), a.bool(4, "track_running_stats", default: false), .float32,
                    a.bool(99, "bias", default: true))
            }
        }
        table["nn.RNN"] = { a in
            try nn.RNN(
                a.int(0, "input_size"), a.int(1, "hidden_size"), numLayers: a.int(2, "num_layers", default: 1),
                nonlinearity: a.optionalString(3, "nonlinearity") ?? "tanh", bias: a.bool(4, "bias", default: true),
                batchFirst: a.bool(5, "batch_first", default: false), dropout: a.double(6, "dropout", default: 0),
                bidirectional: a.bool(7, "bidirectional", default: false))
        }
        table["nn.GRU"] = { a in
            try nn.GRU(
                a.int(0, "input_size"), a.int(1, "hidden_size"), numLayers: a.int(2, "num_layers", default: 1),
                bias: a.bool(3, "bias", default: true), batchFirst: a.bool(4, "batch_first", default: false),
                dropout: a.double(5, "dropout", default: 0), bidirectional: a.bool(6, "bidirectional", default: false))
        }
        table["nn.LSTM"] = { a in
            try nn.LSTM(
                a.int(0, "input_size"), a.int(1, "hidden_size"), numLayers: a.int(2, "num_layers", default: 1),
                bias: a.bool(3, "bias", default: true), batchFirst: a.bool(4, "batch_first", default: false),
                dropout: a.double(5, "dropout", default: 0), bidirectional: a.bool(6, "bidirectional", default: false),
                projSize: a.int(7, "proj_size", default: 0))
        }
        table["nn.RNNCell"] = { a in
            try nn.RNNCell(
                a.int(0, "input_size"), a.int(1, "hidden_size"), bias: a.bool(2, "bias", default: true),
                nonlinearity: a.optionalString(3, "nonlinearity") ?? "tanh")
        }
        table["nn.GRUCell"] = { a in
            try nn.GRUCell(a.int(0, "input_size"), a.int(1, "hidden_size"), bias: a.bool(2, "bias", default: true))
        }
        table["nn.LSTMCell"] = { a in
            try nn.LSTMCell(a.int(0, "input_size"), a.int(1, "hidden_size"), bias: a.bool(2, "bias", default: true))
        }
        table["nn.MultiheadAttention"] = { a in
            try nn.MultiheadAttention(
                a.int(0, "embed_dim"), a.int(1, "num_heads"), dropout: a.double(2, "dropout", default: 0),
                bias: a.bool(3, "bias", default: true), addBiasKv: a.bool(4, "add_bias_kv", default: false),
                addZeroAttn: a.bool(5, "add_zero_attn", default: false), kdim: a.optionalInt(6, "kdim"),
                vdim: a.optionalInt(7, "vdim"), batchFirst: a.bool(8, "batch_first", default: false))
        }
        table["nn.TransformerEncoderLayer"] = { a in
            try nn.TransformerEncoderLayer(
                a.int(0, "d_model"), a.int(1, "nhead"), dimFeedforward: a.int(2, "dim_feedforward", default: 2048),
                dropout: a.double(3, "dropout", default: 0.1), activation: activation(a),
                layerNormEps: a.double(5, "layer_norm_eps", default: 1e-5),
                batchFirst: a.bool(6, "batch_first", default: false), normFirst: a.bool(7, "norm_first", default: false),
                bias: a.bool(8, "bias", default: true))
        }
        table["nn.TransformerDecoderLayer"] = { a in
            try nn.TransformerDecoderLayer(
                a.int(0, "d_model"), a.int(1, "nhead"), dimFeedforward: a.int(2, "dim_feedforward", default: 2048),
                dropout: a.double(3, "dropout", default: 0.1), activation: activation(a),
                layerNormEps: a.double(5, "layer_norm_eps", default: 1e-5),
                batchFirst: a.bool(6, "batch_first", default: false), normFirst: a.bool(7, "norm_first", default: false),
                bias: a.bool(8, "bias", default: true))
        }
        return table
    }()

    private static func activation(_ a: Arguments) throws -> (Tensor) -> Tensor {
        switch try a.optionalString(4, "activation") ?? "relu" {
        case "relu": return { F.relu($0) }
        case "gelu": return { F.gelu($0) }
        case let name: throw Unsupported(reason: "activation \(name)")
        }
    }

    /// Calls of modules that take or give more than tensors one by one: all results, flat.
    static func call(_ module: nn.Module, _ a: Arguments) throws -> [Tensor]? {
        /// A pair of states, given as one argument.
        func pair() throws -> (Tensor, Tensor)? {
            guard let states = a.value(1, "hx")?.tensors else { return nil }
            return (states[0], states[1])
        }
        switch module {
        case let module as nn.IndexedPoolLayer where module.returnIndices:
            let (values, indices) = module(try a.input)
            return [values, indices]
        case let module as nn.RNN:
            let (output, state) = try module(a.input, a.optionalTensor(1, "hx"))
            return [output, state]
        case let module as nn.GRU:
            let (output, state) = try module(a.input, a.optionalTensor(1, "hx"))
            return [output, state]
        case let module as nn.LSTM:
            let (output, (hidden, cell)) = try module(a.input, pair())
            return [output, hidden, cell]
        case let module as nn.LSTMCell:
            let (hidden, cell) = try module(a.input, pair())
            return [hidden, cell]
        case let module as nn.CTCLoss:
            let (input, targets) = try (a.input, a.tensor(1, "targets"))
            if let lengths = a.value(2, "input_lengths")?.ints { return [module(input, targets, lengths, try a.ints(3, "target_lengths"))] }
            return [module(input, targets, try a.tensor(2, "input_lengths"), try a.tensor(3, "target_lengths"))]
        case let module as nn.EmbeddingBag:
            return [
                try module(
                    a.input, offsets: a.optionalTensor(1, "offsets"),
                    perSampleWeights: a.optionalTensor(2, "per_sample_weights"))
            ]
        case let module as nn.MultiheadAttention:
            let (output, weights) = try module(
                a.input, a.tensor(1, "key"), a.tensor(2, "value"), keyPaddingMask: a.optionalTensor(3, "key_padding_mask"),
                needWeights: a.bool(4, "need_weights", default: true), attnMask: a.optionalTensor(5, "attn_mask"),
                averageAttnWeights: a.bool(6, "average_attn_weights", default: true),
                isCausal: a.bool(7, "is_causal", default: false))
            return [output] + (weights.map { [$0] } ?? [])
        case let module as nn.TransformerEncoderLayer:
            return [
                try module(
                    a.input, srcMask: a.optionalTensor(1, "src_mask"),
                    srcKeyPaddingMask: a.optionalTensor(2, "src_key_padding_mask"),
                    isCausal: a.bool(3, "is_causal", default: false))
            ]
        case let module as nn.TransformerDecoderLayer:
            return [
                try module(
                    a.input, a.tensor(1, "memory"), tgtMask: a.optionalTensor(2, "tgt_mask"),
                    memoryMask: a.optionalTensor(3, "memory_mask"),
                    tgtKeyPaddingMask: a.optionalTensor(4, "tgt_key_padding_mask"),
                    memoryKeyPaddingMask: a.optionalTensor(5, "memory_key_padding_mask"),
                    tgtIsCausal: a.bool(6, "tgt_is_causal", default: false),
                    memoryIsCausal: a.bool(7, "memory_is_causal", default: false))
            ]
        default: return nil
        }
    }
}
