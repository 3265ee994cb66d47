import Flambeau
import Foundation
import OperatorRegistry

/// How far two numbers may be apart: `|actual - expected| <= atol + rtol * |expected|`.
struct Tolerance {
    var rtol: Double
    var atol: Double

    /// PyTorch's defaults (`torch.testing.assert_close`).
    static func standard(_ dtype: DType) -> Tolerance {
        switch dtype {
        case .float32, .complex64: Tolerance(rtol: 1.3e-6, atol: 1e-5)
        case .float64, .complex128: Tolerance(rtol: 1e-7, atol: 1e-7)
        case .float16: Tolerance(rtol: 1e-3, atol: 1e-5)
        case .bfloat16: Tolerance(rtol: 1.6e-2, atol: 1e-5)
        default: Tolerance(rtol: 0, atol: 0)
        }
    }
}

/// The operators that are compared less strictly than by PyTorch's defaults, with the reason.
struct Loosening {
    let rtol: Double
    let atol: Double
    let reason: String
    var types: Set<DType> = [.float32, .complex64]

    static func of(_ name: String, _ dtype: DType) -> Loosening? {
        if dtype == .float16 || dtype == .bfloat16 { return halfOperators.contains(name) ? halves : nil }
        return table[name].flatMap { $0.types.contains(dtype) ? $0 : nil }
    }

    private static let halves = Loosening(
        rtol: 1e-2, atol: 2e-3, reason: "PyTorch rounds to 11 or 8 bits after every step or addition, Flambeau at the end",
        types: [.float16, .bfloat16])

    private static let halfOperators: Set<String> = [
        "addbmm", "addr", "cumprod", "gradient", "grid_sampler_2d", "hypot", "ldexp", "linalg.vector_norm", "log_softmax",
        "logit", "matmul", "norm", "polygamma", "sinc", "special.i0e", "special.i1e", "std", "std_mean", "var_mean", "xlogy",
        "nn.functional.adaptive_avg_pool2d", "nn.functional.adaptive_avg_pool3d", "nn.functional.avg_pool1d",
        "nn.functional.avg_pool2d", "nn.functional.batch_norm", "nn.functional.bilinear",
        "nn.functional.binary_cross_entropy", "nn.functional.binary_cross_entropy_with_logits", "nn.functional.conv1d",
        "nn.functional.conv2d", "nn.functional.conv3d", "nn.functional.conv_transpose1d", "nn.functional.conv_transpose2d",
        "nn.functional.conv_transpose3d", "nn.functional.cosine_similarity", "nn.functional.glu", "nn.functional.grid_sample",
        "nn.functional.group_norm", "nn.functional.instance_norm", "nn.functional.interpolate", "nn.functional.layer_norm",
        "nn.functional.linear_cross_entropy", "nn.functional.max_pool3d", "nn.functional.pad",
        "nn.functional.scaled_dot_product_attention",
    ]

    private static let table: [String: Loosening] = {
        let sums = Loosening(
            rtol: 1e-4, atol: 1e-4, reason: "sums of many products in float32, added in another order")
        let products = Loosening(
            rtol: 1e-4, atol: 1e-5, reason: "the gradient divides a product by its factors, as PyTorch does, in another order")
        let alignments = Loosening(
            rtol: 1e-4, atol: 1e-4, reason: "PyTorch adds up alignments in float32, Flambeau in float64")
        let grids = Loosening(
            rtol: 1e-5, atol: 1e-4, reason: "a place between elements is a difference of numbers much larger than it")
        let spatial = (1...3).flatMap {
            ["nn.functional.conv\($0)d", "nn.functional.conv_transpose\($0)d", "nn.Conv\($0)d", "nn.ConvTranspose\($0)d"]
        }.map { ($0, sums) }
            + ["nn.functional.grid_sample", "grid_sampler_2d", "grid_sampler_3d"].map { ($0, grids) }
        let factors = Loosening(
            rtol: 1e-4, atol: 1e-4,
            reason: "LAPACK of another maker rounds otherwise, which the matrices' condition multiplies")
        let factorizations = [
            "cholesky", "cholesky_inverse", "cholesky_solve", "linalg.cholesky", "linalg.cholesky_ex", "linalg.cond",
            "linalg.det", "linalg.eig", "linalg.eigh", "linalg.eigvals", "linalg.eigvalsh",
            "linalg.inv", "linalg.inv_ex", "linalg.ldl_solve", "linalg.lstsq", "linalg.lu", "linalg.lu_factor",
            "linalg.lu_factor_ex", "linalg.lu_solve", "linalg.matrix_norm", "linalg.matrix_power", "linalg.matrix_sqrth",
            "linalg.norm", "linalg.pinv", "linalg.polar", "linalg.qr", "linalg.slogdet", "linalg.solve",
            "linalg.solve_ex", "linalg.solve_triangular", "linalg.svd", "linalg.svdvals", "linalg.tensorinv",
            "linalg.tensorsolve", "logdet", "lu", "lu_solve", "ormqr", "pinverse", "qr", "svd",
            "triangular_solve",
        ]
        let searches = Loosening(
            rtol: 1e-3, atol: 1e-3,
            reason: "the search ends where losses no longer differ in float32, which their rounding decides")
        var table = [
            "LBFGS": searches, "matmul": sums, "mm": sums, "bmm": sums, "addmm": sums, "addmv": sums, "addbmm": sums, "baddbmm": sums,
            "mv": sums, "dot": sums, "inner": sums, "tensordot": sums, "einsum": sums, "linalg.multi_dot": sums,
            "linalg.householder_product": Loosening(
                rtol: 1e-3, atol: 1e-3, reason: "PyTorch undoes reflections by division, where they may be near singular"),
            "matrix_exp": Loosening(
                rtol: 1e-4, atol: 1e-3, reason: "squarings round by the largest elements, in the small ones too"),
            "nn.functional.linear": sums, "nn.functional.bilinear": sums,
            "nn.functional.scaled_dot_product_attention": sums, "nn.MultiheadAttention": sums,
            "nn.TransformerEncoderLayer": sums, "nn.TransformerDecoderLayer": sums, "cdist": sums,
            "nn.CTCLoss": alignments, "nn.functional.ctc_loss": alignments,
            "prod": products, "cumprod": products,
            "nn.functional.layer_norm": Loosening(
                rtol: 1.3e-6, atol: 1e-4,
                reason: "in a row of one value PyTorch multiplies the rounding error of its mean by 1 / sqrt(eps)"),
        ]
        let series = Loosening(
            rtol: 1e-5, atol: 5e-7, reason: "PyTorch's own series has 6 to 7 digits here in float64 too", types: [.float64])
        for name in ["bessel_j0", "bessel_j1", "bessel_y0", "bessel_y1"] { table["special.\(name)"] = series }
        table.merge(spatial) { first, _ in first }
        for name in factorizations { table[name] = factors }
        return table
    }()
}

