import TensorCore

/// The calls of transformers with masks by position, and with later ones where the first is left out:
/// `encoder(src, mask)`, `encoder(src, srcKeyPaddingMask: padding)`, `transformer(src, tgt, tgtMask: causal)`.
extension nn.TransformerEncoder {
    public func callAsFunction(_ src: Tensor, _ mask: Tensor?, srcKeyPaddingMask: Tensor? = nil) -> Tensor {
        self(src, mask: mask, srcKeyPaddingMask: srcKeyPaddingMask)
    }
    public func callAsFunction(_ src: Tensor, srcKeyPaddingMask: Tensor?, isCausal: Bool = false) -> Tensor {
        self(src, mask: nil, srcKeyPaddingMask: srcKeyPaddingMask, isCausal: isCausal)
    }
}

extension nn.TransformerEncoderLayer {
    public func callAsFunction(_ src: Tensor, _ srcMask: Tensor?, srcKeyPaddingMask: Tensor? = nil) -> Tensor {
        self(src, srcMask: srcMask, srcKeyPaddingMask: srcKeyPaddingMask)
    }
    public func callAsFunction(_ src: Tensor, srcKeyPaddingMask: Tensor?, isCausal: Bool = false) -> Tensor {
        self(src, srcMask: nil, srcKeyPaddingMask: srcKeyPaddingMask, isCausal: isCausal)
    }
}

extension nn.TransformerDecoder {
    public func callAsFunction(
        _ tgt: Tensor, _ memory: Tensor, _ tgtMask: Tensor?, memoryMask: Tensor? = nil, tgtKeyPaddingMask: Tensor? = nil,
        memoryKeyPaddingMask: Tensor? = nil
    ) -> Tensor {
        self(
            tgt, memory, tgtMask: tgtMask, memoryMask: memoryMask, tgtKeyPaddingMask: tgtKeyPaddingMask,
            memoryKeyPaddingMask: memoryKeyPaddingMask)
    }
    public func callAsFunction(
        _ tgt: Tensor, _ memory: Tensor, tgtKeyPaddingMask: Tensor?, memoryKeyPaddingMask: Tensor? = nil
    ) -> Tensor {
        self(
            tgt, memory, tgtMask: nil, tgtKeyPaddingMask: tgtKeyPaddingMask, memoryKeyPaddingMask: memoryKeyPaddingMask)
    }
    public func callAsFunction(_ tgt: Tensor, _ memory: Tensor, memoryKeyPaddingMask: Tensor?) -> Tensor {
        self(tgt, memory, tgtMask: nil, memoryKeyPaddingMask: memoryKeyPaddingMask)
    }
}

extension nn.TransformerDecoderLayer {
    public func callAsFunction(
        _ tgt: Tensor, _ memory: Tensor, _ tgtMask: Tensor?, memoryMask: Tensor? = nil, tgtKeyPaddingMask: Tensor? = nil,
        memoryKeyPaddingMask: Tensor? = nil
    ) -> Tensor {
        self(
            tgt, memory, tgtMask: tgtMask, memoryMask: memoryMask, tgtKeyPaddingMask: tgtKeyPaddingMask,
            memoryKeyPaddingMask: memoryKeyPaddingMask)
    }
    public func callAsFunction(
        _ tgt: Tensor, _ memory: Tensor, tgtKeyPaddingMask: Tensor?, memoryKeyPaddingMask: Tensor? = nil
    ) -> Tensor {
        self(
            tgt, memory, tgtMask: nil, tgtKeyPaddingMask: tgtKeyPaddingMask, memoryKeyPaddingMask: memoryKeyPaddingMask)
    }
    public func callAsFunction(_ tgt: Tensor, _ memory: Tensor, memoryKeyPaddingMask: Tensor?) -> Tensor {
        self(tgt, memory, tgtMask: nil, memoryKeyPaddingMask: memoryKeyPaddingMask)
    }
}

extension nn.Transformer {
    public func callAsFunction(
        _ src: Tensor, _ tgt: Tensor, _ srcMask: Tensor?, _ tgtMask: Tensor?, memoryMask: Tensor? = nil,
        srcKeyPaddingMask: Tensor? = nil, tgtKeyPaddingMask: Tensor? = nil, memoryKeyPaddingMask: Tensor? = nil
    ) -> Tensor {
        self(
            src, tgt, srcMask: srcMask, tgtMask: tgtMask, memoryMask: memoryMask, srcKeyPaddingMask: srcKeyPaddingMask,
            tgtKeyPaddingMask: tgtKeyPaddingMask, memoryKeyPaddingMask: memoryKeyPaddingMask)
    }
    public func callAsFunction(
        _ src: Tensor, _ tgt: Tensor, tgtMask: Tensor?, memoryMask: Tensor? = nil, srcKeyPaddingMask: Tensor? = nil,
        tgtKeyPaddingMask: Tensor? = nil, memoryKeyPaddingMask: Tensor? = nil
    ) -> Tensor {
        self(
            src, tgt, srcMask: nil, tgtMask: tgtMask, memoryMask: memoryMask, srcKeyPaddingMask: srcKeyPaddingMask,
            tgtKeyPaddingMask: tgtKeyPaddingMask, memoryKeyPaddingMask: memoryKeyPaddingMask)
    }
    public func callAsFunction(
        _ src: Tensor, _ tgt: Tensor, srcKeyPaddingMask: Tensor?, tgtKeyPaddingMask: Tensor? = nil,
        memoryKeyPaddingMask: Tensor? = nil
    ) -> Tensor {
        self(
            src, tgt, srcMask: nil, srcKeyPaddingMask: srcKeyPaddingMask, tgtKeyPaddingMask: tgtKeyPaddingMask,
            memoryKeyPaddingMask: memoryKeyPaddingMask)
    }
}
