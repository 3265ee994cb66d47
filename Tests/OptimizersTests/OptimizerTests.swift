import Flambeau
import Foundation
import TestSupport
import Testing

/// Optimizers take the steps that PyTorch's take.
@Suite(.serialized) struct OptimizerTests {
    @Test func groupsInAVariable() {
        let (a, b) = (nn.Linear(2, 2), nn.Linear(2, 2))
        let groups: [[String: Any]] = [
            ["params": a.parameters(), "weight_decay": 0.1, "betas": (0.5, 0.9)],
            ["params": b.parameters(), "weightDecay": 0.2, "lr": 0.01],
        ]
        let optimizer = optim.AdamW(groups, lr: 0.1)
        #expect(optimizer.paramGroups.map(\.weightDecay) == [0.1, 0.2] && optimizer.paramGroups.map(\.lr) == [0.1, 0.01])
        #expect(optimizer.description.contains("betas: (0.5, 0.9)") && !optimizer.description.contains("weightDecay"))
        #expect(failure { _ = optim.SGD([["lr": 0.1]], lr: 0.1) } == "KeyError: 'params'")
    }

    @Test func trajectoriesEqualPyTorch() throws {
        for golden in try Golden.read("optimizers.jsonl", from: .module) {
            let dtype = golden.dtype
            torch.manualSeed(golden.int("seed"))
            let w = torch.randn([3, 5], dtype: dtype, requiresGrad: true)
            let c = torch.randn([3, 5], dtype: dtype)
            let optimizer = make(golden, [w])
            #expect(optimizer.description == golden.text("repr"))
            for (i, expected) in golden.texts("steps").enumerated() {
                optimizer.zeroGrad()
                ((w - c) * (w - c) * (1 + c * c)).sum().backward()
                optimizer.step()
                let stored = Golden(fields: ["hex": expected, "shape": [3, 5], "dtype": dtype.name]).storedTensor
                let tolerance = dtype == .float32 ? 1e-6 : 1e-14
                #expect(w.distance(to: stored) <= tolerance, "\(golden.text("repr")) step \(i)")
            }
        }
    }

    private func make(_ golden: Golden, _ parameters: [Tensor]) -> optim.Optimizer {
        let options = golden.golden("options")
        let lr = options.number("lr") ?? 1e-3
        let flag = { (key: String) in options.fields[key] as? Bool ?? false }
        let betas = (options.fields["betas"] as? [Double]).map { ($0[0], $0[1]) } ?? (0.9, 0.999)
        let decay = options.number("weight_decay")
        switch golden.text("optimizer") {
        case "SGD":
            return optim.SGD(
                parameters, lr: lr, momentum: options.number("momentum") ?? 0, dampening: options.number("dampening") ?? 0,
                weightDecay: decay ?? 0, nesterov: flag("nesterov"), maximize: flag("maximize"))
        case "Adam":
            return optim.Adam(
                parameters, lr: lr, betas: betas, eps: options.number("eps") ?? 1e-8, weightDecay: decay ?? 0,
                amsgrad: flag("amsgrad"), maximize: flag("maximize"))
        default:
            return optim.AdamW(
                parameters, lr: lr, betas: betas, weightDecay: decay ?? 1e-2, amsgrad: flag("amsgrad"),
                maximize: flag("maximize"))
        }
    }

    @Test func otherTypesAndStrides() {
        // The same steps for a transposed parameter and, within its precision, for half.
        let values = torch.randn([3, 4])
        let plain = nn.Parameter(values.t().clone()), strided = nn.Parameter(values.clone().t())
        let half = nn.Parameter(values.t().to(.float16))
        let optimizer = optim.Adam([plain, strided, half], lr: 0.1)
        for _ in 0..<3 {
            optimizer.zeroGrad()
            ((plain * plain).sum() + (strided * strided).sum()).backward()
            (half * half).sum().backward()
            optimizer.step()
        }
        #expect(plain.distance(to: strided) == 0)
        #expect(half.dtype == .float16 && half.to(.float32).distance(to: plain) < 0.01)
    }

    @Test func groupsHaveTheirOwnSettings() {
        let a = torch.ones(1, requiresGrad: true), b = torch.ones(1, requiresGrad: true)
        let optimizer = optim.SGD([optim.ParamGroup([a]), optim.ParamGroup([b], lr: 1)], lr: 0.1)
        (a + b).sum().backward()
        optimizer.step()
        #expect(a.item() == Double(Float(0.9)) && b.item() == 0)
        optimizer.paramGroups[0].lr = 0.4
        optimizer.step()
        #expect(a.description == "tensor([0.5000], requires_grad=True)")
    }

    @Test func closureAndParametersWithoutGradient() {
        let a = torch.ones(1, requiresGrad: true), unused = torch.ones(1, requiresGrad: true)
        let optimizer = optim.SGD([a, unused], lr: 0.5)
        let loss = optimizer.step {
            optimizer.zeroGrad()
            let loss = (a * a).sum()
            loss.backward()
            return loss
        }
        #expect(loss.item() == 1 && a.item() == 0 && unused.item() == 1)
        optimizer.zeroGrad(setToNone: false)
        #expect(a.grad!.item() == 0 && unused.grad == nil)
    }

    @Test func changesAreSeenByTheGraph() {
        let a = torch.ones(1, requiresGrad: true)
        let optimizer = optim.SGD([a], lr: 0.5)
        let y = a * a
        a.grad = torch.ones(1)
        optimizer.step()
        let message = failure { y.backward() }
        #expect(message?.contains("has been modified by an inplace operation") == true)
    }

    @Test(arguments: [true, false]) func aResumedRunIsTheSame(adam: Bool) throws {
        func make(_ p: Tensor) -> optim.Optimizer {
            adam ? optim.Adam([p], lr: 0.1, amsgrad: true) : optim.SGD([p], lr: 0.1, momentum: 0.9)
        }
        func train(_ p: Tensor, _ optimizer: optim.Optimizer, _ steps: Int) {
            for _ in 0..<steps {
                optimizer.zeroGrad()
                (p * p * p).sum().backward()
                optimizer.step()
            }
        }
        let a = torch.tensor([1.0, -2, 3], requiresGrad: true)
        let first = make(a)
        train(a, first, 3)
        let b = a.detach().clone().requiresGrad_()
        let second = adam ? make(b) : optim.SGD([b], lr: 5)
        try second.loadStateDict(first.stateDict())
        train(a, first, 3)
        train(b, second, 3)
        #expect(a.hex == b.hex)
        #expect(throws: StateValueError.self) { try optim.SGD([a, b], lr: 1).loadStateDict(first.stateDict()) }
    }

    @Test func errors() {
        let p = [torch.zeros(2, requiresGrad: true)]
        #expect(failure { _ = optim.SGD(p, lr: -1) } == "ValueError: Invalid learning rate: -1.0")
        #expect(failure { _ = optim.SGD([Tensor](), lr: 1) } == "ValueError: optimizer got an empty parameter list")
        #expect(failure { _ = optim.SGD(p, lr: 0.1, nesterov: true) } == "ValueError: Nesterov momentum requires a momentum and zero dampening")
        #expect(failure { _ = optim.Adam(p, betas: (1.5, 0.9)) } == "ValueError: Invalid beta parameter at index 0: 1.5")
        #expect(failure { _ = optim.SGD([p[0] * 2], lr: 0.1) } == "ValueError: can't optimize a non-leaf Tensor")
        #expect(failure { _ = optim.SGD([optim.ParamGroup(p), optim.ParamGroup(p)]) } == "ValueError: some parameters appear in more than one parameter group")
    }
}
