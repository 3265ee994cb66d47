import Flambeau
import TestSupport
import Testing

private class Net: nn.Module {
    let conv = nn.Conv2d(1, 2, 3)
    let norm = nn.BatchNorm2d(2)
    var fc: nn.Module = nn.Linear(8, 3)
    override func forward(_ x: Tensor) -> Tensor { fc(F.relu(norm(conv(x))).flatten(1)) }
}

/// A model's parts by path, its state, and models that are changed.
@Suite struct ModuleStateTests {
    @Test func partsAreFoundByPath() {
        let model = Net()
        #expect(model.getParameter("conv.weight") === model.conv.weight)
        #expect(model.getBuffer("norm.running_mean").array() == [0, 0] as [Float])
        #expect(model.getSubmodule("norm") === model.norm)
        #expect(model.namedBuffers().map(\.name) == ["norm.running_mean", "norm.running_var", "norm.num_batches_tracked"])
        #expect(failure { _ = Net().getParameter("conv.scale") } == "AttributeError: Conv2d has no attribute `scale`")
        #expect(failure { _ = Net().getSubmodule("head") } == "AttributeError: Net has no attribute `head`")
    }

    @Test func transferLearningReplacesTheLastLayerAndFreezesTheRest() {
        let model = Net()
        model.requiresGrad_(false)
        model.fc = nn.Linear(8, 5)
        #expect(model.namedParameters().filter { $0.parameter.requiresGrad }.map(\.name) == ["fc.weight", "fc.bias"])
        #expect(model.stateDict()["fc.weight"]!.shape == [5, 8])
        let before: [Float] = model.conv.weight.array()
        let optimizer = optim.SGD(model.parameters().filter(\.requiresGrad), lr: 0.1)
        model(torch.ones(2, 1, 4, 4)).sum().backward()
        optimizer.step()
        #expect(model.conv.weight.array() == before)
        #expect(model.conv.weight.grad == nil)
    }

    @Test func stateDictKeysAreThoseOfSequentialAndItsLists() {
        let model = nn.Sequential([("body", nn.Sequential(nn.Linear(2, 2), nn.ReLU())), ("head", nn.ModuleList([nn.Linear(2, 1)]))])
        #expect(model.stateDict().keys == ["body.0.weight", "body.0.bias", "head.0.weight", "head.0.bias"])
    }

    @Test func loadingCanAssignTheGivenTensors() {
        let model = nn.Linear(2, 1)
        let weight = model.weight
        model.loadStateDict(
            ["weight": torch.ones([1, 2], dtype: .float64), "bias": torch.zeros([1], dtype: .float64)], assign: true)
        #expect(model.weight === weight && weight.dtype == .float64 && weight.requiresGrad)
    }

    @Test func movingAcceptsOnlyFloatingPoint() {
        #expect(
            failure { nn.Linear(1, 1).to(.int64) }
                == "TypeError: nn.Module.to only accepts floating point or complex dtypes, but got desired dtype=torch.int64")
        let model = Net().to(.float64)
        #expect(model.getBuffer("norm.running_var").dtype == .float64)
        #expect(model.getBuffer("norm.num_batches_tracked").dtype == .int64)
        #expect(Net().to(Device.meta).conv.weight.device == .meta)
    }

    @Test func registeringAgainKeepsTheOrder() {
        let module = nn.Module()
        module.registerBuffer("a", torch.zeros(1))
        module.registerBuffer("b", torch.zeros(1))
        module.registerBuffer("a", torch.ones(1), persistent: false)
        #expect(module.namedBuffers().map(\.name) == ["a", "b"])
        #expect(module.stateDict().keys == ["b"])
        #expect(failure { nn.Module().registerBuffer("a.b", nil) } == "KeyError: buffer name can't contain \".\"")
        #expect(failure { nn.Module().addModule("", nn.ReLU()) } == "KeyError: module name can't be empty string \"\"")
        #expect(
            failure { nn.Module().registerParameter("w", torch.zeros(1)) }
                == "TypeError: cannot assign 'torch.FloatTensor' object to parameter 'w' (torch.nn.Parameter or None required)")
    }

    @Test func applyInitialisesEveryLayerInnerOnesFirst() {
        let model = nn.Sequential(nn.Linear(2, 2), nn.Sequential(nn.Linear(2, 1)))
        var order: [String] = []
        model.apply { module in
            order.append("\(type(of: module))")
            if let linear = module as? nn.Linear { nn.initializers.constant_(linear.weight, 0.5) }
        }
        #expect(order == ["Linear", "Linear", "Sequential", "Sequential"])
        #expect(model.getParameter("1.0.weight").array() == [0.5, 0.5] as [Float])
    }

    @Test func parameterDictionariesAndLists() {
        let dict = nn.ParameterDict([("a", torch.zeros(2))])
        dict["b"] = torch.ones(1)
        dict["a"] = torch.ones(3)
        #expect(dict.keys == ["a", "b"] && dict["a"]!.requiresGrad && dict["a"]!.shape == [3])
        #expect(dict.pop("b").numel == 1 && dict.count == 1)
        let list = nn.ParameterList([torch.zeros(2)]).append(torch.ones(1))
        #expect(list.namedParameters().map(\.name) == ["0", "1"] && list[-1].item() == 1)
    }
}
