import Flambeau

extension Calls {
    /// Attention, bags of embeddings, distances and normalization of samples.
    static let attention: [String: Call] = {
        var calls: [String: Call] = [:]
        func add(_ name: String, _ call: @escaping Call) { calls["nn.functional." + name] = call }
        add("scaled_dot_product_attention") { a in
            if try a.double(4, "dropout_p", default: 0) > 0 { throw Unsupported(reason: "dropout, which is random") }
            return try F.scaledDotProductAttention(
                a.input, a.tensor(1, "key"), a.tensor(2, "value"), attnMask: a.optionalTensor(3, "attn_mask"),
                dropoutP: a.double(4, "dropout_p", default: 0), isCausal: a.bool(5, "is_causal", default: false),
                scale: a.optionalDouble(6, "scale"), enableGqa: a.bool(7, "enable_gqa", default: false))
        }
        // The database puts the weight first, as in the call of `embedding`.
        add("embedding_bag") { a in
            let (weight, input) = try (a.input, a.tensor(1, "input"))
            return try F.embeddingBag(
                input, weight, offsets: a.optionalTensor(2, "offsets"), maxNorm: a.optionalDouble(3, "max_norm"),
                normType: a.double(4, "norm_type", default: 2),
                scaleGradByFreq: a.bool(5, "scale_grad_by_freq", default: false),
                mode: EmbeddingBagMode(stringLiteral: a.optionalString(6, "mode") ?? "mean"),
                perSampleWeights: a.optionalTensor(8, "per_sample_weights"),
                includeLastOffset: a.bool(9, "include_last_offset", default: false),
                paddingIdx: a.optionalInt(10, "padding_idx"))
        }
        add("pairwise_distance") { a in
            try F.pairwiseDistance(
                a.input, a.tensor(1, "x2"), p: a.double(2, "p", default: 2), eps: a.double(3, "eps", default: 1e-6),
                keepdim: a.bool(4, "keepdim", default: false))
        }
        add("pdist") { a in try F.pdist(a.input, p: a.double(1, "p", default: 2)) }
        calls["cdist"] = { a in
            try torch.cdist(
                a.input, a.tensor(1, "x2"), p: a.double(2, "p", default: 2),
                computeMode: a.optionalString(3, "compute_mode") ?? "use_mm_for_euclid_dist_if_necessary")
        }
        add("local_response_norm") { a in
            try F.localResponseNorm(
                a.input, a.int(1, "size"), alpha: a.double(2, "alpha", default: 1e-4), beta: a.double(3, "beta", default: 0.75),
                k: a.double(4, "k", default: 1))
        }
        add("instance_norm") { a in
            try F.instanceNorm(
                a.input, runningMean: a.optionalTensor(1, "running_mean"), runningVar: a.optionalTensor(2, "running_var"),
                weight: a.optionalTensor(3, "weight"), bias: a.optionalTensor(4, "bias"),
                useInputStats: a.bool(5, "use_input_stats", default: true), momentum: a.double(6, "momentum", default: 0.1),
                eps: a.double(7, "eps", default: 1e-5))
        }
        return calls
    }()
}
