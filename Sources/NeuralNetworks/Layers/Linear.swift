import TensorCore

extension nn {
    /// `y = x Aᵀ + b`: `(*, inFeatures)` to `(*, outFeatures)`.
    ///
    /// Both start evenly distributed within ±1/√inFeatures.
    open class Linear: Module {
        /// `(outFeatures, inFeatures)`.
        public var weight: Tensor
        /// `(outFeatures)`.
        public var bias: Tensor!

        public var inFeatures: Int { weight.size(1) }
        public var outFeatures: Int { weight.size(0) }

        public init(_ inFeatures: Int, _ outFeatures: Int, bias: Bool = true, device: Device = .cpu, dtype: DType = .default) {
            weight = Parameter(torch.empty([outFeatures, inFeatures], dtype: dtype, device: device))
            self.bias = bias ? Parameter(torch.empty([outFeatures], dtype: dtype, device: device)) : nil
            super.init()
            resetParameters()
        }

        /// Draws new values.
        open func resetParameters() {
            initializers.kaimingUniform_(weight, a: 5.0.squareRoot())
            guard let bias else { return }
            let bound = inFeatures > 0 ? 1 / Double(inFeatures).squareRoot() : 0
            initializers.uniform_(bias, -bound, bound)
        }

        open override func forward(_ input: Tensor) -> Tensor { functional.linear(input, weight, bias) }

        open override func extraRepr() -> String {
            "in_features=\(inFeatures), out_features=\(outFeatures), bias=\(bias != nil ? "True" : "False")"
        }
    }

    /// `y = x1ᵀ A x2 + b`: `(*, in1Features)` and `(*, in2Features)` to `(*, outFeatures)`.
    open class Bilinear: Module {
        /// `(outFeatures, in1Features, in2Features)`.
        public var weight: Tensor
        public var bias: Tensor!

        public init(
            _ in1Features: Int, _ in2Features: Int, _ outFeatures: Int, bias: Bool = true, dtype: DType = .default
        ) {
            if in1Features <= 0 { fail("in1_features must be > 0, but got \(in1Features)", .valueError) }
            weight = Parameter(torch.empty([outFeatures, in1Features, in2Features], dtype: dtype))
            self.bias = bias ? Parameter(torch.empty([outFeatures], dtype: dtype)) : nil
            super.init()
            resetParameters()
        }

        open func resetParameters() {
            let bound = 1 / Double(weight.size(1)).squareRoot()
            initializers.uniform_(weight, -bound, bound)
            if let bias { initializers.uniform_(bias, -bound, bound) }
        }

        open override func forward(_ input1: Tensor, _ input2: Tensor) -> Tensor {
            functional.bilinear(input1, input2, weight, bias)
        }

        open override func extraRepr() -> String {
            "in1_features=\(weight.size(1)), in2_features=\(weight.size(2)), out_features=\(weight.size(0)), "
                + "bias=\(bias != nil ? "True" : "False")"
        }
    }

    /// Passes its input on.
    open class Identity: Module {
        open override func forward(_ input: Tensor) -> Tensor { input }
    }

    /// Joins the dimensions from `startDim` to `endDim` into one.
    open class Flatten: Module {
        public let startDim: Int
        public let endDim: Int

        public init(startDim: Int = 1, endDim: Int = -1) {
            self.startDim = startDim
            self.endDim = endDim
        }

        open override func forward(_ input: Tensor) -> Tensor { input.flatten(startDim, endDim) }
        open override func extraRepr() -> String { "start_dim=\(startDim), end_dim=\(endDim)" }
    }

    /// Splits a dimension into several.
    open class Unflatten: Module {
        public let dim: Int
        public let unflattenedSize: [Int]

        public init(_ dim: Int, _ unflattenedSize: [Int]) {
            self.dim = dim
            self.unflattenedSize = unflattenedSize
        }

        open override func forward(_ input: Tensor) -> Tensor { input.unflatten(dim, unflattenedSize) }
        open override func extraRepr() -> String { "dim=\(dim), unflattened_size=\(tuple(unflattenedSize))" }
    }

    /// A row of numbers for each of `numEmbeddings` positions: integers `(*)` to `(*, embeddingDim)`.
    open class Embedding: Module {
        /// `(numEmbeddings, embeddingDim)`.
        public var weight: Tensor
        public let paddingIdx: Int?
        public var maxNorm: Double?
        public var normType: Double
        public var scaleGradByFreq: Bool
        public var sparse: Bool

        /// - Parameters:
        ///   - paddingIdx: the position whose row is zero and is not trained.
        ///   - maxNorm: rows that are read and are longer, in the norm `normType`, are shortened to it first.
        ///   - scaleGradByFreq: divides a row's gradient by how often the row is read.
        ///   - sparse: makes the weight's gradient a sparse tensor of the rows that were read, for `optim.SparseAdam`.
        public init(
            _ numEmbeddings: Int, _ embeddingDim: Int, paddingIdx: Int? = nil, maxNorm: Double? = nil, normType: Double = 2,
            scaleGradByFreq: Bool = false, sparse: Bool = false, dtype: DType = .default
        ) {
            if let paddingIdx, paddingIdx >= numEmbeddings || paddingIdx < -numEmbeddings {
                fail("Padding_idx must be within num_embeddings", .valueError)
            }
            self.paddingIdx = paddingIdx.map { $0 < 0 ? $0 + numEmbeddings : $0 }
            (self.maxNorm, self.normType, self.scaleGradByFreq, self.sparse) = (maxNorm, normType, scaleGradByFreq, sparse)
            weight = Parameter(torch.empty([numEmbeddings, embeddingDim], dtype: dtype))
            super.init()
            resetParameters()
        }

        /// An embedding with given rows, frozen unless `freeze` is false.
        public static func fromPretrained(_ embeddings: Tensor, freeze: Bool = true, paddingIdx: Int? = nil) -> Embedding {
            let module = Embedding(embeddings.size(0), embeddings.size(1), paddingIdx: paddingIdx, dtype: embeddings.dtype)
            module.weight = Parameter(embeddings, requiresGrad: !freeze)
            return module
        }

        open func resetParameters() {
            initializers.normal_(weight)
            if let paddingIdx {
                torch.noGrad { _ = weight.select(0, paddingIdx).zero_() }
            }
        }

        open override func forward(_ input: Tensor) -> Tensor {
            functional.embedding(
                input, weight, paddingIdx: paddingIdx, maxNorm: maxNorm, normType: normType, scaleGradByFreq: scaleGradByFreq,
                sparse: sparse)
        }

        open override func extraRepr() -> String {
            "\(weight.size(0)), \(weight.size(1))" + (paddingIdx.map { ", padding_idx=\($0)" } ?? "")
                + (maxNorm.map { ", max_norm=\(pythonFloat($0))" } ?? "")
                + (normType != 2 ? ", norm_type=\(pythonFloat(normType))" : "")
                + (scaleGradByFreq ? ", scale_grad_by_freq=True" : "") + (sparse ? ", sparse=True" : "")
        }
    }
}
