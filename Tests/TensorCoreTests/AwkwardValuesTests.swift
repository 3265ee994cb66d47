import Glibc
import TensorCore
import TestSupport
import Testing

/// Values at the edges of what operators are made for; all expected numbers are PyTorch's.
@Suite struct AwkwardValuesTests {
    private func list(_ x: Tensor) -> [Double] {
        x.flatten().unbind().map { ($0.item().double * 1e6).rounded() / 1e6 }
    }

    @Test func aNegativeFactorWrapsInUnsignedTypes() {
        let (x, y) = (torch.tensor([8, 200], dtype: .uint8), torch.tensor([3, 4], dtype: .uint8))
        #expect(list(x.add(y, alpha: -3)) == [255, 188])
        #expect(list(x.rsub(y, alpha: 2)) == [243, 116])
        #expect(list(x.addcmul(y, y, value: -1)) == [255, 184])
    }

    @Test func rangesOfIntegersTakeWholeSteps() {
        #expect(list(torch.arange(0.1, -7.9, -4.0, dtype: .int64)) == [0, -4])
        #expect(list(torch.arange(-2.5, 2.5, 0.5, dtype: .int32)) == Array(repeating: -2, count: 10))
        #expect(list(torch.arange(0, 5.5, 1.7, dtype: .int64)) == [0, 1, 2, 3])
    }

    @Test func equalValuesHaveNoGradientOfTheirDeviation() {
        let x = torch.full([4], 2.0, requiresGrad: true)
        for deviation in [x.std(), x.std(dim: 0), torch.stdMean(x).std] {
            #expect(list(torch.autograd.grad(deviation, x)) == [0, 0, 0, 0])
        }
    }

    @Test func theAngleAtTheOriginHasNoGradient() {
        let (y, x) = (torch.zeros(1, requiresGrad: true), torch.zeros(1, requiresGrad: true))
        let angle = torch.atan2(y, x)
        #expect(torch.autograd.grad([angle], [y, x]).map { list($0!)[0] } == [0, 0])
    }

    @Test func complexAcoshKeepsItsBranch() {
        let x = torch.complex(torch.tensor([-2.0]), torch.tensor([0.5])).requiresGrad_()
        let gradient = torch.autograd.grad(torch.acosh(x), x, gradOutputs: torch.onesLike(x))[0]
        #expect(torch.allclose(gradient.real, torch.tensor([-0.5157]), atol: 1e-3))
        #expect(torch.allclose(gradient.imag, torch.tensor([0.1677]), atol: 1e-3))
    }

    @Test func logitHasNoSlopeOutsideItsBounds() {
        let x = torch.tensor([-0.5, 0.5, 1.5]).requiresGrad_()
        let open = list(torch.autograd.grad(x.logit().sum(), x))
        #expect(open[0].isNaN && open[1] == 4 && open[2].isNaN)
        #expect(list(torch.autograd.grad(x.logit(eps: 0.01).sum(), x)) == [0, 4, 0])
    }

    @Test func entropyFallsSteeplyAtZero() {
        let x = torch.tensor([0.0, 1.0]).requiresGrad_()
        #expect(list(torch.autograd.grad(torch.special.entr(x).sum(), x)) == [.infinity, -1])
    }

    @Test func aDegreeThatNoIntegerHoldsGivesZero() {
        let x = torch.tensor([0.5], dtype: .float64)
        for degree in [Double.nan, .infinity, 1e30, -1e30] {
            let n = torch.tensor([degree], dtype: .float64)
            #expect(torch.special.chebyshevPolynomialT(x, n).item() as Double == 0)
            #expect(torch.special.hermitePolynomialH(x, n).item() as Double == 0)
        }
    }

    @Test func scaledBesselFunctionsOfLargeNumbers() {
        let x = torch.tensor([20.0, 1e3, 1e5, 1e20, .infinity], dtype: .float64)
        let expected = torch.tensor([0.278544876, 0.0396284, 0.00396332, 1.25331414e-10, 0], dtype: .float64)
        #expect(torch.allclose(torch.special.scaledModifiedBesselK0(x), expected, rtol: 1e-4, atol: 0))
        #expect(torch.special.besselJ0(torch.tensor(Double.infinity)).isnan().item())
    }

    @Test func copiesOfViewsNeedNoFittingStrides() {
        let x = torch.arange(6).reshape(2, 3).t()
        #expect(list(torch.viewCopy(x, [6])) == [0, 3, 1, 4, 2, 5])
    }

    @Test func twoNumbersChosenByAMaskKeepTheirKind() {
        let mask = torch.tensor([true, false])
        #expect(torch.where(mask, false, true).dtype == .bool)
        #expect(torch.where(mask, 1, 2).dtype == .int64)
        #expect(torch.where(mask, 1.0, 0).dtype == .float32)
    }

