import Flambeau
import TestSupport
import Testing

/// Every optimizer refuses what PyTorch's refuses, in its words.
@Suite(.serialized) struct OptimizerErrorTests {
    private let p = [torch.zeros(2, 2, requiresGrad: true)]

    @Test func settings() {
        let p = p
        let lr = "ValueError: Invalid learning rate: -1.0", eps = "ValueError: Invalid epsilon value: -1.0"
        let decay = "ValueError: Invalid weight_decay value: -1.0"
        let beta = "ValueError: Invalid beta parameter at index 1: 1.0"
        #expect(failure { _ = optim.SGD(p, momentum: -1) } == "ValueError: Invalid momentum value: -1.0")
        #expect(failure { _ = optim.SGD(p, weightDecay: -1) } == decay)
        #expect(failure { _ = optim.SGD(p, foreach: true, fused: true) } == "RuntimeError: `fused` and `foreach` cannot be `True` together.")
        #expect(failure { _ = optim.Adam(p, lr: -1) } == lr)
        #expect(failure { _ = optim.AdamW(p, eps: -1) } == eps)
        #expect(failure { _ = optim.AdamW(p, betas: (0.9, 1)) } == beta)
        #expect(failure { _ = optim.ASGD(p, lr: -1) } == lr)
        #expect(failure { _ = optim.ASGD(p, lambd: -1) } == "ValueError: Invalid lambd value: -1.0")
        #expect(failure { _ = optim.ASGD(p, alpha: -1) } == "ValueError: Invalid alpha value: -1.0")
        #expect(failure { _ = optim.ASGD(p, weightDecay: -1) } == decay)
        #expect(failure { _ = optim.Adadelta(p, lr: -1) } == lr)
        #expect(failure { _ = optim.Adadelta(p, rho: 1.1) } == "ValueError: Invalid rho value: 1.1")
        #expect(failure { _ = optim.Adadelta(p, eps: -1) } == eps)
        #expect(failure { _ = optim.Adafactor(p, lr: -1) } == "ValueError: Learning rate should be >= 0 but is: -1.0")
        #expect(failure { _ = optim.Adafactor(p, beta2Decay: 0.5) } == "ValueError: beta2_decay should be <= 0 but is: 0.5")
        #expect(failure { _ = optim.Adafactor(p, eps: (-1, 0)) } == "ValueError: epsilon1 should be >= 0 but is: -1.0")
        #expect(failure { _ = optim.Adafactor(p, eps: (nil, -1)) } == "ValueError: epsilon2 should be >= 0 but is: -1.0")
        #expect(failure { _ = optim.Adafactor(p, d: 0.5) } == "ValueError: Clipping threshold d should be >= 1 but is: 0.5")
        #expect(failure { _ = optim.Adafactor(p, weightDecay: -1) } == "ValueError: weight_decay should be >= 0 but is: -1.0")
        #expect(failure { _ = optim.Adagrad(p, lrDecay: -1) } == "ValueError: Invalid lr_decay value: -1.0")
        #expect(failure { _ = optim.Adagrad(p, initialAccumulatorValue: -1) } == "ValueError: Invalid initial_accumulator_value value: -1.0")
        #expect(failure { _ = optim.Adamax(p, betas: (0.9, 1)) } == beta)
        #expect(failure { _ = optim.NAdam(p, momentumDecay: -1) } == "ValueError: Invalid momentum_decay value: -1.0")
        #expect(failure { _ = optim.RAdam(p, weightDecay: -1) } == decay)
        #expect(failure { _ = optim.RMSprop(p, alpha: -1) } == "ValueError: Invalid alpha value: -1.0")
        #expect(failure { _ = optim.RMSprop(p, momentum: -1) } == "ValueError: Invalid momentum value: -1.0")
        #expect(failure { _ = optim.Rprop(p, etas: (1, 0.5)) } == "ValueError: Invalid eta values: 1.0, 0.5")
        #expect(failure { _ = optim.SparseAdam(p, lr: 0) } == "ValueError: Invalid learning rate: 0.0")
        #expect(failure { _ = optim.SparseAdam(p, eps: 0) } == "ValueError: Invalid epsilon value: 0.0")
        #expect(failure { _ = optim.Muon(p, momentum: -1) } == "ValueError: momentum should be >= 0 but is: -1.0")
        #expect(failure { _ = optim.Muon(p, weightDecay: -1) } == "ValueError: weight decay should be >= 0 but is: -1.0")
        #expect(failure { _ = optim.Muon(p, adjustLrFn: "none") } == "ValueError: Adjust learning rate function none is not supported")
        #expect(failure { _ = optim.LBFGS(p, lr: -1) } == lr)
    }

