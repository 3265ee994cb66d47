import TestSupport
import Testing

import TensorCore

/// Derivatives of functions at a point; expected values and messages are PyTorch's.
@Suite struct FunctionalTests {
    typealias AF = torch.autograd.functional
    let x = torch.tensor([[0.5, -1.0], [2.0, 0.25]])
    let a = torch.tensor([1.0, 2.0])
    let b = torch.tensor([0.5, 1.5])
    let v = torch.tensor([1.0, -2.0])

    static func rowSums(_ x: Tensor) -> Tensor { x.exp().sum(dim: 1) }
    static func cubic(_ x: Tensor) -> Tensor { (x ** 3).sum() * x[0] }
    static func mixed(_ t: [Tensor]) -> Tensor { (t[0] * t[1] ** 2).sum() + (t[0] ** 2 * t[1]).sum() }
    static func pair(_ t: [Tensor]) -> [Tensor] { [t[0] * t[1].sin(), (t[0] ** 2).sum() + t[1].sum()] }

    private func expect(_ tensor: Tensor, _ shape: [Int], _ values: [Float]) {
        #expect(tensor.shape == shape)
        #expect(tensor.reshape([-1]).distance(to: torch.tensor(values)) < 1e-5, "\(tensor)")
    }

    @Test func jacobianHasTheSizesOfOutputAndInput() {
        let jacobian = AF.jacobian(Self.rowSums, x)
        expect(jacobian, [2, 2, 2], [1.6487212, 0.36787945, 0, 0, 0, 0, 7.3890562, 1.2840254])
        #expect(!jacobian.requiresGrad)
    }

    @Test func jacobianOfSeveralOutputsBySeveralInputs() {
        let jacobian: [[Tensor]] = AF.jacobian(Self.pair, [a, b])
        expect(jacobian[0][0], [2, 2], [0.47942555, 0, 0, 0.997495])
        expect(jacobian[0][1], [2, 2], [0.87758255, 0, 0, 0.1414744])
        expect(jacobian[1][0], [2], [2, 4])
        expect(jacobian[1][1], [2], [1, 1])
        let first: [Tensor] = AF.jacobian({ $0[0] * $0[1] }, [a, b])
        expect(first[1], [2, 2], [1, 0, 0, 2])
        let both: [Tensor] = AF.jacobian({ [$0 * 2, $0.sum()] }, a)
        expect(both[1], [2], [1, 1])
    }

    @Test func jacobianOfNothingIsEmpty() {
        #expect(AF.jacobian({ $0.exp() }, torch.zeros(0)).shape == [0, 0])
    }

    @Test func jacobianCanBeDifferentiated() {
        let point = a.clone().requiresGrad_()
        AF.jacobian({ $0 ** 3 }, point, createGraph: true).sum().backward()
        expect(point.grad!, [2], [6, 12])
    }

    @Test func hessian() {
        expect(AF.hessian(Self.cubic, a), [2, 2], [12, 12, 12, 12])
        let blocks = AF.hessian(Self.mixed, [a, b])
        expect(blocks[0][0], [2, 2], [1, 0, 0, 3])
        expect(blocks[0][1], [2, 2], [3, 0, 0, 7])
        expect(blocks[1][0], [2, 2], [3, 0, 0, 7])
        expect(blocks[1][1], [2, 2], [2, 0, 0, 4])
        expect(AF.hessian({ $0.sum() }, a), [2, 2], [0, 0, 0, 0])
    }

    @Test func products() {
        var (output, product) = AF.vjp(Self.rowSums, x, v)
        expect(output, [2], [2.0166006, 8.673081])
        expect(product, [2, 2], [1.6487212, 0.36787945, -14.778112, -2.5680509])
        (output, product) = AF.jvp(Self.rowSums, x, x)
        expect(product, [2], [0.45648116, 15.099119])
        (output, product) = AF.vhp(Self.cubic, a, v)
        expect(output, [], [9])
        expect(product, [2], [-12, -12])
        expect(AF.hvp(Self.cubic, a, v).1, [2], [-12, -12])
        let (_, products) = AF.hvp(Self.mixed, [a, b], [v, v])
        // The blocks of `hessian` times v.
        expect(products[0], [2], [4, -20])
        expect(products[1], [2], [5, -22])
    }

