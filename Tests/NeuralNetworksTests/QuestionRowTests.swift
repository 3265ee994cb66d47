import Flambeau
import TestSupport
import Testing

private class Net: nn.Module {
    let fc1 = nn.Linear(4, 3)
    let fc2 = nn.Linear(3, 2)
    override func forward(_ x: Tensor) -> Tensor { fc2(F.relu(fc1(x))) }
}

private class FeedForward: nn.Module {
    let scale = nn.Parameter(torch.ones(3))
    let shift = nn.Parameter(torch.zeros(3))
    override func forward(_ x: Tensor) -> Tensor { x * scale + shift }
}

/// What the questions of `requirements.md` about nn ask for, row by row.
@Suite struct QuestionRowTests {
    @Test func moduleForwardCallParametersAndPrintedText() {
        let model = Net()
        #expect(model(torch.ones(2, 4)).shape == [2, 2])
        #expect(model.namedParameters().map(\.name) == ["fc1.weight", "fc1.bias", "fc2.weight", "fc2.bias"])
        #expect(model.parameters().map(\.numel).reduce(0, +) == 23)
        #expect(
            model.description == """
                Net(
                  (fc1): Linear(in_features=4, out_features=3, bias=True)
                  (fc2): Linear(in_features=3, out_features=2, bias=True)
                )
                """)
    }

    @Test func moduleAndFunctionalGiveTheSame() {
        let x = torch.randn(3, 4, 8)
        let image = torch.randn(2, 4, 8, 8)
        let conv = nn.Conv2d(4, 6, 3, stride: 2, padding: 1)
        let norm = nn.LayerNorm(8)
        let pairs: [(Tensor, Tensor)] = [
            (nn.ReLU()(x), F.relu(x)), (nn.Sigmoid()(x), F.sigmoid(x)), (nn.Tanh()(x), F.tanh(x)),
            (nn.Softmax(dim: 1)(x), F.softmax(x, dim: 1)), (nn.LeakyReLU(0.2)(x), F.leakyRelu(x, negativeSlope: 0.2)),
            (nn.GELU()(x), F.gelu(x)), (conv(image), F.conv2d(image, conv.weight, conv.bias, stride: 2, padding: 1)),
            (nn.MaxPool2d(2)(image), F.maxPool2d(image, 2)), (nn.AvgPool2d(2)(image), F.avgPool2d(image, 2)),
            (nn.AdaptiveAvgPool2d(1)(image), F.adaptiveAvgPool2d(image, 1)),
            (norm(x), F.layerNorm(x, [8], weight: norm.weight, bias: norm.bias)),
            (nn.ReflectionPad1d(2)(x), F.pad(x, [2, 2], mode: "reflect")),
            (nn.PixelShuffle(2)(image), F.pixelShuffle(image, 2)),
            (nn.Upsample(scaleFactor: 2)(image), F.interpolate(image, scaleFactor: 2)),
            (nn.MSELoss()(x, x * 2), F.mseLoss(x, x * 2)),
        ]
        for (module, function) in pairs { #expect(torch.equal(module, function)) }
    }

    @Test func sequentialModuleListAndModuleDictIndexingAndKeys() {
        let model = nn.Sequential(nn.Linear(2, 3), nn.ReLU(), nn.Linear(3, 1))
        #expect(model.stateDict().keys == ["0.weight", "0.bias", "2.weight", "2.bias"])
        #expect(model[-1] === model[2] && model[0..<2].count == 2)
        let list = nn.ModuleList((0..<3).map { _ in nn.Linear(2, 2) })
        #expect(list.reduce(torch.ones(1, 2)) { $1($0) }.shape == [1, 2])
        let dict = nn.ModuleDict([("relu", nn.ReLU()), ("tanh", nn.Tanh())])
        #expect(dict["relu"]!(torch.tensor([-1.0])).item() == 0)
        #expect(dict.keys == ["relu", "tanh"])
    }

    @Test func linearAndCustomLayersWithParametersAreTrained() {
        let layer = FeedForward()
        #expect(layer.namedParameters().map(\.name) == ["scale", "shift"])
        let optimizer = optim.SGD(layer.parameters(), lr: 0.1)
        layer(torch.ones(2, 3)).sum().backward()
        optimizer.step()
        #expect(torch.allclose(layer.scale, torch.full([3], 0.8)))
        #expect(torch.allclose(layer.shift, torch.full([3], -0.2)))
        torch.manualSeed(1)
        let linear = nn.Linear(3, 2)
        let first: [Float] = linear.weight.array()
        torch.manualSeed(1)
        linear.resetParameters()
        #expect(linear.weight.array() == first)
    }

    @Test func dropoutInTrainAndEval() {
        let dropout = nn.Dropout(0.25)
        let x = torch.ones(10_000)
        let y = dropout(x)
        let kept = y.ne(0)
        #expect(torch.allclose(y[kept], torch.full([1], 1 / 0.75)))
        #expect(abs(Double(kept.sum().item() as Int) / 10_000 - 0.75) < 0.03)
        dropout.eval()
        #expect(torch.equal(dropout(x), x))
    }

    @Test func batchNormRunningStatisticsAfterThreeSteps() {
        for norm in [nn.BatchNorm1d(2), nn.BatchNorm2d(2), nn.BatchNorm3d(2)] as [nn.BatchNorm] {
            let trailing = [Int](repeating: 2, count: norm is nn.BatchNorm3d ? 3 : norm is nn.BatchNorm2d ? 2 : 1)
            var (mean, variance) = (torch.zeros(2), torch.ones(2))
            for step in 1...3 {
                let x = torch.randn([4, 2] + trailing) * Double(step)
                _ = norm(x)
                let channels = x.transpose(0, 1).flatten(1)
                mean = mean * 0.9 + channels.mean(dim: 1) * 0.1
                variance = variance * 0.9 + channels.var(dim: 1) * 0.1
            }
            #expect(torch.allclose(norm.runningMean!, mean, atol: 1e-5))
            #expect(torch.allclose(norm.runningVar!, variance, atol: 1e-4))
            #expect(norm.numBatchesTracked!.item() == 3)
        }
    }

    @Test func convolutionsWithStridePaddingDilationAndGroups() {
        let options = nn.Conv2d(4, 8, 3, stride: 2, padding: 1, dilation: 2, groups: 2)
        #expect(options(torch.randn(1, 4, 16, 16)).shape == [1, 8, 7, 7])
        #expect(nn.Conv1d(4, 8, 3)(torch.randn(1, 4, 16)).shape == [1, 8, 14])
        #expect(nn.Conv3d(2, 3, 3, padding: "same")(torch.randn(1, 2, 4, 5, 6)).shape == [1, 3, 4, 5, 6])
        // Padding by reflection is padding first, then a convolution without.
        let mirrored = nn.Conv2d(4, 2, 3, padding: 1, paddingMode: "reflect")
        let x = torch.randn(1, 4, 5, 5)
        let expected = F.conv2d(F.pad(x, [1, 1, 1, 1], mode: "reflect"), mirrored.weight, mirrored.bias)
        #expect(torch.allclose(mirrored(x), expected, atol: 1e-6))
        let up = nn.ConvTranspose2d(4, 2, 3, stride: 2, padding: 1)
        #expect(up(x, outputSize: [10, 10]).shape == [1, 2, 10, 10])
    }

    @Test func everyReductionAndWeightOfTheLosses() {
        let (logits, target) = (torch.tensor([[1.0, 2, 3], [3, 1, 2]]), torch.tensor([2, 0]))
        let weight = torch.tensor([1.0, 2, 3])
        let each = nn.CrossEntropyLoss(weight: weight, reduction: .none)(logits, target)
        #expect(torch.allclose(nn.CrossEntropyLoss(weight: weight, reduction: .sum)(logits, target), each.sum()))
        #expect(torch.allclose(nn.CrossEntropyLoss(weight: weight)(logits, target), each.sum() / 4))
        let (p, t) = (torch.tensor([0.2, 0.9]), torch.tensor([0.0, 1.0]))
        #expect(torch.allclose(nn.BCELoss()(p, t), nn.BCEWithLogitsLoss()(torch.logit(p), t), atol: 1e-6))
    }

    @Test func embeddingOfPaddedTextIgnoresThePadding() {
        let embedding = nn.Embedding(10, 4, paddingIdx: 0)
        let tokens = nn.utils.rnn.padSequence([torch.tensor([1, 2, 3]), torch.tensor([4])], batchFirst: true)
        let vectors = embedding(tokens)
        #expect(vectors.shape == [2, 3, 4])
        #expect(vectors[1, 1].abs().sum().item() == 0)
        vectors.sum().backward()
        #expect(embedding.weight.grad![0].abs().sum().item() == 0)
        #expect(embedding.weight.grad![4].array() == [1, 1, 1, 1] as [Float])
    }
}
