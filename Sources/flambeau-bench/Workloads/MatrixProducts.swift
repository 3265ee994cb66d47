import Flambeau

extension Suite {
    mutating func addMatrixProducts() {
        for n in [32, 64, 128, 256, 512, 1024, 2048] {
            add("sgemm_\(n)", "flops=\(2 * n * n * n)") {
                let (x, y) = (torch.randn(n, n), torch.randn(n, n))
                return { torch.mm(x, y) }
            }
        }
        add("sgemm_1024_tn", "flops=\(2 << 30)") {
            let (x, y) = (torch.randn(1024, 1024), torch.randn(1024, 1024))
            return { torch.mm(x.t(), y) }
        }
        add("sgemm_1024_nt", "flops=\(2 << 30)") {
            let (x, y) = (torch.randn(1024, 1024), torch.randn(1024, 1024))
            return { torch.mm(x, y.t()) }
        }
        for (m, k, n) in [(64, 784, 512), (512, 784, 512), (1024, 256, 1024), (64, 512, 10), (1, 1024, 1024)] {
            add("linear_\(m)x\(k)x\(n)", "flops=\(2 * m * k * n)") {
                let (x, w, b) = (torch.randn(m, k), torch.randn(n, k), torch.randn(n))
                return { F.linear(x, w, b) }
            }
        }
        for (batch, m, k, n) in [(128, 128, 64, 128), (64, 64, 64, 64), (512, 16, 16, 16)] {
            add("bmm_\(batch)x_\(m)x\(k)x\(n)", "flops=\(2 * batch * m * k * n)") {
                let (x, y) = (torch.randn(batch, m, k), torch.randn(batch, k, n))
                return { torch.bmm(x, y) }
            }
        }
        add("gemv_1024", "bytes=4194304") {
            let (x, y) = (torch.randn(1024, 1024), torch.randn(1024))
            return { torch.mv(x, y) }
        }
        add("dot_1e6", "bytes=8000000") {
            let (x, y) = (torch.randn(1_000_000), torch.randn(1_000_000))
            return { torch.dot(x, y) }
        }
    }
}
