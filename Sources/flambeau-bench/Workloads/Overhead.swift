import Flambeau

extension Suite {
    /// Tensors so small that the time is that of calling, recording and going back.
    mutating func addOverhead() {
        add("ovh_add10_nograd") {
            let (x, y) = (torch.randn(10), torch.randn(10))
            return { x + y }
        }
        add("ovh_add10_grad") {
            let (x, y) = (torch.randn(10, requiresGrad: true), torch.randn(10, requiresGrad: true))
            return { x + y }
        }
        add("ovh_pylambda_empty", "harness floor: a closure's call") { {} }
        addChains()
        add("ovh_scalar_sq_backward") {
            {
                let x = torch.tensor(3.0, requiresGrad: true)
                let y = x ** 2
                y.backward()
                return x.grad
            }
        }
        add("ovh_scalar_sq_backward_reuse") {
            let x = torch.tensor(3.0, requiresGrad: true)
            return {
                let y = x ** 2
                y.backward()
                x.grad = nil
            }
        }
        add("ovh_mm4x4") {
            let (x, y) = (torch.randn(4, 4), torch.randn(4, 4))
            return { x.matmul(y) }
        }
        add("ovh_sum10") {
            let x = torch.randn(10)
            return { x.sum() }
        }
        add("ovh_item") {
            let x = torch.randn(1)
            return { x.item() as Float }
        }
        add("ovh_view") {
            let x = torch.randn(10, 10)
            return { x.view(100) }
        }
        add("ovh_transpose") {
            let x = torch.randn(10, 10)
            return { x.t() }
        }
        add("ovh_index0") {
            let x = torch.randn(10, 10)
            return { x[0] as Tensor }
        }
        add("ovh_zeros10") { { torch.zeros(10) } }
        add("ovh_add_scalar") {
            let x = torch.randn(10)
            return { x + 1.0 }
        }
        add("ovh_linear_1x16x16_fb") {
            let (l, x) = (nn.Linear(16, 16), torch.randn(1, 16))
            return { l(x).sum().backward() }
        }
    }

    private mutating func addChains() {
        func chain(_ x: Tensor, _ y: Tensor) -> Tensor {
            var z = x
            for _ in 0..<100 { z = z + y }
            return z
        }
        add("ovh_chain100_add10_fwd", "100 adds, requires_grad, no backward") {
            let (x, y) = (torch.randn(10, requiresGrad: true), torch.randn(10))
            return { chain(x, y) }
        }
        add("ovh_chain100_add10_fb", "100 adds fwd + backward of sum") {
            let (x, y) = (torch.randn(10, requiresGrad: true), torch.randn(10))
            return {
                chain(x, y).sum().backward()
                x.grad = nil
            }
        }
        add("ovh_chain100_nograd", "100 adds no grad") {
            let (x, y) = (torch.randn(10), torch.randn(10))
            return { chain(x, y) }
        }
    }
}
