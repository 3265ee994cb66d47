import CKernels

/// The CPU: kernels in C, shared among the threads of `CKernels`' pool.
final class CPUBackend: Backend {
    static let shared = CPUBackend()

    var device: Device { .cpu }

    // MARK: Memory

    func allocate(_ byteCount: Int) -> UnsafeMutableRawPointer? {
        guard let pointer = ck_allocate(byteCount) else { outOfMemory(byteCount) }
        return pointer
    }

    func deallocate(_ pointer: UnsafeMutableRawPointer, _ byteCount: Int) { ck_deallocate(pointer, byteCount) }

    /// Kernels have ended when they return.
    func synchronize() {}

    // MARK: Elementwise

    func unary(
        _ kernel: ck_unary, _ parameters: KernelParameters, _ type: DType,
        _ a: UnsafeMutableRawPointer?, _ out: UnsafeMutableRawPointer?, _ count: Int
    ) {
        var p = parameters.values
        finish(ck_run_unary(kernel, &p, type.kernel, a, out, Int64(count)), type, String(cString: ck_unary_name(kernel)))
    }

    func binary(
        _ kernel: ck_binary, _ parameters: KernelParameters, _ type: DType,
        _ a: UnsafeMutableRawPointer?, _ aStep: Int, _ b: UnsafeMutableRawPointer?, _ bStep: Int,
        _ out: UnsafeMutableRawPointer?, _ count: Int
    ) {
        var p = parameters.values
        let status = ck_run_binary(
            kernel, &p, type.kernel, a, Int64(aStep), b, Int64(bStep), out, Int64(count))
        finish(status, type, String(cString: ck_binary_name(kernel)))
    }

    func unary(_ kernel: ck_unary, _ parameters: KernelParameters, _ type: DType, _ plan: ElementwisePlan) {
        var p = parameters.values
        let status = plan.withKernelPlan { ck_plan_unary(kernel, &p, type.kernel, $0) }
        finish(status, type, String(cString: ck_unary_name(kernel)))
    }

    func binary(_ kernel: ck_binary, _ parameters: KernelParameters, _ type: DType, _ plan: ElementwisePlan) {
        var p = parameters.values
        let status = plan.withKernelPlan { ck_plan_binary(kernel, &p, type.kernel, $0) }
        finish(status, type, String(cString: ck_binary_name(kernel)))
    }

    func ternary(_ kernel: ck_ternary, _ parameters: KernelParameters, _ type: DType, _ plan: ElementwisePlan) {
        var p = parameters.values
        let status = plan.withKernelPlan { ck_plan_ternary(kernel, &p, type.kernel, $0) }
        finish(status, type, String(cString: ck_ternary_name(kernel)))
    }

    func copy(to: DType, from: DType, _ plan: ElementwisePlan) {
        finish(plan.withKernelPlan { ck_plan_copy(to.kernel, from.kernel, $0) }, from, "copy_")
    }

    func fill(_ out: Tensor, _ value: Scalar) {
        let number: Tensor
        switch value {
        case .bool(let v): number = scalar(v ? 1 : 0, .int64)
        case .int(let v): number = scalar(v, .int64)
        case .float(let v): number = scalar(v, .float64)
        case .complex(let re, let im): number = scalar((re, im), .complex128)
        }
        if !out.contiguousFlag || out.numel < 256 {
            copy(to: out.dtype, from: number.dtype, ElementwisePlan(out, number))
            return
        }
        let element = Tensor(empty: Dims(), out.dtype, self)
        copy(to: out.dtype, from: number.dtype, ElementwisePlan(element, number))
        ck_fill(out.dtype.size, element.address, out.address, Int64(out.numel))
        withExtendedLifetime(element) {}
    }

    private func scalar<Value>(_ value: Value, _ type: DType) -> Tensor {
        let t = Tensor(empty: Dims(), type, self)
        t.address!.storeBytes(of: value, as: Value.self)
        return t
    }
}

// MARK: - Helpers of the CPU's kernels

extension CPUBackend {
    /// Stops with PyTorch's message if a kernel did not succeed.
    @inline(__always)
    func finish(_ status: ck_status, _ type: DType, _ name: @autoclosure () -> String) {
        if status != CK_OK { stop(status, type, name()) }
    }

