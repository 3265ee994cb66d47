/// Elements in another order or place: flip, roll, triangles, diagonals, grids.
extension Tensor {
    /// The elements in reverse order along dimensions.
    public func flip(_ dims: [Int]) -> Tensor {
        var axes: [Int] = []
        for dim in dims {
            let axis = normalized(dim)
            check(!axes.contains(axis), "dim \(axis) appears multiple times in the list of dims")
            axes.append(axis)
        }
        let flipped = axes.filter { $0 < self.dims.count }
        return FormulaNode.record("FlipBackward0", [self], saving: []) {
            flipped.reduce(self.clone()) { x, axis in
                x.indexSelect(axis, torch.arange(x.dims[axis] - 1, -1, -1, device: x.device))
            }
        } gradients: { grad, _ in [grad.flip(flipped)] }
    }
    public func flip(_ dims: Int...) -> Tensor { flip(dims) }
    public func flip(dims: [Int]) -> Tensor { flip(dims) }
    /// Columns, dimension 1, in reverse order.
    public func fliplr() -> Tensor {
        check(dims.count >= 2, "Input must be >= 2-d.")
        return flip(1)
    }
    /// Rows, dimension 0, in reverse order.
    public func flipud() -> Tensor {
        check(dims.count >= 1, "Input must be >= 1-d.")
        return flip(0)
    }

    /// The elements moved by `shifts` along `dims`; those pushed out come in at the other end.
    /// Without dimensions, the flattened tensor is rolled.
    public func roll(_ shifts: [Int], _ dims: [Int] = []) -> Tensor {
        check(!shifts.isEmpty, "`shifts` required")
        if dims.isEmpty {
            check(shifts.count == 1, "shifts and dimensions must align. shifts: \(shifts.count), dims:0")
            return numel == 0 ? clone() : flatten().roll(shifts, [0]).reshape(self.dims)
        }
        check(
            shifts.count == dims.count,
            "shifts and dimensions must align. shifts: \(shifts.count), dims:\(dims.count)")
        check(!self.dims.isEmpty, "Dimension specified as 0 but tensor has no dimensions", .indexError)
        var result = self
        for (shift, dim) in zip(shifts, dims) {
            let axis = normalized(dim)
            if numel == 0 { continue }
            let size = self.dims[axis]
            let start = ((size - shift) % size + size) % size
            result = torch.cat([result.narrow(axis, start, size - start), result.narrow(axis, 0, start)], dim: axis)
        }
        return result === self ? clone() : result
    }
    public func roll(_ shift: Int, _ dim: Int? = nil) -> Tensor { roll([shift], dim.map { [$0] } ?? []) }
    public func roll(shifts: Int, dims: Int? = nil) -> Tensor { roll(shifts, dims) }
    public func roll(shifts: [Int], dims: [Int] = []) -> Tensor { roll(shifts, dims) }

    /// Turned by 90 degrees `k` times in the plane of two dimensions, from the first to the second.
    public func rot90(_ k: Int = 1, _ dims: [Int] = [0, 1]) -> Tensor {
        check(dims.count == 2, "expected total rotation dims == 2, but got dims = \(dims.count)")
        check(self.dims.count >= 2, "expected total dims >= 2, but got total dims = \(self.dims.count)")
        let (a, b) = (normalized(dims[0]), normalized(dims[1]))
        check(a != b, "expected rotation dims to be different, but got dim0 = \(dims[0]) and dim1 = \(dims[1])")
        switch ((k % 4) + 4) % 4 {
        case 1: return flip(b).transpose(a, b)
        case 2: return flip(a, b)
        case 3: return flip(a).transpose(a, b)
        default: return clone()
        }
    }

    // MARK: Triangles and diagonals

    /// The elements on and below a diagonal of the last two dimensions, 0 elsewhere.
    public func tril(_ diagonal: Int = 0) -> Tensor { triangle("tril", diagonal, lower: true) }
    public func tril(diagonal: Int) -> Tensor { tril(diagonal) }
    @discardableResult public func tril_(_ diagonal: Int = 0) -> Tensor { replace(with: clone().tril(diagonal)) }
    /// The elements on and above a diagonal of the last two dimensions, 0 elsewhere.
    public func triu(_ diagonal: Int = 0) -> Tensor { triangle("triu", diagonal, lower: false) }
    public func triu(diagonal: Int) -> Tensor { triu(diagonal) }
    @discardableResult public func triu_(_ diagonal: Int = 0) -> Tensor { replace(with: clone().triu(diagonal)) }

