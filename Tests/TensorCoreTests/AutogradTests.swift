import TestSupport
import Testing

import TensorCore

/// What the backward pass gives; expected values are PyTorch's.
@Suite struct AutogradTests {
    @Test func interviewExamples() {
        let x = torch.tensor(2.0, requiresGrad: true)
        (x ** 2).backward()
        #expect(x.grad!.item() == 4)

        let a = torch.tensor(3.0, requiresGrad: true)
        let b = torch.tensor(4.0, requiresGrad: true)
        (2 * a * b + 3).backward()
        #expect(a.grad!.item() == 8 && b.grad!.item() == 6)

        // (xy)² + 10 at (3, 4): 96 and 72.
        let u = torch.tensor(3.0, requiresGrad: true)
        let v = torch.tensor(4.0, requiresGrad: true)
        ((u * v) ** 2 + 10).backward()
        #expect(u.grad!.item() == 96 && v.grad!.item() == 72)
    }

    @Test func gradientsAccumulateUntilCleared() {
        let x = torch.tensor([1.0, 2.0], requiresGrad: true)
        (x * x).sum().backward()
        let held = x.grad!
        (x * x).sum().backward()
        #expect(x.grad!.array() == [4, 8] as [Float])
        // Accumulation is in place: who holds the gradient sees it.
        #expect(held.array() == [4, 8] as [Float])
        x.grad = nil
        #expect(x.grad == nil)
    }

    @Test func sharedGradientIsNotSharedByLeaves() {
        let x = torch.tensor([1.0, 2.0], requiresGrad: true)
        let y = torch.tensor([3.0, 4.0], requiresGrad: true)
        (x + y).sum().backward()
        x.grad!.fill_(7)
        #expect(y.grad!.array() == [1, 1] as [Float])
    }

    @Test func broadcastGradientsAreSummed() {
        let x = torch.ones(2, 3, requiresGrad: true)
        let y = torch.tensor([1.0, 2.0, 3.0], requiresGrad: true)
        let z = torch.tensor(2.0, requiresGrad: true)
        (x * y * z).sum().backward()
        #expect(x.grad!.shape == [2, 3])
        #expect(y.grad!.array() == [4, 4, 4] as [Float])
        #expect(z.grad!.item() == 12)
    }

    @Test func gradientHasTheTypeOfItsTensor() {
        let x = torch.tensor([1.0, 2.0], requiresGrad: true)
        let y = torch.tensor([1.0, 2.0], dtype: .float64)
        (x * y).sum().backward()
        #expect(x.grad!.dtype == .float32)
    }

    @Test func noGradRecordsNothing() {
        let x = torch.tensor([1.0], requiresGrad: true)
        let y = torch.noGrad { x * 2 }
        #expect(!y.requiresGrad && y.gradFn == nil && y.isLeaf)
        let z = torch.noGrad { torch.enableGrad { x * 2 } }
        #expect(z.requiresGrad)
        #expect((x * 2).detach().requiresGrad == false)
        #expect(torch.isGradEnabled())
    }

    @Test func leavesAndNodes() {
        let x = torch.tensor([1.0], requiresGrad: true)
        let y = x * 2
        #expect(x.isLeaf && !y.isLeaf)
        #expect(y.gradFn!.name == "MulBackward0")
        #expect(y.gradFn!.nextFunctions[0].node!.name == "AccumulateGrad")
        #expect((x + 1).gradFn!.name == "AddBackward0")
        #expect((x ** 2).gradFn!.name == "PowBackward0")
        #expect(x.sum().gradFn!.name == "SumBackward0")
        #expect(x.sum(dim: 0).gradFn!.name == "SumBackward1")
        #expect(x.exp().mean().gradFn!.name == "MeanBackward0")
        #expect(x.reshape(1, 1).gradFn!.name == "ViewBackward0")
        #expect(x.relu().gradFn!.name == "ReluBackward0")
    }

