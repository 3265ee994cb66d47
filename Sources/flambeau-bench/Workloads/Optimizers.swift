import Flambeau

extension Suite {
    /// One step over 25 million parameters.
    mutating func addOptimizers() {
        let optimizers: [(name: String, make: ([Tensor]) -> optim.Optimizer)] = [
            ("adam", { optim.Adam($0, lr: 1e-3) }),
            ("adamfused", { optim.Adam($0, lr: 1e-3, fused: true) }),
            ("adamforeach", { optim.Adam($0, lr: 1e-3, foreach: true) }),
            ("adamw", { optim.AdamW($0, lr: 1e-3) }),
            ("sgdm", { optim.SGD($0, lr: 1e-3, momentum: 0.9) }),
            ("sgdmfused", { optim.SGD($0, lr: 1e-3, momentum: 0.9, fused: true) }),
        ]
        for (name, make) in optimizers {
            add("opt25M_\(name)", "24 x 1024x1024 params") {
                let optimizer = make(manyParameters())
                return { optimizer.step() }
            }
        }
    }
}

private func manyParameters() -> [Tensor] {
    (0..<24).map { _ in
        let parameter = nn.Parameter(torch.randn(1024, 1024))
        parameter.grad = torch.randn(1024, 1024)
        return parameter
    }
}
