import Flambeau

extension Calls {
    static let layers: [String: Call] = {
        var calls: [String: Call] = [:]
        func add(_ name: String, _ call: @escaping Call) { calls["nn.functional." + name] = call }
        add("linear") { a in try F.linear(a.input, a.tensor(1, "weight"), a.optionalTensor(2, "bias")) }
        add("bilinear") { a in
            try F.bilinear(a.input, a.tensor(1, "input2"), a.tensor(2, "weight"), a.optionalTensor(3, "bias"))
        }
        // The database puts the weight first in results, where it is differentiated.
        add("embedding") { a in
            let (first, second, padding) = try (a.input, a.tensor(1, "weight"), a.optionalInt(2, "padding_idx"))
            return first.isFloatingPoint() && !second.isFloatingPoint()
                ? F.embedding(second, first, paddingIdx: padding) : F.embedding(first, second, paddingIdx: padding)
        }
        add("one_hot") { a in try F.oneHot(a.input, numClasses: a.int(1, "num_classes", default: -1)) }
        add("layer_norm") { a in
            try F.layerNorm(
                a.input, a.ints(1, "normalized_shape"), weight: a.optionalTensor(2, "weight"),
                bias: a.optionalTensor(3, "bias"), eps: a.double(4, "eps", default: 1e-5))
        }
        add("rms_norm") { a in
            try F.rmsNorm(
                a.input, a.ints(1, "normalized_shape"), weight: a.optionalTensor(2, "weight"),
                eps: a.optionalDouble(3, "eps"))
        }
        add("group_norm") { a in
            try F.groupNorm(
                a.input, a.int(1, "num_groups"), weight: a.optionalTensor(2, "weight"),
                bias: a.optionalTensor(3, "bias"), eps: a.double(4, "eps", default: 1e-5))
        }
        add("batch_norm") { a in
            try F.batchNorm(
                a.input, a.optionalTensor(1, "running_mean"), a.optionalTensor(2, "running_var"),
                weight: a.optionalTensor(3, "weight"), bias: a.optionalTensor(4, "bias"),
                training: a.bool(5, "training", default: false), momentum: a.double(6, "momentum", default: 0.1),
                eps: a.double(7, "eps", default: 1e-5))
        }
        add("normalize") { a in
            try F.normalize(
                a.input, p: a.double(1, "p", default: 2), dim: a.int(2, "dim", default: 1),
                eps: a.double(3, "eps", default: 1e-12))
        }
        add("cosine_similarity") { a in
            try F.cosineSimilarity(
                a.input, a.tensor(1, "x2"), dim: a.int(2, "dim", default: 1), eps: a.double(3, "eps", default: 1e-8))
        }
        return calls
    }()
}
