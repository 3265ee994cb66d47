import TensorCore

extension nn {
    /// The linear layer behind attention, under the name by which PyTorch prints it.
    open class NonDynamicallyQuantizableLinear: Linear {}

    /// Attention of several heads with learned projections (Vaswani et al., 2017).
    ///
    ///     let attention = nn.MultiheadAttention(512, 8)
    ///     let (output, weights) = attention(x, x, x)
    open class MultiheadAttention: Module {
        public let embedDim: Int
        public let numHeads: Int
        public let dropout: Double
        public let addZeroAttn: Bool
        /// The widths of keys and values.
        public let kdim: Int
        public let vdim: Int
        /// Whether inputs are `(N, L, E)` instead of `(L, N, E)`.
        public let batchFirst: Bool

        public var outProj: Linear { registeredModule("out_proj") }
        private var isSeparate: Bool { kdim != embedDim || vdim != embedDim }

        public init(
            _ embedDim: Int, _ numHeads: Int, dropout: Double = 0, bias: Bool = true, addBiasKv: Bool = false,
            addZeroAttn: Bool = false, kdim: Int? = nil, vdim: Int? = nil, batchFirst: Bool = false, dtype: DType = .default
        ) {
            if embedDim <= 0 || numHeads <= 0 {
                fail(
                    "embed_dim and num_heads must be greater than 0, got embed_dim=\(embedDim) and num_heads=\(numHeads) instead",
                    .valueError)
            }
            if embedDim % numHeads != 0 { fail("embed_dim must be divisible by num_heads", .assertionError) }
            self.embedDim = embedDim
            self.numHeads = numHeads
            self.dropout = dropout
            self.addZeroAttn = addZeroAttn
            self.kdim = kdim ?? embedDim
            self.vdim = vdim ?? embedDim
            self.batchFirst = batchFirst
            super.init()
            let add = { (name: String, shape: [Int]) in
                self.registerParameter(name, Parameter(torch.empty(shape, dtype: dtype)))
            }
            if isSeparate {
                add("q_proj_weight", [embedDim, embedDim])
                add("k_proj_weight", [embedDim, self.kdim])
                add("v_proj_weight", [embedDim, self.vdim])
            } else {
                add("in_proj_weight", [3 * embedDim, embedDim])
            }
            if bias { add("in_proj_bias", [3 * embedDim]) }
            registerModule("out_proj", NonDynamicallyQuantizableLinear(embedDim, embedDim, bias: bias, dtype: dtype))
            if addBiasKv {
                add("bias_k", [1, 1, embedDim])
                add("bias_v", [1, 1, embedDim])
            }
            resetParameters()
        }

        /// Draws new values for all but the output's projection, whose bias becomes 0.
        open func resetParameters() {
            for name in ["in_proj_weight", "q_proj_weight", "k_proj_weight", "v_proj_weight"] {
                if let weight = registeredParameter(name) { initializers.xavierUniform_(weight) }
            }
            if let bias = registeredParameter("in_proj_bias") {
                initializers.zeros_(bias)
                if let bias = outProj.bias { initializers.zeros_(bias) }
            }
            for name in ["bias_k", "bias_v"] {
                if let bias = registeredParameter(name) { initializers.xavierNormal_(bias) }
            }
        }

        /// The arguments are those of `F.multiHeadAttentionForward`.
        /// - Returns: the output, and the weights unless `needWeights` is false.
        public func callAsFunction(
            _ query: Tensor, _ key: Tensor, _ value: Tensor, keyPaddingMask: Tensor? = nil, needWeights: Bool = true,
            attnMask: Tensor? = nil, averageAttnWeights: Bool = true, isCausal: Bool = false
        ) -> (Tensor, Tensor?) {
            let results = callWithHooks([query, key, value]) { given in
                self.attend(
                    given[0], given[1], given[2], keyPaddingMask, needWeights, attnMask, averageAttnWeights, isCausal)
            }
            return (results[0], results.count > 1 ? results[1] : nil)
        }

        private func attend(
            _ query: Tensor, _ key: Tensor, _ value: Tensor, _ keyPaddingMask: Tensor?, _ needWeights: Bool,
            _ attnMask: Tensor?, _ averageAttnWeights: Bool, _ isCausal: Bool
        ) -> [Tensor] {
            let turns = batchFirst && query.ndim == 3
            // One tensor for all three stays one.
            let turnedQuery = turns ? query.transpose(0, 1) : query
            let turnedKey = key === query ? turnedQuery : turns ? key.transpose(0, 1) : key
            let turnedValue = value === key ? turnedKey : turns ? value.transpose(0, 1) : value
            let part = registeredParameter
            let (output, weights) = functional.multiHeadAttentionForward(
                turnedQuery, turnedKey, turnedValue, embedDim, numHeads, part("in_proj_weight"), part("in_proj_bias"),
                part("bias_k"), part("bias_v"), addZeroAttn, dropout, outProj.weight, outProj.bias, training: training,
                keyPaddingMask: keyPaddingMask, needWeights: needWeights, attnMask: attnMask,
                useSeparateProjWeight: isSeparate, qProjWeight: part("q_proj_weight"), kProjWeight: part("k_proj_weight"),
                vProjWeight: part("v_proj_weight"), averageAttnWeights: averageAttnWeights, isCausal: isCausal)
            return [turns ? output.transpose(0, 1) : output] + (weights.map { [$0] } ?? [])
        }
    }
}
