import TestSupport
import Testing

import TensorCore

/// Forms, empty and 0-d operands, and bad input that the corpora of PyTorch's results do not show.
@Suite struct OperatorFormTests {
    @Test func emptyAndScalarOperands() {
        #expect(torch.tensor(3.0).unfold(0, 1, 1).shape == [1])
        #expect(torch.tensor(3.0).maskedSelect(torch.tensor(true)).array() == [3] as [Float])
        #expect(torch.tensor(3.0).nonzero(asTuple: true).map(\.shape) == [[1]])
        #expect(torch.nonzeroStatic(torch.tensor([0, 5, 0, 7]), size: 3).reshape(-1).array() == [1, 3, -1] as [Int])
        let (hist, edges) = torch.histogram(torch.empty([0]), 2)
        #expect(hist.array() == [0, 0] as [Float] && edges.array() == [0, 0.5, 1] as [Float])
        #expect(torch.signal.windows.kaiser(0).shape == [0] && torch.signal.windows.hann(1).array() == [1] as [Float])
        let x = torch.ones(3, requiresGrad: true)
        let nothing = torch.take(x, torch.zeros([0], dtype: .int64))
        #expect(torch.autograd.grad([nothing], [x], gradOutputs: [torch.empty([0])])[0]!.array() == [0, 0, 0] as [Float])
    }

    @Test func valuesOfStridedOperands() {
        let x = torch.arange(12, dtype: .float64).reshape(3, 4).t()
        let copy = x.contiguous()
        #expect(torch.cov(x).equal(torch.cov(copy)))
        #expect(torch.gradient(x)[1].equal(torch.gradient(copy)[1]))
        #expect(torch.renorm(x, 2, 0, 1).equal(torch.renorm(copy, 2, 0, 1)))
        #expect(torch.unique(x, dim: 1).equal(torch.unique(copy, dim: 1)))
        let long = torch.arange(40, dtype: .float64).sin()
        let every = long[Slice().by(2)]
        #expect(torch.stft(every, nFft: 8, returnComplex: true).equal(torch.stft(every.contiguous(), nFft: 8, returnComplex: true)))
    }

    @Test func spectraGiveTheSignalBack() {
        let signal = torch.arange(50, dtype: .float64).sin()
        let window = torch.hannWindow(16, dtype: .float64)
        let spectra = torch.stft(signal, nFft: 16, window: window, returnComplex: true)
        let back = torch.istft(spectra, nFft: 16, window: window, length: 50)
        #expect(back.allclose(signal))
    }

    @Test func shapesOnMeta() {
        let x = torch.empty([2, 20], device: Device("meta"))
        #expect(torch.stft(x, nFft: 8, returnComplex: true).shape == [2, 5, 11])
        #expect(torch.special.besselJ0(x).shape == [2, 20])
        #expect(torch.gradient(x).map(\.shape) == [[2, 20], [2, 20]])
        #expect(torch.cov(x).shape == [2, 2])
        #expect(torch.fill(x, 1).device == Device("meta"))
        #expect(torch.renorm(x, 2, 0, 1).shape == [2, 20] && torch.nextafter(x, x).shape == [2, 20])
        let index = torch.empty([2], dtype: .int64, device: Device("meta"))
        #expect(torch.indexFill(x, 1, index, 2).shape == [2, 20])
        #expect(torch.takeAlongDim(x, index.reshape(2, 1), dim: 1).shape == [2, 1])
        #expect(torch.histogram(x, 3, range: (0, 1)).hist.shape == [3])
    }

    @Test func changesOfPartsOfComplexNumbersAreDifferentiated() {
        let w = torch.tensor([1.0, 2, 3, 4], dtype: .float64, requiresGrad: true)
        let c = (w * 1).view(2, 2).viewAsComplex()
        c.viewAsReal().mul_(w.view(2, 2))
        let squares = c.abs().pow(2).sum()
        #expect(torch.autograd.grad([squares], [w])[0]!.allclose(torch.tensor([4.0, 32, 108, 256], dtype: .float64)))

        let b = w * 1
        b.view(2, 2).viewAsComplex().mul_(Scalar.complex(2, 1))
        #expect(b.detach().array() == [0, 5, 2, 11] as [Double])
        #expect(torch.autograd.grad([b.pow(2).sum()], [w])[0]!.allclose(torch.tensor([10.0, 20, 30, 40], dtype: .float64)))
    }

