import TensorCore

/// A look at a tensor's values that costs about the same however many they are: all of up to half a
/// million, of more those at regular distances along each dimension.
struct TensorSample {
    private static let mostRead = 1 << 19
    private static let sampleSize = 1 << 14

    /// Row by row.
    let values: [Double]
    let shape: [Int]
    /// The distance of sampled values along each dimension.
    let distances: [Int]

    var isComplete: Bool { distances.allSatisfy { $0 == 1 } }

    /// - Parameter tensor: with memory of its own: neither sparse nor on `meta`.
    init(_ tensor: Tensor) {
        var distances = tensor.shape.map { _ in 1 }
        if tensor.numel > TensorSample.mostRead {
            func counts() -> [Int] { zip(tensor.shape, distances).map { ($0 + $1 - 1) / $1 } }
            while counts().reduce(1, *) > TensorSample.sampleSize {
                let sizes = counts()
                distances[sizes.indices.max { sizes[$0] < sizes[$1] }!] *= 2
            }
        }
        let view = distances.enumerated().reduce(tensor.detach()) { view, next in
            next.element == 1 ? view : TensorSample.every(next.element, of: view, along: next.offset)
        }
        self.distances = distances
        shape = view.shape
        values = view.displayValues
    }

    private static func every(_ distance: Int, of tensor: Tensor, along dim: Int) -> Tensor {
        var shape = tensor.shape, steps = tensor.stride()
        shape[dim] = (shape[dim] + distance - 1) / distance
        steps[dim] *= distance
        return tensor.asStrided(shape, steps, storageOffset: tensor.storageOffset())
    }

    /// What the values are like.
    struct Statistics {
        var count = 0
        var minimum = Double.infinity
        var maximum = -Double.infinity
        var mean = 0.0
        var nanCount = 0
        var infiniteCount = 0
    }

    var statistics: Statistics {
        var result = Statistics()
        var sum = 0.0
        for value in values {
            if value.isNaN {
                result.nanCount += 1
                continue
            }
            if value.isInfinite { result.infiniteCount += 1 }
            result.count += 1
            sum += value
            if value < result.minimum { result.minimum = value }
            if value > result.maximum { result.maximum = value }
        }
        result.mean = sum / Double(result.count)
        return result
    }
}
