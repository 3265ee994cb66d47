import Flambeau

extension Suite {
    /// Sums, extrema and what normalizes by them.
    mutating func addReductions() {
        let (rows, columns) = (4096, 1024)
        func onRows<Result>(_ name: String, _ call: @escaping (Tensor) -> Result) {
            add("\(name)_4096x1024", "bytes=\(4 * rows * columns)") {
                let x = torch.randn(rows, columns)
                return { call(x) }
            }
        }
        onRows("sum_all") { $0.sum() }
        onRows("sum_dim1") { $0.sum(1) }
        onRows("sum_dim0") { $0.sum(0) }
        onRows("max_dim1") { $0.max(1) }
        onRows("argmax_dim1") { $0.argmax(1) }
        onRows("mean_all") { $0.mean() }
        onRows("var_dim1") { $0.var(dim: 1) }
        onRows("softmax") { torch.softmax($0, dim: -1) }
        onRows("log_softmax") { torch.logSoftmax($0, dim: -1) }
        onRows("softmax_dim0") { torch.softmax($0, dim: 0) }
        onRows("logsumexp") { $0.logsumexp(dim: -1) }
        onRows("cumsum") { $0.cumsum(1) }
        onRows("tcopy") { $0.t().contiguous() }
        add("layernorm_4096x1024", "bytes=\(8 * rows * columns)") {
            let (x, w, b) = (torch.randn(rows, columns), torch.randn(columns), torch.randn(columns))
            return { F.layerNorm(x, [columns], weight: w, bias: b) }
        }
        add("layernorm_fb_4096x1024") {
            let x = torch.randn(rows, columns, requiresGrad: true)
            let w = torch.randn(columns, requiresGrad: true)
            let b = torch.randn(columns, requiresGrad: true)
            let g = torch.randn(rows, columns)
            return { torch.autograd.grad([F.layerNorm(x, [columns], weight: w, bias: b)], [x, w, b], gradOutputs: [g]) }
        }
        add("softmax_fb_4096x1024") {
            let (x, g) = (torch.randn(rows, columns, requiresGrad: true), torch.randn(rows, columns))
            return { torch.autograd.grad(torch.softmax(x, dim: -1), x, gradOutputs: g) }
        }
        add("xent_fb_4096x1024") {
            let (x, y) = (torch.randn(rows, columns, requiresGrad: true), torch.randint(0, 1024, [rows]))
            return { torch.autograd.grad(F.crossEntropy(x, y), x) }
        }
        add("sum_1e7", "bytes=40000000") {
            let x = torch.randn(10_000_000)
            return { x.sum() }
        }
    }
}
