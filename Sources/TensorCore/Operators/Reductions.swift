import CKernels

/// Operators that reduce dimensions to one value each.
///
/// One declaration holds the kernel, the type of the result and the gradient; which dimensions are
/// reduced and whether they stay with size 1 is the same for all.
final class ReductionOperator: @unchecked Sendable {
    enum TypeRule {
        /// Integers and bool are summed as int64.
        case accumulating
        /// The operand's type.
        case same
        /// Only floating and complex types.
        case floating
        case bool
    }

    let name: String
    let nodeName: String
    let kernel: ck_reduce
    let rule: TypeRule
    /// The operand's gradient: from the result's, which with the result has been given back its
    /// reduced dimensions, the operand, and how many elements each result came from.
    let gradient: ((_ grad: Tensor, _ node: ReductionNode) -> Tensor)?
    /// The gradient reads operand and result.
    let savesValues: Bool

    init(
        _ name: String, _ kernel: ck_reduce, _ rule: TypeRule, node: String? = nil, savesValues: Bool = false,
        gradient: ((Tensor, ReductionNode) -> Tensor)? = nil
    ) {
        self.name = name
        nodeName = node ?? name.prefix(1).uppercased() + name.dropFirst() + "Backward0"
        self.kernel = kernel
        self.rule = rule
        self.savesValues = savesValues
        self.gradient = gradient
    }

    /// - Parameters:
    ///   - dims: the dimensions to reduce; none or an empty list means all.
    ///   - parameter: the correction of `var`, the exponent of `norm`.
    func callAsFunction(
        _ x: Tensor, _ dims: [Int]? = nil, keepdim: Bool = false, dtype: DType? = nil, _ parameter: Double = 0
    ) -> Tensor {
        let operand = dtype.map { x.to($0) } ?? x
        if !operand.contiguousFlag, let contents = operand.storage.contents {
            return contents.reduced(self, operand, dims, keepdim: keepdim)
        }
        if rule == .floating, operand.dtype.isIntegral {
            if kernel == CK_VAR { fail("std and var only support floating point and complex dtypes", .notImplemented) }
            if kernel == CK_NORM {
                fail(
                    "linalg.vector_norm: Expected a floating point or complex tensor as input. Got \(operand.dtype.scalarName)",
                    .notImplemented)
            }
            fail(
                "\(name)(): could not infer output dtype. \(dtype == nil ? "Input" : "Optional") dtype must be either a floating point or complex "
                    + "dtype. Got: \(operand.dtype.scalarName)")
        }
        let reduced = reducedFlags(operand, dims)
        let type = resultType(operand.dtype, given: dtype)
        let input = rule == .accumulating ? operand.converted(type) : operand
        var kept = operand.dims
        for i in 0..<kept.count where reduced[i] { kept[i] = 1 }
        let out = Tensor(empty: kept, type, operand.backend)
        operand.backend.reduce(kernel, input, reduced, parameter, out)
        let result = keepdim ? out : out.dropping(reduced)
        if gradient != nil, operand.node != nil, GradMode.isEnabled, type.isDifferentiable {
            let node = ReductionNode(self, operand, reduced, parameter, kept, all: dims == nil || dims!.isEmpty)
            node.produces(result)
            if savesValues { node.keep(operand, result) }
        }
        return result
    }

    private func resultType(_ type: DType, given: DType?) -> DType {
        switch rule {
        case .accumulating: type.isIntegral && given == nil ? .int64 : type
        case .same: type
        case .floating: kernel == CK_NORM || kernel == CK_VAR ? type.real : type
        case .bool: type == .uint8 ? .uint8 : .bool
        }
    }

    private func reducedFlags(_ x: Tensor, _ dims: [Int]?) -> [Bool] {
        guard let dims, !dims.isEmpty else { return Array(repeating: true, count: x.dims.count) }
        var flags = Array(repeating: false, count: Swift.max(x.dims.count, 1))
        for dim in dims {
            let axis = x.normalized(dim)
            check(!flags[axis], "dim \(axis) appears multiple times in the list of dims")
            flags[axis] = true
        }
        return Array(flags.prefix(x.dims.count))
    }
}

