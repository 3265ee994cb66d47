import TensorCore

extension nn {
    /// What the layers of an encoder and a decoder share: two linear layers with an activation between, and where they
    /// normalize.
    open class TransformerLayer: Module {
        let dModel: Int
        let nhead: Int
        let dimFeedforward: Int
        let dropoutProbability: Double
        let activation: (Tensor) -> Tensor
        let layerNormEps: Double
        let batchFirst: Bool
        let normFirst: Bool
        let hasBias: Bool

        init(
            attentions: [String], _ dModel: Int, _ nhead: Int, _ dimFeedforward: Int, _ dropout: Double,
            _ activation: @escaping (Tensor) -> Tensor, _ layerNormEps: Double, _ batchFirst: Bool, _ normFirst: Bool,
            _ bias: Bool
        ) {
            self.dModel = dModel
            self.nhead = nhead
            self.dimFeedforward = dimFeedforward
            dropoutProbability = dropout
            self.activation = activation
            self.layerNormEps = layerNormEps
            self.batchFirst = batchFirst
            self.normFirst = normFirst
            hasBias = bias
            super.init()
            for name in attentions {
                registerModule(name, MultiheadAttention(dModel, nhead, dropout: dropout, bias: bias, batchFirst: batchFirst))
            }
            registerModule("linear1", Linear(dModel, dimFeedforward, bias: bias))
            registerModule("dropout", Dropout(dropout))
            registerModule("linear2", Linear(dimFeedforward, dModel, bias: bias))
            for i in 1...(attentions.count + 1) {
                registerModule("norm\(i)", LayerNorm(dModel, eps: layerNormEps, bias: bias))
            }
            for i in 1...(attentions.count + 1) { registerModule("dropout\(i)", Dropout(dropout)) }
        }

        /// Adds what `block` gives to its input and normalizes, before or after, with the `index`-th norm.
        func residual(_ x: Tensor, _ index: Int, _ block: (Tensor) -> Tensor) -> Tensor {
            let norm: LayerNorm = registeredModule("norm\(index)")
            let dropout: Dropout = registeredModule("dropout\(index)")
            return normFirst ? x + dropout(block(norm(x))) : norm(x + dropout(block(x)))
        }

        func feedForward(_ x: Tensor) -> Tensor {
            let (linear1, linear2): (Linear, Linear) = (registeredModule("linear1"), registeredModule("linear2"))
            let dropout: Dropout = registeredModule("dropout")
            return linear2(dropout(activation(linear1(x))))
        }

        /// What `make` gives, with this layer's values. A copy draws no random numbers.
        func filledCopy<Layer: Module>(_ make: () -> Layer) -> Layer {
            let state = torch.getRngState()
            let copy = make()
            torch.setRngState(state)
            copy.loadStateDict(stateDict())
            return copy
        }

        /// Attention without its weights.
        func attend(
            _ name: String, _ x: Tensor, _ source: Tensor, _ mask: Tensor?, _ padding: Tensor?, isCausal: Bool
        ) -> Tensor {
            let attention: MultiheadAttention = registeredModule(name)
            return attention(
                x, source, source, keyPaddingMask: padding, needWeights: false, attnMask: mask, isCausal: isCausal && mask != nil
            ).0
        }
    }

    /// A layer of an encoder: attention of a sequence to itself, then two linear layers.
    open class TransformerEncoderLayer: TransformerLayer {
        /// - Parameter normFirst: whether each part normalizes its input instead of its result.
        public init(
            _ dModel: Int, _ nhead: Int, dimFeedforward: Int = 2048, dropout: Double = 0.1,
            activation: @escaping (Tensor) -> Tensor = { functional.relu($0) }, layerNormEps: Double = 1e-5,
            batchFirst: Bool = false, normFirst: Bool = false, bias: Bool = true
        ) {
            super.init(
                attentions: ["self_attn"], dModel, nhead, dimFeedforward, dropout, activation, layerNormEps, batchFirst,
                normFirst, bias)
        }

