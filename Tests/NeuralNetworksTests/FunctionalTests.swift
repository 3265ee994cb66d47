import Flambeau
import TestSupport
import Testing

/// What the conformance corpora do not show of `nn.functional`: random functions, changes in place, bad and empty
/// input, the meta device. Numbers are PyTorch's.
@Suite(.serialized) struct FunctionalTests {
    private func close(_ a: Tensor, _ b: Tensor, _ tolerance: Double = 1e-6) -> Bool {
        a.shape == b.shape && Bool(((a - b).abs() <= tolerance).all())
    }

    @Test func randomFunctionsGivePyTorchsNumbersForASeed() {
        torch.manualSeed(3)
        #expect(
            close(
                F.rrelu(torch.tensor([-1.0, 2.0, -3.0, 0.5, -0.25]), training: true),
                torch.tensor([-0.13210587, 2.0, -0.5542126, 0.5, -0.071505986])))
        torch.manualSeed(3)
        #expect(
            close(
                F.gumbelSoftmax(torch.tensor([[1.0, 2.0, 3.0], [0.0, 0.0, 0.0]]), tau: 0.5),
                torch.tensor([[0.90264434, 0.070347704, 0.027007915], [0.9427294, 0.017581696, 0.039688848]]), 1e-5))
    }

    @Test func hardGumbelSamplesAreOneCategoryWithASoftGradient() {
        let logits = torch.randn(5, 4).requiresGrad_()
        let sample = F.gumbelSoftmax(logits, hard: true)
        #expect(close(sample.max(dim: 1).values, torch.ones(5)) && close(sample.sum(dim: 1), torch.ones(5)))
        (sample * torch.arange(4).to(.float32)).sum().backward()
        #expect(logits.grad!.countNonzero().item() as Int > 0)
    }

    @Test func dropoutKeepsTheMeanAndDropsWholeChannels() {
        torch.manualSeed(1)
        let x = torch.ones(40, 50, 6)
        #expect(abs(Double(F.dropout(x, p: 0.3).mean()) - 1) < 0.03)
        for dropped in [F.dropout1d(x, p: 0.3), F.dropout2d(torch.ones(40, 50, 2, 3), p: 0.3).flatten(2)] {
            let kept = (dropped != 0).to(.int64).sum(dim: 2)
            #expect(Bool((kept == 0).logicalOr(kept == 6).all()))
            #expect(abs(Double(dropped.mean()) - 1) < 0.1)
        }
        let normal = torch.randn(200, 100)
        let alpha = F.alphaDropout(normal, p: 0.2, training: true)
        #expect(abs(Double(alpha.mean())) < 0.05 && abs(Double(alpha.std()) - 1) < 0.05)
        let channels = F.featureAlphaDropout(torch.zeros(8, 9, 5), p: 0.5, training: true)
        #expect(close(channels, channels.select(2, 0).unsqueeze(2).expand([8, 9, 5])))
        // In evaluation nothing changes.
        #expect(F.alphaDropout(normal) === normal)
        #expect(F.dropout3d(torch.ones(2, 3, 1, 1, 1), training: false).shape == [2, 3, 1, 1, 1])
    }

    @Test func formsInPlaceOverwriteTheirInputAndAreDifferentiated() {
        let forms: [(Tensor) -> (Tensor, Tensor)] = [
            { (F.relu_($0.clone()), F.relu($0)) }, { (F.elu_($0.clone()), F.elu($0)) },
            { (F.selu_($0.clone()), F.selu($0)) }, { (F.celu_($0.clone(), alpha: 2), F.celu($0, alpha: 2)) },
            { (F.leakyRelu_($0.clone()), F.leakyRelu($0)) }, { (F.hardtanh_($0.clone()), F.hardtanh($0)) },
            { (F.threshold_($0.clone(), 0.1, 7), F.threshold($0, 0.1, 7)) },
            { (F.silu($0.clone(), inplace: true), F.silu($0)) }, { (F.mish($0.clone(), inplace: true), F.mish($0)) },
            { (F.hardswish($0.clone(), inplace: true), F.hardswish($0)) },
            { (F.hardsigmoid($0.clone(), inplace: true), F.hardsigmoid($0)) },
            { (F.relu6($0.clone(), inplace: true), F.relu6($0)) }, { (F.rrelu_($0.clone()), F.rrelu($0)) },
        ]
        for form in forms {
            let x = torch.randn(7).requiresGrad_()
            let (changed, fresh) = form(x)
            #expect(close(changed, fresh))
            let weights = torch.randn(7)
            let gradients = [changed, fresh].map { torch.autograd.grad([($0 * weights).sum()], [x])[0]! }
            #expect(close(gradients[0], gradients[1]))
        }
        let x = torch.tensor([-1.0, 1.0])
        F.relu_(x)
        #expect(close(x, torch.tensor([0.0, 1.0])))
    }

    @Test func embeddingsAreLimitedAndScaledByFrequency() {
        let weight = torch.tensor([[3.0, 4.0], [0.3, 0.4], [6.0, 8.0]])
        _ = F.embedding(torch.tensor([0, 1, 0]), weight, maxNorm: 1)
        #expect(close(weight, torch.tensor([[0.6, 0.8], [0.3, 0.4], [6.0, 8.0]])))
        let table = torch.ones(3, 2).requiresGrad_()
        F.embedding(torch.tensor([0, 1, 0, 2]), table, paddingIdx: 2, scaleGradByFreq: true).sum().backward()
        #expect(close(table.grad!, torch.tensor([[1.0, 1.0], [1.0, 1.0], [0.0, 0.0]])))
    }

    @Test func emptyBagsAreZero() {
        let weight = torch.randn(5, 3)
        for mode in [EmbeddingBagMode.sum, .mean, .max] {
            let bags = F.embeddingBag(torch.tensor([0, 4]), weight, offsets: torch.tensor([0, 0, 2]), mode: mode)
            #expect(bags.shape == [3, 3] && close(bags[0], torch.zeros(3)) && close(bags[2], torch.zeros(3)))
        }
    }

    @Test func ctcEqualsPyTorchInFloat64() {
        let logits = (torch.arange(24).to(.float64).reshape(4, 2, 3) * 0.7).sin()
        let x = logits.logSoftmax(-1).requiresGrad_()
        let targets = torch.tensor([[1, 2], [1, 1]])
        let losses = F.ctcLoss(x, targets, [4, 3], [2, 2], reduction: .none)
        #expect(close(losses, Tensor([1.9115895803101095, 4.138685930660435], shape: [2]), 1e-12))
        losses.sum().backward()
        let expected = [
            -0.04945078376535886, -0.43035761933654526, 0.4798084031019043, 0.5300366539004604, -0.6874623487356903,
            0.15742569483522947, 0.0006732225072878517, -0.21719564930854102, 0.21652242680125314, -0.8194400897214148,
            0.34248755930216457, 0.4769525304192511, 0.007716701895312705, 0.10809427360447882, -0.11581097549979155,
            0.31208459656648907, -0.7174678569792018, 0.4053832604127128, 0.016699302133191957, 0.34387996773213264,
            -0.3605792698653244, 0.0, 0.0, 0.0,
        ]
        #expect(close(x.grad!.flatten(), Tensor(expected, shape: [24]), 1e-12))
        // Equal neighbours need a blank between them: two steps are too few.
        let short = F.ctcLoss(x, targets, [4, 2], [2, 2], reduction: .none)
        #expect(Double(short[1]) == Double.infinity)
        #expect(Double(F.ctcLoss(x, targets, [4, 2], [2, 2], reduction: .none, zeroInfinity: true)[1]) == 0)
    }

    @Test func attentionToNothingIsZeroAndHasFiniteGradients() {
        let (q, k, v) = (torch.randn(1, 2, 4).requiresGrad_(), torch.randn(1, 3, 4), torch.randn(1, 3, 4))
        let mask = torch.tensor([[false, false, false], [true, false, true]])
        let result = F.scaledDotProductAttention(q, k, v, attnMask: mask)
        #expect(close(result[0, 0], torch.zeros(4)))
        result.sum().backward()
        #expect(Bool(q.grad!.isfinite().all()))
    }

    @Test func attentionOverSeveralBlocksEqualsItsFormula() {
        torch.manualSeed(4)
        // Heads as views, as layers make them: (N, L, heads, E) turned to (N, heads, L, E).
        let parts = [(150, 3), (600, 3), (600, 5)].map { length, width in
            torch.randn(2, length, 4, width).transpose(1, 2).requiresGrad_()
        }
        let masks: [Tensor?] = [
            nil, torch.randn(150, 600), torch.randn(2, 1, 1, 600), torch.rand(2, 4, 150, 600) > 0.5,
            torch.zeros([150, 600], dtype: .bool),
        ]
        for (mask, isCausal) in masks.map({ ($0, false) }) + [(nil, true)] {
            var scores = parts[0].matmul(parts[1].mT) * 0.3
            var hidden = torch.zeros([150, 600], dtype: .bool)
            if isCausal { hidden = torch.ones([150, 600], dtype: .bool).tril().logicalNot() }
            if let mask, mask.dtype == .bool { hidden = mask.logicalNot() }
            if let mask, mask.dtype != .bool { scores = scores + mask }
            let isBlind = hidden.all(dim: -1, keepdim: true)
            let weights = scores.maskedFill(hidden, -1e30).softmax(-1).maskedFill(isBlind, 0)
            let expected = weights.matmul(parts[2])
            let actual = F.scaledDotProductAttention(
                parts[0], parts[1], parts[2], attnMask: mask, isCausal: isCausal, scale: 0.3)
            #expect(close(actual, expected, 1e-5))
            let cotangent = torch.randn(expected.shape)
            let gradients = [actual, expected].map { torch.autograd.grad([$0], parts, gradOutputs: [cotangent]) }
            for (a, b) in zip(gradients[0], gradients[1]) { #expect(close(a, b, 1e-4)) }
        }
    }

    @Test func attentionPassesGradcheck() throws {
        let inputs = [torch.randn([2, 3, 4], dtype: .float64), torch.randn([2, 5, 4], dtype: .float64), torch.randn([2, 5, 2], dtype: .float64)]
            .map { $0.requiresGrad_() }
        for isCausal in [false, true] {
            #expect(
                try torch.autograd.gradcheck({ x in [F.scaledDotProductAttention(x[0], x[1], x[2], isCausal: isCausal)] }, inputs))
            #expect(
                try torch.autograd.gradgradcheck(
                    { x in [F.scaledDotProductAttention(x[0], x[1], x[2], isCausal: isCausal)] }, inputs))
        }
    }

    @Test func gradientsAtKinksArePyTorchs() {
        func gradient(_ values: [Double], _ shape: [Int], _ function: (Tensor) -> Tensor) -> [Double] {
            let x = Tensor(values, shape: shape).requiresGrad_()
            function(x).sum().backward()
            return x.grad!.flatten().scalars().map(\.double)
        }
        let one = Tensor([1.0], shape: [1]), row = Tensor([1.0, 2, 0], shape: [1, 3])
        #expect(gradient([1], [1]) { F.hingeEmbeddingLoss($0, -one) } == [0])
        #expect(gradient([1], [1]) { F.marginRankingLoss($0, one, one) } == [0])
        #expect(gradient([1, 2, 0], [1, 3]) { F.multiMarginLoss($0, torch.tensor([1])) } == [0, 0, 0])
        #expect(gradient([1, 2, 0], [1, 3]) { F.multilabelMarginLoss($0, torch.tensor([[1, -1, 0]])) } == [0, 0, 0])
        #expect(gradient([0, 0, 1], [1, 3]) { F.cosineEmbeddingLoss($0, row, -one) } == [0, 0, 0])
        #expect(gradient([-1, 0, 1], [3]) { F.huberLoss($0, torch.zerosLike($0), reduction: .sum) } == [-1, 0, 1])
        #expect(gradient([-1, 0, 1], [3]) { F.smoothL1Loss($0, torch.zerosLike($0), reduction: .sum) } == [-1, 0, 1])
        #expect(gradient([-0.5, 0.5, 0], [3]) { F.softshrink($0) } == [0, 0, 0])
        #expect(gradient([-0.5, 0.5, 0], [3]) { F.hardshrink($0) } == [0, 0, 0])
        #expect(gradient([0, 0], [2]) { F.prelu($0, Tensor([0.3], shape: [1])) } == [0.3, 0.3])
        #expect(gradient([0, 1], [2]) { F.celu($0) } == [1, 1])
        #expect(gradient([0, 1], [2]) { F.threshold($0, 1, 5) } == [0, 0])
        #expect(gradient([-3, 3, 0], [3]) { F.hardswish($0) } == [0, 1, 0.5])
        #expect(gradient([-3, 3], [2]) { F.hardsigmoid($0) } == [0, 0])
        #expect(gradient([0, 0, 0, 0], [2, 2]) { F.pdist($0) } == [0, 0, 0, 0])
        #expect(gradient([0, 0], [1, 2]) { F.pairwiseDistance($0, torch.zerosLike($0), eps: 0) } == [0, 0])
        #expect(gradient([0, 0], [1, 2]) { F.normalize($0) } == [1e12, 1e12])
    }

    @Test func errorsArePyTorchs() {
        #expect(
            failure { _ = F.dropout1d(torch.ones(3)) }!.hasPrefix("RuntimeError: dropout1d: Expected 2D or 3D input, but received a 1D"))
        #expect(
            failure { _ = F.scaledDotProductAttention(torch.ones(2, 3), torch.ones([2, 3], dtype: .float64), torch.ones(2, 3)) }
                == "RuntimeError: Expected query, key, and value to have the same dtype, but got query.dtype: float "
                + "key.dtype: double and value.dtype: float instead.")
        #expect(
            failure { _ = F.embedding(torch.tensor([0]), torch.ones(5, 3), paddingIdx: 7) }
                == "AssertionError: Padding_idx must be within num_embeddings")
        #expect(
            failure { _ = F.embeddingBag(torch.tensor([0, 1]), torch.ones(5, 3), offsets: torch.tensor([1])) }
                == "RuntimeError: offsets[0] has to be 0, i.e., the first sequence in the mini-batch has to start from "
                + "position 0. However, got 1")
        #expect(
            failure { _ = F.pdist(torch.ones(3)) } == "RuntimeError: pdist only supports 2D tensors, got: 1D")
        #expect(
            failure { _ = torch.cdist(torch.ones(3, 3), torch.ones(3, 3), p: -1) }
                == "RuntimeError: cdist only supports non-negative p values")
        #expect(
            failure { _ = F.oneHot(torch.tensor([1, 5]), numClasses: 3) }
                == "RuntimeError: Class values must be smaller than num_classes.")
    }

    @Test func metaTensorsHaveTheShapesOfResults() {
        let calls: [(Device) -> Tensor] = [
            { F.scaledDotProductAttention(torch.ones([2, 3, 4], device: $0), torch.ones([2, 5, 4], device: $0), torch.ones([2, 5, 6], device: $0), isCausal: true) },
            { F.crossEntropy(torch.ones([4, 3], device: $0), torch.zeros([4], dtype: .int64, device: $0), labelSmoothing: 0.1) },
            { F.binaryCrossEntropy(torch.zeros([4], device: $0), torch.zeros([4], device: $0), reduction: .none) },
            { F.embedding(torch.zeros([2, 3], dtype: .int64, device: $0), torch.ones([5, 4], device: $0)) },
            { F.embeddingBag(torch.zeros([2, 3], dtype: .int64, device: $0), torch.ones([5, 4], device: $0), mode: .max) },
            { F.multiMarginLoss(torch.ones([4, 3], device: $0), torch.zeros([4], dtype: .int64, device: $0), reduction: .none) },
            { F.multilabelMarginLoss(torch.ones([4, 3], device: $0), torch.zeros([4, 3], dtype: .int64, device: $0)) },
            { F.ctcLoss(torch.zeros([5, 2, 3], device: $0), torch.ones([2, 2], dtype: .int64, device: $0), [5, 5], [2, 2], reduction: .none) },
            { F.dropout(torch.ones([3, 4], device: $0)) }, { F.rrelu(torch.ones([3, 4], device: $0), training: true) },
            { F.pdist(torch.ones([4, 3], device: $0)) }, { torch.cdist(torch.ones([40, 3], device: $0), torch.ones([2, 3], device: $0)) },
            { F.instanceNorm(torch.ones([2, 3, 4], device: $0)) }, { F.localResponseNorm(torch.ones([2, 3, 4], device: $0), 2) },
            { F.glu(torch.ones([2, 4], device: $0)) }, { F.mish(torch.ones([2, 4], dtype: .bfloat16, device: $0)) },
            { F.tripletMarginLoss(torch.ones([2, 4], device: $0), torch.ones([2, 4], device: $0), torch.zeros([2, 4], device: $0)) },
            { F.oneHot(torch.zeros([2], dtype: .int64, device: $0), numClasses: 4) },
        ]
        for call in calls {
            let (real, meta) = (call(.cpu), call(.meta))
            #expect(meta.device == .meta && meta.shape == real.shape && meta.dtype == real.dtype)
        }
    }
}