/// The recorded call of a reduction.
final class ReductionNode: Node {
    private let op: ReductionOperator
    private let inputDims: Dims
    private let keptDims: Dims
    private let reducesAll: Bool
    /// The operator's number: a correction, an exponent.
    let parameter: Double
    /// How many elements each result came from.
    let count: Int
    private let reduced: [Bool]
    private var savedInput: SavedTensor?
    private var savedResult: SavedTensor?

    init(_ op: ReductionOperator, _ input: Tensor, _ reduced: [Bool], _ parameter: Double, _ kept: Dims, all: Bool) {
        self.op = op
        self.parameter = parameter
        self.reduced = reduced
        inputDims = input.dims
        keptDims = kept
        reducesAll = all
        count = kept.product == 0 ? 0 : input.numel / kept.product
        super.init()
        connect(0, input)
    }

    // PyTorch numbers the form with dimensions as another operator.
    override var name: String {
        let numbered = op.kernel == CK_SUM || op.kernel == CK_MEAN || op.kernel == CK_PROD
        return numbered && !reducesAll ? op.nodeName.dropLast() + "1" : op.nodeName
    }

    func keep(_ input: Tensor, _ result: Tensor) {
        savedInput = SavedTensor(input)
        savedResult = SavedTensor(result: result)
    }

    var input: Tensor { savedInput!.unpack(for: self) }
    /// The result with the reduced dimensions back, of size 1.
    var result: Tensor { savedResult!.unpack(for: self).reshape(keptDims) }
    /// The dimensions that were reduced.
    var axes: [Int] { reduced.indices.filter { reduced[$0] } }

    override func apply(_ grad: Tensor, _ run: BackwardRun) {
        let whole = op.gradient!(grad.reshape(keptDims), self)
        run.send(whole.dims == inputDims ? whole : whole.expand(inputDims.array), to: 0, of: self)
    }

    override func releaseSaved() {
        savedInput = nil
        savedResult = nil
    }
}

extension Operators {
    static let sum = ReductionOperator("sum", CK_SUM, .accumulating) { g, _ in g }
    static let mean = ReductionOperator("mean", CK_MEAN, .floating) { g, n in g / n.count }
    static let nansum = ReductionOperator("nansum", CK_NANSUM, .accumulating, savesValues: true) { g, n in
        g * n.input.isnan().logicalNot()
    }
    static let prod = ReductionOperator("prod", CK_PROD, .accumulating, savesValues: true) { g, n in
        productGradient(g, n)
    }
    static let amax = ReductionOperator("amax", CK_MAX, .same, savesValues: true) { g, n in sharedAmongEqual(g, n) }
    static let amin = ReductionOperator("amin", CK_MIN, .same, savesValues: true) { g, n in sharedAmongEqual(g, n) }
    static let maxAll = ReductionOperator("max", CK_MAX, .same, node: "MaxBackward1", savesValues: true) { g, n in
        sharedAmongEqual(g, n)
    }
    static let minAll = ReductionOperator("min", CK_MIN, .same, node: "MinBackward1", savesValues: true) { g, n in
        sharedAmongEqual(g, n)
    }
    static let any = ReductionOperator("any", CK_ANY, .bool)
    static let all = ReductionOperator("all", CK_ALL, .bool)
    static let countNonzero = ReductionOperator("count_nonzero", CK_COUNT_NONZERO, .accumulating)
    static let variance = ReductionOperator("var", CK_VAR, .floating, savesValues: true) { g, n in
        let center = n.input - n.input.mean(dim: n.axes, keepdim: true)
        return g * center * (2 / (Double(n.count) - n.parameter))
    }
    static let logsumexp = ReductionOperator("logsumexp", CK_LOGSUMEXP, .floating, savesValues: true) { g, n in
        g * (n.input - n.result).exp()
    }
    static let norm = ReductionOperator("norm", CK_NORM, .floating, node: "LinalgVectorNormBackward0", savesValues: true) {
        g, n in normGradient(g, n)
    }

