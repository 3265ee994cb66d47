import CKernels

extension CPUBackend {
    func reduce(_ kernel: ck_reduce, _ x: Tensor, _ reduced: [Bool], _ parameter: Double, _ out: Tensor) {
        let width = x.dtype.size
        var steps = x.steps
        for i in 0..<steps.count { steps[i] *= width }
        let status = withUnsafeBytes(of: x.dims.values) { sizes in
            withUnsafeBytes(of: steps.values) { steps in
                var array = ck_array(
                    type: x.dtype.kernel, rank: Int32(x.dims.count),
                    sizes: sizes.assumingMemoryBound(to: Int64.self).baseAddress,
                    steps: steps.assumingMemoryBound(to: Int64.self).baseAddress, data: x.address)
                return ck_run_reduce(kernel, &array, reduced, parameter, out.dtype.kernel, out.address)
            }
        }
        finish(status, x.dtype, String(cString: ck_reduce_name(kernel)))
    }

    func extremum(_ largest: Bool, _ x: Tensor, _ dim: Int, _ values: Tensor, _ indices: Tensor) {
        let (outer, size, inner) = x.extents(dim)
        // The dense copy must live until the kernel is done.
        let x = dense(x)
        let status = withExtendedLifetime(x) {
            ck_run_extremum(
                x.dtype.kernel, largest, x.address, outer, size, inner, values.address, indices.positions)
        }
        finish(status, x.dtype, largest ? "max_cpu" : "min_cpu")
    }

    func scan(_ kernel: ck_scan, _ x: Tensor, _ dim: Int, _ out: Tensor) {
        let (outer, size, inner) = x.extents(dim)
        let x = dense(x)
        let status = withExtendedLifetime(x) {
            ck_run_scan(kernel, x.dtype.kernel, x.address, outer, size, inner, out.dtype.kernel, out.address)
        }
        finish(status, x.dtype, kernel == CK_LOGCUMSUMEXP ? "logcumsumexp_out_cpu" : "cumsum_out_cpu")
    }

    // MARK: Rows

    func softmax(_ x: Tensor, logarithm: Bool, _ out: Tensor) {
        let (rows, size) = x.rows
        finish(
            ck_run_softmax(x.dtype.kernel, logarithm, x.address, rows, size, out.address), x.dtype,
            "softmax_lastdim_kernel_impl")
    }

    func softmaxBackward(_ grad: Tensor, _ result: Tensor, logarithm: Bool, _ out: Tensor) {
        let (rows, size) = grad.rows
        let status = ck_run_softmax_backward(
            grad.dtype.kernel, logarithm, grad.address, result.address, rows, size, out.address)
        finish(status, grad.dtype, "softmax_backward_lastdim_kernel_impl")
    }

    func sort(_ x: Tensor, descending: Bool, _ values: Tensor, _ indices: Tensor) {
        let (rows, size) = x.rows
        let status = ck_run_sort(
            x.dtype.kernel, descending, x.address, rows, size, values.rows.size, values.address, indices.positions)
        if status == CK_UNSUPPORTED { fail(" Sort does not support complex dtypes on CPU", .typeError) }
        finish(status, x.dtype, "sort")
    }
}

extension Tensor {
    /// The rows that the last dimension makes, and their length.
    fileprivate var rows: (count: Int64, size: Int64) {
        let (outer, size, _) = extents(Swift.max(dims.count - 1, 0))
        return (outer, size)
    }
}