    @Test func parameters() {
        let p = p
        let groups = { [optim.ParamGroup(p), optim.ParamGroup([torch.zeros(1, requiresGrad: true)])] }
        #expect(failure { _ = optim.LBFGS(groups()) } == "ValueError: LBFGS doesn't support per-parameter options (parameter groups)")
        #expect(failure { optim.LBFGS(p).step() } == "TypeError: LBFGS.step() missing 1 required positional argument: 'closure'")
        #expect(failure {
            _ = optim.LBFGS(p, lineSearchFn: "armijo").step {
                p[0].grad = torch.ones(2, 2)
                return torch.ones(1)
            }
        } == "RuntimeError: only 'strong_wolfe' is supported")
        #expect(failure { _ = optim.Muon([torch.zeros(3, requiresGrad: true)]) } == "ValueError: Muon only supports 2D parameters whereas we found a parameter with size: torch.Size([3])")
        #expect(failure { _ = optim.SparseAdam([torch.zeros(2, dtype: .complex64, requiresGrad: true)]) } == "ValueError: Complex params at indices [[0, 0]]: SparseAdam does not support complex parameters")
        let named = optim.SGD([optim.ParamGroup(named: [(name: "w", parameter: p[0])])])
        #expect(named.description.contains("    param_names: ['w']\n"))
        #expect(failure { named.addParamGroup(optim.ParamGroup([torch.zeros(1, requiresGrad: true)])) } == "ValueError: all optimizer param groups should be with/without names. cannot add param group without names to the optimizer")
    }

    @Test func sparseGradients() {
        func stepping(_ make: @escaping @Sendable (Tensor) -> optim.Optimizer) -> String? {
            failure {
                let p = torch.zeros(2, 2, requiresGrad: true)
                p.grad = torch.ones(2, 2).toSparse()
                make(p).step()
            }
        }
        #expect(stepping { optim.Adam([$0]) } == "RuntimeError: Adam does not support sparse gradients, please consider SparseAdam instead")
        #expect(stepping { optim.RMSprop([$0]) } == "RuntimeError: RMSprop does not support sparse gradients")
        #expect(stepping { optim.Muon([$0]) } == "RuntimeError: Muon does not support sparse gradients")
        #expect(stepping { optim.Adagrad([$0], weightDecay: 1) } == "RuntimeError: weight_decay option is not compatible with sparse gradients")
        #expect(failure {
            let p = torch.zeros(2, requiresGrad: true)
            p.grad = torch.ones(2)
            optim.SparseAdam([p]).step()
        } == "RuntimeError: SparseAdam does not support dense gradients, please consider Adam instead")
    }

    @Test func sparseGradientsEqualDenseOnes() {
        for make in [
            { optim.SGD($0, lr: 0.1) }, { optim.SGD($0, lr: 0.1, momentum: 0.9) }, { optim.Adagrad($0, lr: 0.1) },
        ] as [([Tensor]) -> optim.Optimizer] {
            let (a, b) = (torch.ones(3, 2, requiresGrad: true), torch.ones(3, 2, requiresGrad: true))
            let optimizer = make([a, b])
            a.grad = torch.arange(6.0).reshape(3, 2)
            b.grad = a.grad!.toSparse()
            for _ in 0..<2 { optimizer.step() }
            #expect(a.detach().distance(to: b.detach()) < 1e-6)
        }
    }

    @Test func complexParametersStepAsPairsOfReals() {
        let z = torch.ones(3, dtype: .complex64).requiresGrad_(), parts = torch.zeros(3, 2, requiresGrad: true)
        torch.noGrad { _ = parts.copy_(torch.viewAsReal(z.detach())) }
        let optimizer = optim.RMSprop([z, parts], lr: 0.1, momentum: 0.5)
        for _ in 0..<3 {
            optimizer.zeroGrad()
            (torch.viewAsReal(z) ** 2 * torch.tensor([1.0, 3])).sum().backward()
            (parts ** 2 * torch.tensor([1.0, 3])).sum().backward()
            optimizer.step()
        }
        #expect(torch.viewAsReal(z.detach()).distance(to: parts.detach()) == 0)
    }

    @Test func hooksSeeEachStep() throws {
        let optimizer = optim.SGD(p, lr: 1)
        p[0].grad = torch.ones(2, 2)
        var seen: [Double] = []
        let handle = optimizer.registerStepPreHook { _ in seen.append(self.p[0].sum().item()) }
        optimizer.registerStepPostHook { _ in seen.append(self.p[0].sum().item()) }
        optimizer.step()
        handle.remove()
        optimizer.step { torch.zeros(1) }
        #expect(seen == [0, -4, -8])
        optimizer.registerStateDictPostHook { _, state in
            var state = state
            state["note"] = "kept"
            return state
        }
        #expect(try optimizer.stateDict().value(.string("note")).string == "kept")
    }
}
