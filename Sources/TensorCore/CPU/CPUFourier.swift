import CKernels

extension CPUBackend {
    func fourier(_ x: Tensor, inverse: Bool) {
        if x.numel == 0 { return }
        let n = x.dims[x.dims.count - 1]
        let data = x.address!.assumingMemoryBound(to: Double.self)
        parallel(x.numel / n, grain: Swift.max(1, 4096 / n)) { range in
            let status = ck_fft(data + range.lowerBound * n * 2, Int64(range.count), Int64(n), inverse)
            finish(status, x.dtype, "fft")
        }
    }
}
