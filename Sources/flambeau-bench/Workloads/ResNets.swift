import Flambeau

extension Suite {
    /// torchvision's ResNet-18 on images of 224 by 224.
    mutating func addResNets() {
        for batch in [1, 8] {
            add("resnet18_fwd_b\(batch)", "eval, inference_mode, 224x224") {
                let (model, x) = (ResNet18(), torch.randn(batch, 3, 224, 224))
                model.eval()
                return { torch.inferenceMode { model(x) } }
            }
        }
        add("resnet18_step_b8_sgdm", "train step 224x224") {
            let (model, criterion) = (ResNet18(), nn.CrossEntropyLoss())
            return trainingStep(
                optim.SGD(model.parameters(), lr: 1e-2, momentum: 0.9), torch.randn(8, 3, 224, 224), torch.randint(0, 1000, [8])
            ) { criterion(model($0), $1) }
        }
    }
}

/// The residual network of 18 layers (He et al., 2015).
private final class ResNet18: nn.Module {
    private let stem = nn.Sequential(
        nn.Conv2d(3, 64, 7, stride: 2, padding: 3, bias: false), nn.BatchNorm2d(64), nn.ReLU(inplace: true),
        nn.MaxPool2d(3, stride: 2, padding: 1))
    private let blocks = nn.Sequential(
        ResidualBlock(64, 64), ResidualBlock(64, 64),
        ResidualBlock(64, 128, stride: 2), ResidualBlock(128, 128),
        ResidualBlock(128, 256, stride: 2), ResidualBlock(256, 256),
        ResidualBlock(256, 512, stride: 2), ResidualBlock(512, 512))
    private let pool = nn.AdaptiveAvgPool2d(1)
    private let fc = nn.Linear(512, 1000)

    override func forward(_ x: Tensor) -> Tensor { fc(pool(blocks(stem(x))).flatten(1)) }
}

private final class ResidualBlock: nn.Module {
    private let conv1: nn.Conv2d, bn1: nn.BatchNorm2d
    private let conv2: nn.Conv2d, bn2: nn.BatchNorm2d
    private let relu = nn.ReLU(inplace: true)
    private let downsample: nn.Sequential?

    init(_ inChannels: Int, _ outChannels: Int, stride: Int = 1) {
        conv1 = nn.Conv2d(inChannels, outChannels, 3, stride: stride, padding: 1, bias: false)
        bn1 = nn.BatchNorm2d(outChannels)
        conv2 = nn.Conv2d(outChannels, outChannels, 3, padding: 1, bias: false)
        bn2 = nn.BatchNorm2d(outChannels)
        downsample =
            stride == 1 && inChannels == outChannels
            ? nil
            : nn.Sequential(nn.Conv2d(inChannels, outChannels, 1, stride: stride, bias: false), nn.BatchNorm2d(outChannels))
    }

    override func forward(_ x: Tensor) -> Tensor {
        let y = bn2(conv2(relu(bn1(conv1(x)))))
        y += downsample?(x) ?? x
        return relu(y)
    }
}
