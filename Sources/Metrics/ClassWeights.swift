import TensorCore

extension metrics {
    /// Weights that make classes of unequal size count alike, for `weight` of a loss: the number of
    /// samples over the number of classes times the size of the class; `(C)` float32. A class
    /// without samples gets 0.
    ///
    /// - Parameter numClasses: C; one more than the highest label, if not given.
    public static func classWeights(_ labels: [Int], numClasses: Int? = nil) -> Tensor {
        let counts = classCounts(labels, numClasses)
        let present = counts.filter { $0 > 0 }.count
        let weights = counts.map { $0 == 0 ? 0 : Double(labels.count) / Double(present * $0) }
        return torch.tensor(weights)
    }

    /// The same for labels `(N)` of an integer type.
    public static func classWeights(_ labels: Tensor, numClasses: Int? = nil) -> Tensor {
        classWeights(labels.array(), numClasses: numClasses)
    }

    private static func classCounts(_ labels: [Int], _ numClasses: Int?) -> [Int] {
        var counts = [Int](repeating: 0, count: numClasses ?? ((labels.max() ?? -1) + 1))
        for label in labels {
            if !counts.indices.contains(label) {
                fail("class \(label) is out of range for \(counts.count) classes", .valueError)
            }
            counts[label] += 1
        }
        return counts
    }
}