    @inline(never)
    private func stop(_ status: ck_status, _ type: DType, _ name: String) -> Never {
        switch (status, name, type) {
        case (CK_DIVISION_BY_ZERO, _, _): fail("ZeroDivisionError")
        case (CK_OUT_OF_MEMORY, _, _): outOfMemory(0)
        case (_, "sub_stub", .bool):
            fail(
                "Subtraction, the `-` operator, with two bool tensors is not supported. Use the `^` or "
                    + "`logical_xor()` operator instead.", .notImplemented)
        case (_, "neg_cpu", .bool):
            fail(
                "Negation, the `-` operator, on a bool tensor is not supported. If you are trying to invert a "
                    + "mask, use the `~` or `logical_not()` operator instead.")
        default: fail("\"\(name)\" not implemented for '\(type.scalarName)'", .notImplemented)
        }
    }

    func outOfMemory(_ byteCount: Int) -> Never {
        fail(
            "[enforce fail at alloc_cpu.cpp] err == 0. DefaultCPUAllocator: can't allocate memory: you tried to "
                + "allocate \(byteCount) bytes. Error code 12 (Cannot allocate memory)")
    }

    /// The tensor, or a copy of it without gaps.
    func dense(_ x: Tensor) -> Tensor { x.contiguousFlag ? x : denseCopy(x) }

    /// A copy without gaps, of another type if given one.
    func denseCopy(_ x: Tensor, _ type: DType? = nil) -> Tensor {
        let result = Tensor(empty: x.dims, type ?? x.dtype, self)
        copy(to: result.dtype, from: x.dtype, ElementwisePlan(result, x))
        return result
    }

    /// Calls `body` with `x`, or where it has gaps with a copy that is written back.
    func withDense(_ x: Tensor, _ body: (Tensor) -> Void) {
        let work = dense(x)
        body(work)
        if work !== x { copy(to: x.dtype, from: x.dtype, ElementwisePlan(x, work)) }
    }

    /// Shares `body` over ranges of [0, count) among the threads.
    func parallel(_ count: Int, grain: Int = 1, _ body: (Range<Int>) -> Void) {
        withoutActuallyEscaping(body) { body in
            var body = body
            withUnsafeMutablePointer(to: &body) { context in
                ck_parallel(
                    Int64(count), Int64(grain),
                    { context, begin, end in
                        let body = context!.assumingMemoryBound(to: ((Range<Int>) -> Void).self)
                        body.pointee(Int(begin)..<Int(end))
                    }, context)
            }
        }
    }
}

extension Dims {
    /// The product of the values in a range.
    func product(_ range: Range<Int>) -> Int {
        var result = 1
        for i in range { result *= self[i] }
        return result
    }
}

extension Tensor {
    /// The elements before, along and after a dimension; a 0-d tensor counts as a vector of one.
    func extents(_ dim: Int) -> (outer: Int64, size: Int64, inner: Int64) {
        if dims.isEmpty { return (1, 1, 1) }
        return (
            Int64(dims.product(0..<dim)), Int64(dims[dim]), Int64(dims.product((dim + 1)..<dims.count))
        )
    }

    /// The elements as int64, for indices without gaps.
    var positions: UnsafeMutablePointer<Int64>? { address?.assumingMemoryBound(to: Int64.self) }
}

extension ElementwisePlan {
    /// The plan as the kernels in C read it.
    @inline(__always)
    fileprivate func withKernelPlan(_ body: (UnsafePointer<ck_plan>) -> ck_status) -> ck_status {
        withUnsafeBytes(of: sizes.values) { sizes in
            withUnsafeBytes(of: steps) { steps in
                withUnsafeBytes(of: pointers) { pointers in
                    var plan = ck_plan(
                        rank: Int32(rank), sizes: sizes.assumingMemoryBound(to: Int64.self).baseAddress,
                        pointers: pointers.assumingMemoryBound(to: UnsafeMutableRawPointer?.self).baseAddress,
                        steps: steps.assumingMemoryBound(to: Int64.self).baseAddress)
                    return body(&plan)
                }
            }
        }
    }
}
