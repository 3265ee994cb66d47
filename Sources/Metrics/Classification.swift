import TensorCore

extension metrics {
    /// The share of predictions that are right.
    ///
    /// - Parameters:
    ///   - predictions: classes `(N)` or scores `(N, C)`.
    ///   - targets: classes `(N)`.
    ///   - topK: with scores, the target counts as found among so many of the highest.
    public static func accuracy(_ predictions: Tensor, _ targets: Tensor, topK: Int = 1) -> Double {
        check(sameCount: predictions.size(0), targets.numel)
        if targets.numel == 0 { return .nan }
        if topK == 1 {
            let found: [Int] = classes(predictions)
            return Double(zip(found, targets.array() as [Int]).filter { $0 == $1 }.count) / Double(found.count)
        }
        if predictions.ndim != 2 {
            fail("topK needs scores of shape (N, C), but got shape \(predictions.shape)", .valueError)
        }
        let best = torch.noGrad { predictions.topk(topK, dim: 1).1 }
        let hits = (best == targets.reshape(-1, 1)).any(dim: 1).sum().item() as Int
        return Double(hits) / Double(targets.numel)
    }

    /// How often each class (row) was taken for each class (column): `(C, C)` int64.
    ///
    /// - Parameter numClasses: C; one more than the highest class that occurs, if not given.
    public static func confusionMatrix(_ predictions: Tensor, _ targets: Tensor, numClasses: Int? = nil) -> Tensor {
        var matrix = ConfusionMatrix(numClasses: numClasses)
        matrix.update(predictions, targets)
        return matrix.tensor
    }

    /// Of the predictions of a class, the share that are right.
    ///
    /// - Parameters:
    ///   - average: how the classes become one number; `.none` gives a list.
    ///   - zeroDivision: the value where nothing was predicted.
    public static func precision(
        _ predictions: Tensor, _ targets: Tensor, average: Average = .binary, zeroDivision: Double = 0
    ) -> Double {
        ConfusionMatrix(predictions, targets).precision(average: average, zeroDivision: zeroDivision)
    }
    public static func precision(
        _ predictions: Tensor, _ targets: Tensor, average: PerClass, zeroDivision: Double = 0
    ) -> [Double] {
        ConfusionMatrix(predictions, targets).precision(average: average, zeroDivision: zeroDivision)
    }

    /// Of the targets of a class, the share that were found. Parameters as for `precision`.
    public static func recall(
        _ predictions: Tensor, _ targets: Tensor, average: Average = .binary, zeroDivision: Double = 0
    ) -> Double {
        ConfusionMatrix(predictions, targets).recall(average: average, zeroDivision: zeroDivision)
    }
    public static func recall(
        _ predictions: Tensor, _ targets: Tensor, average: PerClass, zeroDivision: Double = 0
    ) -> [Double] {
        ConfusionMatrix(predictions, targets).recall(average: average, zeroDivision: zeroDivision)
    }

    /// The harmonic mean of precision and recall. Parameters as for `precision`.
    public static func f1Score(
        _ predictions: Tensor, _ targets: Tensor, average: Average = .binary, zeroDivision: Double = 0
    ) -> Double {
        ConfusionMatrix(predictions, targets).f1Score(average: average, zeroDivision: zeroDivision)
    }
    public static func f1Score(
        _ predictions: Tensor, _ targets: Tensor, average: PerClass, zeroDivision: Double = 0
    ) -> [Double] {
        ConfusionMatrix(predictions, targets).f1Score(average: average, zeroDivision: zeroDivision)
    }

    /// The area under the ROC curve: the chance that a sample of class 1 scores higher than one of
    /// class 0, where equal scores count half.
    ///
    /// - Parameters:
    ///   - scores: `(N)` of class 1.
    ///   - targets: 0 or 1, `(N)`.
    public static func rocAUC(_ scores: Tensor, _ targets: Tensor) -> Double {
        check(sameCount: scores.numel, targets.numel)
        let labels: [Int] = targets.array()
        return rocAUC(scores.flatten().to(.float64).array(), labels.map { $0 == 1 })
    }

    /// The same for scores `(N, C)` of several classes, each against the rest.
    ///
    /// - Parameter average: `.macro` or `.weighted`.
    public static func rocAUC(_ scores: Tensor, _ targets: Tensor, average: Average) -> Double {
        check(sameCount: scores.size(0), targets.numel)
        if average != .macro && average != .weighted {
            fail("average must be one of ('macro', 'weighted') for multiclass problems", .valueError)
        }
        let labels: [Int] = targets.array()
        let table = scores.to(.float64)
        let areas = (0..<scores.size(1)).map { c in rocAUC(table.select(1, c).array(), labels.map { $0 == c }) }
        let weights = areas.indices.map { c in average == .macro ? 1.0 : Double(labels.filter { $0 == c }.count) }
        return zip(areas, weights).reduce(0) { $0 + $1.0 * $1.1 } / weights.reduce(0, +)
    }

    /// Mann and Whitney's statistic, from the ranks of the positive samples.
    private static func rocAUC(_ scores: [Double], _ isPositive: [Bool]) -> Double {
        let positives = isPositive.filter { $0 }.count
        let negatives = isPositive.count - positives
        if positives == 0 || negatives == 0 {
            fail("Only one class is present in the targets. ROC AUC score is not defined in that case.", .valueError)
        }
        let order = scores.indices.sorted { scores[$0] < scores[$1] }
        var rankSum = 0.0
        var start = 0
        while start < order.count {
            var end = start
            while end < order.count && scores[order[end]] == scores[order[start]] { end += 1 }
            // Equal scores share the mean of their ranks, which count from 1.
            let rank = Double(start + end + 1) / 2
            rankSum += rank * Double(order[start..<end].filter { isPositive[$0] }.count)
            start = end
        }
        let lowest = Double(positives * (positives + 1)) / 2
        return (rankSum - lowest) / (Double(positives) * Double(negatives))
    }
}
