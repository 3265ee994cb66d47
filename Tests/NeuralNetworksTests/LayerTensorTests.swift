import Flambeau
import TestSupport
import Testing

private class Scaled: nn.Module {
    let factor: Tensor
    let shift: Tensor?
    let inner = nn.Linear(2, 2)

    init(_ n: Int, shifts: Bool = false) {
        factor = nn.Parameter(torch.ones(n))
        shift = shifts ? nn.Parameter(torch.zeros(n), requiresGrad: false) : nil
        super.init()
        registerBuffer("mask", torch.tril(torch.ones(n, n)))
    }

    override func forward(_ x: Tensor) -> Tensor { inner(x) * factor * buffer("mask")[0] }
}

/// The tensors of layers that the variable's type does not declare, and what programs do with states and parameters.
@Suite(.serialized) struct LayerTensorTests {
    @Test func parametersOfTheInitializer() {
        let data = torch.zeros(2)
        let parameter = nn.Parameter(data)
        data[0] = 5
        #expect(parameter[0].item() == 5 && parameter.requiresGrad && parameter.isLeaf)
        #expect(Scaled(2).namedParameters().map(\.name) == ["factor", "inner.weight", "inner.bias"])
        #expect(Scaled(2, shifts: true).namedParameters().map(\.parameter.requiresGrad) == [true, false, true, true])
    }

    @Test func weightsOfLayersInAList() {
        let net = nn.Sequential(nn.Linear(3, 2), nn.ReLU(), nn.Linear(2, 1, bias: false))
        net[0].weight.data.fill_(1)
        net[0].bias.data.zero_()
        #expect(net(torch.ones(1, 3)).shape == [1, 1] && net[0].weight.shape == [2, 3])
        #expect(net[2].bias == nil && net[0].bias != nil && net[2].weight.grad == nil)
        #expect(net[0].weight === (net[0] as! nn.Linear).weight)
    }

    @Test func initialisationByTheNameOfTheClass() {
        let net = nn.Sequential(nn.Conv2d(1, 2, 3), nn.BatchNorm2d(2), nn.ReLU())
        net.apply { m in
            let name = String(describing: type(of: m))
            if name.contains("Conv") {
                nn.initializers.constant_(m.weight.data, 0.5)
            } else if name.contains("BatchNorm") {
                nn.initializers.constant_(m.weight.data, 2)
                nn.initializers.constant_(m.bias, 1)
            }
        }
        #expect(net[0].weight.mean().item() == 0.5 && net[1].weight.array() == [2, 2] as [Float])
        #expect(net[1].bias.array() == [1, 1] as [Float] && net[1].runningMean.array() == [0, 0] as [Float])
        #expect((net[1] as! nn.BatchNorm2d).weight.data.shape == [2])
    }

    @Test func modulesOfOtherModules() {
        let module: nn.Module = Scaled(2)
        #expect(module.getSubmodule("inner").weight.shape == [2, 2])
        #expect(module(torch.ones(2)).shape == [2])
        nn.LSTM(2, 3).flattenParameters()
        let layers = nn.ModuleDict(["conv": nn.Conv1d(1, 2, 1), "act": nn.ReLU()])
        #expect(layers["act"](layers["conv"](torch.ones(1, 1, 4))).shape == [1, 2, 4] && layers["conv"].weight.shape == [2, 1, 1])
    }

    @Test func whatIsNotThere() {
        let message = failure { _ = (nn.ReLU() as nn.Module).weight }
        #expect(message == "AttributeError: 'ReLU' object has no attribute 'weight'")
    }

    @Test func softUpdateOfATarget() {
        let (policy, target) = (nn.Linear(2, 2), nn.Linear(2, 2))
        let expected = 0.25 * policy.weight + 0.75 * target.weight
        var state = target.stateDict()
        let source = policy.stateDict()
        for key in source.keys {
            state[key] = source[key] * 0.25 + state[key] * (1 - 0.25)
        }
        target.loadStateDict(state)
        #expect(target.weight.distance(to: expected) < 1e-6)
    }

    @Test func theBestStateIsKept() {
        let net = nn.Linear(2, 2)
        let best = net.stateDict().clone()
        let before = net.weight.detach().clone()
        torch.noGrad { net.weight.zero_() }
        #expect(torch.equal(best["weight"], before) && best.keys == ["weight", "bias"])
        let part = best.filter { $0.key != "bias" }
        #expect(net.loadStateDict(part, strict: false).missingKeys == ["bias"] && torch.equal(net.weight, before))
    }

    @Test func aStateTakesWhatFitsFromAnother() {
        let pretrained: StateDict = ["weight": torch.ones(2, 2), "bias": torch.ones(3), "head": torch.ones(1)]
        let net = nn.Linear(2, 2)
        var own = net.stateDict().clone()
        let bias = own["bias"].clone()
        own.update(pretrained.filter { own.contains($0.key) && own[$0.key].shape == $0.value.shape })
        net.loadStateDict(own)
        #expect(net.weight.sum().item() == 4 && torch.equal(net.bias, bias))
        #expect(torch.equal(own.pop("weight"), torch.ones(2, 2)) && own.keys == ["bias"])
        let rest = own
        #expect(failure { var state = rest; state.pop("head") } == "KeyError: 'head'")
    }

    @Test func sparseGradientOfAnEmbedding() {
        let layer = nn.Embedding(5, 2, paddingIdx: 1, sparse: true)
        layer(torch.tensor([1, 3, 3])).sum().backward()
        #expect(layer.weight.grad.isSparse)
        #expect(layer.weight.grad.toDense().sum(dim: 1).array() == [0, 0, 0, 4, 0] as [Float])
        #expect(layer.description == "Embedding(5, 2, padding_idx=1, sparse=True)")
        let before = layer.weight.detach().clone()
        optim.SparseAdam(layer.parameters(), lr: 0.1).step()
        let changed = (layer.weight.detach() - before).abs().sum(dim: 1)
        #expect(changed[3].item() > 0.1 && changed[0].item() == 0)
    }

    @Test func transformersWithMasksByPositionOrAlone() {
        torch.manualSeed(0)
        let layer = nn.TransformerEncoderLayer(dModel: 4, nhead: 2, batchFirst: true)
        let encoder = nn.TransformerEncoder(layer, numLayers: 1, enableNestedTensor: false).eval()
        let (x, padding) = (torch.randn(1, 3, 4), torch.tensor([[false, false, true]]))
        let mask = nn.Transformer.generateSquareSubsequentMask(3)
        #expect(torch.equal(encoder(x, mask), encoder(x, mask: mask)))
        #expect(torch.equal(encoder(x, srcKeyPaddingMask: padding), encoder(x, mask: nil, srcKeyPaddingMask: padding)))
        let model = nn.Transformer(
            dModel: 4, nhead: 2, numEncoderLayers: 1, numDecoderLayers: 1, dimFeedforward: 8, batchFirst: true
        ).eval()
        #expect(torch.equal(model(x, x, tgtMask: mask), model(x, x, srcMask: nil, tgtMask: mask)))
        #expect(!torch.equal(model(x, x, srcKeyPaddingMask: padding), model(x, x)))
    }
}
