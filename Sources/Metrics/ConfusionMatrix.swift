import TensorCore

/// Counts of predicted and true classes, to which batches are added; all that follows from them.
///
///     var matrix = ConfusionMatrix()
///     for (x, y) in loader { matrix.update(model(x), y) }
///     print(matrix.accuracy, matrix.f1Score(average: .macro))
public struct ConfusionMatrix: Sendable {
    /// How often each true class (first index) was taken for each class (second index).
    public private(set) var counts: [[Int]]
    private let isFixed: Bool
    private let givenNames: [String]?

    /// - Parameters:
    ///   - numClasses: the number of classes; as many as there are names or as occur, if not given.
    ///   - names: what to call the classes where the matrix is shown; their numbers, if not given.
    public init(numClasses: Int? = nil, names: [String]? = nil) {
        if let numClasses, let names, numClasses != names.count {
            fail("\(names.count) names do not fit \(numClasses) classes", .valueError)
        }
        let size = numClasses ?? names?.count
        counts = [[Int]](repeating: [Int](repeating: 0, count: size ?? 0), count: size ?? 0)
        isFixed = size != nil
        givenNames = names
    }

    /// The counts of one batch.
    public init(_ predictions: Tensor, _ targets: Tensor, numClasses: Int? = nil, names: [String]? = nil) {
        self.init(numClasses: numClasses, names: names)
        update(predictions, targets)
    }

    /// Adds a batch: predictions are classes `(N)` or scores `(N, C)`, targets are classes `(N)`.
    public mutating func update(_ predictions: Tensor, _ targets: Tensor) {
        let found = metrics.classes(predictions)
        let wanted: [Int] = targets.array()
        metrics.check(sameCount: found.count, wanted.count)
        let highest = max(found.max() ?? -1, wanted.max() ?? -1)
        let lowest = min(found.min() ?? 0, wanted.min() ?? 0)
        if lowest < 0 || isFixed && highest >= numClasses {
            fail("class \(lowest < 0 ? lowest : highest) is out of range for \(numClasses) classes", .valueError)
        }
        if !isFixed { grow(to: max(highest + 1, predictions.ndim == 2 ? predictions.size(1) : 0)) }
        for (found, wanted) in zip(found, wanted) { counts[wanted][found] += 1 }
    }

    public mutating func reset() {
        self = isFixed ? ConfusionMatrix(numClasses: numClasses, names: givenNames) : ConfusionMatrix()
    }

    private mutating func grow(to size: Int) {
        if size <= numClasses { return }
        for row in counts.indices { counts[row] += [Int](repeating: 0, count: size - counts[row].count) }
        while counts.count < size { counts.append([Int](repeating: 0, count: size)) }
    }

    public var numClasses: Int { counts.count }
    public var names: [String] { givenNames ?? counts.indices.map(String.init) }
    /// `(C, C)` int64.
    public var tensor: Tensor { Tensor(counts.flatMap { $0 }, shape: [numClasses, numClasses]) }
    /// The number of targets of each class.
    public var support: [Int] { counts.map { $0.reduce(0, +) } }
    /// The number of samples.
    public var total: Int { support.reduce(0, +) }

    private var hits: [Int] { counts.indices.map { counts[$0][$0] } }
    private var predicted: [Int] { counts.indices.map { c in counts.reduce(0) { $0 + $1[c] } } }

    /// The share of predictions that are right.
    public var accuracy: Double { Double(hits.reduce(0, +)) / Double(total) }

    /// See `metrics.precision`.
    public func precision(average: metrics.PerClass, zeroDivision: Double = 0) -> [Double] {
        ratios(hits, predicted, zeroDivision)
    }
    public func precision(average: metrics.Average = .binary, zeroDivision: Double = 0) -> Double {
        averaged(average, hits, predicted, zeroDivision)
    }

    /// See `metrics.recall`.
    public func recall(average: metrics.PerClass, zeroDivision: Double = 0) -> [Double] {
        ratios(hits, support, zeroDivision)
    }
    public func recall(average: metrics.Average = .binary, zeroDivision: Double = 0) -> Double {
        averaged(average, hits, support, zeroDivision)
    }

    /// See `metrics.f1Score`.
    public func f1Score(average: metrics.PerClass, zeroDivision: Double = 0) -> [Double] {
        ratios(hits.map { 2 * $0 }, zip(predicted, support).map { $0 + $1 }, zeroDivision)
    }
    public func f1Score(average: metrics.Average = .binary, zeroDivision: Double = 0) -> Double {
        averaged(average, hits.map { 2 * $0 }, zip(predicted, support).map { $0 + $1 }, zeroDivision)
    }

    private func ratios(_ numerators: [Int], _ denominators: [Int], _ zeroDivision: Double) -> [Double] {
        zip(numerators, denominators).map { $1 == 0 ? zeroDivision : Double($0) / Double($1) }
    }

    private func averaged(
        _ average: metrics.Average, _ numerators: [Int], _ denominators: [Int], _ zeroDivision: Double
    ) -> Double {
        let values = ratios(numerators, denominators, zeroDivision)
        switch average {
        case .binary:
            if numClasses > 2 {
                fail(
                    "Target is multiclass but average='binary'. Please choose another average setting, one of [None, "
                        + "'micro', 'macro', 'weighted'].", .valueError)
            }
            return values.count == 2 ? values[1] : zeroDivision
        case .micro:
            return ratios([numerators.reduce(0, +)], [denominators.reduce(0, +)], zeroDivision)[0]
        case .macro:
            // A class that neither was predicted nor occurs is none.
            let present = values.indices.filter { support[$0] + predicted[$0] > 0 }
            return present.reduce(0) { $0 + values[$1] } / Double(present.count)
        case .weighted:
            return zip(values, support).reduce(0) { $0 + $1.0 * Double($1.1) } / Double(total)
        }
    }
}
