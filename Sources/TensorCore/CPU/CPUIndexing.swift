import CKernels

extension CPUBackend {
    func indexSelect(_ x: Tensor, _ dim: Int, _ index: Tensor, _ out: Tensor) {
        let (outer, size, inner) = x.extents(dim)
        var bad: Int64 = 0
        let (x, index) = (dense(x), dense(index))
        // The dense copies must live until the kernel is done.
        let status = withExtendedLifetime((x, index)) {
            ck_run_index_select(
                x.dtype.size, x.address, outer, size, inner, index.positions, Int64(index.numel), out.address, &bad)
        }
        if status == CK_OUT_OF_BOUNDS { fail("index out of range in self", .indexError) }
        finish(status, x.dtype, "index_select")
    }

    func indexAdd(_ out: Tensor, _ dim: Int, _ index: Tensor, _ source: Tensor) {
        let (outer, size, inner) = out.extents(dim)
        var bad: Int64 = 0
        var status = CK_OK
        let (index, source) = (dense(index), dense(source))
        withDense(out) {
            status = ck_run_index_add(
                $0.dtype.kernel, $0.address, outer, size, inner, index.positions, Int64(index.numel), source.address,
                &bad)
        }
        withExtendedLifetime((index, source)) {}
        finishPoints(status, out, bad, dim, "index_add_cpu_")
    }

    func gather(_ x: Tensor, _ dim: Int, _ index: Tensor, _ out: Tensor) {
        if index.numel == 0 { return }
        let (x, index) = (dense(x), dense(index))
        var bad: Int64 = 0
        let status = withPoints(x, dim, index) {
            ck_run_gather(x.dtype.size, x.address, $0, index.positions, out.address, &bad)
        }
        withExtendedLifetime((x, index)) {}
        finishPoints(status, x, bad, dim, "gather_out_cpu")
    }

    func scatter(_ out: Tensor, _ dim: Int, _ index: Tensor, _ source: Tensor, _ mode: ck_scatter) {
        if index.numel == 0 { return }
        let (index, source) = (dense(index), dense(source))
        var bad: Int64 = 0
        var status = CK_OK
        withDense(out) { out in
            status = withPoints(out, dim, index) {
                ck_run_scatter(
                    out.dtype.kernel, mode, out.address, $0, index.positions, source.address, &bad)
            }
        }
        withExtendedLifetime((index, source)) {}
        finishPoints(status, out, bad, dim, "scatter_cpu")
    }

    /// The points of `index` in contiguous `x`, which it indexes along `dim`.
    private func withPoints(_ x: Tensor, _ dim: Int, _ index: Tensor, _ body: (UnsafePointer<ck_points>) -> ck_status)
        -> ck_status
    {
        var sizes = index.dims
        var steps = x.dims.contiguousStrides
        // A scalar on either side is a vector of one.
        if sizes.isEmpty { sizes.append(1) }
        if steps.isEmpty { steps.append(1) }
        let (size, step) = (x.dims.isEmpty ? 1 : x.dims[dim], steps[dim])
        steps[dim] = 0
        return withUnsafeBytes(of: sizes.values) { sizeBytes in
            withUnsafeBytes(of: steps.values) { stepBytes in
                var points = ck_points(
                    rank: Int32(sizes.count), sizes: sizeBytes.assumingMemoryBound(to: Int64.self).baseAddress,
                    steps: stepBytes.assumingMemoryBound(to: Int64.self).baseAddress, size: Int64(size),
                    step: Int64(step))
                return body(&points)
            }
        }
    }

    private func finishPoints(
        _ status: ck_status, _ x: Tensor, _ bad: Int64, _ dim: Int, _ name: String, _ kind: FailureKind = .runtimeError
    ) {
        if status == CK_OUT_OF_BOUNDS {
            fail("index \(bad) is out of bounds for dimension \(dim) with size \(x.dims.isEmpty ? 1 : x.dims[dim])", kind)
        }
        finish(status, x.dtype, name)
    }

    // MARK: Several indices

    func index(_ x: Tensor, _ indices: [Tensor], _ out: Tensor) {
        let x = dense(x)
        var bad: Int64 = 0
        var dim: Int32 = 0
        let status = withLookup(x, indices) { ck_run_index(x.dtype.size, x.address, $0, out.address, &bad, &dim) }
        finishPoints(status, x, bad, Int(dim), "index_cpu", .indexError)
    }

    func indexPut(_ out: Tensor, _ indices: [Tensor], _ values: Tensor, accumulate: Bool) {
        let values = dense(values)
        var bad: Int64 = 0
        var dim: Int32 = 0
        var status = CK_OK
        withDense(out) { out in
            status = withLookup(out, indices) {
                ck_run_index_put(out.dtype.kernel, accumulate, out.address, $0, values.address, &bad, &dim)
            }
        }
        finishPoints(status, out, bad, Int(dim), "index_put", .indexError)
    }

    private func withLookup(_ x: Tensor, _ indices: [Tensor], _ body: (UnsafePointer<ck_lookup>) -> ck_status)
        -> ck_status
    {
        let indices = indices.map { dense($0) }
        let pointers = indices.map { UnsafePointer($0.positions) }
        let inner = x.dims.product(indices.count..<x.dims.count)
        return withExtendedLifetime(indices) {
            withUnsafeBytes(of: x.dims.values) { sizes in
                pointers.withUnsafeBufferPointer { pointers in
                    var lookup = ck_lookup(
                        rank: Int32(indices.count), sizes: sizes.assumingMemoryBound(to: Int64.self).baseAddress,
                        indices: pointers.baseAddress, count: Int64(indices.first?.numel ?? 1), inner: Int64(inner))
                    return body(&lookup)
                }
            }
        }
    }

    func nonzero(_ x: Tensor) -> Tensor {
        let x = dense(x)
        let count = ck_count_nonzero(x.dtype.kernel, x.address, Int64(x.numel))
        let result = Tensor(empty: Dims(repeating: Int(count), count: 1), .int64, self)
        ck_run_nonzero(x.dtype.kernel, x.address, Int64(x.numel), result.positions)
        return result
    }
}
