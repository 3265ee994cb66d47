import Foundation
import TestSupport
import Testing

import TensorCore

/// A seed gives PyTorch's numbers, and leaves the generator in PyTorch's state.
@Suite(.serialized) struct RandomTests {
    @Test func numbersEqualPyTorch() throws {
        for golden in try Golden.read("random.jsonl", from: .module) {
            torch.manualSeed(golden.int("seed"))
            let size = golden.ints("size"), dtype = golden.dtype
            let (a, b) = (golden.number("a") ?? 0, golden.number("b") ?? 0)
            let blank = torch.empty(size, dtype: dtype)
            let result: Tensor
            switch golden.text("call") {
            case "rand": result = torch.rand(size, dtype: dtype)
            case "randn": result = torch.randn(size, dtype: dtype)
            case "uniform_": result = blank.uniform_(a, b)
            case "normal_": result = blank.normal_(a, b)
            case "bernoulli_": result = blank.bernoulli_(a)
            case "exponential_": result = blank.exponential_(a)
            case "random_": result = blank.random_()
            case "randint": result = torch.randint(Int(a), Int(b), size)
            case "randperm": result = torch.randperm(Int(a))
            case "uniform_ transposed": result = blank.t().uniform_()
            case "normal_ strided": result = blank[.all, Slice(nil, nil, step: 2)].normal_()
            case "bernoulli": result = torch.bernoulli(torch.linspace(0, 1, 20))
            case "multinomial":
                let weights = torch.tensor([[0.1, 0, 3, 0.5], [1, 1, 1, 1]])
                result = torch.multinomial(weights, Int(a), replacement: b == 1)
            case let call: fatalError("no such call: \(call)")
            }
            let expected = golden.storedTensor
            // float64 goes through libm, which may differ in the last place.
            let tolerance = [.float64, .float16, .bfloat16].contains(dtype) ? 2e-15 : 0
            #expect(result.distance(to: expected) <= (dtype.size == 2 ? 0 : tolerance), "\(golden.text("call")) \(dtype) \(size)")
            #expect(torch.randint(0, 1000, [3]).array() == golden.ints("next"))
        }
    }

    @Test func firstNumbers() {
        torch.manualSeed(0)
        #expect(torch.rand(10).description == "tensor([0.4963, 0.7682, 0.0885, 0.1320, 0.3074, 0.6341, 0.4901, 0.8964, 0.4556,\n        0.6323])")
        torch.manualSeed(0)
        #expect(torch.randperm(10).array() == [4, 1, 7, 5, 3, 9, 0, 8, 6, 2] as [Int])
    }

    @Test func generatorsAreIndependent() {
        let a = Generator().manualSeed(7), b = Generator().manualSeed(7)
        torch.manualSeed(1)
        let expected = torch.rand(3)
        #expect(torch.rand(3, generator: a).hex == torch.rand(3, generator: b).hex)
        torch.manualSeed(1)
        _ = torch.rand(5, generator: a)
        #expect(torch.rand(3).hex == expected.hex)
        #expect(a.initialSeed() == 7)
        #expect(Generator().initialSeed() == 67_280_421_310_721)
    }

    @Test func stateContinues() {
        let a = Generator().manualSeed(3)
        _ = torch.randn(5, generator: a)
        let state = a.getState()
        #expect(state.shape == [5056])
        let next = torch.randn(5, generator: a)
        let b = Generator()
        b.setState(state)
        #expect(torch.randn(5, generator: b).hex == next.hex)
        #expect(failure { b.setState(torch.zeros(3, dtype: .uint8)) } == "RuntimeError: RNG state is wrong size")
    }

    @Test func errors() {
        #expect(failure { torch.empty(2).uniform_(1, 0) } == "RuntimeError: uniform_ expects to return a [from, to) range, but found from=1 > to=0")
        #expect(failure { torch.empty(2).normal_(0, -1) } == "RuntimeError: normal expects std >= 0.0, but found std -1")
        #expect(failure { _ = torch.randn(2, dtype: .int64) } == "NotImplementedError: \"normal_kernel_cpu\" not implemented for 'Long'")
        #expect(failure { _ = torch.randint(5, 2, [3]) } == "RuntimeError: random_ expects 'from' to be less than 'to', but got from=5 >= to=2")
        #expect(failure { _ = torch.randint(0, 300, [3], dtype: .uint8) } == "RuntimeError: to - 1 is out of bounds for unsigned char")
        #expect(failure { torch.zeros(3, requiresGrad: true).uniform_() } == "RuntimeError: a leaf Variable that requires grad is being used in an in-place operation.")
    }

    @Test func overwritingEndsTheGradient() {
        let x = torch.ones(3, requiresGrad: true)
        let y = x * 2
        y.uniform_()
        #expect(y.description.hasSuffix("grad_fn=<UniformBackward0>)"))
        y.sum().backward()
        #expect(x.grad!.array() == [0, 0, 0] as [Float])
    }
}
