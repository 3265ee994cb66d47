import TestSupport
import Testing

import TensorCore

/// `x[…] += y` reaches x whatever is selected, as in PyTorch.
@Suite struct CompoundAssignmentTests {
    @Test func partsChangeInPlace() {
        let x = torch.zeros(3, 4)
        x[0] += 1
        x[1] -= 2
        x[x > 0.5] *= 3
        x[..<2] += 1
        x[1...] += 2
        x[.all, 0] /= 2
        x[0, 0] += 5
        x[1] += torch.tensor(1)
        x[x > 3] += torch.tensor(100)
        let (count, half): (Int, Float) = (3, 0.5)
        x[2] += count
        x[2] *= half
        #expect(x.array() == [107, 104, 104, 104, 1.5, 2, 2, 2, 2, 2.5, 2.5, 2.5] as [Float])
    }

    @Test func gradientsFollow() {
        let x = torch.ones(3, requiresGrad: true)
        let y = x * 2
        y[0] += 1
        y[1] *= 3
        y[y > 4] *= 10
        y.sum().backward()
        #expect(y.array() == [3, 60, 2] as [Float])
        #expect(x.grad!.array() == [2, 60, 2] as [Float])
    }

    @Test func aDetachedPartCutsTheHistory() {
        let x = torch.ones(3, requiresGrad: true)
        let y = x * 2
        y[0] = y.detach()[0]
        y.sum().backward()
        #expect(x.grad!.array() == [0, 2, 2] as [Float])
    }

    @Test func constantsVariablesAndElementsOfArraysChange() {
        let constant = torch.ones(2)
        constant -= 0.5
        var variable = torch.ones(2)
        variable += variable
        var list = [torch.ones(1), torch.ones(1)]
        list[0] += 2
        #expect(constant.array() == [0.5, 0.5] as [Float] && variable.array() == [2, 2] as [Float])
        #expect(list.map { $0.item() as Float } == [3, 1])
    }

    @Test func elementsReadAsNumbers() {
        let x = torch.tensor([1.0, 2.0, 3.0])
        var total = 0.0
        for i in 0..<3 { total += x[i].item() }
        let second: Double = x[1].item()
        #expect(total == 6 && second == 2 && Float(x[2]) == 3)
        #expect(failure { _ = torch.ones(2, 2)[0].item() as Double } == "RuntimeError: a Tensor with 2 elements cannot be converted to Scalar")
    }

    /// An element stays a tensor whatever asks for it: read as a number it would be an integer beside one.
    @Test func elementsInArithmeticStayTensors() {
        let x = torch.tensor([1.5, 2.5])
        let values: [Any] = [x[0] * 2, x[1] - 1, 1 + x[0], x[0] > 1]
        #expect(values.map { "\($0)" } == ["tensor(3.)", "tensor(1.5000)", "tensor(2.5000)", "tensor(True)"])
    }
}
