import Flambeau

extension Calls {
    static let activations: [String: Call] = {
        var calls: [String: Call] = [:]
        func add(_ name: String, _ call: @escaping Call) {
            calls["nn.functional." + name] = { a in
                _ = a.value(99, "inplace")
                return try call(a)
            }
        }
        add("relu6") { a in F.relu6(try a.input) }
        add("leaky_relu") { a in try F.leakyRelu(a.input, negativeSlope: a.double(1, "negative_slope", default: 0.01)) }
        add("prelu") { a in try F.prelu(a.input, a.tensor(1, "weight")) }
        add("sigmoid") { a in F.sigmoid(try a.input) }
        add("tanh") { a in F.tanh(try a.input) }
        add("gelu") { a in try F.gelu(a.input, approximate: a.optionalString(9, "approximate") ?? "none") }
        add("silu") { a in F.silu(try a.input) }
        add("mish") { a in F.mish(try a.input) }
        add("elu") { a in try F.elu(a.input, alpha: a.double(1, "alpha", default: 1)) }
        add("selu") { a in F.selu(try a.input) }
        add("celu") { a in try F.celu(a.input, alpha: a.double(1, "alpha", default: 1)) }
        add("softplus") { a in
            try F.softplus(
                a.input, beta: a.double(1, "beta", default: 1), threshold: a.double(2, "threshold", default: 20))
        }
        add("hardtanh") { a in
            try F.hardtanh(a.input, minVal: a.double(1, "min_val", default: -1), maxVal: a.double(2, "max_val", default: 1))
        }
        add("hardsigmoid") { a in F.hardsigmoid(try a.input) }
        add("hardswish") { a in F.hardswish(try a.input) }
        add("softsign") { a in F.softsign(try a.input) }
        add("tanhshrink") { a in F.tanhshrink(try a.input) }
        add("hardshrink") { a in try F.hardshrink(a.input, lambd: a.double(1, "lambd", default: 0.5)) }
        add("softshrink") { a in try F.softshrink(a.input, lambd: a.double(1, "lambd", default: 0.5)) }
        add("threshold") { a in try F.threshold(a.input, a.double(1, "threshold"), a.double(2, "value")) }
        add("logsigmoid") { a in F.logsigmoid(try a.input) }
        add("glu") { a in try F.glu(a.input, dim: a.int(1, "dim", default: -1)) }
        add("softmax") { a in try F.softmax(a.input, dim: a.optionalInt(1, "dim"), dtype: a.optionalDType(3, "dtype")) }
        add("softmin") { a in try F.softmin(a.input, dim: a.optionalInt(1, "dim"), dtype: a.optionalDType(3, "dtype")) }
        add("log_softmax") { a in
            try F.logSoftmax(a.input, dim: a.optionalInt(1, "dim"), dtype: a.optionalDType(3, "dtype"))
        }
        return calls
    }()
}