    /// Elements equal to the extreme share its gradient.
    private static func sharedAmongEqual(_ g: Tensor, _ n: ReductionNode) -> Tensor {
        let mask = n.input == n.result
        return g / mask.sum(dim: n.axes, keepdim: true) * mask
    }

    /// The product of all other elements, also where one or more are zero.
    private static func productGradient(_ g: Tensor, _ n: ReductionNode) -> Tensor {
        let x = n.input
        let zeros = (x == 0).sum(dim: n.axes, keepdim: true)
        if !(zeros > 0).any().item() { return g * (n.result / x).conj() }
        // With one zero only that element has a gradient: the product of the others.
        let isZero = x == 0
        let others = torch.where(isZero, torch.onesLike(x), x)
        let rest = n.axes.isEmpty ? others : others.prodOver(n.axes)
        let nonzero = torch.where(zeros == 0, rest / others, torch.zerosLike(x))
        return g * torch.where(isZero, torch.where(zeros == 1, rest, torch.zerosLike(rest)), nonzero).conj()
    }

    private static func normGradient(_ g: Tensor, _ n: ReductionNode) -> Tensor {
        let (x, norm, p) = (n.input, n.result, n.parameter)
        let nothing = torch.zerosLike(x)
        if p == 0 { return nothing }
        if p == 1 { return g * x.sgn() }
        if p == 2 { return torch.where(norm == 0, nothing, g * (x / norm)) }
        if p.isInfinite {
            let mask = x.abs() == norm
            return x.sgn() * (mask.to(g.dtype) * (g / mask.sum(dim: n.axes, keepdim: true)))
        }
        let scaled = x.sgn() * (x.abs() / norm).pow(p - 1)
        return torch.where((norm == 0).logicalOr(p < 1 ? x == 0 : norm == 0), nothing, g * scaled)
    }
}

extension Tensor {
    /// Without the dimensions whose flag is set; they have size 1.
    fileprivate func dropping(_ flags: [Bool]) -> Tensor {
        var sizes = Dims()
        for i in 0..<dims.count where !flags[i] { sizes.append(dims[i]) }
        return Tensor(viewing: self, dims: sizes, steps: sizes.contiguousStrides, offset: 0)
    }

    fileprivate func prodOver(_ axes: [Int]) -> Tensor { Operators.prod(self, axes, keepdim: true) }

    /// Each element's sign: `x / |x|`, 0 for 0.
    public func sgn() -> Tensor {
        dtype.isComplex ? torch.where(self == 0, torch.zerosLike(self), self / abs().to(dtype)) : sign()
    }

    /// The sum of all elements, or along dimensions. Integers and bool give int64.
    public func sum(dtype: DType? = nil) -> Tensor { Operators.sum(self, dtype: dtype) }
    public func sum(_ dim: Int, keepdim: Bool = false, dtype: DType? = nil) -> Tensor {
        Operators.sum(self, [dim], keepdim: keepdim, dtype: dtype)
    }
    public func sum(dim: Int, keepdim: Bool = false, dtype: DType? = nil) -> Tensor {
        Operators.sum(self, [dim], keepdim: keepdim, dtype: dtype)
    }
    public func sum(dim: [Int], keepdim: Bool = false, dtype: DType? = nil) -> Tensor {
        Operators.sum(self, dim, keepdim: keepdim, dtype: dtype)
    }
    public func nansum() -> Tensor { nansum(dim: []) }

