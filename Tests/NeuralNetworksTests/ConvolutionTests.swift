import NeuralNetworks
import Testing
import TensorCore

/// Convolutions, pooling and Fourier transforms: PyTorch's values, and derivatives against finite
/// differences. A result is compared by its sum weighted with cosines.
@Suite struct ConvolutionTests {
    struct Case: CustomTestStringConvertible, Sendable {
        let name: String
        let shapes: [[Int]]
        let expected: Double
        let function: @Sendable ([Tensor]) -> Tensor
        var testDescription: String { name }

        init(_ name: String, _ shapes: [[Int]], _ expected: Double, _ function: @escaping @Sendable ([Tensor]) -> Tensor) {
            (self.name, self.shapes, self.expected, self.function) = (name, shapes, expected, function)
        }

        var inputs: [Tensor] {
            shapes.enumerated().map { i, shape in
                let count = shape.reduce(1, *)
                let values = (torch.arange(0, count, 1, dtype: .float64) * 1.7 + Double(i)).sin()
                return values.reshape(shape).requiresGrad_()
            }
        }
    }

    /// The squared magnitudes.
    static func power(_ z: Tensor) -> Tensor { (z * z.conj()).to(.float64) }

    static let convolutions: [Case] = [
        Case("conv1d", [[2, 2, 5], [3, 2, 3], [3]], -0.035129602471200116) {
            F.conv1d($0[0], $0[1], $0[2], stride: 2, padding: 1)
        },
        Case("conv2d", [[2, 2, 4, 5], [2, 2, 3, 2], [2]], -3.851793097050061) {
            F.conv2d($0[0], $0[1], $0[2], padding: [1, 0])
        },
        Case("conv2d_groups", [[1, 4, 4, 4], [2, 2, 2, 2]], 1.499370433975812) {
            F.conv2d($0[0], $0[1], stride: [2, 1], dilation: 2, groups: 2)
        },
        Case("conv2d_same", [[1, 1, 3, 4], [1, 1, 2, 3]], -1.0612161717969222) {
            F.conv2d($0[0], $0[1], padding: "same")
        },
        Case("conv3d", [[1, 1, 3, 3, 3], [2, 1, 2, 2, 2]], -1.7009921702697173) {
            F.conv3d($0[0], $0[1])
        },
        Case("conv_transpose1d", [[2, 2, 3], [2, 2, 3], [2]], 1.6674611187560537) {
            F.convTranspose1d($0[0], $0[1], $0[2], stride: 2, padding: 1, outputPadding: 1)
        },
        Case("conv_transpose2d", [[1, 2, 2, 3], [2, 1, 2, 2]], -0.045664399941609285) {
            F.convTranspose2d($0[0], $0[1], stride: 2, groups: 2, dilation: 2)
        },
        Case("unfold", [[1, 2, 3, 4]], -2.1109637798967698) {
            F.unfold($0[0], [2, 3], padding: 1, stride: 2)
        },
        Case("fold", [[1, 8, 6]], 0.23935559630452996) {
            F.fold($0[0], [3, 4], 2)
        },
        Case("max_pool1d", [[2, 7]], 1.8005230934300611) {
            F.maxPool1d($0[0], 3, stride: 2, padding: 1, ceilMode: true)
        },
        Case("max_pool2d", [[1, 2, 4, 5]], 0.40769768248145044) {
            F.maxPool2d($0[0], [2, 3], stride: 2, padding: 1)
        },
        Case("max_pool3d", [[1, 4, 3, 4]], 0.2170647924904947) {
            F.maxPool3d($0[0], 2)
        },
        Case("avg_pool1d", [[2, 7]], 0.6115746626998196) {
            F.avgPool1d($0[0], 3, stride: 2, padding: 1, ceilMode: true, countIncludePad: false)
        },
        Case("avg_pool2d", [[1, 2, 4, 5]], 0.688231864595074) {
            F.avgPool2d($0[0], [2, 3], stride: 2, padding: 1, ceilMode: true)
        },
        Case("avg_pool3d", [[1, 4, 3, 4]], 0.05332333986910598) {
            F.avgPool3d($0[0], 2, divisorOverride: 3)
        },
        Case("adaptive_avg_pool2d", [[1, 2, 5, 4]], 0.29021072604716047) {
            F.adaptiveAvgPool2d($0[0], [3, 2])
        },
        Case("adaptive_max_pool2d", [[1, 2, 5, 4]], -0.024766541388979213) {
            F.adaptiveMaxPool2d($0[0], [3, 2])
        },
        Case("fft", [[2, 6]], -2.6846974986603955) {
            power(torch.fft.fft($0[0], n: 5))
        },
        Case("fft_prime", [[67]], 0.07871381364021533) {
            power(torch.fft.fft($0[0]).narrow(0, 0, 2))
        },
        Case("ifft2", [[4, 6]], 1.5423177855867483) {
            power(torch.fft.ifft2($0[0], norm: "ortho").narrow(1, 1, 2))
        },
        Case("irfft", [[3, 7]], 0.6564700450074352) {
            torch.fft.irfft(torch.fft.rfft($0[0]) * $0[0].narrow(1, 0, 4), n: 6)
        },
        Case("hfft", [[2, 4]], 1.6089895499281288) {
            torch.fft.hfft($0[0], norm: "forward")
        },
        Case("ihfft", [[2, 5]], -0.08266619055414319) {
            power(torch.fft.ihfft($0[0]))
        },
        Case("fftshift", [[3, 4]], -0.886204502300985) {
            torch.fft.fftshift($0[0])
        },
    ]

    @Test(arguments: convolutions) func values(_ c: Case) {
        let result = c.function(c.inputs).detach().to(.float64).flatten()
        let weights = torch.arange(0, result.numel, 1, dtype: .float64).cos()
        #expect(abs(Double((result * weights).sum()) - c.expected) < 1e-8)
    }

    @Test(arguments: convolutions) func derivatives(_ c: Case) throws {
        #expect(try torch.autograd.gradcheck({ [c.function($0)] }, c.inputs))
        #expect(try torch.autograd.gradgradcheck({ [c.function($0)] }, c.inputs))
    }
}
