import TensorCore

/// PyTorch takes the arguments of a layer by position or by name. A layer's own initialiser has one of the two
/// forms; these are the others: `nn.Conv2d(inChannels: 3, outChannels: 8, kernelSize: 3)`, `nn.Conv2d(3, 8, 3, 1, 1)`.
extension nn.CosineEmbeddingLoss {
    public convenience init(_ margin: Double, reduction: Reduction = .mean) {
        self.init(margin: margin, reduction: reduction)
    }
}

extension nn.Embedding {
    public convenience init(_ numEmbeddings: Int, _ embeddingDim: Int, _ paddingIdx: Int?, dtype: DType = .default) {
        self.init(numEmbeddings, embeddingDim, paddingIdx: paddingIdx, dtype: dtype)
    }
    public convenience init(numEmbeddings: Int, embeddingDim: Int, paddingIdx: Int? = nil, dtype: DType = .default) {
        self.init(numEmbeddings, embeddingDim, paddingIdx: paddingIdx, dtype: dtype)
    }
    public convenience init(_ numEmbeddings: Int, embeddingDim: Int, paddingIdx: Int? = nil, dtype: DType = .default) {
        self.init(numEmbeddings, embeddingDim, paddingIdx: paddingIdx, dtype: dtype)
    }
}

extension nn.EmbeddingBag {
    public convenience init(
        _ numEmbeddings: Int, _ embeddingDim: Int, _ maxNorm: Double?, normType: Double = 2, scaleGradByFreq: Bool = false,
        mode: EmbeddingBagMode = .mean, includeLastOffset: Bool = false, paddingIdx: Int? = nil, dtype: DType = .default
    ) {
        self.init(
            numEmbeddings, embeddingDim, maxNorm: maxNorm, normType: normType, scaleGradByFreq: scaleGradByFreq,
            mode: mode, includeLastOffset: includeLastOffset, paddingIdx: paddingIdx, dtype: dtype)
    }
    public convenience init(
        _ numEmbeddings: Int, _ embeddingDim: Int, _ maxNorm: Double?, _ normType: Double, scaleGradByFreq: Bool = false,
        mode: EmbeddingBagMode = .mean, includeLastOffset: Bool = false, paddingIdx: Int? = nil, dtype: DType = .default
    ) {
        self.init(
            numEmbeddings, embeddingDim, maxNorm: maxNorm, normType: normType, scaleGradByFreq: scaleGradByFreq,
            mode: mode, includeLastOffset: includeLastOffset, paddingIdx: paddingIdx, dtype: dtype)
    }
    public convenience init(
        _ numEmbeddings: Int, _ embeddingDim: Int, _ maxNorm: Double?, _ normType: Double, _ scaleGradByFreq: Bool,
        mode: EmbeddingBagMode = .mean, includeLastOffset: Bool = false, paddingIdx: Int? = nil, dtype: DType = .default
    ) {
        self.init(
            numEmbeddings, embeddingDim, maxNorm: maxNorm, normType: normType, scaleGradByFreq: scaleGradByFreq,
            mode: mode, includeLastOffset: includeLastOffset, paddingIdx: paddingIdx, dtype: dtype)
    }
    public convenience init(
        numEmbeddings: Int, embeddingDim: Int, maxNorm: Double? = nil, normType: Double = 2, scaleGradByFreq: Bool = false,
        mode: EmbeddingBagMode = .mean, includeLastOffset: Bool = false, paddingIdx: Int? = nil, dtype: DType = .default
    ) {
        self.init(
            numEmbeddings, embeddingDim, maxNorm: maxNorm, normType: normType, scaleGradByFreq: scaleGradByFreq,
            mode: mode, includeLastOffset: includeLastOffset, paddingIdx: paddingIdx, dtype: dtype)
    }
    public convenience init(
        _ numEmbeddings: Int, embeddingDim: Int, maxNorm: Double? = nil, normType: Double = 2,
        scaleGradByFreq: Bool = false, mode: EmbeddingBagMode = .mean, includeLastOffset: Bool = false,
        paddingIdx: Int? = nil, dtype: DType = .default
    ) {
        self.init(
            numEmbeddings, embeddingDim, maxNorm: maxNorm, normType: normType, scaleGradByFreq: scaleGradByFreq,
            mode: mode, includeLastOffset: includeLastOffset, paddingIdx: paddingIdx, dtype: dtype)
    }
}

