/// Messages for types that an operator does not take.
extension Tensor {
    /// Stops on a complex tensor with PyTorch's message.
    @inline(__always)
    func refuseComplex(_ message: @autoclosure () -> String, _ kind: FailureKind = .notImplemented) {
        if dtype.isComplex { fail(message(), kind) }
    }

    /// Stops where both are of integer types, or the result would be complex: the kernel has
    /// floating types alone, which numbers of no other type are converted to.
    func checkFloatingKernel(_ kernel: String, _ other: Tensor, complexToo: Bool = false) {
        let type = promotedType([self, other])
        check(
            !type.isIntegral && (complexToo || !type.isComplex), "\"\(kernel)\" not implemented for '\(type.scalarName)'",
            .notImplemented)
    }

    /// Stops unless `lerp` takes these: all of one floating or complex type.
    func checkLerp(_ end: Tensor, _ weight: some TensorOperand) {
        check(
            end.dtype == dtype,
            "expected dtype \(dtype.lerpName) for `end` but got dtype \(end.dtype.lerpName)")
        if let weight = weight as? Tensor {
            check(
                weight.dtype == dtype,
                "expected dtype \(dtype.lerpName) for `weight` but got dtype \(weight.dtype.lerpName)")
        }
        check(
            dtype.isDifferentiable,
            "\"lerp_kernel_\(weight is Tensor ? "tensor" : "scalar")\" not implemented for '\(dtype.scalarName)'", .notImplemented)
    }
}

extension DType {
    /// The C++ name as the compiler spells it out.
    fileprivate var lerpName: String {
        switch self {
        case .int64: "long int"
        case .int16: "short int"
        default: cName
        }
    }
}
