import Flambeau
import Foundation
import TestSupport
import Testing

/// Every module kind prints as PyTorch's does.
@Suite struct PrintedModulesTests {
    @Test func printedTextOfEveryKindEqualsPyTorchs() throws {
        let goldens = try Golden.read("printed_modules.jsonl", from: .module)
        let texts = goldens.map { $0.text("repr") }
        let modules = spatial + layers + activationsAndLosses
        #expect(modules.count == texts.count)
        for (module, text) in zip(modules, texts) { #expect(module.description == text) }
    }

    private var spatial: [nn.Module] {
        var modules: [nn.Module] = []
        modules.append(nn.MaxPool1d(2))
        modules.append(nn.MaxPool2d([2, 3], stride: 1, returnIndices: true))
        modules.append(nn.MaxPool3d(2, padding: 1))
        modules.append(nn.AvgPool1d(2))
        modules.append(nn.AvgPool1d([2], stride: 1))
        modules.append(nn.AvgPool2d(2, divisorOverride: 3))
        modules.append(nn.AvgPool2d([2, 3]))
        modules.append(nn.AvgPool3d(2))
        modules.append(nn.LPPool1d(2, 3))
        modules.append(nn.LPPool2d(1.5, [2, 3], stride: 2))
        modules.append(nn.AdaptiveAvgPool2d([nil, 3] as [Int?]))
        modules.append(nn.AdaptiveMaxPool1d(3))
        modules.append(nn.AdaptiveMaxPool2d([3, 4], returnIndices: true))
        modules.append(nn.FractionalMaxPool2d(3, outputRatio: 0.5))
        modules.append(nn.MaxUnpool1d(2))
        modules.append(nn.MaxUnpool2d([2, 2], stride: 1))
        modules.append(nn.ReflectionPad1d(1))
        modules.append(nn.ReflectionPad2d([1, 2, 3, 4]))
        modules.append(nn.ConstantPad1d(1, 3.5))
        modules.append(nn.ConstantPad2d([1, 2, 3, 4], 2))
        modules.append(nn.ZeroPad1d(2))
        modules.append(nn.CircularPad1d(2))
        modules.append(nn.ReplicationPad3d(1))
        modules.append(nn.Upsample(scaleFactor: 2))
        modules.append(nn.Upsample(size: [3, 4], mode: "bilinear"))
        modules.append(nn.UpsamplingNearest2d(scaleFactor: 2))
        modules.append(nn.UpsamplingBilinear2d(size: 3))
        modules.append(nn.PixelShuffle(2))
        modules.append(nn.PixelUnshuffle(2))
        modules.append(nn.ChannelShuffle(2))
        modules.append(nn.Fold(4, 2))
        modules.append(nn.Fold([4, 5], [2, 2], padding: 1))
        modules.append(nn.Unfold([2, 3], stride: 2))
        modules.append(nn.ConvTranspose1d(2, 3, 4))
        modules.append(nn.ConvTranspose2d(2, 4, 3, stride: 2, padding: 1, outputPadding: 1, groups: 2, bias: false, dilation: 2))
        modules.append(nn.Conv2d(2, 4, 3, padding: "same"))
        modules.append(nn.Conv1d(2, 4, 3, padding: 1, paddingMode: "circular"))
        modules.append(nn.Conv3d(2, 4, [1, 2, 3]))
        return modules
    }

    private var layers: [nn.Module] {
        var modules: [nn.Module] = []
        modules.append(nn.LazyLinear(3))
        modules.append(nn.LazyConv2d(3, 2, stride: 2))
        modules.append(nn.LazyConvTranspose1d(3, 2))
        modules.append(nn.LazyBatchNorm1d())
        modules.append(nn.LazyInstanceNorm2d(affine: true))
        modules.append(nn.Identity())
        modules.append(nn.Flatten())
        modules.append(nn.Unflatten(1, [2, 3]))
        modules.append(nn.Bilinear(2, 3, 4))
        modules.append(nn.CosineSimilarity(dim: 0))
        modules.append(nn.PairwiseDistance())
        modules.append(nn.AdaptiveLogSoftmaxWithLoss(8, 20, [5, 10], headBias: true))
        modules.append(nn.ParameterList([torch.zeros(2, 3), torch.zeros([])]))
        modules.append(nn.ParameterDict([("a", torch.zeros(2)), ("b", torch.zeros(1, 2))]))
        modules.append(nn.ParameterDict())
        modules.append(nn.ModuleDict([("a", nn.ReLU())]))
        modules.append(nn.ModuleList())
        modules.append(nn.Embedding(3, 4, paddingIdx: 1))
        modules.append(nn.EmbeddingBag(3, 4, mode: .sum, paddingIdx: 1))
        modules.append(nn.GroupNorm(2, 4, bias: false))
        modules.append(nn.BatchNorm1d(3, affine: false))
        modules.append(nn.BatchNorm1d(3, momentum: nil, bias: false))
        modules.append(nn.InstanceNorm1d(3))
        modules.append(nn.LayerNorm([2, 3]))
        modules.append(nn.RMSNorm(3))
        modules.append(nn.LocalResponseNorm(2))
        modules.append(nn.Dropout2d(0.3, inplace: true))
        modules.append(nn.LSTM(2, 3, numLayers: 2, bias: false, batchFirst: true, dropout: 0.1, bidirectional: true, projSize: 2))
        modules.append(nn.RNNCell(2, 3, bias: false, nonlinearity: "relu"))
        modules.append(nn.Transformer(dModel: 4, nhead: 2, numEncoderLayers: 1, numDecoderLayers: 1, dimFeedforward: 8))
        modules.append(nn.TransformerEncoder(nn.TransformerEncoderLayer(4, 2, dimFeedforward: 8), 2))
        return modules
    }

    private var activationsAndLosses: [nn.Module] {
        var modules: [nn.Module] = []
        modules.append(nn.ReLU6(inplace: true))
        modules.append(nn.LeakyReLU(0.2, inplace: true))
        modules.append(nn.ELU(2, inplace: true))
        modules.append(nn.SELU(inplace: true))
        modules.append(nn.CELU(inplace: true))
        modules.append(nn.Hardtanh(inplace: true))
        modules.append(nn.Hardswish(inplace: true))
        modules.append(nn.Threshold(1, 2.5, inplace: true))
        modules.append(nn.RReLU(inplace: true))
        modules.append(nn.Softplus())
        modules.append(nn.PReLU(numParameters: 3))
        modules.append(nn.GLU())
        modules.append(nn.Hardshrink())
        modules.append(nn.GELU(approximate: "tanh"))
        modules.append(nn.Softmin())
        modules.append(nn.LogSoftmax(dim: -1))
        modules.append(nn.Softmax2d())
        modules.append(nn.Tanhshrink())
        modules.append(nn.CrossEntropyLoss(weight: torch.ones(2)))
        modules.append(nn.MSELoss())
        modules.append(nn.TripletMarginLoss())
        modules.append(nn.CTCLoss())
        modules.append(nn.KLDivLoss())
        modules.append(nn.LinearCrossEntropyLoss(3, 4))
        return modules
    }
}
