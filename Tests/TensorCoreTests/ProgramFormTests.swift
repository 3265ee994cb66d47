import Flambeau
import TestSupport
import Testing

private enum Times: AutogradFunction {
    static func forward(_ ctx: FunctionContext, _ inputs: [Tensor]) -> [Tensor] {
        [inputs[0] * (ctx.values["factor"] as! Double)]
    }
    static func backward(_ ctx: FunctionContext, _ grads: [Tensor]) -> [Tensor?] {
        [grads[0] * (ctx.values["factor"] as! Double)]
    }
}

/// Calls as PyTorch programs write them.
@Suite(.serialized) struct ProgramFormTests {
    @Test func gradGivesAListAsPyTorchDoes() {
        let x = torch.tensor([1.0, 2.0], requiresGrad: true), y = torch.tensor(3.0, requiresGrad: true)
        #expect(torch.autograd.grad((x ** 2).sum(), x)[0].array() == [2, 4] as [Float])
        #expect(torch.autograd.grad(outputs: (x ** 2).sum(), inputs: x)[0].array() == [2, 4] as [Float])
        let one: Tensor = torch.autograd.grad((x ** 2).sum(), x)
        #expect(one.array() == [2, 4] as [Float] && torch.autograd.grad((x ** 2).sum(), x).sum().item() == 6)
        #expect(torch.autograd.grad(x ** 2, x, torch.ones(2))[0].array() == [2, 4] as [Float])
        let (gx, gy) = torch.autograd.grad((x * y).sum(), [x, y])
        #expect(gx.array() == [3, 3] as [Float] && gy.item() == 3)
        let updated = zip([x, y], torch.autograd.grad((x * y).sum(), [x, y])).map { $0 - 0.5 * $1 }
        #expect(updated[1].item() == 1.5)
        let unused = torch.autograd.grad(x.sum(), [x, y], allowUnused: true)
        #expect(unused[0] != nil && unused[1] == nil)
    }

    @Test func gradientPenalty() {
        let critic = nn.Linear(2, 1)
        let x = torch.randn(4, 2).requiresGrad_(true)
        let scores = critic(x)
        let gradients = torch.autograd.grad(
            outputs: scores, inputs: x, gradOutputs: torch.ones(scores.shape), createGraph: true, retainGraph: true,
            onlyInputs: true)[0]
        #expect(gradients.shape == [4, 2])
        let penalty = ((gradients.norm(2, dim: 1) - 1) ** 2).mean()
        penalty.backward()
        #expect(critic.weight.grad != nil)
    }

    @Test func tuplesOfTensors() {
        let (a, b) = (torch.ones(1, 2), torch.zeros(1, 2))
        #expect(torch.cat((a, b), dim: 1).shape == [1, 4] && torch.cat((a, b, a)).shape == [3, 2])
        #expect(torch.cat((a, b), 1).shape == [1, 4] && torch.stack((a, b), dim: 1).shape == [1, 2, 2])
        #expect(torch.hstack((a, b)).shape == [1, 4] && torch.vstack((a, b, b)).shape == [3, 2])
        #expect(torch.cumprod(torch.tensor([2.0, 3.0]), axis: 0).array() == [2, 6] as [Float])
    }

    @Test func kindsOfTensors() {
        #expect(torch.ones(1).type() == "torch.FloatTensor" && torch.arange(2).type() == "torch.LongTensor")
        #expect(!torch.ones(1).isCuda)
    }

    @Test func printedGradients() {
        let x = torch.tensor(2.0, requiresGrad: true), y = torch.tensor(1.0, requiresGrad: true)
        (x * 3).backward()
        #expect(printedText([x.grad, y.grad], " ") == "tensor(3.) nil")
        #expect(printedText(["grad", 1, 2.5, x.grad, [1, 2], nn.ReLU(), torch.float32], "|") == "grad|1|2.5|tensor(3.)|[1, 2]|ReLU()|torch.float32")
    }

    @Test func functionsWithArgumentsThatAreNotTensors() {
        let x = torch.tensor([1.0, 2.0], requiresGrad: true)
        let y = Times.apply(x, values: ["factor": 2.5])
        y.sum().backward()
        #expect(y.detach().array() == [2.5, 5] as [Float] && x.grad.array() == [2.5, 2.5] as [Float])
    }
}