    private func triangle(_ name: String, _ diagonal: Int, lower: Bool) -> Tensor {
        check(dims.count >= 2, "\(name): input tensor must have at least 2 dimensions")
        let rows = torch.arange(size(-2), device: device).unsqueeze(1)
        let distance = torch.arange(size(-1), device: device) - rows
        let kept = lower ? distance <= diagonal : distance >= diagonal
        return FormulaNode.record(lower ? "TrilBackward0" : "TriuBackward0", [self], saving: []) {
            torch.where(kept, self.detach(), torch.zeros([], dtype: self.dtype, device: self.device))
        } gradients: { grad, _ in [grad.triangle(name, diagonal, lower: lower)] }
    }

    /// A matrix with this vector on a diagonal, or the diagonal of this matrix.
    public func diag(_ diagonal: Int = 0) -> Tensor {
        check(
            dims.count == 1 || dims.count == 2,
            "diag(): Supports 1D or 2D tensors. Got \(dims.count)D")
        return dims.count == 1 ? diagEmbed(offset: diagonal) : self.diagonal(offset: diagonal).clone()
    }
    public func diag(diagonal: Int) -> Tensor { diag(diagonal) }
    /// A matrix with all elements on a diagonal.
    public func diagflat(_ offset: Int = 0) -> Tensor { flatten().diagEmbed(offset: offset) }
    public func diagflat(offset: Int) -> Tensor { diagflat(offset) }
    /// The last dimension laid on a diagonal of two new ones, `dim1` and `dim2` of the result.
    public func diagEmbed(offset: Int = 0, dim1: Int = -2, dim2: Int = -1) -> Tensor {
        let rank = dims.count + 1
        let (a, b) = (normalizedDim(dim1, rank), normalizedDim(dim2, rank))
        check(a != b, "diagonal dimensions cannot be identical \(dim1), \(dim2)")
        let size = self.size(-1) + Swift.abs(offset)
        var shape = Array(self.shape.dropLast())
        for axis in [a, b].sorted() { shape.insert(size, at: axis) }
        let result = torch.zeros(shape, dtype: dtype, device: device)
        result.diagonal(offset: offset, dim1: a, dim2: b).copy_(self)
        return result
    }
    /// A copy with `source` on a diagonal.
    public func diagonalScatter(_ source: Tensor, offset: Int = 0, dim1: Int = 0, dim2: Int = 1) -> Tensor {
        let result = clone()
        result.diagonal(offset: offset, dim1: dim1, dim2: dim2).write(source, "diagonal_scatter")
        return result
    }
    /// A copy with `source` in place of the part at `index` along `dim`.
    public func selectScatter(_ source: Tensor, _ dim: Int, _ index: Int) -> Tensor {
        let result = clone()
        result.select(dim, index).write(source, "select_scatter")
        return result
    }
    /// A copy with `source` in place of a slice along `dim`.
    public func sliceScatter(_ source: Tensor, dim: Int = 0, start: Int? = nil, end: Int? = nil, step: Int = 1) -> Tensor {
        let result = clone()
        result.slice(dim, start, end, step).write(source, "slice_scatter")
        return result
    }
    /// A copy with `source` written over the view of it that these sizes and strides give.
    public func asStridedScatter(_ source: Tensor, _ size: [Int], _ stride: [Int], storageOffset: Int? = nil) -> Tensor {
        // PyTorch's formula for this tensor's gradient keeps the part that was written, where one
        // would expect the rest.
        FormulaNode.record("AsStridedScatterBackward0", [self, source], saving: []) {
            let result = self.clone()
            result.asStrided(size, stride, storageOffset: storageOffset).write(source, "as_strided_scatter")
            return result
        } gradients: { g, _ in
            let part = g.contiguous().asStrided(size, stride, storageOffset: storageOffset)
            let kept = torch.zerosLike(g)
            kept.asStrided(size, stride, storageOffset: storageOffset).copy_(part)
            return [kept, part]
        }
    }
    private func write(_ source: Tensor, _ name: String) {
        check(
            dims == source.dims,
            "expected src to have a size equal to the slice of self. src size = \(source.dims), slice size = \(dims)")
        copy_(source)
    }

    // MARK: Splitting

