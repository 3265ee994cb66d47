import TestSupport
import Testing

import TensorCore

/// Hooks of tensors, nodes and saved tensors; what `grad` and `backward` refuse. Expected values
/// and messages are PyTorch's.
@Suite struct HookTests {
    let w = torch.ones(3, requiresGrad: true)

    @Test func handlesRemoveHooks() {
        var calls = 0
        let handle = w.registerHook { _ in calls += 1 }
        (w * 2).sum().backward()
        handle.remove()
        handle.remove()
        (w * 2).sum().backward()
        #expect(calls == 1)
    }

    @Test func hooksMustKeepShapeAndType() {
        func message(_ hook: @escaping @Sendable (Tensor) -> Tensor?) -> String? {
            failure {
                let u = torch.ones(3, requiresGrad: true) * 2
                u.registerHook(hook)
                u.sum().backward()
            }
        }
        #expect(message { _ in torch.ones(5) } == "RuntimeError: hook has changed the size of value")
        #expect(
            message { _ in torch.ones(3, dtype: .float64) }
                == "RuntimeError: hook has changed the type of value (was torch.FloatTensor got torch.DoubleTensor)")
        #expect(
            failure { torch.ones(2).registerHook { _ in } }
                == "RuntimeError: cannot register a hook on a tensor that doesn't require gradient")
    }

    @Test func retainedGradientIsThatAfterAllHooks() {
        let u = w * 2
        u.retainGrad()
        u.registerHook { $0 * 10 }
        #expect(u.retainsGrad)
        u.sum().backward()
        #expect(u.grad!.array() == [10, 10, 10] as [Float])
        #expect(w.grad!.array() == [20, 20, 20] as [Float])
        #expect(
            failure { torch.ones(2).retainGrad() }
                == "RuntimeError: can't retain_grad on Tensor that has requires_grad=False")
    }

    @Test func postAccumulateHookSeesTheLeaf() {
        var seen: [Float] = []
        let handle = w.registerPostAccumulateGradHook { leaf in
            seen = leaf.grad!.array()
            leaf.grad = nil
        }
        (w * 3).sum().backward()
        #expect(seen == [3, 3, 3] && w.grad == nil)
        handle.remove()
        (w * 3).sum().backward()
        #expect(w.grad != nil)
        let w = w
        #expect(
            failure { (w * 2).registerPostAccumulateGradHook { _ in } }
                == "RuntimeError: post accumulate grad hooks cannot be registered on non-leaf tensors")
    }

    @Test func nodeHooks() {
        let u = w * 2
        var given: [[Float]] = []
        u.gradFn!.registerPrehook { grads in
            given.append(grads[0]!.array())
            return [grads[0]! * 3]
        }
        u.gradFn!.registerHook { inputs, outputs -> [Tensor?]? in
            given.append(inputs[0]!.array())
            given.append(outputs[0]!.array())
            #expect(inputs.count == 2 && inputs[1] == nil)
            return [inputs[0]! + 1, nil]
        }
        u.sum().backward()
        #expect(given == [[1, 1, 1], [6, 6, 6], [3, 3, 3]])
        #expect(w.grad!.array() == [7, 7, 7] as [Float])
    }

    @Test func nodesKnowTheirInputs() {
        let u = (w * 2).exp()
        let node = u.gradFn!
        #expect(node.name == "ExpBackward0")
        let multiplication = node.nextFunctions[0].node!
        #expect(multiplication.name == "MulBackward0")
        #expect(multiplication.nextFunctions[0].node!.name == "AccumulateGrad")
        #expect(multiplication.nextFunctions.count == 2 && multiplication.nextFunctions[1].node == nil)
        node.metadata["note"] = 3
        #expect(u.gradFn!.metadata["note"] as? Int == 3)
    }

    @Test func savedTensorHooks() {
        var packed = 0
        let y = torch.autograd.graph.savedTensorsHooks(
            pack: { (tensor: Tensor) -> [Float] in
                packed += 1
                return tensor.array()
            }, unpack: { torch.tensor($0) * 2 }
        ) { w.exp() * w }
        #expect(packed == 3)
        y.sum().backward()
        // exp' = 2e; d = 2·(2e)·… : the saved values come back doubled.
        let e = Float(2.7182817)
        let expected = 2 * e + 2 * (2 * e)
        #expect(w.grad!.distance(to: torch.full([3], expected)) < 1e-5)
        #expect(torch.autograd.graph.saveOnCPU { (w * w).sum() }.requiresGrad)
    }

    @Test func packedTensorsCanBeDifferentiatedAgain() {
        let x = torch.tensor(2.0, requiresGrad: true)
        let y = torch.autograd.graph.savedTensorsHooks(pack: { $0 }, unpack: { $0 }) { x ** 3 }
        let first = torch.autograd.grad(y, x, createGraph: true)
        #expect(torch.autograd.grad(first, x).item() == 12)
        let e = torch.autograd.graph.savedTensorsHooks(pack: { $0 }, unpack: { $0 }) { x.exp() }
        let slope = torch.autograd.grad(e, x, createGraph: true)
        #expect(torch.autograd.grad(slope, x).distance(to: e.detach()) < 1e-6)
    }

    @Test func packHooksMustNotWrite() {
        #expect(
            failure {
                let k = torch.ones(3, requiresGrad: true) * 1
                torch.autograd.graph.savedTensorsHooks(pack: { $0.add_(1) }, unpack: { $0 }) { _ = k * k }
            }?.hasPrefix("RuntimeError: A saved tensor pack hook is modifying its input in place.") == true)
        #expect(
            failure {
                torch.autograd.graph.disableSavedTensorsHooks("saved tensors hooks are disabled") {
                    torch.autograd.graph.saveOnCPU {}
                }
            } == "RuntimeError: saved tensors hooks are disabled")
    }

    // MARK: backward and grad

    @Test func backwardIntoSomeInputs() {
        let x = torch.ones(3, requiresGrad: true)
        let u = w * 2
        (u * x).sum().backward(inputs: [w])
        #expect(w.grad!.array() == [2, 2, 2] as [Float] && x.grad == nil)
        let y = w * 2
        (y * x).sum().backward(inputs: [y])
        #expect(y.grad!.array() == [1, 1, 1] as [Float] && x.grad == nil)
        #expect(w.grad!.array() == [2, 2, 2] as [Float])
        let w = w
        #expect(
            failure { (w * 2).sum().backward(inputs: []) }
                == "RuntimeError: `inputs` argument to `backward()` cannot be empty.")
        #expect(
            failure { (w * 2).sum().backward(inputs: [torch.ones(2)]) }
                == "RuntimeError: can't retain_grad on Tensor that has requires_grad=False")
    }

    @Test func nodesThatLeadToNoInputStayUsable() {
        let u = w * w
        let z = (u * u).sum()
        let first = torch.autograd.grad(z, u)[0]
        #expect(first.array() == [2, 2, 2] as [Float])
        #expect(torch.autograd.grad(u.sum(), w).array() == [2, 2, 2] as [Float])
    }

    @Test func batchedGradients() {
        let grads = torch.autograd.grad(w * w, w, gradOutputs: torch.eye(3), isGradsBatched: true)[0]
        #expect(grads.distance(to: torch.eye(3) * 2) == 0)
        let w = w
        #expect(
            failure { _ = torch.autograd.grad(w * 2, w, gradOutputs: torch.ones(4, 2), isGradsBatched: true) }?
                .hasPrefix("RuntimeError: If `is_grads_batched=True`, we interpret the first dimension") == true)
    }

    @Test func gradErrors() {
        let w = w
        let unused = torch.ones(2, requiresGrad: true)
        #expect(
            failure { _ = torch.autograd.grad([w.sum()], [unused]) }
                == "RuntimeError: The differentiated Tensor at index 0 appears to not have been used in the graph. Set "
                + "allow_unused=True if this is the desired behavior.")
        #expect(torch.autograd.grad([w.sum()], [unused], allowUnused: true)[0] == nil)
        #expect(torch.autograd.grad([w.sum()], [unused], materializeGrads: true)[0]!.array() == [0, 0] as [Float])
        #expect(
            failure { _ = torch.autograd.grad([w.sum()], [unused], allowUnused: false, materializeGrads: true) }
                == "ValueError: Expected allow_unused to be True or not passed when materialize_grads=True, but got: "
                + "allow_unused=False.")
        #expect(
            failure { _ = torch.autograd.grad([w.sum()], []) }
                == "RuntimeError: `inputs` argument to `grad()` cannot be empty.")
        #expect(
            failure { _ = torch.autograd.grad([w.sum()], [torch.ones(2)]) }
                == "RuntimeError: One of the differentiated Tensors does not require grad")
        #expect(
            failure { _ = torch.autograd.grad([w * 2], [w], gradOutputs: [torch.ones(2)]) }
                == "RuntimeError: Mismatch in shape: grad_output[0] has a shape of torch.Size([2]) and output[0] has a "
                + "shape of torch.Size([3]).")
        #expect(
            failure { _ = torch.autograd.grad([w * 2], [w], gradOutputs: [torch.ones(3, dtype: .complex64)]) }
                == "RuntimeError: For complex Tensors, both grad_output and output are required to have the same dtype. "
                + "Mismatch in dtype: grad_output[0] has a dtype of torch.complex64 and output[0] has a dtype of "
                + "torch.float32.")
        #expect(
            failure {
                let z = (w * w).sum()
                z.backward()
                z.backward()
            }?.hasPrefix("RuntimeError: Trying to backward through the graph a second time") == true)
    }
}
