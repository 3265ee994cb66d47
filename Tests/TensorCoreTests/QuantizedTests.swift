import TestSupport
import Testing

import TensorCore

private func floats() -> Tensor { torch.tensor([[-1.0, 0.0, 1.0], [2.0, 0.26, 0.14]]) }
private let scales = torch.tensor([0.1, 0.01])
private let zeros = torch.tensor([10, 0])

private func q(_ type: DType = .quint8, _ zero: Int = 10) -> Tensor {
    torch.quantizePerTensor(floats(), scale: 0.1, zeroPoint: zero, dtype: type)
}
private func qc(_ type: DType = .quint8) -> Tensor { torch.quantizePerChannel(floats(), scales, zeros, 0, dtype: type) }

private func packed(channels: Bool = false, bias: Bool = true) -> LinearPackedParams {
    let w = torch.tensor([[0.5, -1.0, 0.25], [1.5, 0.1, -0.7]])
    let qw = channels
        ? torch.quantizePerChannel(w, torch.tensor([0.02, 0.01]), torch.tensor([0, 0]), 0, dtype: .qint8)
        : torch.quantizePerTensor(w, 0.02, 0, dtype: .qint8)
    return torch.ops.quantized.linearPrepack(qw, bias ? torch.tensor([0.1, -0.2]) : nil)
}

