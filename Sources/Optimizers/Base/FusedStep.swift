import CKernels
import TensorCore

extension optim.Optimizer {
    typealias Loop<Options, Element> = (
        UnsafePointer<Options>, Int, UnsafeMutablePointer<Element>, UnsafePointer<Element>,
        UnsafePointer<UnsafeMutablePointer<Element>?>
    ) -> Void

    /// Runs a kernel over the memory of a parameter, its gradient and up to three tensors of state.
    ///
    /// Kernels know contiguous float32 and float64. Complex tensors count as pairs of reals, other
    /// types and arrangements are copied there and back.
    func apply<Options>(
        _ options: Options, _ float32: Loop<Options, Float>, _ float64: Loop<Options, Double>, _ parameter: Tensor,
        _ grad: Tensor, _ states: [Tensor?]
    ) {
        if parameter.dtype.isComplex {
            apply(
                options, float32, float64, parameter.viewAsReal(), grad.viewAsReal(), states.map { $0?.viewAsReal() })
        } else if parameter.dtype == .float64 {
            run(options, float64, .float64, parameter, grad, states)
        } else {
            run(options, float32, .float32, parameter, grad, states)
        }
    }

    private func run<Options, Element: BitwiseCopyable>(
        _ options: Options, _ loop: Loop<Options, Element>, _ type: DType, _ parameter: Tensor, _ grad: Tensor,
        _ states: [Tensor?]
    ) {
        if parameter.numel == 0 { return }
        let changed = [parameter] + states
        let working = changed.map { $0?.plainCopyUnlessPlain(type) }
        let gradient = grad.plainCopyUnlessPlain(type)
        func memory(_ tensor: Tensor) -> UnsafeMutablePointer<Element> {
            tensor.withUnsafeMutableValues(as: Element.self) { $0.baseAddress! }
        }
        var pointers = working.dropFirst().map { $0.map(memory) }
        while pointers.count < 3 { pointers.append(nil) }
        withUnsafePointer(to: options) { options in
            loop(options, parameter.numel, memory(working[0]!), UnsafePointer(memory(gradient)), pointers)
        }
        for case (let target?, let source?) in zip(changed, working) {
            if target === source { target.noteChange() } else { target.copy_(source) }
        }
        withExtendedLifetime((working, gradient)) {}
    }
}

extension Tensor {
    fileprivate func plainCopyUnlessPlain(_ type: DType) -> Tensor {
        dtype == type && isContiguous() && device.type == .cpu ? self : to(Device.cpu).to(type).contiguous()
    }
}
