import CKernels

extension CPUBackend {
    func maxPool(_ x: Tensor, _ windows: [WindowSpans], _ values: Tensor, _ indices: Tensor) {
        if x.dtype.isHalf {
            let wide = Tensor(empty: values.dims, .float32, self)
            maxPool(denseCopy(x, .float32), windows, wide, indices)
            return copy(to: values.dtype, from: .float32, ElementwisePlan(values, wide))
        }
        // Dimensions that are missing before have one window over their one position.
        let all = [WindowSpans](repeating: WindowSpans(size: 1, [0..<1]), count: 3 - windows.count) + windows
        let bounds: [[Int64]] = all.flatMap { [$0.starts, $0.ends] }
        let plane = Swift.max(all.reduce(1) { $0 * $1.size }, 1)
        let status = bounds.withFlat { (lists: [UnsafePointer<Int64>]) -> ck_status in
            var raw: [ck_windows] = []
            for (i, spans) in all.enumerated() {
                raw.append(
                    ck_windows(
                        size: Int64(spans.size), count: Int64(spans.count), step: Int64(spans.step),
                        starts: lists[2 * i], ends: lists[2 * i + 1]))
            }
            return ck_run_max_pool(
                x.dtype.kernel, x.address, Int64(x.numel / plane), raw, values.address, indices.positions)
        }
        finish(status, x.dtype, "max_pool\(windows.count)d")
    }

    func planeScatter(_ grad: Tensor, _ indices: Tensor, _ out: Tensor) {
        if out.dtype != .float32 && out.dtype != .float64 {
            let wide = Tensor(empty: out.dims, out.dtype == .int64 ? .float64 : .float32, self)
            planeScatter(denseCopy(grad, wide.dtype), indices, wide)
            return copy(to: out.dtype, from: wide.dtype, ElementwisePlan(out, wide))
        }
        let status = ck_run_plane_scatter(
            out.dtype.kernel, grad.address, indices.positions, Int64(out.dims[0]), Int64(grad.dims[1]),
            Int64(out.dims[1]), out.address)
        finish(status, out.dtype, "max_pool_backward")
    }

    func resample(_ x: Tensor, _ dim: Int, _ taps: Taps, _ out: Tensor) {
        let (outer, size, inner) = x.extents(dim)
        let status = [taps.starts, taps.positions].withFlat { (lists: [UnsafePointer<Int64>]) -> ck_status in
            taps.weights.withUnsafeBufferPointer { weights in
                var raw = ck_taps(
                    count: Int64(taps.count), starts: lists[0], positions: lists[1], weights: weights.baseAddress)
                return ck_run_resample(x.dtype.kernel, x.address, outer, size, inner, &raw, out.address)
            }
        }
        finish(status, x.dtype, "resample")
    }
}

extension [[Int64]] {
    /// Calls `body` with the address of each list.
    fileprivate func withFlat<Result>(_ body: ([UnsafePointer<Int64>]) -> Result) -> Result {
        joined().withContiguous { base in
            var addresses: [UnsafePointer<Int64>] = []
            var offset = 0
            for list in self {
                addresses.append(base + offset)
                offset += list.count
            }
            return body(addresses)
        }
    }
}

extension Sequence<Int64> {
    fileprivate func withContiguous<Result>(_ body: (UnsafePointer<Int64>) -> Result) -> Result {
        // One more, so that there is an address for nothing at all.
        (Array(self) + [0]).withUnsafeBufferPointer { body($0.baseAddress!) }
    }
}
