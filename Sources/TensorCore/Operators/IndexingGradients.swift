/// The gradients of reading and writing by index.

final class IndexBackward0: ViewNode {
    private let indices: [Tensor]

    init(_ input: Tensor, _ indices: [Tensor]) {
        self.indices = indices
        super.init(input)
    }

    override func gradient(_ grad: Tensor) -> Tensor {
        Tensor.computedWide(grad) { given in
            torch.zeros(inputDims.array, dtype: given[0]!.dtype, device: grad.device)
                .indexPut_(indices, given[0]!, accumulate: true)
        }
    }
}

/// A write at index tensors. Input 0 is the tensor before, input 1 the values, already arranged as
/// the indexed dimensions first.
final class IndexPutBackward0: Node {
    private let indices: [Tensor?]
    private let accumulates: Bool
    private let place: Int
    private let indexRank: Int

    init(
        _ before: Tensor, _ values: Tensor, _ given: [Tensor?], _ tensors: [Tensor], _ place: Int, _ rank: Int,
        _ accumulates: Bool
    ) {
        var positions = tensors.makeIterator()
        indices = given.map { $0 == nil ? nil : positions.next() }
        self.accumulates = accumulates
        self.place = place
        indexRank = rank
        super.init()
        connect(0, before)
        connect(1, values)
    }

    override func apply(_ grad: Tensor, _ run: BackwardRun) {
        if run.wants(self, 1) {
            var values = grad.gathered(indices)
            if place > 0, indexRank > 0 {
                let middle = Array(place..<(place + indexRank))
                let tail = Array((place + indexRank)..<values.ndim)
                values = values.permute(middle + Array(0..<place) + tail)
            }
            run.send(values, to: 1, of: self)
        }
        if run.wants(self, 0) {
            let zero = torch.zeros([], dtype: grad.dtype, device: grad.device)
            run.send(accumulates ? grad : grad.clone().indexPut_(indices, zero), to: 0, of: self)
        }
    }
}

final class IndexSelectBackward0: ViewNode {
    private let dim: Int
    private let index: Tensor

    init(_ input: Tensor, _ dim: Int, _ index: Tensor) {
        self.dim = dim
        self.index = index
        super.init(input)
    }

    override func gradient(_ grad: Tensor) -> Tensor {
        Tensor.computedWide(grad) { given in
            torch.zeros(inputDims.array, dtype: given[0]!.dtype, device: grad.device).indexAdd_(dim, index, given[0]!)
        }
    }
}

final class IndexAddBackward0: Node {
    private let dim: Int
    private let index: Tensor

    init(_ before: Tensor, _ source: Tensor, _ dim: Int, _ index: Tensor) {
        self.dim = dim
        self.index = index
        super.init()
        connect(0, before)
        connect(1, source)
    }

    override func apply(_ grad: Tensor, _ run: BackwardRun) {
        run.send(grad, to: 0, of: self)
        if run.wants(self, 1) { run.send(grad.indexSelect(dim, index), to: 1, of: self) }
    }
}

final class GatherBackward0: ViewNode {
    private let dim: Int
    private let index: Tensor

    init(_ input: Tensor, _ dim: Int, _ index: Tensor) {
        self.dim = dim
        self.index = index
        super.init(input)
    }

    override func gradient(_ grad: Tensor) -> Tensor {
        Tensor.computedWide(grad) { given in
            torch.zeros(inputDims.array, dtype: given[0]!.dtype, device: grad.device).scatterAdd_(dim, index, given[0]!)
        }
    }
}

final class ScatterBackward0: Node {
    private let dim: Int
    private let index: Tensor
    private let adds: Bool

    init(_ before: Tensor, _ source: Tensor, _ dim: Int, _ index: Tensor, adding: Bool) {
        self.dim = dim
        self.index = index
        adds = adding
        super.init()
        connect(0, before)
        connect(1, source)
    }

    override var name: String { adds ? "ScatterAddBackward0" : "ScatterBackward0" }

    override func apply(_ grad: Tensor, _ run: BackwardRun) {
        if run.wants(self, 1) { run.send(grad.gather(dim, index), to: 1, of: self) }
        if run.wants(self, 0) {
            run.send(adds ? grad : grad.clone().scatter_(dim, index, 0), to: 0, of: self)
        }
    }
}
