import Flambeau

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
            ("InstanceNorm1d", nn.InstanceNorm1d.init(_:eps:momentum:affine:trackRunningStats:dtype:)),
            ("InstanceNorm2d", nn.InstanceNorm2d.init(_:eps:momentum:affine:trackRunningStats:dtype:)),
            ("InstanceNorm3d", nn.InstanceNorm3d.init(_:eps:momentum:affine:trackRunningStats:dtype:)),
        ] as [(String, (Int, Double, Double?, Bool, Bool, DType) -> nn.InstanceNorm)] {
            table["nn." + name] = { a in
                let momentum = a.isGiven(2, "momentum") ? try a.optionalDouble(2, "momentum") : 0.1
                return try make(
                    a.int(0, "num_features"), a.double(1, "eps", default: 1e-5), momentum,
                    a.bool(3, "affine", default: false), a.bool(4, "track_running_stats", default: false), .float32)
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
        return table
    }()

    /// Calls of modules that take or give more than tensors one by one: all results, flat.
    static func call(_ module: nn.Module, _ a: Arguments) throws -> [Tensor]? {
        /// A pair of states, given as one argument.
        func pair() throws -> (Tensor, Tensor)? {
            guard let states = a.value(1, "hx")?.tensors else { return nil }
            return (states[0], states[1])
        }
        switch module {
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
        default: return nil
        }
    }
}