extension nn.GRU {
    public convenience init(
        _ inputSize: Int, _ hiddenSize: Int, _ numLayers: Int, bias: Bool = true, batchFirst: Bool = false,
        dropout: Double = 0, bidirectional: Bool = false, dtype: DType = .default
    ) {
        self.init(
            inputSize, hiddenSize, numLayers: numLayers, bias: bias, batchFirst: batchFirst, dropout: dropout,
            bidirectional: bidirectional, dtype: dtype)
    }
    public convenience init(
        _ inputSize: Int, _ hiddenSize: Int, _ numLayers: Int, _ bias: Bool, batchFirst: Bool = false, dropout: Double = 0,
        bidirectional: Bool = false, dtype: DType = .default
    ) {
        self.init(
            inputSize, hiddenSize, numLayers: numLayers, bias: bias, batchFirst: batchFirst, dropout: dropout,
            bidirectional: bidirectional, dtype: dtype)
    }
    public convenience init(
        _ inputSize: Int, _ hiddenSize: Int, _ numLayers: Int, _ bias: Bool, _ batchFirst: Bool, dropout: Double = 0,
        bidirectional: Bool = false, dtype: DType = .default
    ) {
        self.init(
            inputSize, hiddenSize, numLayers: numLayers, bias: bias, batchFirst: batchFirst, dropout: dropout,
            bidirectional: bidirectional, dtype: dtype)
    }
    public convenience init(
        inputSize: Int, hiddenSize: Int, numLayers: Int = 1, bias: Bool = true, batchFirst: Bool = false,
        dropout: Double = 0, bidirectional: Bool = false, dtype: DType = .default
    ) {
        self.init(
            inputSize, hiddenSize, numLayers: numLayers, bias: bias, batchFirst: batchFirst, dropout: dropout,
            bidirectional: bidirectional, dtype: dtype)
    }
    public convenience init(
        _ inputSize: Int, hiddenSize: Int, numLayers: Int = 1, bias: Bool = true, batchFirst: Bool = false,
        dropout: Double = 0, bidirectional: Bool = false, dtype: DType = .default
    ) {
        self.init(
            inputSize, hiddenSize, numLayers: numLayers, bias: bias, batchFirst: batchFirst, dropout: dropout,
            bidirectional: bidirectional, dtype: dtype)
    }
}

extension nn.GRUCell {
    public convenience init(_ inputSize: Int, _ hiddenSize: Int, _ bias: Bool, dtype: DType = .default) {
        self.init(inputSize, hiddenSize, bias: bias, dtype: dtype)
    }
    public convenience init(_ inputSize: Int, _ hiddenSize: Int, _ bias: Bool, _ dtype: DType) {
        self.init(inputSize, hiddenSize, bias: bias, dtype: dtype)
    }
    public convenience init(inputSize: Int, hiddenSize: Int, bias: Bool = true, dtype: DType = .default) {
        self.init(inputSize, hiddenSize, bias: bias, dtype: dtype)
    }
    public convenience init(_ inputSize: Int, hiddenSize: Int, bias: Bool = true, dtype: DType = .default) {
        self.init(inputSize, hiddenSize, bias: bias, dtype: dtype)
    }
}

