import Flambeau

extension Calls {
    /// Histograms, covariances and differences.
    static let statistics: [String: Call] = {
        var calls: [String: Call] = [:]
        calls["histc"] = { a in
            try torch.histc(
                a.input, bins: a.int(1, "bins", default: 100), min: a.double(2, "min", default: 0),
                max: a.double(3, "max", default: 0))
        }
        calls["histogram"] = { a in
            let (weight, density) = try (a.optionalTensor(9, "weight"), a.bool(9, "density", default: false))
            if let edges = a.value(1, "bins")?.tensor {
                let result = try torch.histogram(a.input, edges, weight: weight, density: density)
                return [result.hist, result.binEdges]
            }
            let range = try bounds(a)
            let result = try torch.histogram(
                a.input, a.int(1, "bins"), range: range.map { ($0[0], $0[1]) }, weight: weight, density: density)
            return [result.hist, result.binEdges]
        }
        calls["histogramdd"] = { a in
            let (weight, density) = try (a.optionalTensor(9, "weight"), a.bool(9, "density", default: false))
            let result: (hist: Tensor, binEdges: [Tensor])
            if let edges = a.value(1, "bins")?.tensors {
                result = try torch.histogramdd(a.input, edges, weight: weight, density: density)
            } else if let count = a.value(1, "bins")?.int {
                result = try torch.histogramdd(a.input, count, range: bounds(a), weight: weight, density: density)
            } else {
                result = try torch.histogramdd(a.input, a.ints(1, "bins"), range: bounds(a), weight: weight, density: density)
            }
            return [result.hist] + result.binEdges
        }
        calls["cov"] = { a in
            try torch.cov(
                a.input, correction: a.int(9, "correction", default: 1), fweights: a.optionalTensor(9, "fweights"),
                aweights: a.optionalTensor(9, "aweights"))
        }
        calls["corrcoef"] = { a in try torch.corrcoef(a.input) }
        calls["renorm"] = { a in try torch.renorm(a.input, a.double(1, "p"), a.int(2, "dim"), a.double(3, "maxnorm")) }
        calls["gradient"] = { a in
            let (dim, edgeOrder) = try (a.optionalInts(9, "dim"), a.int(9, "edge_order", default: 1))
            let spacing = a.value(9, "spacing")
            if let points = spacing?.tensors {
                return try torch.gradient(a.input, spacing: points, dim: dim, edgeOrder: edgeOrder)
            }
            if let steps = spacing?.elements?.compactMap(\.scalar?.double) {
                return try torch.gradient(a.input, spacing: steps, dim: dim, edgeOrder: edgeOrder)
            }
            return try torch.gradient(a.input, spacing: a.double(9, "spacing", default: 1), dim: dim, edgeOrder: edgeOrder)
        }
        calls["broadcast_shapes"] = { a in
            let shapes = try (0..<a.count).map { try a.ints($0, "shapes") }
            // A corpus lists the tensors among the results: here there are none.
            _ = torch.broadcastShapes(shapes)
            return [Any]()
        }
        return calls
    }()

    private static func bounds(_ a: Arguments) throws -> [Double]? {
        a.value(9, "range")?.elements?.compactMap(\.scalar?.double)
    }
}
