/// Formulas of several steps for float16 and bfloat16.
extension Tensor {
    /// What `body` gives for the tensors, which it computes in float32 where the first is float16 or bfloat16: values
    /// and gradients are then rounded once, as by an operator that is one kernel, and not after each step.
    package static func computedWide(_ inputs: Tensor?..., body: ([Tensor?]) -> Tensor) -> Tensor {
        guard let dtype = inputs[0]?.dtype, dtype.isHalf else { return body(inputs) }
        return body(inputs.map { $0.map { $0.isFloatingPoint() ? $0.to(.float32) : $0 } }).to(dtype)
    }
}