        open override func forward(_ src: Tensor) -> Tensor { self(src, srcMask: nil) }

        /// - Parameters:
        ///   - srcMask: `(L, L)`, true for what is not to be seen, or numbers to add.
        ///   - srcKeyPaddingMask: `(N, L)`, true for positions that are not to be seen.
        public func callAsFunction(
            _ src: Tensor, srcMask: Tensor?, srcKeyPaddingMask: Tensor? = nil, isCausal: Bool = false
        ) -> Tensor {
            let x = residual(src, 1) { attend("self_attn", $0, $0, srcMask, srcKeyPaddingMask, isCausal: isCausal) }
            return residual(x, 2, feedForward)
        }

        /// A layer of the same form with the same values.
        func copied() -> TransformerEncoderLayer {
            filledCopy {
                TransformerEncoderLayer(
                    dModel, nhead, dimFeedforward: dimFeedforward, dropout: dropoutProbability, activation: activation,
                    layerNormEps: layerNormEps, batchFirst: batchFirst, normFirst: normFirst, bias: hasBias)
            }
        }
    }

    /// A layer of a decoder: attention to itself, attention to the encoder's result, then two linear layers.
    open class TransformerDecoderLayer: TransformerLayer {
        /// - Parameter normFirst: whether each part normalizes its input instead of its result.
        public init(
            _ dModel: Int, _ nhead: Int, dimFeedforward: Int = 2048, dropout: Double = 0.1,
            activation: @escaping (Tensor) -> Tensor = { functional.relu($0) }, layerNormEps: Double = 1e-5,
            batchFirst: Bool = false, normFirst: Bool = false, bias: Bool = true
        ) {
            super.init(
                attentions: ["self_attn", "multihead_attn"], dModel, nhead, dimFeedforward, dropout, activation, layerNormEps,
                batchFirst, normFirst, bias)
        }

        open override func forward(_ tgt: Tensor, _ memory: Tensor) -> Tensor { self(tgt, memory, tgtMask: nil) }

        /// - Parameters:
        ///   - memory: the encoder's result.
        ///   - tgtMask: `(T, T)`, and `memoryMask` `(T, S)`: true for what is not to be seen, or numbers to add.
        ///   - tgtKeyPaddingMask: `(N, T)`, and `memoryKeyPaddingMask` `(N, S)`: true for positions that are not to be seen.
        public func callAsFunction(
            _ tgt: Tensor, _ memory: Tensor, tgtMask: Tensor?, memoryMask: Tensor? = nil,
            tgtKeyPaddingMask: Tensor? = nil, memoryKeyPaddingMask: Tensor? = nil, tgtIsCausal: Bool = false,
            memoryIsCausal: Bool = false
        ) -> Tensor {
            var x = residual(tgt, 1) { attend("self_attn", $0, $0, tgtMask, tgtKeyPaddingMask, isCausal: tgtIsCausal) }
            x = residual(x, 2) {
                attend("multihead_attn", $0, memory, memoryMask, memoryKeyPaddingMask, isCausal: memoryIsCausal)
            }
            return residual(x, 3, feedForward)
        }

        /// A layer of the same form with the same values.
        func copied() -> TransformerDecoderLayer {
            filledCopy {
                TransformerDecoderLayer(
                    dModel, nhead, dimFeedforward: dimFeedforward, dropout: dropoutProbability, activation: activation,
                    layerNormEps: layerNormEps, batchFirst: batchFirst, normFirst: normFirst, bias: hasBias)
            }
        }
    }

    /// `numLayers` copies of a layer, one after the other, and a last norm.
    open class TransformerEncoder: Module {
        public let layers: ModuleList
        public let norm: Module?

        /// - Parameter enableNestedTensor: taken for PyTorch's sake: padding is always computed and masked.
        public init(
            _ encoderLayer: TransformerEncoderLayer, _ numLayers: Int, norm: Module? = nil, enableNestedTensor: Bool = true
        ) {
            layers = ModuleList((0..<numLayers).map { _ in encoderLayer.copied() })
            self.norm = norm
        }

