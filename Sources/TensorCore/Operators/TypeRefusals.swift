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

    /// Stops where the difference of this tensor and a target would be complex.
    func refuseComplexLoss(_ kernel: String, _ target: Tensor) {
        let type = promotedType([self, target])
        check(!type.isComplex, "\"\(kernel)\" not implemented for '\(type.scalarName)'", .notImplemented)
    }

    /// Stops unless `lerp` takes these: all of one floating or complex type.
    func checkLerp(_ end: Tensor, _ weight: some TensorOperand) {
        check(
            end.dtype == dtype,
            "expected dtype \(dtype.cName) for `end` but got dtype \(end.dtype.cName)")
        if let weight = weight as? Tensor {
            check(
                weight.dtype == dtype,
                "expected dtype \(dtype.cName) for `weight` but got dtype \(weight.dtype.cName)")
        }
        check(
            dtype.isDifferentiable,
            "\"lerp_kernel_\(weight is Tensor ? "tensor" : "scalar")\" not implemented for '\(dtype.scalarName)'", .notImplemented)
    }
}