extension nn.LSTM {
    public convenience init(
        _ inputSize: Int, _ hiddenSize: Int, _ numLayers: Int, bias: Bool = true, batchFirst: Bool = false,
        dropout: Double = 0, bidirectional: Bool = false, projSize: Int = 0, dtype: DType = .default
    ) {
        self.init(
            inputSize, hiddenSize, numLayers: numLayers, bias: bias, batchFirst: batchFirst, dropout: dropout,
            bidirectional: bidirectional, projSize: projSize, dtype: dtype)
    }
    public convenience init(
        _ inputSize: Int, _ hiddenSize: Int, _ numLayers: Int, _ bias: Bool, batchFirst: Bool = false, dropout: Double = 0,
        bidirectional: Bool = false, projSize: Int = 0, dtype: DType = .default
    ) {
        self.init(
            inputSize, hiddenSize, numLayers: numLayers, bias: bias, batchFirst: batchFirst, dropout: dropout,
            bidirectional: bidirectional, projSize: projSize, dtype: dtype)
    }
    public convenience init(
        _ inputSize: Int, _ hiddenSize: Int, _ numLayers: Int, _ bias: Bool, _ batchFirst: Bool, dropout: Double = 0,
        bidirectional: Bool = false, projSize: Int = 0, dtype: DType = .default
    ) {
        self.init(
            inputSize, hiddenSize, numLayers: numLayers, bias: bias, batchFirst: batchFirst, dropout: dropout,
            bidirectional: bidirectional, projSize: projSize, dtype: dtype)
    }
    public convenience init(
        inputSize: Int, hiddenSize: Int, numLayers: Int = 1, bias: Bool = true, batchFirst: Bool = false,
        dropout: Double = 0, bidirectional: Bool = false, projSize: Int = 0, dtype: DType = .default
    ) {
        self.init(
            inputSize, hiddenSize, numLayers: numLayers, bias: bias, batchFirst: batchFirst, dropout: dropout,
            bidirectional: bidirectional, projSize: projSize, dtype: dtype)
    }
    public convenience init(
        _ inputSize: Int, hiddenSize: Int, numLayers: Int = 1, bias: Bool = true, batchFirst: Bool = false,
        dropout: Double = 0, bidirectional: Bool = false, projSize: Int = 0, dtype: DType = .default
    ) {
        self.init(
            inputSize, hiddenSize, numLayers: numLayers, bias: bias, batchFirst: batchFirst, dropout: dropout,
            bidirectional: bidirectional, projSize: projSize, dtype: dtype)
    }
}

extension nn.LSTMCell {
    public convenience init(_ inputSize: Int, _ hiddenSize: Int, _ bias: Bool, dtype: DType = .default) {
        self.init(inputSize, hiddenSize, bias: bias, dtype: dtype)
    }
    public convenience init(_ inputSize: Int, _ hiddenSize: Int, _ bias: Bool, _ dtype: DType) {
        self.init(inputSize, hiddenSize, bias: bias, dtype: dtype)
    }
    public convenience init(inputSize: Int, hiddenSize: Int, bias: Bool = true, dtype: DType = .default) {
        self.init(inputSize, hiddenSize, bias: bias, dtype: dtype)
    }
    public convenience init(_ inputSize: Int, hiddenSize: Int, bias: Bool = true, dtype: DType = .default) {
        self.init(inputSize, hiddenSize, bias: bias, dtype: dtype)
    }
}

extension nn.MultiheadAttention {
    public convenience init(
        _ embedDim: Int, _ numHeads: Int, _ dropout: Double, bias: Bool = true, addBiasKv: Bool = false,
        addZeroAttn: Bool = false, kdim: Int? = nil, vdim: Int? = nil, batchFirst: Bool = false, dtype: DType = .default
    ) {
        self.init(
            embedDim, numHeads, dropout: dropout, bias: bias, addBiasKv: addBiasKv, addZeroAttn: addZeroAttn, kdim: kdim,
            vdim: vdim, batchFirst: batchFirst, dtype: dtype)
    }
    public convenience init(
        _ embedDim: Int, _ numHeads: Int, _ dropout: Double, _ bias: Bool, addBiasKv: Bool = false,
        addZeroAttn: Bool = false, kdim: Int? = nil, vdim: Int? = nil, batchFirst: Bool = false, dtype: DType = .default
    ) {
        self.init(
            embedDim, numHeads, dropout: dropout, bias: bias, addBiasKv: addBiasKv, addZeroAttn: addZeroAttn, kdim: kdim,
            vdim: vdim, batchFirst: batchFirst, dtype: dtype)
    }
    public convenience init(
        _ embedDim: Int, _ numHeads: Int, _ dropout: Double, _ bias: Bool, _ addBiasKv: Bool, addZeroAttn: Bool = false,
        kdim: Int? = nil, vdim: Int? = nil, batchFirst: Bool = false, dtype: DType = .default
    ) {
        self.init(
            embedDim, numHeads, dropout: dropout, bias: bias, addBiasKv: addBiasKv, addZeroAttn: addZeroAttn, kdim: kdim,
            vdim: vdim, batchFirst: batchFirst, dtype: dtype)
    }
    public convenience init(
        embedDim: Int, numHeads: Int, dropout: Double = 0, bias: Bool = true, addBiasKv: Bool = false,
        addZeroAttn: Bool = false, kdim: Int? = nil, vdim: Int? = nil, batchFirst: Bool = false, dtype: DType = .default
    ) {
        self.init(
            embedDim, numHeads, dropout: dropout, bias: bias, addBiasKv: addBiasKv, addZeroAttn: addZeroAttn, kdim: kdim,
            vdim: vdim, batchFirst: batchFirst, dtype: dtype)
    }
    public convenience init(
        _ embedDim: Int, numHeads: Int, dropout: Double = 0, bias: Bool = true, addBiasKv: Bool = false,
        addZeroAttn: Bool = false, kdim: Int? = nil, vdim: Int? = nil, batchFirst: Bool = false, dtype: DType = .default
    ) {
        self.init(
            embedDim, numHeads, dropout: dropout, bias: bias, addBiasKv: addBiasKv, addZeroAttn: addZeroAttn, kdim: kdim,
            vdim: vdim, batchFirst: batchFirst, dtype: dtype)
    }
}

