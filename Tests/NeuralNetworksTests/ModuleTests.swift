import Flambeau
import TestSupport
import Testing

private class Block: nn.Module {
    let first = nn.Linear(2, 2)
    var gate: nn.Module? = nn.ReLU()
    var unused: nn.Linear?
    override func forward(_ x: Tensor) -> Tensor { gate!(first(x)) }
}

private class Net: nn.Module {
    let fc1 = nn.Linear(4, 3)
    let act = nn.ReLU()
    let seq = nn.Sequential(nn.Linear(2, 2), nn.Dropout(0.2))
    let l = nn.ModuleList([nn.Linear(1, 1), nn.Linear(1, 1), nn.Linear(1, 2)])
    let d = nn.ModuleDict([("a", nn.Tanh()), ("b", nn.Softmax(dim: 1))])
    let w = nn.Parameter(torch.zeros(2))
    let notAParameter = torch.zeros(3)
    let number = 5
}

private class Derived: Block {
    var layers = [nn.Linear(1, 1), nn.Linear(1, 1)]
    lazy var late = nn.Linear(3, 3)
    let scale: Tensor? = nn.Parameter(torch.ones(1))
}

/// Modules find their parts, name them and print them as PyTorch does.
@Suite struct ModuleTests {
    @Test func description() {
        #expect(
            Net().description == """
                Net(
                  (fc1): Linear(in_features=4, out_features=3, bias=True)
                  (act): ReLU()
                  (seq): Sequential(
                    (0): Linear(in_features=2, out_features=2, bias=True)
                    (1): Dropout(p=0.2, inplace=False)
                  )
                  (l): ModuleList(
                    (0-1): 2 x Linear(in_features=1, out_features=1, bias=True)
                    (2): Linear(in_features=1, out_features=2, bias=True)
                  )
                  (d): ModuleDict(
                    (a): Tanh()
                    (b): Softmax(dim=1)
                  )
                )
                """)
        #expect(nn.Sequential().description == "Sequential()")
    }

    @Test func namesAndOrder() {
        #expect(
            Net().namedParameters().map(\.name) == [
                "w", "fc1.weight", "fc1.bias", "seq.0.weight", "seq.0.bias", "l.0.weight", "l.0.bias", "l.1.weight",
                "l.1.bias", "l.2.weight", "l.2.bias",
            ])
        #expect(
            Net().namedModules().map(\.name) == [
                "", "fc1", "act", "seq", "seq.0", "seq.1", "l", "l.0", "l.1", "l.2", "d", "d.a", "d.b",
            ])
        #expect(Net().children().count == 5)
    }

    @Test func inheritedOptionalArrayAndLazyProperties() {
        let model = Derived()
        #expect(
            model.namedParameters().map(\.name) == [
                "scale", "first.weight", "first.bias", "layers.0.weight", "layers.0.bias", "layers.1.weight",
                "layers.1.bias",
            ])
        _ = model.late
        #expect(model.namedParameters().map(\.name).suffix(2) == ["late.weight", "late.bias"])
        model.unused = nn.Linear(1, 1)
        #expect(model.namedChildren().map(\.name) == ["first", "gate", "unused", "layers", "late"])
    }

    @Test func sharedPartsCountOnce() {
        class Tied: nn.Module {
            let a = nn.Linear(2, 2)
            let b: nn.Linear
            override init() { b = a }
        }
        let model = Tied()
        #expect(model.parameters().count == 2)
        #expect(model.stateDict().keys == ["a.weight", "a.bias", "b.weight", "b.bias"])
    }

    @Test func trainAndEval() {
        let model = Net()
        model.eval()
        #expect(model.modules().allSatisfy { !$0.training })
        model.seq.train()
        #expect(model.seq[1].training && !model.training)
    }

    @Test func freezingAndZeroGrad() {
        let model = nn.Sequential(nn.Linear(2, 2), nn.Linear(2, 1))
        model[0].requiresGrad_(false)
        model(torch.ones(1, 2)).sum().backward()
        #expect(model[0].parameters().allSatisfy { $0.grad == nil })
        #expect(model[1].parameters().allSatisfy { $0.grad != nil })
        model.zeroGrad(setToNone: false)
        #expect(model[1].parameters().allSatisfy { $0.grad!.abs().sum().item() == 0 })
        model.zeroGrad()
        #expect(model[1].parameters().allSatisfy { $0.grad == nil })
    }

    @Test func stateDict() {
        let a = Block(), b = Block()
        let state = a.stateDict()
        #expect(state.keys == ["first.weight", "first.bias"])
        #expect(b.loadStateDict(state).description == "<All keys matched successfully>")
        #expect(b.first.weight.array() == a.first.weight.array() as [Float])
        #expect(b.first.weight.requiresGrad)
        // The state shares memory with the model.
        torch.noGrad { _ = a.first.bias!.fill_(7) }
        #expect(state["first.bias"]!.array() == [7, 7] as [Float])
        #expect(
            b.loadStateDict(["first.weight": torch.zeros(2, 2), "x": torch.zeros(1)], strict: false).description
                == "_IncompatibleKeys(missing_keys=['first.bias'], unexpected_keys=['x'])")
    }

    @Test func stateDictErrors() {
        #expect(
            failure { Net().loadStateDict(["fc1.weight": torch.zeros(2, 2), "zz": torch.zeros(1)]) }
                == "RuntimeError: Error(s) in loading state_dict for Net:\n\tMissing key(s) in state_dict: \"w\", \"fc1.bias\", "
                + "\"seq.0.weight\", \"seq.0.bias\", \"l.0.weight\", \"l.0.bias\", \"l.1.weight\", \"l.1.bias\", "
                + "\"l.2.weight\", \"l.2.bias\". \n\tUnexpected key(s) in state_dict: \"zz\". \n\tsize mismatch for fc1.weight: "
                + "copying a param with shape torch.Size([2, 2]) from checkpoint, the shape in current model is torch.Size([3, 4]).")
    }

    @Test func registeringByName() {
        let module = nn.Module()
        module.registerParameter("scale", nn.Parameter(torch.ones(2)))
        module.registerParameter("shift", nil)
        module.registerBuffer("count", torch.zeros(1))
        module.registerBuffer("cache", torch.zeros(1), persistent: false)
        module.addModule("inner", nn.Linear(1, 1))
        #expect(module.namedParameters().map(\.name) == ["scale", "inner.weight", "inner.bias"])
        #expect(module.namedBuffers().map(\.name) == ["count", "cache"])
        #expect(module.stateDict().keys == ["scale", "count", "inner.weight", "inner.bias"])
        #expect(failure { _ = module(torch.zeros(1)) } == "NotImplementedError: Module [Module] is missing the required \"forward\" function")
    }

    @Test func buffersAsProperties() {
        class Counter: nn.Module {
            let steps = nn.Buffer(torch.zeros(1))
            let scale = nn.Parameter(torch.ones(1))
        }
        let module = Counter()
        #expect(module.namedBuffers().map(\.name) == ["steps"])
        #expect(module.stateDict().keys == ["scale", "steps"])
        #expect(!module.steps.requiresGrad)
    }

    @Test func containers() {
        let model = nn.Sequential(nn.Linear(2, 3), nn.ReLU(), nn.Linear(3, 1))
        #expect(model.count == 3)
        #expect(model[-1] === model[2])
        #expect(model[0..<2].count == 2)
        model[1] = nn.Tanh()
        #expect(model[1] is nn.Tanh)
        model.append(nn.Sigmoid())
        #expect(model.stateDict().keys == ["0.weight", "0.bias", "2.weight", "2.bias"])
        model.insert(nn.Identity(), at: 0)
        #expect(model.stateDict().keys == ["1.weight", "1.bias", "3.weight", "3.bias"])
        #expect(failure { _ = model[9] } == "IndexError: index 9 is out of range")
        let named = nn.Sequential([("in", nn.Linear(1, 1)), ("out", nn.Linear(1, 1))])
        #expect(named.getSubmodule("out") === named[1])
    }

    @Test func conversionKeepsTheParametersIdentity() {
        let model = nn.Linear(2, 2)
        let weight = model.weight
        model.double()
        #expect(model.weight === weight && weight.dtype == .float64 && weight.requiresGrad && weight.isLeaf)
        model(torch.ones([1, 2], dtype: .float64)).sum().backward()
        #expect(weight.grad!.dtype == .float64)
    }

    @Test func hooks() {
        let model = nn.Linear(1, 1, bias: false)
        torch.noGrad { _ = model.weight.fill_(2) }
        var seen: [String] = []
        let before = model.registerForwardPreHook { _, inputs in
            seen.append("before")
            return [inputs[0] + 1]
        }
        model.registerForwardHook { _, _, result in
            seen.append("after")
            return result * 10
        }
        #expect(model(torch.ones(1)).item() == 40)
        before.remove()
        #expect(model(torch.ones(1)).item() == 20)
        #expect(seen == ["before", "after", "after"])
    }

    @Test func initializersEqualPyTorch() {
        func numbers(_ fill: (Tensor) -> Void) -> String {
            torch.manualSeed(0)
            let tensor = torch.empty(2, 3)
            fill(tensor)
            return tensor.description
        }
        #expect(numbers { nn.initializers.xavierUniform_($0) } == "tensor([[-0.0082,  0.5876, -0.9016],\n        [-0.8062, -0.4219,  0.2938]])")
        #expect(numbers { nn.`init`.kaimingNormal_($0, nonlinearity: .relu) } == "tensor([[ 1.2582, -0.2396, -1.7790],\n        [ 0.4641, -0.8855, -1.1419]])")
        #expect(numbers { nn.initializers.truncNormal_($0, std: 2) } == "tensor([[ 0.8067, -0.5869, -1.4385],\n        [ 1.1369, -1.1933,  0.3641]])")
        #expect(nn.initializers.calculateGain(.leakyRelu, 0.2) == (2 / 1.04).squareRoot())
        #expect(failure { nn.initializers.xavierUniform_(torch.zeros(3)) } == "ValueError: Fan in and fan out can not be computed for tensor with fewer than 2 dimensions")
    }
}
