import NeuralNetworks
import TensorCore
import TestSupport
import Testing

/// Spatial operators where the conformance corpora do not look: second derivatives, the `meta` device,
/// views with gaps, other types, and what PyTorch refuses.
@Suite(.serialized) struct SpatialTests {
    struct Case: CustomTestStringConvertible, Sendable {
        let testDescription: String
        let shapes: [[Int]]
        let function: @Sendable ([Tensor]) -> Tensor

        init(_ name: String, _ shapes: [[Int]], _ function: @escaping @Sendable ([Tensor]) -> Tensor) {
            (testDescription, self.shapes, self.function) = (name, shapes, function)
        }

        func inputs(_ dtype: DType = .float64) -> [Tensor] {
            shapes.enumerated().map { i, shape in
                let count = shape.reduce(1, *)
                return (torch.arange(0, count, 1, dtype: .float64) * 1.7 + Double(i)).sin().reshape(shape).to(dtype)
            }
        }
    }

    static let cases: [Case] = [
        Case("conv1d unbatched", [[2, 5], [3, 2, 3], [3]]) { F.conv1d($0[0], $0[1], $0[2], stride: 2, padding: 1) },
        Case("conv2d same, even kernel", [[1, 2, 3, 4], [2, 1, 2, 2], [2]]) {
            F.conv2d($0[0], $0[1], $0[2], padding: "same", groups: 2)
        },
        Case("conv2d of one place", [[2, 3, 2, 2], [2, 3, 1, 1]]) { F.conv2d($0[0], $0[1]) },
        Case("conv_transpose2d", [[2, 2, 3], [2, 2, 2, 2], [4]]) {
            F.convTranspose2d($0[0], $0[1], $0[2], stride: 2, padding: 1, outputPadding: 2, groups: 2, dilation: 3)
        },
        Case("max_pool2d", [[1, 2, 4, 5]]) { F.maxPool2d($0[0], [2, 3], stride: 2, padding: 1, ceilMode: true) },
        Case("avg_pool2d", [[1, 2, 4, 5]]) {
            F.avgPool2d($0[0], [2, 3], stride: 2, padding: 1, ceilMode: true, countIncludePad: false)
        },
        Case("lp_pool1d", [[2, 6]]) { F.lpPool1d($0[0].square() + 1, 3, 2) },
        Case("lp_pool3d", [[1, 2, 2, 4]]) { F.lpPool3d($0[0].square() + 1, 3, 2) },
        Case("adaptive_avg_pool2d", [[1, 5, 4]]) { F.adaptiveAvgPool2d($0[0], [nil, 3]) },
        Case("adaptive_max_pool3d", [[1, 3, 2, 4]]) { F.adaptiveMaxPool3d($0[0], [2, 1, 3]) },
        Case("max_unpool2d", [[1, 2, 4, 6]]) {
            let (values, indices) = F.maxPool2dWithIndices($0[0], 2)
            return F.maxUnpool2d(values, indices, 2)
        },
        Case("fractional_max_pool2d", [[1, 2, 5, 6]]) {
            let samples = torch.tensor([[[0.1, 0.7], [0.6, 0.3]]], dtype: $0[0].dtype).to($0[0].device)
            return F.fractionalMaxPool2d($0[0], 2, outputSize: 3, _randomSamples: samples)
        },
        Case("pad constant", [[2, 3, 4]]) { F.pad($0[0], [1, -1, -1, 2], value: 3) },
        Case("pad circular", [[1, 3, 4]]) { F.pad($0[0], [-1, 2, 1, 1], mode: "circular") },
        Case("interpolate bicubic", [[1, 1, 3, 4]]) { F.interpolate($0[0], [5, 2], mode: "bicubic") },
        Case("interpolate antialias", [[1, 1, 5, 4]]) {
            F.interpolate($0[0], [2, 3], mode: "bilinear", alignCorners: false, antialias: true)
        },
        Case("interpolate trilinear", [[1, 1, 2, 3, 2]]) {
            F.interpolate($0[0], scaleFactor: 2, mode: "trilinear", alignCorners: true)
        },
        Case("grid_sample", [[1, 2, 3, 4], [1, 2, 3, 2]]) { F.gridSample($0[0], $0[1] * 0.9) },
        Case("grid_sample bicubic reflection", [[1, 2, 3, 4], [1, 2, 3, 2]]) {
            F.gridSample($0[0], $0[1] * 1.3, mode: "bicubic", paddingMode: "reflection", alignCorners: true)
        },
        Case("affine_grid", [[1, 2, 3]]) { F.affineGrid($0[0], [1, 1, 2, 3]) },
        Case("pixel_shuffle", [[1, 4, 2, 3]]) { F.pixelShuffle($0[0], 2) },
        Case("unfold", [[1, 2, 3, 4]]) { F.unfold($0[0], [2, 3], padding: 1, stride: 2) },
    ]