extension nn.RNN {
    public convenience init(
        _ inputSize: Int, _ hiddenSize: Int, _ numLayers: Int, nonlinearity: String = "tanh", bias: Bool = true,
        batchFirst: Bool = false, dropout: Double = 0, bidirectional: Bool = false, dtype: DType = .default
    ) {
        self.init(
            inputSize, hiddenSize, numLayers: numLayers, nonlinearity: nonlinearity, bias: bias, batchFirst: batchFirst,
            dropout: dropout, bidirectional: bidirectional, dtype: dtype)
    }
    public convenience init(
        inputSize: Int, hiddenSize: Int, numLayers: Int = 1, nonlinearity: String = "tanh", bias: Bool = true,
        batchFirst: Bool = false, dropout: Double = 0, bidirectional: Bool = false, dtype: DType = .default
    ) {
        self.init(
            inputSize, hiddenSize, numLayers: numLayers, nonlinearity: nonlinearity, bias: bias, batchFirst: batchFirst,
            dropout: dropout, bidirectional: bidirectional, dtype: dtype)
    }
    public convenience init(
        _ inputSize: Int, hiddenSize: Int, numLayers: Int = 1, nonlinearity: String = "tanh", bias: Bool = true,
        batchFirst: Bool = false, dropout: Double = 0, bidirectional: Bool = false, dtype: DType = .default
    ) {
        self.init(
            inputSize, hiddenSize, numLayers: numLayers, nonlinearity: nonlinearity, bias: bias, batchFirst: batchFirst,
            dropout: dropout, bidirectional: bidirectional, dtype: dtype)
    }
}

extension nn.RNNCell {
    public convenience init(
        _ inputSize: Int, _ hiddenSize: Int, _ bias: Bool, nonlinearity: String = "tanh", dtype: DType = .default
    ) {
        self.init(inputSize, hiddenSize, bias: bias, nonlinearity: nonlinearity, dtype: dtype)
    }
    public convenience init(
        _ inputSize: Int, _ hiddenSize: Int, _ bias: Bool, _ nonlinearity: String, dtype: DType = .default
    ) {
        self.init(inputSize, hiddenSize, bias: bias, nonlinearity: nonlinearity, dtype: dtype)
    }
    public convenience init(_ inputSize: Int, _ hiddenSize: Int, _ bias: Bool, _ nonlinearity: String, _ dtype: DType) {
        self.init(inputSize, hiddenSize, bias: bias, nonlinearity: nonlinearity, dtype: dtype)
    }
    public convenience init(
        inputSize: Int, hiddenSize: Int, bias: Bool = true, nonlinearity: String = "tanh", dtype: DType = .default
    ) {
        self.init(inputSize, hiddenSize, bias: bias, nonlinearity: nonlinearity, dtype: dtype)
    }
    public convenience init(
        _ inputSize: Int, hiddenSize: Int, bias: Bool = true, nonlinearity: String = "tanh", dtype: DType = .default
    ) {
        self.init(inputSize, hiddenSize, bias: bias, nonlinearity: nonlinearity, dtype: dtype)
    }
}

