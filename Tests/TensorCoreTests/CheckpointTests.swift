import TestSupport
import Testing

import TensorCore

@Suite(.serialized) struct CheckpointTests {
    final class Counter: @unchecked Sendable {
        var count = 0
    }

    @Test func givesTheGradientsAndRunsTwice() {
        let x = torch.tensor([[0.5, -1.0], [2.0, 0.25]], requiresGrad: true)
        let runs = Counter()
        let y = torch.utils.checkpoint.checkpoint({ (x: Tensor) -> Tensor in
            runs.count += 1
            return torch.tanh(x.matmul(x.t())).exp()
        }, x)
        #expect(runs.count == 1)
        y.sum().backward()
        #expect(runs.count == 2)
        let expected = torch.tensor([[5.1586999, -0.7469242], [1.1387992, -2.250269]])
        #expect(x.grad!.distance(to: expected) < 1e-5)
    }

    @Test func theSecondRunDrawsTheSameNumbers() {
        let x = torch.ones(100, requiresGrad: true)
        let block = { (x: Tensor) -> Tensor in x * torch.rand(100) * 2 }
        torch.manualSeed(3)
        let plain = block(x)
        let after = torch.rand(1)
        plain.sum().backward()
        let expected = x.grad!
        x.grad = nil
        torch.manualSeed(3)
        let y = torch.utils.checkpoint.checkpoint(block, x)
        #expect(torch.rand(1).distance(to: after) == 0)
        let state = torch.getRngState()
        y.sum().backward()
        #expect(x.grad!.distance(to: expected) == 0)
        #expect(torch.getRngState().distance(to: state) == 0)
    }

    @Test func nestedAndCapturedParameters() {
        let w = torch.tensor([0.5, 2.0], requiresGrad: true)
        let x = torch.tensor([1.0, 3.0])
        func loss(_ checkpoints: Bool) -> Tensor {
            let inner = { (x: Tensor) -> Tensor in (x * w).sin() }
            let outer = { (x: Tensor) -> Tensor in
                (checkpoints ? torch.utils.checkpoint.checkpoint(inner, x) : inner(x)).exp() * w
            }
            return (checkpoints ? torch.utils.checkpoint.checkpoint(outer, x) : outer(x)).sum()
        }
        let expected = torch.autograd.grad(loss(false), w)[0]
        #expect(torch.autograd.grad(loss(true), w).distance(to: expected) < 1e-6)
    }

    @Test func otherTensorsInTheSecondRunAreAnError() {
        let x = torch.ones(2, 2, requiresGrad: true)
        let counter = Counter()
        #expect(
            failure {
                torch.utils.checkpoint.checkpoint({ (x: Tensor) -> Tensor in
                    counter.count += 1
                    return counter.count == 1 ? x.exp() : x.detach()
                }, x).sum().backward()
            }
                == "RuntimeError: torch.utils.checkpoint: A different number of tensors was saved during the original "
                + "forward and recomputation.\nNumber of tensors saved during forward: 1\nNumber of tensors saved during "
                + "recomputation: 0.")
        counter.count = 0
        #expect(
            failure {
                torch.utils.checkpoint.checkpoint({ (x: Tensor) -> Tensor in
                    counter.count += 1
                    return counter.count == 1 ? x.exp() : x.to(.float64).exp()
                }, x).sum().backward()
            }
                == "RuntimeError: torch.utils.checkpoint: Recomputed values for the following tensors have different "
                + "metadata than during the forward pass.\ntensor at position 0:\n"
                + "saved metadata: {'shape': torch.Size([2, 2]), 'dtype': torch.float32, 'device': device(type='cpu')}\n"
                + "recomputed metadata: {'shape': torch.Size([2, 2]), 'dtype': torch.float64, 'device': device(type='cpu')}\n.")
    }

    @Test func sequence() {
        let x = torch.tensor([0.5, 1.0], requiresGrad: true)
        let layers: [(Tensor) -> Tensor] = [{ $0.sin() }, { $0.exp() }, { $0 * $0 }, { $0.tanh() }, { $0.exp() }]
        let expected = torch.autograd.grad(layers.reduce(x) { $1($0) }.sum(), x)[0]
        let y = torch.utils.checkpoint.checkpointSequential(layers, segments: 2, x)
        #expect(torch.autograd.grad(y.sum(), x).distance(to: expected) < 1e-6)
    }

    /// What a chain of 40 operators keeps: with checkpoints only the inputs of the parts.
    @Test func keepsLessMemory() {
        func kept(_ checkpoints: Bool) -> Int {
            let bytes = Counter()
            let x = torch.ones(1000, requiresGrad: true)
            let part = { (x: Tensor) -> Tensor in (0..<10).reduce(x) { x, _ in x.sin() } }
            var y = x
            torch.autograd.graph.savedTensorsHooks(
                pack: { (tensor: Tensor) -> Tensor in
                    bytes.count += tensor.nbytes
                    return tensor
                }, unpack: { $0 }
            ) {
                for _ in 0..<4 { y = checkpoints ? torch.utils.checkpoint.checkpoint(part, y) : part(y) }
            }
            y.sum().backward()
            #expect(x.grad != nil)
            return bytes.count
        }
        #expect(kept(false) == 40 * 4000)
        #expect(kept(true) == 0)
    }
}