    /// The mean of all elements, or along dimensions, of a floating or complex type.
    public func mean(dtype: DType? = nil) -> Tensor { Operators.mean(self, dtype: dtype) }
    public func mean(_ dim: Int, keepdim: Bool = false, dtype: DType? = nil) -> Tensor {
        Operators.mean(self, [dim], keepdim: keepdim, dtype: dtype)
    }
    public func mean(dim: Int, keepdim: Bool = false, dtype: DType? = nil) -> Tensor {
        Operators.mean(self, [dim], keepdim: keepdim, dtype: dtype)
    }
    public func mean(dim: [Int], keepdim: Bool = false, dtype: DType? = nil) -> Tensor {
        Operators.mean(self, dim, keepdim: keepdim, dtype: dtype)
    }

    public func prod() -> Tensor {
        if Autocast.isOn { return Autocast.inFloat32 { to in to(self).prod() } }
        return Operators.prod(self)
    }
    public func prod(dim: Int, keepdim: Bool = false) -> Tensor {
        if Autocast.isOn { return Autocast.inFloat32 { to in to(self).prod(dim: dim, keepdim: keepdim) } }
        return Operators.prod(self, [dim], keepdim: keepdim)
    }

    /// The variance: squared deviations over `count − correction`.
    public func `var`(correction: Double = 1) -> Tensor { Operators.variance(self, nil, correction) }
    public func `var`(unbiased: Bool) -> Tensor { Operators.variance(self, nil, unbiased ? 1 : 0) }
    public func `var`(dim: Int, correction: Double = 1, keepdim: Bool = false) -> Tensor {
        Operators.variance(self, [dim], keepdim: keepdim, correction)
    }
    public func `var`(dim: Int, unbiased: Bool, keepdim: Bool = false) -> Tensor {
        `var`(dim: dim, correction: unbiased ? 1 : 0, keepdim: keepdim)
    }
    public func `var`(dim: [Int], correction: Double = 1, keepdim: Bool = false) -> Tensor {
        Operators.variance(self, dim, keepdim: keepdim, correction)
    }
    /// The standard deviation.
    public func std(correction: Double = 1) -> Tensor { Operators.deviation(Operators.variance(self, nil, correction)) }
    public func std(unbiased: Bool) -> Tensor { std(correction: unbiased ? 1 : 0) }
    public func std(dim: Int, correction: Double = 1, keepdim: Bool = false) -> Tensor {
        Operators.deviation(Operators.variance(self, [dim], keepdim: keepdim, correction))
    }
    public func std(dim: Int, unbiased: Bool, keepdim: Bool = false) -> Tensor {
        std(dim: dim, correction: unbiased ? 1 : 0, keepdim: keepdim)
    }
    public func std(dim: [Int], correction: Double = 1, keepdim: Bool = false) -> Tensor {
        Operators.deviation(Operators.variance(self, dim, keepdim: keepdim, correction))
    }

    /// The p-norm of all elements, or along dimensions.
    public func norm(_ p: Double = 2) -> Tensor { torch.linalg.vectorNorm(self, ord: p) }
    public func norm(_ p: Double = 2, dim: Int, keepdim: Bool = false) -> Tensor {
        torch.linalg.vectorNorm(self, ord: p, dim: [dim], keepdim: keepdim)
    }
    public func norm(_ p: Double = 2, dim: [Int], keepdim: Bool = false) -> Tensor {
        torch.linalg.vectorNorm(self, ord: p, dim: dim, keepdim: keepdim)
    }
    /// `log(sum(exp(x)))` without overflow.
    public func logsumexp(dim: Int, keepdim: Bool = false) -> Tensor {
        logsumexp(dim: [dim], keepdim: keepdim)
    }
    public func logsumexp(dim: [Int], keepdim: Bool = false) -> Tensor {
        if dtype.isComplex {
            // Only the real part can overflow.
            let largest = real.detach().amax(dim: dim, keepdim: true)
            let shift = torch.where(largest.isfinite(), largest, torch.zerosLike(largest))
            let sum = (self - shift).exp().sum(dim: dim, keepdim: keepdim).log()
            return sum + (keepdim ? shift : shift.reshape(sum.shape))
        }
        return Operators.logsumexp(dtype.isIntegral ? to(.default) : self, dim, keepdim: keepdim)
    }