    @Test func firstAndSecondDerivatives() throws {
        let x = (torch.arange(8, dtype: .float64) / 3 + 0.4).reshape(2, 4).requiresGrad_()
        let functions: [(Tensor) -> Tensor] = [
            { torch.special.besselJ1($0) }, { torch.special.besselY1($0) }, { torch.special.modifiedBesselI1($0) },
            { torch.special.modifiedBesselK1($0) }, { torch.special.logNdtr($0) }, { torch.cov($0.sin()) },
            { torch.renorm($0, 2, 0, 1) }, { torch.gradient($0, spacing: 0.5, edgeOrder: 1)[1] },
            { torch.stft($0, nFft: 4, returnComplex: true) }, { torch.squeeze($0.unsqueeze(0), [0]) },
            { torch.logit($0 / 4) }, { torch.complex($0, $0.cos()).abs() }, { torch.polygamma(2, $0) }, { torch.indexFill($0, 1, torch.tensor([1]), 2) },
        ]
        for (i, function) in functions.enumerated() {
            #expect(try torch.autograd.gradcheck(function, x), "function \(i)")
            #expect(try torch.autograd.gradgradcheck({ [function($0[0])] }, [x]), "function \(i)")
        }
    }

    @Test func indicesFromTheEnd() {
        let x = torch.tensor([[1.0, 2, 3], [4, 5, 6]])
        #expect(torch.takeAlongDim(x, torch.tensor([[-1], [0]]), dim: 1).reshape(-1).array() == [3, 4] as [Float])
        #expect(torch.indexFill(x, 1, torch.tensor([0, 0]), 9).reshape(-1).array() == [9, 2, 3, 9, 5, 6] as [Float])
    }

    @Test func messages() {
        let x = torch.ones(2, 3)
        #expect(failure { _ = torch.imag(torch.ones(2)) } == "TypeError: imag is not implemented for tensors with non-complex dtypes.")
        #expect(
            failure { _ = torch.special.i0e(torch.ones([2], dtype: .complex64)) }
                == "NotImplementedError: \"i0e_cpu\" not implemented for 'ComplexFloat'")
        #expect(
            failure { _ = torch.maskedFill(torch.ones([2], dtype: .uint8), torch.tensor(true), 300) }
                == "RuntimeError: value cannot be converted to type uint8_t without overflow")
        #expect(failure { _ = x.select(0, 5) } == "IndexError: select(): index 5 out of range for tensor of size [2, 3] at dimension 0")
        #expect(failure { _ = x.squeeze([0, 0]) } == "RuntimeError: dim 0 appears multiple times in the list of dims")
        #expect(failure { _ = x.split(0) } == "RuntimeError: split_size can only be 0 if dimension size is 0, but got dimension size of 2")
        #expect(
            failure { _ = torch.lerp(x, torch.ones([2, 3], dtype: .float64), 0.5) }
                == "RuntimeError: expected dtype float for `end` but got dtype double")
        #expect(
            failure { _ = torch.signal.windows.gaussian(3, std: -1) }
                == "ValueError: Standard deviation must be positive, got: -1 instead.")
    }
}

/// Forms that people type by habit, beside the labelled ones.
@Suite struct PositionalFormTests {
    @Test func theyEqualTheLabelledOnes() {
        let x = torch.tensor([[1.0, 5.0, -2.0], [0.5, 3.0, 3.0]])
        #expect(x.clamp(0, 2).equal(x.clamp(min: 0, max: 2)) && torch.clamp(x, 0).equal(x.clamp(min: 0)))
        #expect(x.amax(1).array() == [5, 3] as [Float] && x.amin(dim: 0).array() == [0.5, 3, -2] as [Float])
        #expect(x.mean(dim: 1, dtype: .float64).dtype == .float64)
        #expect(x.var(dim: 1, unbiased: false).equal(x.var(dim: 1, correction: 0)))
        #expect(x.std(dim: 0, unbiased: true).equal(x.std(dim: 0)))
        let y = x.clone()
        y.clamp_(nil, 1)
        #expect(y.max().item() == 1)
    }
}