@Suite struct QuantizedTests {
    @Test func textsEqualPyTorch() throws {
        let zeros32 = zeros.to(.int32)
        expectTexts(
            try Golden.read("quantized.jsonl", from: .module),
            [
                "torch.ops.quantized.linear(q(), packed(), 0.05, 20)": { torch.ops.quantized.linear(q(), packed(), 0.05, 20) },
                "torch.ops.quantized.linear(q(), packed(True), 0.05, 20)": {
                    torch.ops.quantized.linear(q(), packed(channels: true), 0.05, 20)
                },
                "torch.ops.quantized.linear(q(), packed(bias=False), 0.05, 20).int_repr()": {
                    torch.ops.quantized.linear(q(), packed(bias: false), 0.05, 20).intRepr()
                },
                "torch.ops.quantized.linear_relu(q(), packed(), 0.05, 20)": {
                    torch.ops.quantized.linearRelu(q(), packed(), 0.05, 20)
                },
                "torch.ops.quantized.linear_dynamic(x, packed())": { torch.ops.quantized.linearDynamic(floats(), packed()) },
                "torch.ops.quantized.linear_dynamic(x, packed(True), reduce_range=True)": {
                    torch.ops.quantized.linearDynamic(floats(), packed(channels: true), reduceRange: true)
                },
                "q()": { q() },
                "q(torch.qint8, 0)": { q(.qint8, 0) },
                "q(torch.qint32, 0)": { q(.qint32, 0) },
                "qc()": { qc() },
                "qc(torch.qint8)": { qc(.qint8) },
                "torch.quantize_per_channel(x, torch.tensor([0.1, 0.02, 0.3]), torch.tensor([1, 2, 3]), 1, torch.qint8)": {
                    torch.quantizePerChannel(
                        floats(), torch.tensor([0.1, 0.02, 0.3]), torch.tensor([1, 2, 3]), 1, dtype: .qint8)
                },
                "q().int_repr()": { q().intRepr() },
                "q(torch.qint8, 0).int_repr()": { q(.qint8, 0).intRepr() },
                "q(torch.qint32, 0).int_repr()": { q(.qint32, 0).intRepr() },
                "qc().int_repr()": { qc().intRepr() },
                "q().dequantize()": { q().dequantize() },
                "qc().dequantize()": { qc().dequantize() },
                "q().q_scale()": { q().qScale() },
                "q().q_zero_point()": { q().qZeroPoint() },
                "q().qscheme()": { q().qscheme() },
                "qc().qscheme()": { qc().qscheme() },
                "qc().q_per_channel_scales()": { qc().qPerChannelScales() },
                "qc().q_per_channel_zero_points()": { qc().qPerChannelZeroPoints() },
                "qc().q_per_channel_axis()": { qc().qPerChannelAxis() },
                "q().is_quantized": { q().isQuantized },
                "q().dtype": { "\(q().dtype)" },
                "q().element_size()": { q().itemsize },
                "q()[0]": { q()[0] },
                "q()[0, 0].item()": { q()[0, 0].item() as Double },
                "q().t()": { q().t() },
                "q().view(6)": { q().view(6) },
                "q().clone()": { q().clone() },
                "q().relu()": { q().relu() },
                "q() == q()": { (q() == q()) as Tensor },
                "torch.quantize_per_tensor(torch.tensor([float(\"inf\"), -float(\"inf\"), float(\"nan\")]), 0.1, 10, torch.qint8)": {
                    torch.quantizePerTensor(
                        torch.tensor([Double.infinity, -Double.infinity, Double.nan]), 0.1, 10, dtype: .qint8)
                },
                "torch.quantize_per_tensor(torch.tensor([0.05, 0.15, 0.25, 0.35, -0.05, -0.15]), 0.1, 0, torch.qint8).int_repr()": {
                    torch.quantizePerTensor(
                        torch.tensor([0.05, 0.15, 0.25, 0.35, -0.05, -0.15]), 0.1, 0, dtype: .qint8).intRepr()
                },
                "torch.quantize_per_tensor(torch.zeros(0), 0.1, 10, torch.quint8)": {
                    torch.quantizePerTensor(torch.zeros(0), 0.1, 10, dtype: .quint8)
                },
                "torch.quantize_per_tensor(torch.tensor(1.0), 0.1, 10, torch.quint8)": {
                    torch.quantizePerTensor(torch.tensor(1.0), 0.1, 10, dtype: .quint8)
                },
                "torch.quantize_per_tensor(torch.arange(2000.0) / 100, 0.1, 0, torch.qint8)": {
                    torch.quantizePerTensor(torch.arange(2000.0) / 100, 0.1, 0, dtype: .qint8)
                },
                "torch.quantize_per_tensor_dynamic(x, torch.quint8, False)": {
                    torch.quantizePerTensorDynamic(floats(), dtype: .quint8, reduceRange: false)
                },
                "torch.quantize_per_tensor_dynamic(x, torch.qint8, False)": {
                    torch.quantizePerTensorDynamic(floats(), dtype: .qint8, reduceRange: false)
                },
                "torch.quantize_per_tensor_dynamic(x, torch.qint8, True)": {
                    torch.quantizePerTensorDynamic(floats(), dtype: .qint8, reduceRange: true)
                },
                "torch._make_per_tensor_quantized_tensor(torch.tensor([1, 2], dtype=torch.uint8), 0.1, 3)": {
                    torch._makePerTensorQuantizedTensor(torch.tensor([1, 2], dtype: .uint8), 0.1, 3)
                },
                "torch.ops.quantized.add(q(), q(), 0.2, 5)": { torch.ops.quantized.add(q(), q(), 0.2, 5) },
                "torch.ops.quantized.mul(q(), q(), 0.2, 5)": { torch.ops.quantized.mul(q(), q(), 0.2, 5) },
                "torch.fake_quantize_per_tensor_affine(xr(), 0.1, 0, -128, 127)": {
                    torch.fakeQuantizePerTensorAffine(floats().requiresGrad_(), 0.1, 0, -128, 127)
                },
                "torch.fake_quantize_per_tensor_affine(xr(), 0.1, 10, 0, 15)": {
                    torch.fakeQuantizePerTensorAffine(floats().requiresGrad_(), 0.1, 10, 0, 15)
                },
                "torch.fake_quantize_per_channel_affine(xr(), scales, zeros32, 0, 0, 255)": {
                    torch.fakeQuantizePerChannelAffine(floats().requiresGrad_(), scales, zeros32, 0, 0, 255)
                },
                "grad(lambda x: weighted(torch.fake_quantize_per_tensor_affine(x, 0.1, 10, 0, 15)), xr())": {
                    gradients(floats().requiresGrad_()) {
                        weighted(torch.fakeQuantizePerTensorAffine($0[0], 0.1, 10, 0, 15))
                    }
                },
                "grad(lambda x: weighted(torch.fake_quantize_per_channel_affine(x, scales, zeros32, 0, 0, 150)), xr())": {
                    gradients(floats().requiresGrad_()) {
                        weighted(torch.fakeQuantizePerChannelAffine($0[0], scales, zeros32, 0, 0, 150))
                    }
                },
            ])
    }