    /// Whether all, or any, elements are true.
    public func all() -> Tensor { Operators.all(self) }
    public func all(dim: Int, keepdim: Bool = false) -> Tensor { Operators.all(self, [dim], keepdim: keepdim) }
    public func any() -> Tensor { Operators.any(self) }
    public func any(dim: Int, keepdim: Bool = false) -> Tensor { Operators.any(self, [dim], keepdim: keepdim) }
    public func countNonzero() -> Tensor { Operators.countNonzero(self != 0) }
    public func countNonzero(dim: Int) -> Tensor { Operators.countNonzero(self != 0, [dim]) }

    /// The largest, or smallest, of all elements.
    public func max() -> Tensor {
        checkNotEmpty("max")
        return Operators.maxAll(self)
    }
    public func min() -> Tensor {
        checkNotEmpty("min")
        return Operators.minAll(self)
    }
    public func amax(dim: [Int] = [], keepdim: Bool = false) -> Tensor {
        checkSomething("amax", dim)
        return Operators.amax(self, dim, keepdim: keepdim)
    }
    public func amax(_ dim: Int, keepdim: Bool = false) -> Tensor { amax(dim: [dim], keepdim: keepdim) }
    public func amax(dim: Int, keepdim: Bool = false) -> Tensor { amax(dim: [dim], keepdim: keepdim) }
    public func amin(dim: [Int] = [], keepdim: Bool = false) -> Tensor {
        checkSomething("amin", dim)
        return Operators.amin(self, dim, keepdim: keepdim)
    }
    public func amin(_ dim: Int, keepdim: Bool = false) -> Tensor { amin(dim: [dim], keepdim: keepdim) }
    public func amin(dim: Int, keepdim: Bool = false) -> Tensor { amin(dim: [dim], keepdim: keepdim) }
    private func checkSomething(_ name: String, _ dim: [Int]) {
        for axis in dim { _ = normalized(axis) }
        refuseComplex("\"\(name == "amax" ? "max" : "min")_values_cpu\" not implemented for '\(dtype.scalarName)'")
        for axis in dim where numel == 0 && ndim > 0 {
            check(
                size(axis) > 0, "\(name)(): Expected reduction dim \(axis) to have non-zero size.", .indexError)
        }
        check(
            numel > 0 || !dim.isEmpty,
            "\(name)(): Expected reduction dim to be specified for input.numel() == 0. Specify the reduction dim with "
                + "the 'dim' argument.")
    }

    /// The largest, or smallest, values along a dimension and where each first stands.
    public func max(_ dim: Int, keepdim: Bool = false) -> (values: Tensor, indices: Tensor) { extremum(true, dim, keepdim) }
    public func max(dim: Int, keepdim: Bool = false) -> (values: Tensor, indices: Tensor) { extremum(true, dim, keepdim) }
    public func min(_ dim: Int, keepdim: Bool = false) -> (values: Tensor, indices: Tensor) { extremum(false, dim, keepdim) }
    public func min(dim: Int, keepdim: Bool = false) -> (values: Tensor, indices: Tensor) { extremum(false, dim, keepdim) }
    /// The elementwise maximum with another tensor.
    public func max(_ other: Tensor) -> Tensor { maximum(other) }
    public func min(_ other: Tensor) -> Tensor { minimum(other) }

    /// Where the largest, or smallest, element stands: in the flattened tensor, or along `dim`.
    public func argmax(_ dim: Int? = nil, keepdim: Bool = false) -> Tensor { position(true, dim, keepdim) }
    public func argmax(dim: Int, keepdim: Bool = false) -> Tensor { position(true, dim, keepdim) }
    public func argmin(_ dim: Int? = nil, keepdim: Bool = false) -> Tensor { position(false, dim, keepdim) }
    public func argmin(dim: Int, keepdim: Bool = false) -> Tensor { position(false, dim, keepdim) }

