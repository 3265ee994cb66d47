import Foundation
import TestSupport
import Testing

import TensorCore

/// Printed text equals PyTorch's, byte for byte.
@Suite(.serialized) struct PrintingTests {
    @Test func textEqualsPyTorch() throws {
        for golden in try Golden.read("printing.jsonl", from: .module) {
            var tensor = golden.storedTensor
            switch golden.text("flag") {
            case "requires grad": tensor.requiresGrad_()
            case "added": tensor = tensor.requiresGrad_() + 0
            default: break
            }
            #expect(tensor.description == golden.text("repr"))
        }
    }

    @Test func viewsPrintTheirOwnElements() {
        let x = torch.arange(12).view(3, 4)
        #expect(x.t().description == "tensor([[ 0,  4,  8],\n        [ 1,  5,  9],\n        [ 2,  6, 10],\n        [ 3,  7, 11]])")
        #expect(x.select(0, 1).description == "tensor([4, 5, 6, 7])")
        #expect(torch.tensor([1.5]).expand(3).description == "tensor([1.5000, 1.5000, 1.5000])")
    }

    @Test func onlyTheShownElementsAreRead() {
        // 64 GB if it were stored.
        let huge = torch.zeros(1).expand([2_000_000_000, 8])
        #expect(
            huge.description
                == "tensor([[0., 0., 0.,  ..., 0., 0., 0.],\n        [0., 0., 0.,  ..., 0., 0., 0.],\n"
                + "        [0., 0., 0.,  ..., 0., 0., 0.],\n        ...,\n        [0., 0., 0.,  ..., 0., 0., 0.],\n"
                + "        [0., 0., 0.,  ..., 0., 0., 0.],\n        [0., 0., 0.,  ..., 0., 0., 0.]])")
    }

    @Test func suffixes() {
        #expect(torch.empty(2, 3, device: "meta").description == "tensor(..., device='meta', size=(2, 3))")
        #expect(
            torch.empty(3, dtype: .int32, device: "meta").description
                == "tensor(..., device='meta', size=(3,), dtype=torch.int32)")
        // The suffix goes to a line of its own where the last one is full.
        let x = torch.zeros(11, requiresGrad: true)
        #expect((x + 0).description == "tensor([0., 0., 0., 0., 0., 0., 0., 0., 0., 0., 0.], grad_fn=<AddBackward0>)")
        let y = torch.full([9], 1.5, requiresGrad: true)
        #expect(
            (y + 0).description
                == "tensor([1.5000, 1.5000, 1.5000, 1.5000, 1.5000, 1.5000, 1.5000, 1.5000, 1.5000],\n"
                + "       grad_fn=<AddBackward0>)")
    }

    @Test func options() {
        torch.withPrintOptions(precision: 2) {
            #expect(torch.tensor([1.12345]).description == "tensor([1.12])")
        }
        torch.withPrintOptions(threshold: 5) {
            #expect(torch.arange(10).description == "tensor([0, 1, 2,  ..., 7, 8, 9])")
        }
        torch.withPrintOptions(sciMode: true) {
            #expect(torch.tensor([1.5, 20]).description == "tensor([1.5000e+00, 2.0000e+01])")
        }
        torch.withPrintOptions(linewidth: 20) {
            #expect(torch.arange(5).description == "tensor([0, 1, 2, 3,\n        4])")
        }
        #expect(torch.getPrintOptions() == PrintOptions())
    }

    @Test func formattedNumbers() {
        #expect("\(0.123456, ".4f")|\(7, "5d")|\(1234567, ",")|\(2.0, "08.3f")|\(0.256, ".1%")" == "0.1235|    7|1,234,567|0002.000|25.6%")
        #expect("\(torch.tensor(0.5), "+.2e")|\("ab", ">4")|\(3.14159, ".3g")" == "+5.00e-01|  ab|3.14")
    }

    @Test func optionalTensors() {
        let none: Tensor? = nil
        #expect("\(none) \(Optional(torch.tensor(1)))" == "nil tensor(1)")
    }
}
