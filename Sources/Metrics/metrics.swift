import TensorCore

/// Numbers that say how good predictions are, and what to do about classes of unequal size.
///
/// Predictions come first and targets second, as with losses. Classes are numbers from 0 up; scores
/// `(N, C)` count as the class with the highest.
public enum metrics {
    /// How the values of the classes become one, in scikit-learn's terms.
    public enum Average: String, Sendable {
        /// The value of class 1, where there are two classes.
        case binary
        /// From the counts of all classes together.
        case micro
        /// The mean over the classes.
        case macro
        /// The mean over the classes by their number of targets.
        case weighted
    }

    /// `average: .none`: one value for each class.
    public enum PerClass: Sendable {
        case none
    }

    /// The classes that predictions name: `(N)` as they are, scores `(N, C)` by the highest.
    static func classes(_ predictions: Tensor) -> [Int] {
        if predictions.ndim == 2 { return predictions.argmax(dim: 1).array() }
        if predictions.ndim != 1 || predictions.isFloatingPoint() {
            fail(
                "predictions should be classes (N) of an integer type or scores (N, C), but got \(predictions.dtype.name) "
                    + "of shape \(predictions.shape)", .valueError)
        }
        return predictions.array()
    }

    static func check(sameCount a: Int, _ b: Int) {
        if a != b { fail("Found input variables with inconsistent numbers of samples: [\(a), \(b)]", .valueError) }
    }
}
