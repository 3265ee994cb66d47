import TensorCore

extension nn {
    /// In training, sets each element to 0 with probability `p` and scales the others by
    /// `1 / (1 - p)`; in evaluation it changes nothing.
    open class Dropout: Module {
        public let p: Double
        public let inplace: Bool

        public init(_ p: Double = 0.5, inplace: Bool = false) {
            functional.checkProbability(p)
            self.p = p
            self.inplace = inplace
        }
        public convenience init(p: Double, inplace: Bool = false) { self.init(p, inplace: inplace) }

        open override func forward(_ input: Tensor) -> Tensor {
            functional.dropout(input, p: p, training: training, inplace: inplace)
        }

        open override func extraRepr() -> String { "p=\(pythonFloat(p)), inplace=\(inplace ? "True" : "False")" }
    }

    /// Drops whole channels of `(N, C, *)`.
    open class Dropout2d: Dropout {
        open override func forward(_ input: Tensor) -> Tensor {
            functional.dropout2d(input, p: p, training: training, inplace: inplace)
        }
    }
}