    @Test(arguments: cases) func derivatives(_ c: Case) throws {
        let inputs = c.inputs().map { $0.requiresGrad_() }
        #expect(try torch.autograd.gradcheck({ [c.function($0)] }, inputs))
        #expect(try torch.autograd.gradgradcheck({ [c.function($0)] }, inputs))
    }

    @Test(arguments: cases) func metaTensorsHaveTheResultsForm(_ c: Case) {
        let (result, meta) = (c.function(c.inputs(.float32)), c.function(c.inputs(.float32).map { $0.to(.meta) }))
        #expect(meta.shape == result.shape)
        #expect(meta.dtype == result.dtype)
        #expect(meta.device == .meta)
    }

    @Test(arguments: cases) func viewsWithGapsGiveTheSame(_ c: Case) {
        let inputs = c.inputs()
        let gapped = inputs.map { $0.repeatInterleave(2, dim: -1).slice(-1) }
        #expect(torch.allclose(c.function(inputs), c.function(gapped)))
    }

    @Test func halfTypesRoundOnce() {
        let (x, w) = (torch.randn([1, 3, 5, 5]), torch.randn([2, 3, 3, 3]))
        let (half, weight) = (x.to(.bfloat16), w.to(.bfloat16))
        let expected = F.conv2d(half.float(), weight.float()).to(.bfloat16)
        #expect(torch.equal(F.conv2d(half, weight), expected))
        #expect(torch.equal(F.avgPool2d(half, 3), F.avgPool2d(half.float(), 3).to(.bfloat16)))
    }

    @Test func manySmallSamplesAndFewLargeOnesAgree() {
        // Pieces hold several samples, or parts of one.
        let (x, w, b) = (torch.randn([9, 4, 40, 40], dtype: .float64), torch.randn([6, 2, 3, 3], dtype: .float64), torch.randn([6], dtype: .float64))
        let whole = F.conv2d(x, w, b, padding: 1, groups: 2)
        let single = torch.cat((0..<9).map { F.conv2d(x[$0], w, b, padding: 1, groups: 2).unsqueeze(0) })
        #expect(torch.allclose(whole, single))
        let small = x[.all, .all, 0..<5, 0..<5]
        let parts = torch.cat((0..<9).map { F.conv2d(small[$0], w, b, groups: 2).unsqueeze(0) })
        #expect(torch.allclose(F.conv2d(small, w, b, groups: 2), parts))
    }

    @Test(arguments: [0, 1, 2]) func minimalFilteringEqualsSumsOfProducts(_ padding: Int) {
        defer { torch.backends.winograd = true }
        torch.manualSeed(0)
        let x = torch.randn([20, 17, 13, 18]).requiresGrad_()
        let (w, b) = ((torch.randn([19, 17, 3, 3]) / 12).requiresGrad_(), torch.randn([19]))
        let results = [true, false].map { isAllowed -> [Tensor] in
            torch.backends.winograd = isAllowed
            let y = F.conv2d(x, w, b, padding: padding)
            return [y] + torch.autograd.grad([y.square().sum()], [x, w]).compactMap { $0 }
        }
        #expect(torch.allclose(results[0][0], results[1][0], rtol: 1e-4, atol: 1e-4))
        #expect(torch.allclose(results[0][1], results[1][1], rtol: 1e-4, atol: 1e-4))
        // Sums of some 4000 products of values of size 1.
        #expect(torch.allclose(results[0][2], results[1][2], rtol: 1e-4, atol: 1e-2))
    }