    @Test func retainedGradOfComputedTensor() {
        let x = torch.tensor([1.0, 2.0], requiresGrad: true)
        let y = x * 3
        y.retainGrad()
        (y * y).sum().backward()
        #expect(y.grad!.array() == [6, 12] as [Float])
        #expect(x.grad!.array() == [18, 36] as [Float])
    }

    @Test func hooksSeeAndReplaceGradients() {
        let x = torch.tensor([1.0, 2.0], requiresGrad: true)
        let y = x * 2
        y.registerHook { grad -> Tensor? in grad * 10 }
        y.sum().backward()
        #expect(x.grad!.array() == [20, 20] as [Float])
    }

    @Test func secondPassNeedsRetainGraph() {
        let message = failure {
            let x = torch.tensor([1.0], requiresGrad: true)
            let y = (x * x).sum()
            y.backward()
            y.backward()
        }
        #expect(message!.hasPrefix("RuntimeError: Trying to backward through the graph a second time"))
        let x = torch.tensor([3.0], requiresGrad: true)
        let y = (x * x).sum()
        y.backward(retainGraph: true)
        y.backward()
        #expect(x.grad!.item() == 12)
    }

    @Test func doubleBackward() {
        let x = torch.tensor(2.0, requiresGrad: true)
        let first = torch.autograd.grad(x ** 3, x, createGraph: true)[0]
        #expect(first.item() == 12)
        let second = torch.autograd.grad(first, x, createGraph: true)[0]
        #expect(second.item() == 12)
        #expect(torch.autograd.grad(second, x).item() == 6)
    }

