import Flambeau
import Foundation
import TestSupport
import Testing

/// Every layer and loss against PyTorch: starting values for a seed, printed text, result, gradients,
/// and state after the call.
@Suite(.serialized) struct LayerTests {
    static let weight = torch.tensor([0.5, 2.0, 1.0])

    static let modules: [String: () -> nn.Module] = [
        "Linear(5, 3)": { nn.Linear(5, 3) },
        "Linear(5, 3, bias=False)": { nn.Linear(5, 3, bias: false) },
        "Bilinear(3, 4, 2)": { nn.Bilinear(3, 4, 2) },
        "Identity()": { nn.Identity() },
        "Flatten()": { nn.Flatten() },
        "Unflatten(1, (2, 3))": { nn.Unflatten(1, [2, 3]) },
        "Embedding(6, 3)": { nn.Embedding(6, 3) },
        "Embedding(6, 3, padding_idx=1)": { nn.Embedding(6, 3, paddingIdx: 1) },
        "LayerNorm(4)": { nn.LayerNorm(4) },
        "LayerNorm((2, 4))": { nn.LayerNorm([2, 4]) },
        "LayerNorm(4, elementwise_affine=False)": { nn.LayerNorm(4, elementwiseAffine: false) },
        "RMSNorm(4)": { nn.RMSNorm(4) },
        "GroupNorm(2, 4)": { nn.GroupNorm(2, 4) },
        "BatchNorm1d(4)": { nn.BatchNorm1d(4) },
        "BatchNorm1d(4, momentum=None)": { nn.BatchNorm1d(4, momentum: nil) },
        "BatchNorm2d(3, affine=False)": { nn.BatchNorm2d(3, affine: false) },
        "ReLU()": { nn.ReLU() }, "ReLU6()": { nn.ReLU6() }, "LeakyReLU(0.2)": { nn.LeakyReLU(0.2) },
        "PReLU()": { nn.PReLU() }, "Sigmoid()": { nn.Sigmoid() }, "Tanh()": { nn.Tanh() },
        "Softmax(dim=1)": { nn.Softmax(dim: 1) }, "Softmax(dim=0)": { nn.Softmax(dim: 0) },
        "LogSoftmax(dim=-1)": { nn.LogSoftmax(dim: -1) }, "Softmin(dim=1)": { nn.Softmin(dim: 1) },
        "GELU()": { nn.GELU() }, "GELU(approximate='tanh')": { nn.GELU(approximate: "tanh") },
        "ELU()": { nn.ELU() }, "CELU(2.0)": { nn.CELU(alpha: 2) }, "SELU()": { nn.SELU() },
        "SiLU()": { nn.SiLU() }, "Mish()": { nn.Mish() }, "Softplus()": { nn.Softplus() },
        "Softplus(2.0, 1.0)": { nn.Softplus(beta: 2, threshold: 1) }, "Hardtanh()": { nn.Hardtanh() },
        "Hardsigmoid()": { nn.Hardsigmoid() }, "Hardswish()": { nn.Hardswish() },
        "LogSigmoid()": { nn.LogSigmoid() }, "Softsign()": { nn.Softsign() }, "Tanhshrink()": { nn.Tanhshrink() },
        "Hardshrink()": { nn.Hardshrink() }, "Softshrink()": { nn.Softshrink() },
        "Threshold(0.1, 20.0)": { nn.Threshold(0.1, 20.0) }, "GLU()": { nn.GLU() },
        "MSELoss()": { nn.MSELoss() }, "MSELoss(reduction='sum')": { nn.MSELoss(reduction: .sum) },
        "MSELoss(reduction='none')": { nn.MSELoss(reduction: "none") }, "L1Loss()": { nn.L1Loss() },
        "SmoothL1Loss(beta=0.5)": { nn.SmoothL1Loss(beta: 0.5) }, "HuberLoss(delta=0.7)": { nn.HuberLoss(delta: 0.7) },
        "CrossEntropyLoss()": { nn.CrossEntropyLoss() },
        "CrossEntropyLoss(reduction='sum')": { nn.CrossEntropyLoss(reduction: .sum) },
        "CrossEntropyLoss(reduction='none')": { nn.CrossEntropyLoss(reduction: .none) },
        "CrossEntropyLoss(weight=W)": { nn.CrossEntropyLoss(weight: weight) },
        "CrossEntropyLoss(label_smoothing=0.1)": { nn.CrossEntropyLoss(labelSmoothing: 0.1) },
        "CrossEntropyLoss(weight=W, label_smoothing=0.1)": { nn.CrossEntropyLoss(weight: weight, labelSmoothing: 0.1) },
        "NLLLoss()": { nn.NLLLoss() }, "NLLLoss(weight=W, reduction='none')": { nn.NLLLoss(weight: weight, reduction: .none) },
        "BCELoss()": { nn.BCELoss() }, "BCEWithLogitsLoss()": { nn.BCEWithLogitsLoss() },
        "BCEWithLogitsLoss(pos_weight=W)": { nn.BCEWithLogitsLoss(posWeight: weight) },
        "KLDivLoss(reduction='batchmean')": { nn.KLDivLoss(reduction: .batchmean) },
        "KLDivLoss(log_target=True)": { nn.KLDivLoss(logTarget: true) },
        "CosineSimilarity()": { nn.CosineSimilarity() },
    ]

