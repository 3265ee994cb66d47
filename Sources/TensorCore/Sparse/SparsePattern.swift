/// The places of a sparse tensor's elements, in order and each once.
struct SparsePattern {
    /// (sparse dimensions, elements), int64.
    let indices: Tensor
    /// The whole tensor's shape.
    let dims: Dims

    var count: Int { indices.dims[1] }
    private var sparseDims: Dims { Dims(dims.array.prefix(indices.dims[0])) }

    /// Each place as one number: its position among all places in order.
    var positions: Tensor { SparsePattern.positions(indices, sparseDims) }

    /// A sparse tensor with elements at these places; their history is the values'.
    func tensor(_ values: Tensor) -> Tensor {
        torch.sparseTensor(indices, values, dims.array, isCoalesced: true)
    }

    /// The position of each column of `indices` among all places of a tensor of these sizes.
    static func positions(_ indices: Tensor, _ sizes: Dims) -> Tensor {
        var result = torch.zeros([indices.dims[1]], dtype: .int64)
        for i in 0..<sizes.count { result = result * sizes[i] + indices.select(0, i) }
        return result
    }

    /// The elements of `whole`, a dense or sparse tensor of the same shape, at these places; 0 where
    /// a sparse one has none. The result's history is that of `whole`.
    func values(of whole: Tensor) -> Tensor {
        let rest = dims.array.suffix(dims.count - indices.dims[0])
        guard let other = whole.sparseContents else {
            return whole.reshape([sparseDims.product] + rest).indexSelect(0, positions)
        }
        let places = other.pattern(of: whole)
        let values = (whole.isSparse ? whole.coalesce() : whole).storedValues()
        if places.indices === indices { return values }
        // One element more, of zero, stands for the places that `whole` has not.
        let found = numbers(in: places).map { $0 ?? places.count }
        let padded = torch.cat([values, torch.zeros([1] + rest, dtype: values.dtype)])
        return padded.indexSelect(0, Tensor(found, shape: [found.count]))
    }

    /// Which of another pattern's places each of these is.
    func numbers(in other: SparsePattern) -> [Int?] {
        let known: [Int] = other.positions.array()
        var next = 0
        // Both are in order.
        return (positions.array() as [Int]).map { position in
            while next < known.count, known[next] < position { next += 1 }
            return next < known.count && known[next] == position ? next : nil
        }
    }
}

extension CoordinateContents {
    /// The places in order, and which of them each element belongs to.
    func merged(_ sizes: Dims) -> (indices: Tensor, target: Tensor) {
        let positions: [Int] = SparsePattern.positions(indices, sizes).array()
        var order = Array(positions.indices)
        order.sort { positions[$0] == positions[$1] ? $0 < $1 : positions[$0] < positions[$1] }
        var target = positions
        var firsts: [Int] = []
        for (i, element) in order.enumerated() {
            if i == 0 || positions[order[i - 1]] != positions[element] { firsts.append(element) }
            target[element] = firsts.count - 1
        }
        return (indices.indexSelect(1, Tensor(firsts, shape: [firsts.count])), Tensor(target, shape: [target.count]))
    }
}