        open override func forward(_ src: Tensor) -> Tensor { self(src, mask: nil) }

        public func callAsFunction(
            _ src: Tensor, mask: Tensor?, srcKeyPaddingMask: Tensor? = nil, isCausal: Bool = false
        ) -> Tensor {
            let x = layers.reduce(src) { x, layer in
                (layer as! TransformerEncoderLayer)(x, srcMask: mask, srcKeyPaddingMask: srcKeyPaddingMask, isCausal: isCausal)
            }
            return norm.map { $0(x) } ?? x
        }
    }

    /// `numLayers` copies of a layer, one after the other, and a last norm.
    open class TransformerDecoder: Module {
        public let layers: ModuleList
        public let norm: Module?

        public init(_ decoderLayer: TransformerDecoderLayer, _ numLayers: Int, norm: Module? = nil) {
            layers = ModuleList((0..<numLayers).map { _ in decoderLayer.copied() })
            self.norm = norm
        }

        open override func forward(_ tgt: Tensor, _ memory: Tensor) -> Tensor { self(tgt, memory, tgtMask: nil) }

        public func callAsFunction(
            _ tgt: Tensor, _ memory: Tensor, tgtMask: Tensor?, memoryMask: Tensor? = nil,
            tgtKeyPaddingMask: Tensor? = nil, memoryKeyPaddingMask: Tensor? = nil, tgtIsCausal: Bool = false,
            memoryIsCausal: Bool = false
        ) -> Tensor {
            let x = layers.reduce(tgt) { x, layer in
                (layer as! TransformerDecoderLayer)(
                    x, memory, tgtMask: tgtMask, memoryMask: memoryMask, tgtKeyPaddingMask: tgtKeyPaddingMask,
                    memoryKeyPaddingMask: memoryKeyPaddingMask, tgtIsCausal: tgtIsCausal, memoryIsCausal: memoryIsCausal)
            }
            return norm.map { $0(x) } ?? x
        }
    }

    /// An encoder and a decoder (Vaswani et al., 2017).
    open class Transformer: Module {
        public let dModel: Int
        public let nhead: Int
        private let batchFirst: Bool

        public var encoder: TransformerEncoder { registeredModule("encoder") }
        public var decoder: TransformerDecoder { registeredModule("decoder") }

        public init(
            dModel: Int = 512, nhead: Int = 8, numEncoderLayers: Int = 6, numDecoderLayers: Int = 6,
            dimFeedforward: Int = 2048, dropout: Double = 0.1,
            activation: @escaping (Tensor) -> Tensor = { functional.relu($0) }, layerNormEps: Double = 1e-5,
            batchFirst: Bool = false, normFirst: Bool = false, bias: Bool = true
        ) {
            self.dModel = dModel
            self.nhead = nhead
            self.batchFirst = batchFirst
            super.init()
            let norm = { LayerNorm(dModel, eps: layerNormEps, bias: bias) }
            registerModule(
                "encoder",
                TransformerEncoder(
                    TransformerEncoderLayer(
                        dModel, nhead, dimFeedforward: dimFeedforward, dropout: dropout, activation: activation,
                        layerNormEps: layerNormEps, batchFirst: batchFirst, normFirst: normFirst, bias: bias),
                    numEncoderLayers, norm: norm()))
            registerModule(
                "decoder",
                TransformerDecoder(
                    TransformerDecoderLayer(
                        dModel, nhead, dimFeedforward: dimFeedforward, dropout: dropout, activation: activation,
                        layerNormEps: layerNormEps, batchFirst: batchFirst, normFirst: normFirst, bias: bias),
                    numDecoderLayers, norm: norm()))
            for (_, parameter) in namedParameters() where parameter.ndim > 1 { initializers.xavierUniform_(parameter) }
        }

        open override func forward(_ src: Tensor, _ tgt: Tensor) -> Tensor { self(src, tgt, srcMask: nil) }