    /// Each form with a way of its own in float32, against the general one, which float64 takes.
    /// Few tiles of many channels; a channel to each kernel; the gradient of a large weight.
    @Test(arguments: [
        (x: [24, 200, 5, 7], w: [208, 200, 3, 3], stride: 1, padding: 1, dilation: 1, groups: 1),
        (x: [3, 33, 9, 70], w: [33, 1, 3, 5], stride: 1, padding: 2, dilation: 1, groups: 33),
        (x: [2, 5, 12, 11], w: [5, 1, 3, 3], stride: 1, padding: 0, dilation: 3, groups: 5),
        (x: [2, 5, 6, 6], w: [5, 1, 2, 2], stride: 1, padding: 3, dilation: 1, groups: 5),
        (x: [2, 5, 12, 11], w: [5, 1, 3, 3], stride: 2, padding: 1, dilation: 1, groups: 5),
        (x: [3, 140, 9, 6], w: [220, 140, 3, 3], stride: 2, padding: 1, dilation: 1, groups: 1),
    ])
    func formsOfConvolutionEqualTheGeneralOne(
        _ form: (x: [Int], w: [Int], stride: Int, padding: Int, dilation: Int, groups: Int)
    ) {
        torch.manualSeed(0)
        let (x, b) = (torch.randn(form.x), torch.randn([form.w[0]]))
        let w = torch.randn(form.w) / Double(form.w[1])
        let results = [DType.float32, .float64].map { dtype -> [Tensor] in
            let operands = [x, w, b].map { $0.to(dtype).detach().requiresGrad_() }
            let y = F.conv2d(
                operands[0], operands[1], operands[2], stride: form.stride, padding: form.padding,
                dilation: form.dilation, groups: form.groups)
            return [y] + torch.autograd.grad([y.sin().sum()], operands).compactMap { $0 }
        }
        for (fast, general) in zip(results[0], results[1]) {
            // An error goes with the size of all elements of a sum, not with the sum's.
            let size = Swift.max(general.abs().max().item(), 10)
            #expect(torch.allclose(fast.to(.float64), general, rtol: 1e-4, atol: 1e-5 * size))
        }
    }

    @Test func emptyBatches() {
        #expect(F.conv2d(torch.zeros(0, 2, 4, 4), torch.zeros(3, 2, 3, 3)).shape == [0, 3, 2, 2])
        #expect(F.maxPool2d(torch.zeros(0, 2, 4, 4), 2).shape == [0, 2, 2, 2])
        #expect(F.interpolate(torch.zeros(0, 2, 4, 4), 3).shape == [0, 2, 3, 3])
        #expect(F.adaptiveAvgPool2d(torch.zeros(2, 0, 4, 4), 3).shape == [2, 0, 3, 3])
    }

    @Test func refusals() {
        #expect(
            failure { _ = F.interpolate(torch.zeros(1, 1, 4), 2, mode: "bilinear") }
                == "NotImplementedError: Got 3D input, but bilinear mode needs 4D input")
        #expect(
            failure { _ = F.pad(torch.zeros(1, 2, 5), [5, 5], mode: "reflect") }
                == "RuntimeError: Argument #4: Padding size should be less than the corresponding input dimension, but got: "
                + "padding (5, 5) at dimension 2 of input [1, 2, 5]")
        #expect(
            failure { _ = F.maxPool2d(torch.zeros([1, 1, 4, 4], dtype: .bool), 2) }
                == "NotImplementedError: \"max_pool2d\" not implemented for 'Bool'")
        #expect(
            failure { _ = F.fold(torch.zeros(1, 8, 15), 5, 2) }
                == "RuntimeError: Given output_size=(5, 5), kernel_size=(2, 2), dilation=(1, 1), padding=(0, 0), stride=(1, 1), "
                + "expected size of input's dimension 2 to match the calculated number of sliding blocks 4 * 4 = 16, but got "
                + "input.size(2)=15.")
        #expect(
            failure { _ = F.gridSample(torch.zeros(1, 1, 4, 4), torch.zeros(2, 2, 2, 2)) }
                == "RuntimeError: grid_sampler(): expected grid and input to have same batch size, but got input with sizes "
                + "[1, 1, 4, 4] and grid with sizes [2, 2, 2, 2]")
    }
}

extension Tensor {
    /// Every second element of a dimension, as a view.
    fileprivate func slice(_ dim: Int) -> Tensor { unflatten(dim, [size(dim) / 2, 2]).select(-1, 0) }
}
