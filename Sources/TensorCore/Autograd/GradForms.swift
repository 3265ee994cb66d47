/// A tensor, or a list of them: what `torch.autograd.grad` takes in each place.
public protocol TensorOrTensors {
    var tensors: [Tensor?] { get }
}

/// What such a list can hold.
public protocol TensorOrNone {
    var tensorOrNone: Tensor? { get }
}

extension Tensor: TensorOrTensors, TensorOrNone {
    public var tensors: [Tensor?] { [self] }
    public var tensorOrNone: Tensor? { self }
}

extension Optional: TensorOrNone where Wrapped == Tensor {
    public var tensorOrNone: Tensor? { self }
}

extension Array: TensorOrTensors where Element: TensorOrNone {
    public var tensors: [Tensor?] { map(\.tensorOrNone) }
}

/// The forms of `grad` where every input has a gradient. As in PyTorch they give a list, with one input a list of one:
/// `let gx = torch.autograd.grad(y, x)[0]`. Where the context asks for a tensor, that one gradient is it.
extension torch.autograd {
    public static func grad(
        _ outputs: any TensorOrTensors, _ inputs: any TensorOrTensors, gradOutputs: (any TensorOrTensors)? = nil,
        retainGraph: Bool? = nil, createGraph: Bool = false, isGradsBatched: Bool = false
    ) -> [Tensor] {
        let grads: [Tensor?] = grad(
            outputs, inputs, gradOutputs: gradOutputs, retainGraph: retainGraph, createGraph: createGraph,
            allowUnused: false, isGradsBatched: isGradsBatched)
        return grads.map { $0! }
    }

    @_disfavoredOverload
    public static func grad(
        _ outputs: any TensorOrTensors, _ input: Tensor, gradOutputs: (any TensorOrTensors)? = nil,
        retainGraph: Bool? = nil, createGraph: Bool = false, isGradsBatched: Bool = false
    ) -> Tensor {
        grad(
            outputs, input, gradOutputs: gradOutputs, retainGraph: retainGraph, createGraph: createGraph,
            isGradsBatched: isGradsBatched)[0]
    }

    /// With the gradient of the output by its place.
    public static func grad(
        _ outputs: any TensorOrTensors, _ inputs: any TensorOrTensors, _ gradOutputs: any TensorOrTensors,
        retainGraph: Bool? = nil, createGraph: Bool = false
    ) -> [Tensor] {
        grad(outputs, inputs, gradOutputs: gradOutputs, retainGraph: retainGraph, createGraph: createGraph)
    }

    /// Two gradients taken apart: `let (gx, gy) = torch.autograd.grad(z, [x, y])`.
    @_disfavoredOverload
    public static func grad(
        _ outputs: any TensorOrTensors, _ inputs: [Tensor], gradOutputs: (any TensorOrTensors)? = nil,
        retainGraph: Bool? = nil, createGraph: Bool = false
    ) -> (Tensor, Tensor) {
        parts2(grad(outputs, inputs, gradOutputs: gradOutputs, retainGraph: retainGraph, createGraph: createGraph) as [Tensor])
    }
}

/// The same by name. `onlyInputs` is always true, as in PyTorch.
extension torch.autograd {
    public static func grad(
        outputs: any TensorOrTensors, inputs: any TensorOrTensors, gradOutputs: (any TensorOrTensors)? = nil,
        retainGraph: Bool? = nil, createGraph: Bool = false, onlyInputs: Bool = true, isGradsBatched: Bool = false
    ) -> [Tensor] {
        grad(
            outputs, inputs, gradOutputs: gradOutputs, retainGraph: retainGraph, createGraph: createGraph,
            isGradsBatched: isGradsBatched)
    }

    /// The order in which gradient penalties are mostly written.
    public static func grad(
        outputs: any TensorOrTensors, inputs: any TensorOrTensors, gradOutputs: (any TensorOrTensors)? = nil,
        createGraph: Bool, retainGraph: Bool, onlyInputs: Bool = true
    ) -> [Tensor] {
        grad(outputs, inputs, gradOutputs: gradOutputs, retainGraph: retainGraph, createGraph: createGraph)
    }

    @_disfavoredOverload
    public static func grad(
        outputs: any TensorOrTensors, inputs: Tensor, gradOutputs: (any TensorOrTensors)? = nil, retainGraph: Bool? = nil,
        createGraph: Bool = false, isGradsBatched: Bool = false
    ) -> Tensor {
        grad(
            outputs, inputs, gradOutputs: gradOutputs, retainGraph: retainGraph, createGraph: createGraph,
            isGradsBatched: isGradsBatched)
    }

    @_disfavoredOverload
    public static func grad(
        outputs: any TensorOrTensors, inputs: any TensorOrTensors, gradOutputs: (any TensorOrTensors)? = nil,
        retainGraph: Bool? = nil, createGraph: Bool = false, allowUnused: Bool? = nil, materializeGrads: Bool = false
    ) -> [Tensor?] {
        grad(
            outputs, inputs, gradOutputs: gradOutputs, retainGraph: retainGraph, createGraph: createGraph,
            allowUnused: allowUnused, materializeGrads: materializeGrads)
    }
}