        public func callAsFunction(
            _ src: Tensor, _ tgt: Tensor, srcMask: Tensor?, tgtMask: Tensor? = nil, memoryMask: Tensor? = nil,
            srcKeyPaddingMask: Tensor? = nil, tgtKeyPaddingMask: Tensor? = nil, memoryKeyPaddingMask: Tensor? = nil
        ) -> Tensor {
            if src.ndim == 3 && src.size(batchFirst ? 0 : 1) != tgt.size(batchFirst ? 0 : 1) {
                fail("the batch number of src and tgt must be equal")
            }
            if src.size(-1) != dModel || tgt.size(-1) != dModel {
                fail("the feature number of src and tgt must be equal to d_model")
            }
            let memory = encoder(src, mask: srcMask, srcKeyPaddingMask: srcKeyPaddingMask)
            return decoder(
                tgt, memory, tgtMask: tgtMask, memoryMask: memoryMask, tgtKeyPaddingMask: tgtKeyPaddingMask,
                memoryKeyPaddingMask: memoryKeyPaddingMask)
        }

        /// The mask that lets position i see 0 to i: `(size, size)`, minus infinity above the diagonal.
        public static func generateSquareSubsequentMask(
            _ size: Int, device: Device = .cpu, dtype: DType = .default
        ) -> Tensor {
            torch.full([size, size], -Double.infinity, dtype: dtype, device: device).triu(1)
        }
    }
}

// The activation by its name, as PyTorch also takes it: `activation: "gelu"`.
extension nn.TransformerEncoderLayer {
    public convenience init(
        _ dModel: Int, _ nhead: Int, dimFeedforward: Int = 2048, dropout: Double = 0.1, activation: String, layerNormEps: Double = 1e-5,
        batchFirst: Bool = false, normFirst: Bool = false, bias: Bool = true
    ) {
        self.init(
            dModel, nhead, dimFeedforward: dimFeedforward, dropout: dropout, activation: feedforwardActivation(activation),
            layerNormEps: layerNormEps, batchFirst: batchFirst, normFirst: normFirst, bias: bias)
    }
    public convenience init(
        dModel: Int, nhead: Int, dimFeedforward: Int = 2048, dropout: Double = 0.1, activation: String, layerNormEps: Double = 1e-5,
        batchFirst: Bool = false, normFirst: Bool = false, bias: Bool = true
    ) {
        self.init(
            dModel, nhead, dimFeedforward: dimFeedforward, dropout: dropout, activation: feedforwardActivation(activation),
            layerNormEps: layerNormEps, batchFirst: batchFirst, normFirst: normFirst, bias: bias)
    }
}

extension nn.TransformerDecoderLayer {
    public convenience init(
        _ dModel: Int, _ nhead: Int, dimFeedforward: Int = 2048, dropout: Double = 0.1, activation: String, layerNormEps: Double = 1e-5,
        batchFirst: Bool = false, normFirst: Bool = false, bias: Bool = true
    ) {
        self.init(
            dModel, nhead, dimFeedforward: dimFeedforward, dropout: dropout, activation: feedforwardActivation(activation),
            layerNormEps: layerNormEps, batchFirst: batchFirst, normFirst: normFirst, bias: bias)
    }
    public convenience init(
        dModel: Int, nhead: Int, dimFeedforward: Int = 2048, dropout: Double = 0.1, activation: String, layerNormEps: Double = 1e-5,
        batchFirst: Bool = false, normFirst: Bool = false, bias: Bool = true
    ) {
        self.init(
            dModel, nhead, dimFeedforward: dimFeedforward, dropout: dropout, activation: feedforwardActivation(activation),
            layerNormEps: layerNormEps, batchFirst: batchFirst, normFirst: normFirst, bias: bias)
    }
}

/// What PyTorch calls by these names in a transformer's layers.
private func feedforwardActivation(_ name: String) -> (Tensor) -> Tensor {
    switch name {
    case "relu": return F.relu
    case "gelu": return F.gelu
    default: fail("activation should be relu/gelu, not \(name)")
    }
}
