import Flambeau
import TestSupport
import Testing

/// `nn.init`: with one seed the numbers are PyTorch's.
@Suite struct InitializerTests {
    @Test func xavierHeAndAllOtherInitialisersDrawPyTorchsNumbers() throws {
        let goldens = try Golden.read("initializers.jsonl", from: .module)
        #expect(goldens.count == fills.count)
        for (golden, fill) in zip(goldens, fills) {
            torch.manualSeed(3)
            let tensor = torch.empty(golden.ints("shape"))
            fill(tensor)
            #expect(torch.allclose(tensor, golden.listedTensor, rtol: 1e-5, atol: 1e-6), "\(golden.text("name"))")
        }
    }

    private var fills: [(Tensor) -> Void] {
        [
            { nn.initializers.orthogonal_($0) }, { nn.initializers.orthogonal_($0, gain: 2) },
            { nn.initializers.truncNormal_($0) }, { nn.initializers.truncNormal_($0, mean: 0, std: 1, a: 1.5, b: 2.5) },
            { nn.initializers.sparse_($0, 0.4) }, { nn.initializers.dirac_($0, groups: 2) }, { nn.initializers.dirac_($0) },
            { nn.initializers.eye_($0) },
            { nn.initializers.xavierUniform_($0, gain: nn.initializers.calculateGain(.relu)) },
            { nn.initializers.xavierNormal_($0) },
            { nn.initializers.kaimingUniform_($0, mode: .fanOut, nonlinearity: .relu) },
            { nn.initializers.kaimingNormal_($0, a: 0.1) }, { nn.`init`.uniform_($0, -1, 2) },
            { nn.`init`.normal_($0, mean: 1, std: 2) }, { nn.`init`.constant_($0, 0.3) },
        ]
    }

    @Test func heInitialisationWithSlopeRootFiveStaysInItsBounds() {
        let weight = nn.initializers.kaimingUniform_(torch.empty(64, 100), a: 5.0.squareRoot())
        let bound = 1 / 100.0.squareRoot()
        #expect(weight.abs().max().item() <= bound)
        #expect(weight.abs().max().item() > 0.9 * bound)
    }

    @Test func wrongShapesGivePyTorchsMessages() {
        let cases: [(@Sendable () -> Void, String)] = [
            ({ nn.initializers.eye_(torch.zeros(3)) }, "Only tensors with 2 dimensions are supported"),
            ({ nn.initializers.dirac_(torch.zeros(3, 3)) }, "Only tensors with 3, 4, or 5 dimensions are supported"),
            ({ nn.initializers.dirac_(torch.zeros(3, 3, 3), groups: 2) }, "dim 0 must be divisible by groups"),
            ({ nn.initializers.orthogonal_(torch.zeros(3)) }, "Only tensors with 2 or more dimensions are supported"),
            ({ nn.initializers.sparse_(torch.zeros(3), 0.1) }, "Only tensors with 2 dimensions are supported"),
        ]
        for (body, message) in cases { #expect(failure(body) == "ValueError: \(message)") }
    }
}
