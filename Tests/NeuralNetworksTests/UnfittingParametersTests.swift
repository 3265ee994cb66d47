import NeuralNetworks
import TensorCore
import TestSupport
import Testing

/// Parameters that do not fit an input stop the call with PyTorch's message.
@Suite struct UnfittingParametersTests {
    @Test func normalizationsWantParametersOfTheirShapeAndType() {
        #expect(failure { _ = F.layerNorm(torch.ones(2, 2, 3), [2, 2, 3], weight: torch.ones(2, 3)) }
            == "RuntimeError: Expected weight to be of same shape as normalized_shape, but got weight of shape [2, 3] and "
                + "normalized_shape = [2, 2, 3]")
        #expect(failure { _ = F.layerNorm(torch.ones(3), [3], weight: torch.ones(3), bias: torch.ones(3, dtype: .float64)) }
            == "RuntimeError: expected scalar type Float but found Double")
        #expect(failure { _ = F.groupNorm(torch.ones(2, 4, 3, dtype: .float64), 2, weight: torch.ones(4)) }
            == "RuntimeError: mixed dtype (CPU): all inputs must share same datatype.")
        #expect(failure { _ = F.groupNorm(torch.ones(2, 4, 3), 0) } != nil)
        let half = torch.ones(2, 3).to(.bfloat16)
        #expect(F.layerNorm(half, [3], weight: torch.ones(3)).dtype == .bfloat16)
    }

    @Test func crossEntropyWantsAWeightForEachClass() {
        #expect(failure { _ = F.crossEntropy(torch.ones(2, 3), torch.ones(2, 3), weight: torch.tensor(1.0)) }
            == "RuntimeError: cross_entropy: weight tensor should be defined either for all 3 classes or no classes but got "
                + "weight tensor of shape: []")
    }

    @Test func sizesThatNoIntegerHolds() {
        #expect(failure { _ = F.interpolate(torch.ones(1, 1, 4), scaleFactor: Double.infinity) } != nil)
        #expect(failure { _ = F.interpolate(torch.tensor(1.0), scaleFactor: 2.0) } != nil)
        #expect(failure { _ = F.maxPool1d(torch.ones(2, 10, 4), Int.max, stride: Int.max) }
            == "RuntimeError: max_pool1d() Invalid computed output size: 0")
        #expect(failure { _ = F.localResponseNorm(torch.ones(1, 1, 2), 0) } != nil)
    }

    @Test func activationsOfOneTypeOnly() {
        let whole = torch.ones([4], dtype: .int64)
        #expect(failure { _ = F.glu(whole) } == "NotImplementedError: \"glu_cpu\" not implemented for 'Long'")
        #expect(failure { _ = F.hardshrink(whole) } == "NotImplementedError: \"hardshrink_cpu\" not implemented for 'Long'")
        #expect(failure { _ = F.prelu(torch.ones(4), torch.ones(1, dtype: .float64)) }
            == "RuntimeError: prelu: Type promoting not supported. Got Float and Double")
        #expect(failure { _ = F.mseLoss(torch.ones(1, dtype: .complex64), torch.ones(1)) }
            == "NotImplementedError: \"mse_cpu\" not implemented for 'ComplexFloat'")
    }
}