    @Test func gradOfSelectedInputs() {
        let x = torch.tensor(2.0, requiresGrad: true)
        let y = torch.tensor(5.0, requiresGrad: true)
        let unused = torch.tensor(1.0, requiresGrad: true)
        let grads = torch.autograd.grad([x * x * y], [y, unused], allowUnused: true)
        #expect(grads[0]!.item() == 4 && grads[1] == nil)
        #expect(x.grad == nil && y.grad == nil)
        #expect(
            failure { _ = torch.autograd.grad(torch.ones(1, requiresGrad: true).sum(), torch.ones(1, requiresGrad: true)) }
                == "RuntimeError: The differentiated Tensor at index 0 appears to not have been used in the graph. Set "
                + "allow_unused=True if this is the desired behavior.")
    }

    @Test func changedSavedTensorIsAnError() {
        let message = failure {
            let x = torch.tensor([1.0, 2.0], requiresGrad: true)
            let y = x * 2
            let z = (y * y).sum()
            y.add_(1)
            z.backward()
        }
        #expect(message!.hasPrefix(
            "RuntimeError: one of the variables needed for gradient computation has been modified by an inplace operation: "))
    }

    @Test func inPlaceOperationsAreDifferentiated() {
        let x = torch.tensor([1.0, 2.0], requiresGrad: true)
        let y = x * 1
        y.mul_(3)
        y.add_(x)
        y.sum().backward()
        #expect(x.grad!.array() == [4, 4] as [Float])
        #expect(
            failure { torch.tensor([1.0], requiresGrad: true).add_(1) }
                == "RuntimeError: a leaf Variable that requires grad is being used in an in-place operation.")
    }

    /// PyTorch has words of its own for each of the ways to ask.
    @Test func wholeNumbersHaveNoGradients() {
        #expect(
            failure { torch.tensor([3], requiresGrad: true) }
                == "RuntimeError: Only Tensors of floating point and complex dtype can require gradients")
        #expect(
            failure { torch.zeros(2, dtype: .int64, requiresGrad: true) }
                == "RuntimeError: Only Tensors of floating point and complex dtype can require gradients")
        #expect(
            failure { torch.tensor([3]).requiresGrad = true }
                == "RuntimeError: only Tensors of floating point and complex dtype can require gradients")
        #expect(
            failure { torch.tensor([3]).requiresGrad_() }
                == "RuntimeError: only Tensors of floating point dtype can require gradients")
    }

    @Test func inPlaceThroughViews() {
        let x = torch.tensor([1.0, 2.0, 3.0], requiresGrad: true)
        let y = x * 2
        let part = y[0 ..< 2]
        part.mul_(x[1...])
        (y * y).sum().backward()
        // y = [2·1·2, 2·2·3, 2·3] = [4, 12, 6]
        #expect(y.detach().array() == [4, 12, 6] as [Float])
        // d/dx of y0² + y1² + y2² with y0 = 2 x0 x1, y1 = 2 x1 x2, y2 = 2 x2
        #expect(x.grad!.array() == [32, 160, 120] as [Float])
    }

    @Test func writingAGradientIntoAPlainTensor() {
        let w = torch.tensor([2.0], requiresGrad: true)
        let out = torch.zeros(3)
        out[1] = w[0] * 3
        #expect(out.requiresGrad)
        out.sum().backward()
        #expect(w.grad!.array() == [3] as [Float])
    }

    @Test func changesInATensorWithGapsGoToTheirPlaces() {
        // A transposed tensor without a base of its own, one column of which is overwritten.
        let start = torch.arange(6, dtype: .float32).reshape(2, 3)
        let x = torch.ones(2, 3, requiresGrad: true), w = torch.tensor([5.0, 7.0, 9.0], requiresGrad: true)
        let z = start.t().detach()
        z.mul_(x.t())
        z[.all, 1] = w
        (z * torch.tensor([[1.0, 2.0], [3.0, 4.0], [5.0, 6.0]])).sum().backward()
        #expect(x.grad!.array() == [0, 3, 10, 0, 0, 0] as [Float])
        #expect(w.grad!.array() == [2, 4, 6] as [Float])
    }

    @Test func backwardNeedsAScalarOrAGradient() {
        #expect(
            failure { torch.ones(2, requiresGrad: true).exp().backward() }
                == "RuntimeError: grad can be implicitly created only for scalar outputs")
        #expect(
            failure { torch.ones(1).backward() }
                == "RuntimeError: element 0 of tensors does not require grad and does not have a grad_fn")
        let x = torch.tensor([1.0, 2.0], requiresGrad: true)
        (x * 2).backward(gradient: torch.tensor([1.0, 10.0]))
        #expect(x.grad!.array() == [2, 20] as [Float])
    }

    @Test func deepGraphsAreWalkedAndLetGo() {
        let x = torch.tensor([1.0], requiresGrad: true)
        var y = x
        for _ in 0..<200_000 { y = y + 1 }
        y.sum().backward()
        #expect(x.grad!.item() == 1)
        y = x
        for _ in 0..<200_000 { y = y * 1.0 }
        y = x
        #expect(y === x)
    }

    @Test func customFunction() throws {
        enum Cube: AutogradFunction {
            static func forward(_ ctx: FunctionContext, _ inputs: [Tensor]) -> [Tensor] {
                ctx.saveForBackward(inputs[0])
                return [inputs[0] ** 3]
            }
            static func backward(_ ctx: FunctionContext, _ grads: [Tensor]) -> [Tensor?] {
                [grads[0] * 3 * ctx.savedTensors[0] ** 2]
            }
        }
        let x = torch.tensor([0.5, -1.5], dtype: .float64, requiresGrad: true)
        #expect(Cube.apply(x).gradFn!.name == "CubeBackward")
        try torch.autograd.gradcheck({ Cube.apply($0) as Tensor }, x)
        try torch.autograd.gradgradcheck({ [Cube.apply($0[0]) as Tensor] }, [x])
    }

    @Test func gradientsThroughControlFlow() {
        func f(_ x: Tensor) -> Tensor {
            var y = x
            while y.detach().norm().item() < 100 { y = y * 2 }
            return y.sum().item() > 0 ? y : y * 10
        }
        let x = torch.tensor([1.0, -2.0], requiresGrad: true)
        f(x).sum().backward()
        #expect(x.grad!.array() == [640, 640] as [Float])
    }
}