    private func checkNotEmpty(_ name: String) {
        check(
            numel > 0,
            "\(name)(): Expected reduction dim to be specified for input.numel() == 0. Specify the reduction dim "
                + "with the 'dim' argument.")
    }

    private func position(_ largest: Bool, _ dim: Int?, _ keepdim: Bool) -> Tensor {
        let name = largest ? "argmax" : "argmin"
        refuseComplex("\(name)(): does not support complex input", .typeError)
        check(dtype != .bool, "\(name)(): does not support bool input", .notImplemented)
        guard let dim else {
            check(numel > 0, "\(name)(): Expected reduction dim to be specified for input.numel() == 0.", .indexError)
            let (_, indices) = detach().flatten().extremum(largest, 0, false)
            return keepdim ? indices.reshape(Dims(repeating: 1, count: dims.count)) : indices
        }
        let axis = normalized(dim)
        check(
            ndim == 0 || dims[axis] > 0, "\(name)(): Expected reduction dim \(axis) to have non-zero size.", .indexError)
        return detach().extremum(largest, dim, keepdim).indices
    }

    private func extremum(_ largest: Bool, _ dim: Int, _ keepdim: Bool) -> (values: Tensor, indices: Tensor) {
        let axis = normalized(dim)
        refuseComplex("\(largest ? "max" : "min")(): does not support complex input", .typeError)
        if dims.isEmpty {
            let indices = torch.zeros([], dtype: .int64, device: device)
            return (clone(), indices)
        }
        check(
            dims[axis] > 0,
            "\(largest ? "max" : "min")(): Expected reduction dim \(axis) to have non-zero size.", .indexError)
        var kept = dims
        kept[axis] = 1
        let values = Tensor(empty: kept, dtype, backend)
        let indices = Tensor(empty: kept, .int64, backend)
        backend.extremum(largest, self, axis, values, indices)
        let flags = (0..<dims.count).map { $0 == axis }
        let results = keepdim ? (values, indices) : (values.dropping(flags), indices.dropping(flags))
        if node != nil, GradMode.isEnabled {
            ExtremumBackward0(self, axis, indices, largest).produces([results.0, results.1])
        }
        return results
    }
}

/// The gradient of `max(dim:)` goes to the element that was taken.
final class ExtremumBackward0: ViewNode {
    private let dim: Int
    private let indices: Tensor
    private let largest: Bool

    init(_ input: Tensor, _ dim: Int, _ indices: Tensor, _ largest: Bool) {
        self.dim = dim
        self.indices = indices
        self.largest = largest
        super.init(input)
    }

    override var name: String { largest ? "MaxBackward0" : "MinBackward0" }

    override func gradient(_ grad: Tensor) -> Tensor {
        torch.zeros(inputDims.array, dtype: grad.dtype, device: grad.device)
            .scatter(dim, indices, grad.reshape(indices.dims))
    }
}

extension Tensor {
    /// The sum over the dimensions that broadcasting added or spread, back to shape `dims`.
    func sumToSize(_ dims: Dims) -> Tensor {
        if dims.isEmpty { return sum() }
        let lead = self.dims.count - dims.count
        var axes = Array(0..<Swift.max(lead, 0))
        for i in 0..<dims.count where dims[i] == 1 && self.dims[lead + i] != 1 { axes.append(lead + i) }
        let summed = axes.isEmpty ? self : sum(dim: axes, keepdim: true)
        return summed.dims == dims ? summed : summed.reshape(dims)
    }
    public func sumToSize(_ size: [Int]) -> Tensor {
        let dims = Dims(size)
        let lead = self.dims.count - dims.count
        let fits = lead >= 0 && (0..<dims.count).allSatisfy { dims[$0] == 1 || dims[$0] == self.dims[lead + $0] }
        check(fits, "size {\(dims)} is not expandable to size {\(self.dims)}.")
        return sumToSize(dims)
    }
}