    @Test func layersEqualPyTorch() throws {
        for golden in try Golden.read("modules.jsonl", from: .module) {
            let text = golden.text("module")
            torch.manualSeed(golden.int("seed"))
            let make = try #require(Self.modules[text])
            let module = make()
            #expect(module.description == golden.text("repr"))
            expectState(module, golden.goldens("state"), 0, "\(text): starting values")

            let inputs = golden.goldens("inputs").map { $0!.listedTensor }
            for input in inputs where input.isFloatingPoint() { input.requiresGrad_() }
            let out = inputs.count == 1 ? module(inputs[0]) : module(inputs[0], inputs[1])
            #expect(out.distance(to: golden.golden("out").listedTensor) < 2e-6, "\(text): result")
            // Where the target holds probabilities PyTorch divides by another route.
            let isDivided = out.gradFn?.name == "DivBackward0"
            if text.contains("Loss") && !isDivided || text.hasPrefix("Linear") || text.hasPrefix("Embedding") {
                #expect(out.gradFn?.name == golden.fields["grad_fn"] as? String, "\(text)")
            }
            out.backward(gradient: golden.golden("cotangent").listedTensor)
            for (input, expected) in zip(inputs, golden.goldens("input_grads")) {
                guard let expected else { continue }
                #expect(input.grad!.distance(to: expected.listedTensor) < 1e-5, "\(text): gradient of an input")
            }
            for (parameter, expected) in zip(module.parameters(), golden.goldens("grads")) {
                #expect(parameter.grad!.distance(to: expected!.listedTensor) < 1e-5, "\(text): gradient of a parameter")
            }
            expectState(module, golden.goldens("state_after"), 1e-6, "\(text): state after")
        }
    }

    private func expectState(_ module: nn.Module, _ expected: [Golden?], _ tolerance: Double, _ what: String) {
        let state = module.stateDict()
        #expect(state.keys == expected.map { $0!.text("name") }, "\(what)")
        for (entry, golden) in zip(state, expected) {
            #expect(entry.value.distance(to: golden!.listedTensor) <= tolerance, "\(what): \(entry.key)")
        }
    }

    @Test func secondDerivatives() throws {
        let x = torch.randn([3, 4], dtype: .float64, requiresGrad: true)
        let t = torch.rand([3, 4], dtype: .float64, requiresGrad: true)
        let classes = torch.tensor([1, 0, 3])
        let w = torch.rand([4], dtype: .float64, requiresGrad: true)
        let functions: [([Tensor]) -> Tensor] = [
            { F.mseLoss($0[0], $0[1]) }, { F.huberLoss($0[0], $0[1], delta: 0.7) },
            { F.binaryCrossEntropyWithLogits($0[0], $0[1]) },
            { F.binaryCrossEntropy($0[0].sigmoid(), $0[1]) },
            { F.layerNorm($0[0], [4], weight: $0[2], bias: $0[2]) },
            { F.batchNorm($0[0], nil, nil, weight: $0[2], bias: $0[2], training: true) },
            { F.crossEntropy($0[0], classes) },
            { F.crossEntropy($0[0], classes, weight: w.detach(), labelSmoothing: 0.1) },
        ]
        for (i, function) in functions.enumerated() {
            let all = { (inputs: [Tensor]) in [function(inputs) + 0 * inputs[1].sum() + 0 * inputs[2].sum()] }
            let first = try torch.autograd.gradcheck(all, [x, t, w])
            let second = try torch.autograd.gradgradcheck(all, [x, t, w])
            #expect(first && second, "function \(i)")
        }
    }

    @Test func dropoutScalesAndRestsInEvaluation() {
        torch.manualSeed(3)
        let dropout = nn.Dropout(0.25)
        let x = torch.ones(10_000)
        let y = dropout(x)
        #expect(Set(y.array() as [Float]) == [0, Float(4) / 3])
        #expect((y.mean().item() - 1).magnitude < 0.02)
        #expect(dropout.eval()(x) === x)
        #expect(nn.Dropout(1)(x).sum().item() == 0)
        #expect(failure { _ = nn.Dropout(2) } == "ValueError: dropout probability has to be between 0 and 1, but got 2")
    }

    @Test func batchNormUsesItsStatisticsInEvaluation() {
        let norm = nn.BatchNorm1d(2)
        let x = torch.tensor([[1.0, 2], [3, 6]])
        _ = norm(x)
        #expect(norm.runningMean!.description == "tensor([0.2000, 0.4000])")
        #expect(norm.runningVar!.description == "tensor([1.1000, 1.7000])")
        #expect(norm.numBatchesTracked!.item() as Int == 1)
        norm.eval()
        #expect(norm(x).description == "tensor([[0.7628, 1.2271],\n        [2.6697, 4.2950]], grad_fn=<NativeBatchNormBackward0>)")
        norm.train()
        #expect(failure { _ = norm(torch.zeros(1, 2)) } == "ValueError: Expected more than 1 value per channel when training, got input size torch.Size([1, 2])")
    }

    @Test func lossErrors() {
        let z = torch.zeros(2, 3)
        #expect(failure { _ = F.crossEntropy(z, torch.tensor([0, 5])) } == "IndexError: Target 5 is out of bounds.")
        #expect(failure { _ = F.nllLoss(z, torch.tensor([0])) } == "ValueError: Expected input batch_size (2) to match target batch_size (1).")
        #expect(failure { _ = F.mseLoss(z, torch.zeros(2, 4)) } == "RuntimeError: The size of tensor a (3) must match the size of tensor b (4) at non-singleton dimension 1")
        #expect(failure { _ = F.binaryCrossEntropy(torch.tensor([1.5]), torch.zeros(1)) } == "RuntimeError: all elements of input should be between 0 and 1")
        #expect(failure { _ = F.mseLoss(z, z, reduction: "x") } == "ValueError: x is not a valid value for reduction")
        #expect(failure { _ = F.embedding(torch.tensor([7]), torch.zeros(3, 2)) } == "IndexError: index out of range in self")
        #expect(failure { _ = F.layerNorm(z, [4]) } == "RuntimeError: Given normalized_shape=[4], expected input with shape [*, 4], but got input of size[2, 3]")
    }
}
