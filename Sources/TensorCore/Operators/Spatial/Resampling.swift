/// A linear map along one dimension: each result is a weighted sum of a few elements.
///
/// Pooling by sums and every mode of interpolation are such maps, one for each dimension.
package struct Taps: Sendable {
    /// The number of elements that the map reads.
    let size: Int
    /// Result i is made of the entries from `starts[i]` to before `starts[i + 1]`.
    private(set) var starts: [Int64] = [0]
    private(set) var positions: [Int64] = []
    private(set) var weights: [Double] = []

    /// The number of results.
    var count: Int { starts.count - 1 }

    /// - Parameter results: for each result the positions it reads and their weights.
    package init(size: Int, _ results: [[(position: Int, weight: Double)]]) {
        self.size = size
        for result in results {
            for (position, weight) in result {
                positions.append(Int64(position))
                weights.append(weight)
            }
            starts.append(Int64(positions.count))
        }
    }

    /// Sums over windows.
    init(sums windows: WindowSpans) {
        self.init(
            size: windows.size,
            (0..<windows.count).map { windows.positions($0).map { (position: $0, weight: 1) } })
    }

    /// The transposed map.
    var transposed: Taps {
        var results = [[(position: Int, weight: Double)]](repeating: [], count: size)
        for k in 0..<count {
            for t in Int(starts[k])..<Int(starts[k + 1]) {
                results[Int(positions[t])].append((k, weights[t]))
            }
        }
        return Taps(size: count, results)
    }
}

extension Tensor {
    /// Applies one map to each of the last dimensions. The half types are computed in float32 and
    /// rounded once. Of uint8 each dimension's results are rounded, as PyTorch does, last dimension first.
    package func resampled(_ name: String, _ maps: [Taps]) -> Tensor {
        FormulaNode.record(name, [self], saving: []) {
            let lead = self.ndim - maps.count
            let wide: DType =
                switch self.dtype {
                case .float32, .float16, .bfloat16: .float32
                default: .float64
                }
            var result = self.converted(wide)
            for (i, map) in maps.enumerated().reversed() {
                var dims = result.dims
                dims[lead + i] = map.count
                let out = Tensor(empty: dims, wide, self.backend)
                let source = result.contiguous()
                if out.numel > 0 {
                    if source.numel == 0 { self.backend.fill(out, .int(0)) }
                    else { self.backend.resample(source, lead + i, map, out) }
                }
                result = self.dtype == .uint8 ? (out + 0.5).floor().clamp(min: .float(0), max: .float(255)) : out
            }
            return result.converted(self.dtype)
        } gradients: { g, _ in
            [g.resampled(name.replacingSuffix, maps.map(\.transposed))]
        }
    }
}

extension String {
    /// What PyTorch calls the gradient of a node: `…BackwardBackward0`.
    fileprivate var replacingSuffix: String { hasSuffix("Backward0") ? String(dropLast()) + "Backward0" : self }
}