extension torch {
    public static func sum(_ x: Tensor, dtype: DType? = nil) -> Tensor { x.sum(dtype: dtype) }
    public static func sum(_ x: Tensor, dim: Int, keepdim: Bool = false) -> Tensor { x.sum(dim: dim, keepdim: keepdim) }
    public static func sum(_ x: Tensor, dim: [Int], keepdim: Bool = false) -> Tensor { x.sum(dim: dim, keepdim: keepdim) }
    public static func mean(_ x: Tensor) -> Tensor { x.mean() }
    public static func mean(_ x: Tensor, dim: Int, keepdim: Bool = false) -> Tensor { x.mean(dim: dim, keepdim: keepdim) }
    public static func mean(_ x: Tensor, dim: [Int], keepdim: Bool = false) -> Tensor { x.mean(dim: dim, keepdim: keepdim) }
    public static func prod(_ x: Tensor) -> Tensor { x.prod() }
    public static func `var`(_ x: Tensor, correction: Double = 1) -> Tensor { x.var(correction: correction) }
    public static func `var`(_ x: Tensor, dim: Int, correction: Double = 1, keepdim: Bool = false) -> Tensor {
        x.var(dim: dim, correction: correction, keepdim: keepdim)
    }
    public static func std(_ x: Tensor, correction: Double = 1) -> Tensor { x.std(correction: correction) }
    public static func std(_ x: Tensor, dim: Int, correction: Double = 1, keepdim: Bool = false) -> Tensor {
        x.std(dim: dim, correction: correction, keepdim: keepdim)
    }
    public static func norm(_ x: Tensor, _ p: Double = 2) -> Tensor { x.norm(p) }
    public static func logsumexp(_ x: Tensor, dim: Int, keepdim: Bool = false) -> Tensor {
        x.logsumexp(dim: dim, keepdim: keepdim)
    }
    public static func all(_ x: Tensor) -> Tensor { x.all() }
    public static func any(_ x: Tensor) -> Tensor { x.any() }
    public static func max(_ x: Tensor) -> Tensor { x.max() }
    public static func min(_ x: Tensor) -> Tensor { x.min() }
    public static func max(_ x: Tensor, _ dim: Int, keepdim: Bool = false) -> (values: Tensor, indices: Tensor) { x.max(dim, keepdim: keepdim) }
    public static func max(_ x: Tensor, dim: Int, keepdim: Bool = false) -> (values: Tensor, indices: Tensor) { x.max(dim, keepdim: keepdim) }
    public static func min(_ x: Tensor, _ dim: Int, keepdim: Bool = false) -> (values: Tensor, indices: Tensor) { x.min(dim, keepdim: keepdim) }
    public static func min(_ x: Tensor, dim: Int, keepdim: Bool = false) -> (values: Tensor, indices: Tensor) { x.min(dim, keepdim: keepdim) }
    public static func max(_ x: Tensor, _ y: Tensor) -> Tensor { x.maximum(y) }
    public static func min(_ x: Tensor, _ y: Tensor) -> Tensor { x.minimum(y) }
    public static func amax(_ x: Tensor, dim: Int, keepdim: Bool = false) -> Tensor { x.amax(dim: dim, keepdim: keepdim) }
    public static func amax(_ x: Tensor, dim: [Int] = [], keepdim: Bool = false) -> Tensor { x.amax(dim: dim, keepdim: keepdim) }
    public static func amin(_ x: Tensor, dim: Int, keepdim: Bool = false) -> Tensor { x.amin(dim: dim, keepdim: keepdim) }
    public static func amin(_ x: Tensor, dim: [Int] = [], keepdim: Bool = false) -> Tensor { x.amin(dim: dim, keepdim: keepdim) }
    public static func argmax(_ x: Tensor, dim: Int? = nil, keepdim: Bool = false) -> Tensor { x.argmax(dim, keepdim: keepdim) }
    public static func argmin(_ x: Tensor, dim: Int? = nil, keepdim: Bool = false) -> Tensor { x.argmin(dim, keepdim: keepdim) }
}