extension nn.Transformer {
    public convenience init(
        _ dModel: Int, nhead: Int = 8, numEncoderLayers: Int = 6, numDecoderLayers: Int = 6, dimFeedforward: Int = 2048,
        dropout: Double = 0.1, activation: @escaping (Tensor) -> Tensor = { nn.functional.relu($0) },
        layerNormEps: Double = 1e-5, batchFirst: Bool = false, normFirst: Bool = false, bias: Bool = true
    ) {
        self.init(
            dModel: dModel, nhead: nhead, numEncoderLayers: numEncoderLayers, numDecoderLayers: numDecoderLayers,
            dimFeedforward: dimFeedforward, dropout: dropout, activation: activation, layerNormEps: layerNormEps,
            batchFirst: batchFirst, normFirst: normFirst, bias: bias)
    }
    public convenience init(
        _ dModel: Int, _ nhead: Int, numEncoderLayers: Int = 6, numDecoderLayers: Int = 6, dimFeedforward: Int = 2048,
        dropout: Double = 0.1, activation: @escaping (Tensor) -> Tensor = { nn.functional.relu($0) },
        layerNormEps: Double = 1e-5, batchFirst: Bool = false, normFirst: Bool = false, bias: Bool = true
    ) {
        self.init(
            dModel: dModel, nhead: nhead, numEncoderLayers: numEncoderLayers, numDecoderLayers: numDecoderLayers,
            dimFeedforward: dimFeedforward, dropout: dropout, activation: activation, layerNormEps: layerNormEps,
            batchFirst: batchFirst, normFirst: normFirst, bias: bias)
    }
    public convenience init(
        _ dModel: Int, _ nhead: Int, _ numEncoderLayers: Int, numDecoderLayers: Int = 6, dimFeedforward: Int = 2048,
        dropout: Double = 0.1, activation: @escaping (Tensor) -> Tensor = { nn.functional.relu($0) },
        layerNormEps: Double = 1e-5, batchFirst: Bool = false, normFirst: Bool = false, bias: Bool = true
    ) {
        self.init(
            dModel: dModel, nhead: nhead, numEncoderLayers: numEncoderLayers, numDecoderLayers: numDecoderLayers,
            dimFeedforward: dimFeedforward, dropout: dropout, activation: activation, layerNormEps: layerNormEps,
            batchFirst: batchFirst, normFirst: normFirst, bias: bias)
    }
}

extension nn.TransformerDecoder {
    public convenience init(decoderLayer: nn.TransformerDecoderLayer, numLayers: Int, norm: nn.Module? = nil) {
        self.init(decoderLayer, numLayers, norm: norm)
    }
    public convenience init(_ decoderLayer: nn.TransformerDecoderLayer, numLayers: Int, norm: nn.Module? = nil) {
        self.init(decoderLayer, numLayers, norm: norm)
    }
}

