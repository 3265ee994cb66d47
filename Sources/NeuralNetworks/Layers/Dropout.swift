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

    /// Drops whole channels of `(N, C, L)`.
    open class Dropout1d: Dropout {
        open override func forward(_ input: Tensor) -> Tensor {
            functional.dropout1d(input, p: p, training: training, inplace: inplace)
        }
    }

    /// Drops whole channels of `(N, C, H, W)`.
    open class Dropout2d: Dropout {
        open override func forward(_ input: Tensor) -> Tensor {
            functional.dropout2d(input, p: p, training: training, inplace: inplace)
        }
    }

    /// Drops whole channels of `(N, C, D, H, W)`.
    open class Dropout3d: Dropout {
        open override func forward(_ input: Tensor) -> Tensor {
            functional.dropout3d(input, p: p, training: training, inplace: inplace)
        }
    }

    /// Dropout that keeps mean and variance of what SELU gives.
    open class AlphaDropout: Dropout {
        open override func forward(_ input: Tensor) -> Tensor {
            functional.alphaDropout(input, p: p, training: training, inplace: inplace)
        }
    }

    /// `AlphaDropout` of whole channels.
    open class FeatureAlphaDropout: Dropout {
        open override func forward(_ input: Tensor) -> Tensor {
            functional.featureAlphaDropout(input, p: p, training: training, inplace: inplace)
        }
    }
}