    @Test func reductionsByIndexInPlaceHaveGradients() {
        for reduce in ["prod", "mean", "amax", "amin"] {
            let w = torch.tensor([1.0, 2.0, 3.0, 4.0]).requiresGrad_()
            let view = w.clone()
            view.indexReduce_(0, torch.tensor([0, 2]), torch.tensor([5.0, 6.0]), reduce)
            let outside = torch.tensor([1.0, 2.0, 3.0, 4.0]).requiresGrad_()
            let result = outside.indexReduce(0, torch.tensor([0, 2]), torch.tensor([5.0, 6.0]), reduce)
            #expect(torch.equal(torch.autograd.grad(view.sum(), w), torch.autograd.grad(result.sum(), outside)))
        }
    }

    @Test func numbersLikeATransposedMatrixAreDrawnInItsOrder() {
        torch.manualSeed(186)
        let drawn = torch.randLike(torch.zeros(4, 6).t())
        #expect(drawn.stride() == [1, 6])
        #expect(list(drawn[0]) == [0.930857, 0.013013, 0.34443, 0.25576])
        torch.manualSeed(187)
        let normal = torch.randnLike(torch.zeros(4, 6).t())
        #expect(list(normal[0]) == [0.025601, 0.271324, 0.214519, 0.85915])
    }

    @Test func nothingIsDividedAndSummed() {
        #expect(torch.zeros(2, 0).chunk(3, dim: 1).map(\.shape) == [[2, 0], [2, 0], [2, 0]])
        #expect(torch.cumulativeTrapezoid(torch.zeros(2, 0)).shape == [2, 0])
        #expect(torch.empty(0, dtype: .int64).median().item() as Int == Int.min)
        let x = torch.empty(0).requiresGrad_()
        #expect(x.median().isnan().item() && torch.autograd.grad(x.median(), x).shape == [0])
    }

    @Test func formsInPlace() {
        let x = torch.tensor([[-1.26, 0.5, 3.14]])
        #expect(list(x.clone().round_(decimals: 1)) == [-1.3, 0.5, 3.1])
        #expect(list(x.clone().clamp_(min: torch.tensor([0.0, 1.0, 0.0]), max: nil)) == [0, 1, 3.14])
        #expect(x.clone().squeeze_([0]).shape == [3])
        #expect(list(x.clone().fill_(value: 2)) == [2, 2, 2])
        #expect(torch.tensor([0.5]).logit_(0.1).item() as Float == 0)
    }
}

/// Calls whose sizes do not fit stop, before a kernel reads or writes where it must not.
@Suite struct UnfittingSizesTests {
    @Test func viewsStayInsideTheirStorage() {
        #expect(failure { _ = torch.arange(4).asStrided([2], [1], storageOffset: -1) }
            == "RuntimeError: Tensor: invalid storage offset -1")
        #expect(failure { _ = torch.arange(4).asStrided([2], [-1], storageOffset: 0) }
            == "RuntimeError: as_strided: Negative strides are not supported at the moment, got strides: [-1]")
    }

    @Test func theLastSizeThatDoesNotFitIsNamed() {
        #expect(failure { _ = torch.zeros(2, 3).expand(4, 5) }
            == "RuntimeError: The expanded size of the tensor (5) must match the existing size (3) at non-singleton dimension 1.  "
                + "Target sizes: [4, 5].  Tensor sizes: [2, 3]")
        #expect(failure { _ = torch.zeros(2, 3).maskedSelect(torch.zeros([2, 4], dtype: .bool)) }
            == "RuntimeError: The size of tensor a (4) must match the size of tensor b (3) at non-singleton dimension 1")
    }

    @Test func scattersReadOnlyWhatTheSourceHas() {
        let index = torch.zeros([4, 2], dtype: .int64)
        #expect(failure { _ = torch.zeros([4, 3]).scatterReduce(0, index, torch.ones([2]), reduce: "sum") }
            == "RuntimeError: Index tensor must have the same number of dimensions as src tensor")
        #expect(failure { _ = torch.zeros([3]).scatterReduce(0, index, torch.ones([4, 2]), reduce: "sum") }
            == "RuntimeError: Index tensor must have the same number of dimensions as self tensor")
        #expect(failure { _ = torch.zeros([3]).scatter(0, torch.tensor([0, 1, 2]), torch.tensor(1.0)) } != nil)
        #expect(failure { _ = torch.tensor(1.0).indexSelect(0, torch.tensor([0, 0])) }
            == "RuntimeError: index_select(): Index to scalar can have only 1 value, got 2 value(s)")
    }

    @Test func transformsNeedAnAxisAndAPoint() {
        let number = torch.tensor(1.0)
        #expect(failure { _ = torch.fft.fftn(number, s: [8]) }
            == "RuntimeError: Got shape with 1 values but input tensor only has 0 dimensions.")
        #expect(failure { _ = torch.fft.ihfftn(number) } == "RuntimeError: ihfftn must transform at least one axis")
        #expect(failure { _ = torch.fft.irfft(torch.ones(5), n: -1) }
            == "RuntimeError: Invalid number of data points (-1) specified")
    }
}
