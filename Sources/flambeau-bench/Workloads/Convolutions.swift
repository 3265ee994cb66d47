import Flambeau

extension Suite {
    /// Convolution, pooling and batch normalization of images.
    mutating func addConvolutions() {
        addConvolution("stem_32x3x224_64k7s2", 32, 3, 64, kernel: 7, size: 224, stride: 2, padding: 3)
        addConvolution("r1_32x64x56_64k3", 32, 64, 64, kernel: 3, size: 56, stride: 1, padding: 1)
        addConvolution("r2_32x128x28_128k3", 32, 128, 128, kernel: 3, size: 28, stride: 1, padding: 1)
        addConvolution("r4_32x512x7_512k3", 32, 512, 512, kernel: 3, size: 7, stride: 1, padding: 1)
        addConvolution("pw_32x256x14_256k1", 32, 256, 256, kernel: 1, size: 14, stride: 1, padding: 0)
        addConvolution("mnist1_64x1x28_32k3", 64, 1, 32, kernel: 3, size: 28, stride: 1, padding: 0)
        addConvolution("mnist2_64x32x26_64k3", 64, 32, 64, kernel: 3, size: 26, stride: 1, padding: 0)
        add("conv_dw_32x128x28_k3_fwd", "depthwise") {
            let (x, w) = (torch.randn(32, 128, 28, 28), torch.randn(128, 1, 3, 3))
            return { F.conv2d(x, w, nil, stride: 1, padding: 1, dilation: 1, groups: 128) }
        }
        addPooling()
        addBatchNorm()
    }

    /// Forward alone, and with the gradients of input, weight and bias.
    private mutating func addConvolution(
        _ name: String, _ batch: Int, _ inChannels: Int, _ outChannels: Int, kernel: Int, size: Int, stride: Int, padding: Int
    ) {
        let outSize = (size + 2 * padding - kernel) / stride + 1
        let flops = 2 * batch * outChannels * outSize * outSize * inChannels * kernel * kernel
        add("conv_\(name)_fwd", "flops=\(flops)") {
            let x = torch.randn(batch, inChannels, size, size)
            let (w, b) = (torch.randn(outChannels, inChannels, kernel, kernel), torch.randn(outChannels))
            return { F.conv2d(x, w, b, stride: stride, padding: padding) }
        }
        add("conv_\(name)_fb", "flops=\(3 * flops)") {
            let x = torch.randn(batch, inChannels, size, size, requiresGrad: true)
            let w = torch.randn(outChannels, inChannels, kernel, kernel, requiresGrad: true)
            let b = torch.randn(outChannels, requiresGrad: true)
            let g = torch.randn(batch, outChannels, outSize, outSize)
            return { torch.autograd.grad([F.conv2d(x, w, b, stride: stride, padding: padding)], [x, w, b], gradOutputs: [g]) }
        }
    }

    private mutating func addPooling() {
        add("maxpool2_32x64x112_k3s2_fwd") {
            let x = torch.randn(32, 64, 112, 112)
            return { F.maxPool2d(x, 3, stride: 2, padding: 1) }
        }
        add("maxpool2_64x64x24_k2_fwd") {
            let x = torch.randn(64, 64, 24, 24)
            return { F.maxPool2d(x, 2) }
        }
        add("maxpool2_64x64x24_k2_fb") {
            let (x, g) = (torch.randn(64, 64, 24, 24, requiresGrad: true), torch.randn(64, 64, 12, 12))
            return { torch.autograd.grad(F.maxPool2d(x, 2), x, gradOutputs: g) }
        }
        add("avgpool2_64x64x24_k2_fwd") {
            let x = torch.randn(64, 64, 24, 24)
            return { F.avgPool2d(x, 2) }
        }
    }

    private mutating func addBatchNorm() {
        add("batchnorm_train_32x64x56_fwd") {
            let (m, x) = (nn.BatchNorm2d(64), torch.randn(32, 64, 56, 56))
            return { torch.noGrad { m(x) } }
        }
        add("batchnorm_train_32x64x56_fb") {
            let (m, x) = (nn.BatchNorm2d(64), torch.randn(32, 64, 56, 56, requiresGrad: true))
            let g = torch.randn(32, 64, 56, 56)
            return { torch.autograd.grad([m(x)], [x, m.weight!, m.bias!], gradOutputs: [g]) }
        }
        add("batchnorm_eval_32x64x56_fwd") {
            let (m, x) = (nn.BatchNorm2d(64), torch.randn(32, 64, 56, 56))
            m.eval()
            return { torch.noGrad { m(x) } }
        }
    }
}