    @Test func vectorsMustFit() {
        let (a, b, v, x) = (a, b, v, x)
        #expect(
            failure { _ = AF.vjp(Self.rowSums, x) }
                == "RuntimeError: The vector v can only be None if the user-provided function returns a single Tensor "
                + "with a single element.")
        #expect(
            failure { _ = AF.vjp(Self.rowSums, x, torch.ones(3)) }
                == "RuntimeError: v has invalid size: should be torch.Size([2]) but got torch.Size([3]).")
        #expect(
            failure { _ = AF.vjp(Self.pair, [a, b], [a]) }
                == "RuntimeError: v is a tuple of invalid length: should be 2 but got 1.")
        #expect(
            failure { _ = AF.vjp(Self.pair, [a, b], [a, v]) }
                == "RuntimeError: Entry 1 in v has invalid size: should be torch.Size([]) but got torch.Size([2]).")
        #expect(
            failure { _ = AF.jvp(Self.rowSums, x) }
                == "RuntimeError: The vector v can only be None if the input to the user-provided function is a single "
                + "Tensor with a single element.")
        #expect(
            failure { _ = AF.hessian({ $0 ** 2 }, a) }
                == "RuntimeError: The Tensor returned by the function given to hessian should contain a single element")
    }

    @Test func strictRefusesIndependence() {
        let (a, b) = (a, b)
        #expect(
            failure { _ = AF.jacobian({ _ in torch.ones(2) }, a, strict: true) }
                == "RuntimeError: Output 0 of the user-provided function does not require gradients. The outputs must "
                + "be computed in a differentiable manner from the input when running in strict mode.")
        #expect(
            failure { let _: [Tensor] = AF.jacobian({ $0[0] * 2 }, [a, b], strict: true) }
                == "RuntimeError: Output 0 of the user-provided function is independent of input 1. This is not allowed "
                + "in strict mode.")
        #expect(
            failure { _ = AF.jacobian({ $0 * 2 }, a, createGraph: true, strict: true) }
                == "RuntimeError: The jacobian of the user-provided function is independent of input 0. This is not "
                + "allowed in strict mode when create_graph=True.")
        let linear = "RuntimeError: While computing the hessian, found that the jacobian of the user-provided function "
            + "with respect to input 0 is independent of the input. This is not allowed in strict mode. You should ensure "
            + "that your function is twice differentiable and that the jacobian depends on the inputs (this would be "
            + "violated by a linear function for example)."
        #expect(failure { _ = AF.hessian({ $0.sum() }, a, strict: true) } == linear)
        #expect(failure { _ = AF.vhp({ $0.sum() }, a, a, strict: true) } == linear)
    }

    @Test func transformations() {
        expect(torch.func.grad { ($0 ** 3).sum() }(a), [2], [3, 12])
        expect(torch.func.grad { torch.func.grad { ($0 ** 3).sum() }($0).sum() }(a), [2], [6, 12])
        expect(torch.func.hessian { $0.sin().sum() }(a), [2, 2], [-0.84147096, 0, 0, -0.9092974])
        expect(torch.func.jacrev { $0 * $0 }(a), [2, 2], [2, 0, 0, 4])
        let (value, tangent) = torch.func.jvp({ $0.sin() }, a, v)
        expect(value, [2], [0.841471, 0.9092974])
        expect(tangent, [2], [0.5403023, 0.8322937])
        let (_, pullback) = torch.func.vjp({ $0.sin() }, a)
        expect(pullback(v), [2], [0.5403023, 0.8322937])
        expect(pullback(v * 2), [2], [1.0806046, 1.6645874])
        let (grad, loss) = torch.func.gradAndValue { ($0 * $0).sum() }(a)
        expect(grad, [2], [2, 4])
        expect(loss, [], [5])
        let second = torch.func.grad({ ($0[0] * $0[1] ** 2).sum() }, argnums: [1])([a, b])
        expect(second[0], [2], [1, 6])
    }

    @Test func transformationsLeaveNoHistoryOfTheirOwn() {
        let captured = a.clone().requiresGrad_()
        #expect(torch.func.grad { ($0 * captured).sum() }(b).requiresGrad)
        #expect(!torch.func.grad { ($0 * 2).sum() }(b).requiresGrad)
        #expect(
            failure { _ = torch.func.grad { $0 * 2 }(torch.ones(2)) }
                == "RuntimeError: grad_and_value(f)(*args): Expected f(*args) to return a scalar Tensor, got tensor with 1 "
                + "dims. Maybe you wanted to use the vjp or jacrev APIs instead?")
    }
}