extension nn.TransformerDecoderLayer {
    public convenience init(
        _ dModel: Int, _ nhead: Int, _ dimFeedforward: Int, dropout: Double = 0.1,
        activation: @escaping (Tensor) -> Tensor = { nn.functional.relu($0) }, layerNormEps: Double = 1e-5,
        batchFirst: Bool = false, normFirst: Bool = false, bias: Bool = true
    ) {
        self.init(
            dModel, nhead, dimFeedforward: dimFeedforward, dropout: dropout, activation: activation,
            layerNormEps: layerNormEps, batchFirst: batchFirst, normFirst: normFirst, bias: bias)
    }
    public convenience init(
        _ dModel: Int, _ nhead: Int, _ dimFeedforward: Int, _ dropout: Double,
        activation: @escaping (Tensor) -> Tensor = { nn.functional.relu($0) }, layerNormEps: Double = 1e-5,
        batchFirst: Bool = false, normFirst: Bool = false, bias: Bool = true
    ) {
        self.init(
            dModel, nhead, dimFeedforward: dimFeedforward, dropout: dropout, activation: activation,
            layerNormEps: layerNormEps, batchFirst: batchFirst, normFirst: normFirst, bias: bias)
    }
    public convenience init(
        dModel: Int, nhead: Int, dimFeedforward: Int = 2048, dropout: Double = 0.1,
        activation: @escaping (Tensor) -> Tensor = { nn.functional.relu($0) }, layerNormEps: Double = 1e-5,
        batchFirst: Bool = false, normFirst: Bool = false, bias: Bool = true
    ) {
        self.init(
            dModel, nhead, dimFeedforward: dimFeedforward, dropout: dropout, activation: activation,
            layerNormEps: layerNormEps, batchFirst: batchFirst, normFirst: normFirst, bias: bias)
    }
    public convenience init(
        _ dModel: Int, nhead: Int, dimFeedforward: Int = 2048, dropout: Double = 0.1,
        activation: @escaping (Tensor) -> Tensor = { nn.functional.relu($0) }, layerNormEps: Double = 1e-5,
        batchFirst: Bool = false, normFirst: Bool = false, bias: Bool = true
    ) {
        self.init(
            dModel, nhead, dimFeedforward: dimFeedforward, dropout: dropout, activation: activation,
            layerNormEps: layerNormEps, batchFirst: batchFirst, normFirst: normFirst, bias: bias)
    }
}

extension nn.TransformerEncoder {
    public convenience init(
        encoderLayer: nn.TransformerEncoderLayer, numLayers: Int, norm: nn.Module? = nil, enableNestedTensor: Bool = true
    ) {
        self.init(encoderLayer, numLayers, norm: norm)
    }
    public convenience init(
        _ encoderLayer: nn.TransformerEncoderLayer, numLayers: Int, norm: nn.Module? = nil, enableNestedTensor: Bool = true
    ) {
        self.init(encoderLayer, numLayers, norm: norm)
    }
}

extension nn.TransformerEncoderLayer {
    public convenience init(
        _ dModel: Int, _ nhead: Int, _ dimFeedforward: Int, dropout: Double = 0.1,
        activation: @escaping (Tensor) -> Tensor = { nn.functional.relu($0) }, layerNormEps: Double = 1e-5,
        batchFirst: Bool = false, normFirst: Bool = false, bias: Bool = true
    ) {
        self.init(
            dModel, nhead, dimFeedforward: dimFeedforward, dropout: dropout, activation: activation,
            layerNormEps: layerNormEps, batchFirst: batchFirst, normFirst: normFirst, bias: bias)
    }
    public convenience init(
        _ dModel: Int, _ nhead: Int, _ dimFeedforward: Int, _ dropout: Double,
        activation: @escaping (Tensor) -> Tensor = { nn.functional.relu($0) }, layerNormEps: Double = 1e-5,
        batchFirst: Bool = false, normFirst: Bool = false, bias: Bool = true
    ) {
        self.init(
            dModel, nhead, dimFeedforward: dimFeedforward, dropout: dropout, activation: activation,
            layerNormEps: layerNormEps, batchFirst: batchFirst, normFirst: normFirst, bias: bias)
    }
    public convenience init(
        dModel: Int, nhead: Int, dimFeedforward: Int = 2048, dropout: Double = 0.1,
        activation: @escaping (Tensor) -> Tensor = { nn.functional.relu($0) }, layerNormEps: Double = 1e-5,
        batchFirst: Bool = false, normFirst: Bool = false, bias: Bool = true
    ) {
        self.init(
            dModel, nhead, dimFeedforward: dimFeedforward, dropout: dropout, activation: activation,
            layerNormEps: layerNormEps, batchFirst: batchFirst, normFirst: normFirst, bias: bias)
    }
    public convenience init(
        _ dModel: Int, nhead: Int, dimFeedforward: Int = 2048, dropout: Double = 0.1,
        activation: @escaping (Tensor) -> Tensor = { nn.functional.relu($0) }, layerNormEps: Double = 1e-5,
        batchFirst: Bool = false, normFirst: Bool = false, bias: Bool = true
    ) {
        self.init(
            dModel, nhead, dimFeedforward: dimFeedforward, dropout: dropout, activation: activation,
            layerNormEps: layerNormEps, batchFirst: batchFirst, normFirst: normFirst, bias: bias)
    }
}
