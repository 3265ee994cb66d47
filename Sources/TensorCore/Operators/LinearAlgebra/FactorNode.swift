/// A recorded call of several results whose gradients are given by one formula.
///
/// The formula works with differentiable operators on the inputs and results, so it can be
/// differentiated again.
final class FactorNode: Node {
    struct Context {
        /// The gradients of the results; nil where nothing was computed from one.
        let grads: [Tensor?]
        let inputs: [Tensor]
        let results: [Tensor]
        /// Whether the gradient of an input is wanted.
        let needs: (Int) -> Bool
    }
    typealias Formula = (Context) -> [Tensor?]

    private let ownName: String
    private var inputs: [SavedTensor]
    private var results: [SavedTensor] = []
    private let formula: Formula

    private init(_ name: String, _ inputs: [Tensor], _ formula: @escaping Formula) {
        ownName = name
        self.inputs = inputs.map { SavedTensor($0) }
        self.formula = formula
        super.init()
        for (i, input) in inputs.enumerated() { connect(i, input) }
    }

    /// Computes without recording, then records the call if an input wants gradients. `compute`
    /// returns tensors of its own.
    static func record(
        _ name: String, _ inputs: [Tensor], compute: () -> [Tensor], gradients: @escaping Formula
    ) -> [Tensor] {
        let results = GradMode.with(false, compute)
        if GradMode.isEnabled, inputs.contains(where: { $0.node != nil }) {
            let node = FactorNode(name, inputs, gradients)
            node.produces(results)
            node.results = results.map { SavedTensor(result: $0) }
        }
        return results
    }

    override var name: String { ownName }

    override func apply(_ grad: Tensor, _ run: BackwardRun) { apply([grad], run) }

    override func apply(_ grads: [Tensor?], _ run: BackwardRun) {
        let context = Context(
            grads: grads, inputs: inputs.map { $0.unpack(for: self) }, results: results.map { $0.unpack(for: self) },
            needs: { run.wants(self, $0) })
        for (i, gradient) in formula(context).enumerated() where run.wants(self, i) {
            if let gradient { run.send(gradient, to: i, of: self) }
        }
    }

    override func releaseSaved() { (inputs, results) = ([], []) }
}

// MARK: - Matrices in the last two dimensions

extension Tensor {
    /// The conjugate transpose of the last two dimensions.
    public var mH: Tensor { mT.conj() }
    /// The conjugate transpose of a matrix.
    public var H: Tensor {
        check(ndim == 0 || ndim == 2, "tensor.H is only supported on matrices (2-D tensors). Got \(ndim)-D tensor.")
        return ndim == 0 ? conj() : mT.conj()
    }

    /// The dimensions before the last two.
    var batchShape: [Int] { Array(shape.dropLast(2)) }

    /// A copy without history as LAPACK reads it: (B, n, m) for a batch of m × n.
    func columnMajor() -> Tensor {
        let (m, n) = (size(-2), size(-1))
        let out = Tensor(empty: Dims([batchShape.reduce(1, *), n, m]), dtype, backend)
        Tensor(viewing: out, dims: Dims(batchShape + [n, m]), steps: Dims(batchShape + [n, m]).contiguousStrides, offset: 0)
            .copyValues(from: detach().mT)
        return out
    }

    /// What `columnMajor` arranged, as a batch of matrices again.
    func matrices(_ batch: [Int]) -> Tensor {
        let rank = batch.count + 2
        let whole = Dims(batch + [dims[1], dims[2]])
        var (sizes, strides) = (whole, whole.contiguousStrides)
        (sizes[rank - 2], sizes[rank - 1]) = (whole[rank - 1], whole[rank - 2])
        let steps = strides
        (strides[rank - 2], strides[rank - 1]) = (steps[rank - 1], steps[rank - 2])
        return Tensor(viewing: self, dims: sizes, steps: strides, offset: 0)
    }

    /// A fresh result of one row for each matrix, in the batch's shape.
    func rows(_ batch: [Int]) -> Tensor {
        let shape = Dims(batch + Array(self.shape.dropFirst()))
        return Tensor(viewing: self, dims: shape, steps: shape.contiguousStrides, offset: 0)
    }

    /// The part on and below the diagonal `k` of the last two dimensions, zero elsewhere.
    func lowerPart(_ k: Int = 0) -> Tensor { torch.where(triangleMask(k), self, torch.zerosLike(self)) }
    /// The part on and above it.
    func upperPart(_ k: Int = 0) -> Tensor { torch.where(triangleMask(k - 1), torch.zerosLike(self), self) }

    private func triangleMask(_ k: Int) -> Tensor {
        (torch.arange(size(-1)) - torch.arange(size(-2)).unsqueeze(-1) <= k).to(device)
    }

    /// Square matrices with the last dimension on the diagonal.
    func onDiagonal() -> Tensor { unsqueeze(-1) * torch.eye(size(-1), dtype: dtype, device: device) }

    /// The diagonals of the last two dimensions.
    var matrixDiagonal: Tensor { diagonal(offset: 0, dim1: -2, dim2: -1) }

    /// Stops unless this is a batch of matrices of a type LAPACK knows.
    func checkMatrices(_ name: String, square: Bool = false) {
        check(
            ndim >= 2,
            "\(name): The input tensor A must have at least 2 dimensions.")
        check(
            !square || size(-1) == size(-2),
            "\(name): A must be batches of square matrices, but they are \(size(-2)) by \(size(-1)) matrices")
        let isKnown = dtype == .float32 || dtype == .float64 || dtype.isComplex
        check(
            isKnown,
            dtype.isFloatingPoint
                ? "\(name): Low precision dtypes not supported. Got \(dtype.scalarName)"
                : "\(name): Expected a floating point or complex tensor as input. Got \(dtype.scalarName)")
    }

    /// Stops with `message` where a status, on a device with values, tells of failure.
    func checkStatus(_ name: String, _ message: (Int) -> String) {
        guard device.type != .meta, numel > 0 else { return }
        let codes: [Int] = to(.int64).reshape([-1]).array()
        guard let batch = codes.firstIndex(where: { $0 != 0 }) else { return }
        let place = ndim == 0 ? "" : "(Batch element \(batch)): "
        fail("\(name): \(place)\(message(codes[batch]))", .linearAlgebra)
    }
}