/// Compares results with what a case expects.
struct Comparison {
    let operatorName: String

    /// The difference in words; nil where the results agree.
    func difference(_ actual: [Any], _ expected: [Value]) -> String? {
        if actual.count != expected.count { return "\(actual.count) results instead of \(expected.count)" }
        for (i, (actual, expected)) in zip(actual, expected).enumerated() {
            if let difference = difference(actual, expected) { return "result \(i): \(difference)" }
        }
        return nil
    }

    func difference(_ actual: Any, _ expected: Value) -> String? {
        switch (actual, expected) {
        case (let actual as Tensor, .tensor(let expected)): return difference(actual, expected)
        case (let actual as any ScalarConvertible, .scalar(let expected)): return difference(actual.scalar, expected)
        case (let actual as [Int], _) where expected.ints != nil:
            return actual == expected.ints! ? nil : "\(actual) instead of \(expected.ints!)"
        case (let actual as DType, .dtype(let expected)): return actual == expected ? nil : "\(actual) instead of \(expected)"
        default: return "\(type(of: actual)) instead of \(expected)"
        }
    }

    func difference(_ actual: Tensor, _ expected: Tensor) -> String? {
        if actual.dtype != expected.dtype { return "dtype \(actual.dtype) instead of \(expected.dtype)" }
        if actual.shape != expected.shape { return "shape \(actual.shape) instead of \(expected.shape)" }
        let tolerance = tolerance(actual.dtype)
        var (worst, count, first) = (0.0, 0, "")
        for (i, (a, b)) in zip(actual.scalars(), expected.scalars()).enumerated() where !agree(a, b, tolerance) {
            if count == 0 { first = "\(a.plain) instead of \(b.plain) at element \(i)" }
            count += 1
            worst = max(worst, Glibc.hypot(a.double - b.double, a.imaginary - b.imaginary))
        }
        if count == 0 { return nil }
        return "\(count) of \(actual.numel) elements differ, at most by \(worst): \(first)"
    }

    private func difference(_ actual: Scalar, _ expected: Scalar) -> String? {
        if actual.dtype != expected.dtype || !agree(actual, expected, tolerance(actual.dtype)) {
            return "\(actual) instead of \(expected)"
        }
        return nil
    }

    private func tolerance(_ dtype: DType) -> Tolerance {
        let standard = Tolerance.standard(dtype)
        guard let loosening = Loosening.of(operatorName, dtype) else { return standard }
        return Tolerance(rtol: max(standard.rtol, loosening.rtol), atol: max(standard.atol, loosening.atol))
    }

    private func agree(_ a: Scalar, _ b: Scalar, _ tolerance: Tolerance) -> Bool {
        if case .int = a, case .int = b { return a == b }
        if a.imaginary == 0 && b.imaginary == 0 || a.double.isNaN || b.double.isNaN || a.imaginary.isNaN || b.imaginary.isNaN {
            return agree(a.double, b.double, tolerance) && agree(a.imaginary, b.imaginary, tolerance)
        }
        let distance = Glibc.hypot(a.double - b.double, a.imaginary - b.imaginary)
        if !distance.isFinite { return agree(a.double, b.double, tolerance) && agree(a.imaginary, b.imaginary, tolerance) }
        return distance <= tolerance.atol + tolerance.rtol * Glibc.hypot(b.double, b.imaginary)
    }

    private func agree(_ a: Double, _ b: Double, _ tolerance: Tolerance) -> Bool {
        if a == b || a.isNaN && b.isNaN { return true }
        return a.isFinite && b.isFinite && (a - b).magnitude <= tolerance.atol + tolerance.rtol * b.magnitude
    }
}
