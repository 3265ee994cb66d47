import TensorCore

extension metrics {
    /// The mean of the absolute differences.
    public static func meanAbsoluteError(_ predictions: Tensor, _ targets: Tensor) -> Double {
        difference(predictions, targets).abs().mean().item()
    }

    /// The mean of the squared differences.
    public static func meanSquaredError(_ predictions: Tensor, _ targets: Tensor) -> Double {
        difference(predictions, targets).square().mean().item()
    }

    /// The root of the mean of the squared differences.
    public static func rootMeanSquaredError(_ predictions: Tensor, _ targets: Tensor) -> Double {
        meanSquaredError(predictions, targets).squareRoot()
    }

    /// The share of the targets' variance that the predictions explain, R²: 1 is perfect, 0 as good
    /// as the mean. Of `(N)`, or of `(N, D)` as the mean over the columns.
    public static func r2Score(_ predictions: Tensor, _ targets: Tensor) -> Double {
        let rest = difference(predictions, targets).square().reshape(targets.size(0), -1).sum(dim: 0)
        let table = targets.detach().to(.float64).reshape(targets.size(0), -1)
        let spread = (table - table.mean(dim: 0)).square().sum(dim: 0)
        let scores = zip(rest.array() as [Double], spread.array() as [Double]).map { rest, spread in
            // Targets that do not vary: right or not.
            spread == 0 ? (rest == 0 ? 1 : 0) : 1 - rest / spread
        }
        return scores.reduce(0, +) / Double(scores.count)
    }

    /// In float64, without a graph.
    private static func difference(_ predictions: Tensor, _ targets: Tensor) -> Tensor {
        if predictions.shape != targets.shape {
            fail(
                "predictions and targets should have one shape, but got \(predictions.shape) and \(targets.shape)",
                .valueError)
        }
        return predictions.detach().to(.float64) - targets.detach().to(.float64)
    }
}