    /// Pieces at the given positions along `dim`.
    public func tensorSplit(_ indices: [Int], dim: Int = 0) -> [Tensor] {
        check(!dims.isEmpty, "tensor_split expected at least a 1-dimensional tensor, but got a tensor with 0 dims")
        let axis = normalized(dim)
        let starts = [0] + indices, ends = indices.map { Optional($0) } + [nil]
        return zip(starts, ends).map { slice(axis, $0, $1, 1) }
    }
    /// `sections` pieces along `dim`, the first ones larger by one where it does not divide evenly.
    public func tensorSplit(_ sections: Int, dim: Int = 0) -> [Tensor] {
        check(!dims.isEmpty, "tensor_split expected at least a 1-dimensional tensor, but got a tensor with 0 dims")
        check(sections > 0, "number of sections must be larger than 0, got \(sections)")
        let size = size(dim)
        return tensorSplit((1..<Swift.max(sections, 1)).map { $0 * (size / sections) + Swift.min($0, size % sections) }, dim: dim)
    }
    /// Split along columns, dimension 1; of a vector, dimension 0.
    public func hsplit(_ sections: Int) -> [Tensor] { evenly("hsplit", 1, sections, dims.count == 1 ? 0 : 1) }
    public func hsplit(_ indices: [Int]) -> [Tensor] {
        checkRank("hsplit", 1)
        return tensorSplit(indices, dim: dims.count == 1 ? 0 : 1)
    }
    /// Split along rows, dimension 0.
    public func vsplit(_ sections: Int) -> [Tensor] { evenly("vsplit", 2, sections, 0) }
    public func vsplit(_ indices: [Int]) -> [Tensor] {
        checkRank("vsplit", 2)
        return tensorSplit(indices, dim: 0)
    }
    /// Split along dimension 2.
    public func dsplit(_ sections: Int) -> [Tensor] { evenly("dsplit", 3, sections, 2) }
    public func dsplit(_ indices: [Int]) -> [Tensor] {
        checkRank("dsplit", 3)
        return tensorSplit(indices, dim: 2)
    }
    private func checkRank(_ name: String, _ rank: Int) {
        check(
            dims.count >= rank,
            "torch.\(name) requires a tensor with at least \(rank) dimension, but got a tensor with \(dims.count) dimensions!")
    }
    private func evenly(_ name: String, _ rank: Int, _ sections: Int, _ dim: Int) -> [Tensor] {
        checkRank(name, rank)
        check(
            sections != 0 && size(dim) % sections == 0,
            "torch.\(name) attempted to split along dimension \(dim), but the size of the dimension \(size(dim)) is not "
                + "divisible by the split_size \(sections)!")
        return tensorSplit(sections, dim: dim)
    }

    /// Several dimensions moved at once.
    public func movedim(_ source: [Int], _ destination: [Int]) -> Tensor {
        check(
            source.count == destination.count,
            "movedim: Invalid source or destination dims: source (\(source) dims) should contain the same number of dims "
                + "as destination (\(destination) dims)")
        let (from, to) = (source.map { normalized($0) }, destination.map { normalized($0) })
        check(Set(from).count == from.count, "movedim: repeated dim in `source` (\(source))")
        check(Set(to).count == to.count, "movedim: repeated dim in `destination` (\(destination))")
        var rest = (0..<dims.count).filter { !from.contains($0) }.makeIterator()
        return permute((0..<dims.count).map { place in to.firstIndex(of: place).map { from[$0] } ?? rest.next()! })
    }
    public func moveaxis(_ source: Int, _ destination: Int) -> Tensor { movedim(source, destination) }
    public func swapdims(_ dim0: Int, _ dim1: Int) -> Tensor { transpose(dim0, dim1) }
    /// Each element as often as `repeats` tells for its position along `dim`.
    public func repeatInterleave(_ repeats: Tensor, dim: Int? = nil) -> Tensor {
        guard let dim else { return flatten().repeatInterleave(repeats, dim: 0) }
        check(repeats.ndim <= 1, "repeats must be 0-dim or 1-dim tensor")
        check(
            repeats.dtype == .int64 || repeats.dtype == .int32,
            "\"repeat_interleave_cpu\" not implemented for '\(repeats.dtype.scalarName)'", .notImplemented)
        let counts: [Int] = repeats.numel == 1
            ? [Int](repeating: repeats.item(), count: size(dim)) : repeats.array()
        check(counts.count == size(dim), "repeats must have the same size as input along dim, but got repeats.size(0) = \(counts.count) and input.size(\(dim)) = \(size(dim))")
        check(counts.allSatisfy { $0 >= 0 }, "repeats can not be negative")
        let places = counts.enumerated().flatMap { [Int](repeating: $0.offset, count: $0.element) }
        return indexSelect(dim, Tensor(places, shape: [places.count]))
    }
}
