import Flambeau
import TestSupport
import Testing

/// Hooks around the calls of modules, with the gradients that PyTorch hands them.
@Suite struct ModuleHookTests {
    @Test func fullBackwardHooksSeeAndReplaceGradients() {
        let layer = nn.Linear(2, 1, bias: false)
        torch.noGrad { _ = layer.weight.copy_(torch.tensor([[2.0, 3.0]])) }
        var seen: [[Float]] = []
        let handle = layer.registerFullBackwardHook { _, gradInputs, gradOutputs in
            seen.append(gradOutputs[0]!.array())
            seen.append(gradInputs[0]!.array())
            return [gradInputs[0]! * 10]
        }
        let x = torch.ones(1, 2, requiresGrad: true)
        layer(x).sum().backward()
        #expect(seen == [[1], [2, 3]])
        #expect(x.grad!.array() == [20, 30] as [Float])
        #expect(layer.weight.grad!.array() == [1, 1] as [Float])
        handle.remove()
        layer(x).sum().backward()
        #expect(seen.count == 2)
    }

    @Test func backwardHooksRunForInputsWithoutGradients() {
        let layer = nn.Linear(2, 1)
        var calls: [Bool] = []
        layer.registerFullBackwardHook { _, gradInputs, gradOutputs in
            calls.append(gradInputs[0] == nil && gradOutputs[0] != nil)
        }
        layer(torch.ones(1, 2)).sum().backward()
        #expect(calls == [true])
    }

    @Test func backwardPreHooksChangeTheGradientOfTheResult() {
        let layer = nn.Identity()
        layer.registerFullBackwardPreHook { _, gradOutputs in [gradOutputs[0]! * 3] }
        let x = torch.ones(2, requiresGrad: true)
        layer(x).sum().backward()
        #expect(x.grad!.array() == [3, 3] as [Float])
    }

    @Test func hooksSeeModulesThatReturnTuples() {
        let lstm = nn.LSTM(2, 3)
        var (inputs, outputs, gradients) = (0, 0, 0)
        lstm.registerForwardPreHook { _, given in inputs = given.count }
        lstm.registerForwardHook(allOutputs: { _, _, results in
            outputs = results.count
            return nil
        })
        lstm.registerFullBackwardHook { _, gradInputs, gradOutputs in
            gradients = gradInputs.compactMap { $0 }.count * 10 + gradOutputs.count
        }
        let x = torch.ones(4, 1, 2, requiresGrad: true)
        let (output, (hidden, cell)) = lstm(x)
        (output.sum() + hidden.sum() + cell.sum()).backward()
        #expect(inputs == 1 && outputs == 3 && gradients == 13)
    }

    @Test func activationsAreCollectedByForwardHooks() {
        let model = nn.Sequential(nn.Linear(2, 4), nn.ReLU(), nn.Linear(4, 1))
        var shapes: [String: [Int]] = [:]
        for (name, module) in model.namedChildren() {
            module.registerForwardHook { _, _, output in shapes[name] = output.shape }
        }
        _ = model(torch.ones(3, 2))
        #expect(shapes == ["0": [3, 4], "1": [3, 4], "2": [3, 1]])
    }

    @Test func recurrentCallsWithDiscardedResultsAreNotAmbiguous() {
        let gru = nn.GRU(2, 3)
        let (x, h) = (torch.ones(4, 1, 2), torch.zeros(1, 1, 3))
        _ = gru(x, h)
        _ = gru(x)
        let result = gru(x, h)
        #expect(result.0.shape == [4, 1, 3] && result.1.shape == [1, 1, 3])
        let pool = nn.MaxPool1d(2, returnIndices: true)
        _ = pool(torch.ones(1, 1, 4))
        let (values, indices) = pool(torch.tensor([[[1.0, 2, 4, 3]]]))
        #expect(values.array() == [2, 4] as [Float] && indices.array() == [1, 2])
    }
}

@Suite struct HookFormTests {
    @Test func aHookMayGiveNothingOrNilOrAnotherResult() {
        let layer = nn.Linear(2, 2)
        var calls = 0
        layer.registerForwardHook { _, _, _ in calls += 1 }
        layer.registerForwardHook { _, _, _ in
            calls += 1
            return nil
        }
        layer.registerForwardHook { _, _, output in
            calls += 1
            return output * 0
        }
        #expect(layer(torch.ones(1, 2)).abs().sum().item() == 0 && calls == 3)
    }
}
