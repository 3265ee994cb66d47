import Flambeau
import Foundation
import TestSupport
import Testing

/// Metrics equal scikit-learn's (`make_goldens.py`); early stopping; imbalanced classes.
@Suite(.serialized) struct MetricsTests {
    private func isClose(_ value: Double, _ golden: Golden, _ key: String) -> Bool {
        (value - golden.number(key)!).magnitude < 1e-12
    }
    private func areClose(_ values: [Double], _ golden: Golden, _ key: String, within tolerance: Double = 1e-12) -> Bool {
        let expected = (golden.fields[key] as! [NSNumber]).map(\.doubleValue)
        return values.count == expected.count && zip(values, expected).allSatisfy { ($0 - $1).magnitude < tolerance }
    }
    private func tensor(_ golden: Golden, _ key: String) -> Tensor {
        torch.tensor((golden.fields[key] as! [NSNumber]).map(\.doubleValue), dtype: .float64)
    }

    @Test func classificationMetricsEqualScikitLearn() throws {
        let cases = try Golden.read("classification.jsonl", from: .module)
        #expect(cases.count == 12)
        for golden in cases {
            let (labels, classes) = (golden.ints("targets"), golden.int("classes"))
            let targets = torch.tensor(labels)
            let scores = tensor(golden, "scores").reshape(labels.count, classes)
            let found = scores.argmax(dim: 1)
            #expect(isClose(metrics.accuracy(scores, targets), golden, "accuracy"))
            #expect(isClose(metrics.accuracy(found, targets), golden, "accuracy"))
            #expect(isClose(metrics.accuracy(scores, targets, topK: 2), golden, "top2"))
            #expect(metrics.confusionMatrix(scores, targets).array() == golden.ints("confusion"))
            #expect(metrics.confusionMatrix(found, targets, numClasses: classes).shape == [classes, classes])
            for average in [metrics.Average.micro, .macro, .weighted] + (classes == 2 ? [.binary] : []) {
                #expect(isClose(metrics.precision(found, targets, average: average), golden, "precision_\(average)"))
                #expect(isClose(metrics.recall(found, targets, average: average), golden, "recall_\(average)"))
                #expect(isClose(metrics.f1Score(scores, targets, average: average), golden, "f1_\(average)"))
            }
            #expect(areClose(metrics.precision(found, targets, average: .none), golden, "precision_none"))
            #expect(areClose(metrics.recall(found, targets, average: .none), golden, "recall_none"))
            #expect(areClose(metrics.f1Score(found, targets, average: .none), golden, "f1_none"))
            if classes == 2 {
                #expect(isClose(metrics.rocAUC(scores.select(1, 1), targets), golden, "auc"))
            } else {
                #expect(isClose(metrics.rocAUC(scores, targets, average: .macro), golden, "auc_macro"))
                #expect(isClose(metrics.rocAUC(scores, targets, average: .weighted), golden, "auc_weighted"))
            }
            let weights = metrics.classWeights(targets).array() as [Double]
            #expect(areClose(weights, golden, "weights", within: 1e-5))
        }
    }

    @Test func regressionMetricsEqualScikitLearn() throws {
        for golden in try Golden.read("regression.jsonl", from: .module) {
            let width = golden.int("width")
            let found = tensor(golden, "found").reshape(-1, width), targets = tensor(golden, "targets").reshape(-1, width)
            #expect(isClose(metrics.meanAbsoluteError(found, targets), golden, "mae"))
            #expect(isClose(metrics.meanSquaredError(found, targets), golden, "mse"))
            #expect(isClose(metrics.r2Score(found, targets), golden, "r2"))
        }
        #expect(metrics.r2Score(torch.ones(3), torch.ones(3)) == 1)
    }

    @Test func confusionMatrixAddsUpBatches() {
        var matrix = ConfusionMatrix()
        matrix.update(torch.tensor([0, 1]), torch.tensor([0, 0]))
        matrix.update(torch.tensor([2, 2]), torch.tensor([2, 1]))
        #expect(matrix.counts == [[1, 1, 0], [0, 0, 1], [0, 0, 1]] && matrix.accuracy == 0.5)
        let three = matrix
        #expect(
            failure { _ = three.precision() }
                == "ValueError: Target is multiclass but average='binary'. Please choose another average setting, one of "
                + "[None, 'micro', 'macro', 'weighted'].")
        matrix.reset()
        #expect(matrix.total == 0)
    }

    // MARK: - Early stopping

    @Test func earlyStoppingStopsAfterItsPatienceAndRestoresTheBestWeights() {
        let model = nn.Sequential(nn.Linear(2, 2), nn.BatchNorm1d(2))
        let stopping = EarlyStopping(model, patience: 2, minDelta: 0.1)
        func mark(_ value: Double) {
            torch.noGrad {
                for (_, tensor) in model.stateDict() { tensor.fill_(value) }
            }
        }
        var stops: [Bool] = []
        for (epoch, loss) in [1.0, 0.5, 0.45, 0.3, 0.29, Double.nan].enumerated() {
            mark(Double(epoch))
            stops.append(stopping.step(loss))
        }
        #expect(stops == [false, false, false, false, false, true])
        #expect(stopping.bestValue == 0.3 && stopping.bestEpoch == 3 && stopping.shouldStop)
        // Weights and buffers are those of the best epoch.
        for (_, tensor) in model.stateDict() { #expect((tensor == 3).all().item() as Bool) }
    }

    @Test func earlyStoppingFollowsAccuraciesUpwards() {
        let stopping = EarlyStopping(nn.Linear(1, 1), patience: 1, mode: .max)
        let stops = [0.5, 0.7, 0.7].map { stopping.step($0) }
        #expect(stops == [false, false, true] && stopping.bestEpoch == 1)
    }

    // MARK: - Imbalanced classes

    @Test func oversamplingBalancesTheClassHistogram() {
        let labels = [Int](repeating: 0, count: 900) + [Int](repeating: 1, count: 90) + [Int](repeating: 2, count: 10)
        torch.manualSeed(0)
        let sampler = WeightedRandomSampler.oversampling(labels)
        #expect(sampler.count == 2700)
        let drawn = Array(sampler).map { labels[$0] }
        for c in 0..<3 { #expect((drawn.filter { $0 == c }.count - 900).magnitude < 90) }
        #expect(WeightedRandomSampler.balanced(labels).count == 1000)
    }

    @Test func undersamplingTakesAsManyOfEachClass() {
        let labels = (0..<60).map { $0 % 6 == 0 ? 1 : 0 }
        torch.manualSeed(0)
        let sampler = UndersamplingSampler(labels)
        let (first, second) = (Array(sampler), Array(sampler))
        #expect(first.count == 20 && sampler.count == 20 && Set(first).count == 20)
        #expect(first.filter { labels[$0] == 1 }.count == 10 && first != second)
    }

    @Test func classWeightsMakeALossCountRareClassesAlike() {
        #expect(metrics.classWeights([0, 0, 0, 1]).description == "tensor([0.6667, 2.0000])")
        let empty = metrics.classWeights([0, 0, 2, 2], numClasses: 4)
        #expect(empty.array() == [1, 0, 1, 0] as [Double])
    }
}