    @Test func viewsShareAndCopiesDoNot() {
        let x = q()
        let (row, copy) = (x[1], x.clone())
        x.copy_(torch.ones(2, 3))
        #expect(row.intRepr().array() == [20, 20, 20] as [Int])
        #expect(copy.intRepr().array() == [0, 10, 20, 30, 13, 11] as [Int])
        row.fill_(0)
        #expect(x.dequantize().array() == [1, 1, 1, 0, 0, 0] as [Float])
        #expect(q().t().intRepr().array() == [0, 30, 10, 13, 20, 11] as [Int])
        #expect(q().isContiguous() && !q().t().isContiguous())
    }

    @Test func nearlyEqualToTheRealProduct() {
        torch.manualSeed(3)
        let (x, w, b) = (torch.randn(17, 33), torch.randn(9, 33), torch.randn(9))
        let weight = torch.quantizePerTensorDynamic(w, dtype: .qint8, reduceRange: false)
        let out = torch.ops.quantized.linearDynamic(x, torch.ops.quantized.linearPrepack(weight, b))
        #expect((out - (x.matmul(w.t()) + b)).abs().max().item() < 0.25)
        let leading = torch.ops.quantized.linearDynamic(x.view(1, 17, 33), torch.ops.quantized.linearPrepack(weight, b))
        #expect(leading.shape == [1, 17, 9])
    }

    @Test(arguments: [
        ("quantize_tensor_per_tensor_affine zero_point 300 is above upper bound.", { _ = q(.quint8, 300) }),
        ("quantize_tensor_per_tensor_affine zero_point -129 is below lower bound.", { _ = q(.qint8, -129) }),
        ("ScalarType Char is not supported in new_qtensor.", { _ = q(.int8) }),
        (
            "Quantize only works on Float Tensor, got Double",
            { _ = torch.quantizePerTensor(floats().double(), 0.1, 10, dtype: .quint8) }
        ),
        (
            "length of scales must equal to channel, expected 3 got, 2",
            { _ = torch.quantizePerChannel(floats(), scales, zeros, 1, dtype: .quint8) }
        ),
        (
            "Channel axis out of range in per channel affine quantization. Got: 2Expected: [0, 2)",
            { _ = torch.quantizePerChannel(floats(), scales, zeros, 2, dtype: .quint8) }
        ),
        (
            "number of elements in scales and zero_points must match",
            { _ = torch.quantizePerChannel(floats(), torch.tensor([0.1]), zeros, 0, dtype: .quint8) }
        ),
        ("Setting strides is possible only on uniformly quantized tensor", { _ = qc().t() }),
        ("Creation of quantized tensor requires quantized dtype like torch.quint8", { _ = q().float() }),
        ("a Tensor with 6 elements cannot be converted to Scalar", { _ = q().item() as Double }),
        (
            "`zero_point` must be between `quant_min` and `quant_max`.",
            { _ = torch.fakeQuantizePerTensorAffine(floats(), 0.1, 200, -128, 127) }
        ),
        (
            "Zero-point must be Int32, Float or Half, found Long",
            { _ = torch.fakeQuantizePerChannelAffine(floats(), scales, zeros, 0, 0, 255) }
        ),
        ("Add operands should have same data type.", { _ = torch.ops.quantized.add(q(), q(.qint8), 0.1, 0) }),
    ] as [(String, @Sendable () -> Void)])
    func refusals(message: String, body: @escaping @Sendable () -> Void) {
        #expect(failure(body) == "RuntimeError: " + message)
    }

    @Test(arguments: [
        ("'aten::add.out' with arguments from the 'QuantizedCPU'", { _ = q() + q() }),
        ("'aten::exp.out' with arguments from the 'QuantizedCPU'", { _ = q().exp() }),
        ("'aten::neg.out' with arguments from the 'QuantizedCPU'", { _ = -q() }),
        ("'aten::sum' with arguments from the 'QuantizedCPU'", { _ = q().sum() }),
        ("an operator with arguments from the 'QuantizedCPU'", { _ = q().matmul(q().t()) }),
        ("'aten::int_repr' with arguments from the 'CPU'", { _ = floats().intRepr() }),
        ("'aten::q_scale' with arguments from the 'CPU'", { _ = floats().qScale() }),
    ] as [(String, @Sendable () -> Void)])
    func operatorsThatQuantizedTensorsHaveNot(message: String, body: @escaping @Sendable () -> Void) {
        #expect((failure(body) ?? "none").hasPrefix("NotImplementedError: Could not run \(message) backend."))
    }
}
