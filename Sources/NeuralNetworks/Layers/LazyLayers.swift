import TensorCore

/// A layer that learns the width of its input from its first call.
///
/// Until then its parameters are empty; the first call makes new ones, so an optimizer is made after it. From then on
/// the layer prints and behaves like the one it stands for.
public protocol LazyModule: nn.Module {
    /// Gives the parameters and buffers their shapes for an input and draws their values.
    func initializeParameters(_ input: Tensor)
    /// Gives the parameters and buffers the shapes of saved ones, which are known by name.
    func adoptShapes(_ saved: (String) -> [Int]?)
    /// Whether no call has come yet.
    func hasUninitializedParams() -> Bool
    /// The name of the layer it stands for.
    static var finalName: String { get }
}

extension LazyModule {
    func prepare(_ input: Tensor) {
        if hasUninitializedParams() { initializeParameters(input) }
    }

    var currentName: String { hasUninitializedParams() ? "Lazy\(Self.finalName)" : Self.finalName }
}

extension nn {
    /// `Linear` that learns `inFeatures` from its first input.
    open class LazyLinear: Linear, LazyModule {
        public static let finalName = "Linear"

        public init(_ outFeatures: Int, bias: Bool = true, device: Device = .cpu, dtype: DType = .default) {
            super.init(0, outFeatures, bias: bias, device: device, dtype: dtype)
        }

        open override func resetParameters() {
            if inFeatures > 0 { super.resetParameters() }
        }
        public func initializeParameters(_ input: Tensor) {
            weight = emptyParameter(like: weight, [outFeatures, input.size(-1)])
            resetParameters()
        }
        public func adoptShapes(_ saved: (String) -> [Int]?) {
            if let shape = saved("weight") { weight = emptyParameter(like: weight, shape) }
        }
        public func hasUninitializedParams() -> Bool { inFeatures == 0 }
        open override func forward(_ input: Tensor) -> Tensor {
            prepare(input)
            return super.forward(input)
        }
        override var typeName: String { currentName }
    }
}

extension nn.ConvolutionLayer {
    /// Gives the weight its shape for an input `(N, C, *)` or `(C, *)` and draws values.
    public func initializeParameters(_ input: Tensor) {
        let rank = Self.rank
        if input.ndim != rank + 1 && input.ndim != rank + 2 {
            fail(
                "Expected \(rank + 1)D (unbatched) or \(rank + 2)D (batched) input to \(typeName), but got input of size: "
                    + "torch.Size(\(input.shape))")
        }
        let channels = input.size(input.ndim - rank - 1)
        if channels % groups != 0 { fail("in_channels must be divisible by groups", .valueError) }
        let shape = Self.isTransposed ? [channels, weight.size(1)] : [weight.size(0), channels / groups]
        weight = emptyParameter(like: weight, shape + kernelSize)
        resetParameters()
    }
    public func adoptShapes(_ saved: (String) -> [Int]?) {
        if let shape = saved("weight") { weight = emptyParameter(like: weight, shape) }
    }
    public func hasUninitializedParams() -> Bool { inChannels == 0 }
}

extension nn.BatchNorm {
    /// Gives all tensors the length of the input's channels, and their first values.
    public func initializeParameters(_ input: Tensor) {
        setFeatures(input.size(1))
        resetParameters()
    }
    public func adoptShapes(_ saved: (String) -> [Int]?) {
        if let shape = saved("running_mean") ?? saved("weight") { setFeatures(shape[0]) }
    }
    public func hasUninitializedParams() -> Bool { numFeatures == 0 }

    private func setFeatures(_ count: Int) {
        numFeatures = count
        weight = weight.map { emptyParameter(like: $0, [count]) }
        bias = bias.map { emptyParameter(like: $0, [count]) }
        for i in registeredBuffers.indices where registeredBuffers[i].name != "num_batches_tracked" {
            let old = registeredBuffers[i].value!
            registeredBuffers[i].value = torch.empty([count], dtype: old.dtype, device: old.device)
        }
    }
}

private func emptyParameter(like old: Tensor, _ shape: [Int]) -> Tensor {
    nn.Parameter(torch.empty(shape, dtype: old.dtype, device: old.device), requiresGrad: old.requiresGrad)
}
