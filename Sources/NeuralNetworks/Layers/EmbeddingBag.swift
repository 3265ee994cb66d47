import TensorCore

extension nn {
    /// Sums, means or maxima of bags of rows: `F.embeddingBag` with a table of its own.
    open class EmbeddingBag: Module {
        /// `(numEmbeddings, embeddingDim)`.
        public var weight: Tensor
        public let maxNorm: Double?
        public let normType: Double
        public let scaleGradByFreq: Bool
        public let mode: EmbeddingBagMode
        public let includeLastOffset: Bool
        public let paddingIdx: Int?

        public init(
            _ numEmbeddings: Int, _ embeddingDim: Int, maxNorm: Double? = nil, normType: Double = 2,
            scaleGradByFreq: Bool = false, mode: EmbeddingBagMode = .mean, includeLastOffset: Bool = false,
            paddingIdx: Int? = nil, dtype: DType = .default
        ) {
            if let paddingIdx, !(-numEmbeddings..<numEmbeddings).contains(paddingIdx) {
                fail("padding_idx must be within num_embeddings", .assertionError)
            }
            self.maxNorm = maxNorm
            self.normType = normType
            self.scaleGradByFreq = scaleGradByFreq
            self.mode = mode
            self.includeLastOffset = includeLastOffset
            self.paddingIdx = paddingIdx.map { $0 < 0 ? $0 + numEmbeddings : $0 }
            weight = Parameter(torch.empty([numEmbeddings, embeddingDim], dtype: dtype))
            super.init()
            resetParameters()
        }

        open func resetParameters() {
            initializers.normal_(weight)
            if let paddingIdx { torch.noGrad { _ = weight.select(0, paddingIdx).zero_() } }
        }

        open override func forward(_ input: Tensor) -> Tensor { bags(input, nil, nil) }
        open override func forward(_ input: Tensor, _ offsets: Tensor) -> Tensor { bags(input, offsets, nil) }

        public func callAsFunction(_ input: Tensor, offsets: Tensor?, perSampleWeights: Tensor? = nil) -> Tensor {
            callWithHooks([input]) { [self.bags($0[0], offsets, perSampleWeights)] }[0]
        }

        private func bags(_ input: Tensor, _ offsets: Tensor?, _ perSampleWeights: Tensor?) -> Tensor {
            functional.embeddingBag(
                input, weight, offsets: offsets, maxNorm: maxNorm, normType: normType, scaleGradByFreq: scaleGradByFreq,
                mode: mode, perSampleWeights: perSampleWeights, includeLastOffset: includeLastOffset, paddingIdx: paddingIdx)
        }

        open override func extraRepr() -> String {
            "\(weight.size(0)), \(weight.size(1))" + (maxNorm.map { ", max_norm=\(pythonFloat($0))" } ?? "")
                + (normType == 2 ? "" : ", norm_type=\(pythonFloat(normType))")
                + (scaleGradByFreq ? ", scale_grad_by_freq=True" : "") + ", mode='\(mode.rawValue)'"
                + (paddingIdx.map { ", padding_idx=\($0)" } ?? "")
        }
    }
}
