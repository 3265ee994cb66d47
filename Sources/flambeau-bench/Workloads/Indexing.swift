import Flambeau

extension Suite {
    /// What moves, orders, draws or looks up elements.
    mutating func addIndexing() {
        add("permute_copy_32x64x56x56", "NCHW->NHWC contiguous") {
            let x = torch.randn(32, 64, 56, 56)
            return { x.permute(0, 2, 3, 1).contiguous() }
        }
        add("cat_2x_2048x1024") {
            let (x, y) = (torch.randn(2048, 1024), torch.randn(2048, 1024))
            return { torch.cat([x, y], dim: 1) }
        }
        add("sort_1e6") {
            let x = torch.randn(1_000_000)
            return { x.sort() }
        }
        add("topk_4096x1024_k10") {
            let x = torch.randn(4096, 1024)
            return { x.topk(10) }
        }
        add("randn_1e6") { { torch.randn(1_000_000) } }
        add("rand_1e6") { { torch.rand(1_000_000) } }
        add("dropout_1e6") {
            let x = torch.randn(1_000_000)
            return { F.dropout(x, p: 0.5, training: true) }
        }
        add("index_select_50k_of_100kx64") {
            let (x, i) = (torch.randn(100_000, 64), torch.randint(0, 100_000, [50_000]))
            return { x[i] as Tensor }
        }
        add("embedding_fwd_4096_v32000_d256") {
            let (w, i) = (torch.randn(32000, 256), torch.randint(0, 32000, [32, 128]))
            return { F.embedding(i, w) }
        }
        add("embedding_fb_4096_v32000_d256", "dense grad 32000x256") {
            let w = torch.randn(32000, 256, requiresGrad: true)
            let (i, g) = (torch.randint(0, 32000, [32, 128]), torch.randn(32, 128, 256))
            return { torch.autograd.grad(F.embedding(i, w), w, gradOutputs: g) }
        }
    }
}
