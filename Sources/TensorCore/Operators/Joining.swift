/// Grids, joined tensors and index lists that `torch` makes of several tensors.
extension torch {
    public static func flip(_ x: Tensor, _ dims: [Int]) -> Tensor { x.flip(dims) }
    public static func flip(_ x: Tensor, dims: [Int]) -> Tensor { x.flip(dims) }
    public static func fliplr(_ x: Tensor) -> Tensor { x.fliplr() }
    public static func flipud(_ x: Tensor) -> Tensor { x.flipud() }
    public static func roll(_ x: Tensor, _ shifts: Int, _ dims: Int? = nil) -> Tensor { x.roll(shifts, dims) }
    public static func roll(_ x: Tensor, _ shifts: [Int], _ dims: [Int] = []) -> Tensor { x.roll(shifts, dims) }
    public static func roll(_ x: Tensor, shifts: Int, dims: Int? = nil) -> Tensor { x.roll(shifts, dims) }
    public static func roll(_ x: Tensor, shifts: [Int], dims: [Int] = []) -> Tensor { x.roll(shifts, dims) }
    public static func rot90(_ x: Tensor, _ k: Int = 1, _ dims: [Int] = [0, 1]) -> Tensor { x.rot90(k, dims) }
    public static func rot90(_ x: Tensor, k: Int, dims: [Int] = [0, 1]) -> Tensor { x.rot90(k, dims) }
    public static func tril(_ x: Tensor, diagonal: Int = 0) -> Tensor { x.tril(diagonal) }
    public static func triu(_ x: Tensor, diagonal: Int = 0) -> Tensor { x.triu(diagonal) }
    public static func diag(_ x: Tensor, diagonal: Int = 0) -> Tensor { x.diag(diagonal) }
    public static func diagflat(_ x: Tensor, offset: Int = 0) -> Tensor { x.diagflat(offset) }
    public static func diagEmbed(_ x: Tensor, offset: Int = 0, dim1: Int = -2, dim2: Int = -1) -> Tensor {
        x.diagEmbed(offset: offset, dim1: dim1, dim2: dim2)
    }
    public static func diagonalScatter(_ x: Tensor, _ source: Tensor, offset: Int = 0, dim1: Int = 0, dim2: Int = 1) -> Tensor {
        x.diagonalScatter(source, offset: offset, dim1: dim1, dim2: dim2)
    }
    public static func selectScatter(_ x: Tensor, _ source: Tensor, dim: Int, index: Int) -> Tensor {
        x.selectScatter(source, dim, index)
    }
    public static func sliceScatter(
        _ x: Tensor, _ source: Tensor, dim: Int = 0, start: Int? = nil, end: Int? = nil, step: Int = 1
    ) -> Tensor { x.sliceScatter(source, dim: dim, start: start, end: end, step: step) }
    public static func asStridedScatter(
        _ x: Tensor, _ source: Tensor, _ size: [Int], _ stride: [Int], storageOffset: Int? = nil
    ) -> Tensor { x.asStridedScatter(source, size, stride, storageOffset: storageOffset) }
    public static func tensorSplit(_ x: Tensor, _ sections: Int, dim: Int = 0) -> [Tensor] { x.tensorSplit(sections, dim: dim) }
    public static func tensorSplit(_ x: Tensor, _ indices: [Int], dim: Int = 0) -> [Tensor] { x.tensorSplit(indices, dim: dim) }
    public static func hsplit(_ x: Tensor, _ sections: Int) -> [Tensor] { x.hsplit(sections) }
    public static func hsplit(_ x: Tensor, _ indices: [Int]) -> [Tensor] { x.hsplit(indices) }
    public static func vsplit(_ x: Tensor, _ sections: Int) -> [Tensor] { x.vsplit(sections) }
    public static func vsplit(_ x: Tensor, _ indices: [Int]) -> [Tensor] { x.vsplit(indices) }
    public static func dsplit(_ x: Tensor, _ sections: Int) -> [Tensor] { x.dsplit(sections) }
    public static func dsplit(_ x: Tensor, _ indices: [Int]) -> [Tensor] { x.dsplit(indices) }
    public static func movedim(_ x: Tensor, _ source: [Int], _ destination: [Int]) -> Tensor { x.movedim(source, destination) }
    public static func moveaxis(_ x: Tensor, _ source: Int, _ destination: Int) -> Tensor { x.movedim(source, destination) }
    public static func swapaxes(_ x: Tensor, _ axis0: Int, _ axis1: Int) -> Tensor { x.transpose(axis0, axis1) }
    public static func swapdims(_ x: Tensor, _ dim0: Int, _ dim1: Int) -> Tensor { x.transpose(dim0, dim1) }
    public static func tile(_ x: Tensor, _ dims: [Int]) -> Tensor { x.tile(dims) }
    public static func repeatInterleave(_ x: Tensor, _ repeats: Int, dim: Int? = nil) -> Tensor { x.repeatInterleave(repeats, dim: dim) }
    public static func repeatInterleave(_ x: Tensor, _ repeats: Tensor, dim: Int? = nil) -> Tensor { x.repeatInterleave(repeats, dim: dim) }
    public static func ravel(_ x: Tensor) -> Tensor { x.ravel() }
    public static func unflatten(_ x: Tensor, _ dim: Int, _ sizes: [Int]) -> Tensor { x.unflatten(dim, sizes) }
    public static func broadcastTo(_ x: Tensor, _ shape: [Int]) -> Tensor { x.broadcastTo(shape) }

    /// The tensors expanded to one shape.
    public static func broadcastTensors(_ tensors: [Tensor]) -> [Tensor] {
        let shape = tensors.reduce(Dims()) { broadcastDims($0, $1.dims) }
        return tensors.map { $0.expand(shape.array) }
    }
    public static func broadcastTensors(_ tensors: Tensor...) -> [Tensor] { broadcastTensors(tensors) }
    /// The shape that tensors of these shapes broadcast to.
    public static func broadcastShapes(_ shapes: [Int]...) -> [Int] { broadcastShapes(shapes) }
    public static func broadcastShapes(_ shapes: [[Int]]) -> [Int] {
        var common = [Int](repeating: 1, count: shapes.map(\.count).max() ?? 0)
        for (position, shape) in shapes.enumerated() {
            for (i, size) in shape.reversed().enumerated() {
                let place = common.count - 1 - i
                check(size >= 0, "Attempting to broadcast a dimension with negative length!", .valueError)
                if size == 1 || size == common[place] { continue }
                let written = "(" + shape.map(String.init).joined(separator: ", ") + (shape.count == 1 ? ",)" : ")")
                check(
                    common[place] == 1,
                    "Attempting to broadcast a dimension of length \(size) at \(-1 - i)! Mismatching argument at index "
                        + "\(position) had \(written); but expected shape should be broadcastable to \(common)")
                common[place] = size
            }
        }
        return common
    }

    /// Grids of the coordinates given by vectors: `indexing` `"ij"` keeps their order, `"xy"`
    /// swaps the first two dimensions.
    public static func meshgrid(_ tensors: [Tensor], indexing: String = "ij") -> [Tensor] {
        check(!tensors.isEmpty, "meshgrid expects a non-empty TensorList")
        check(
            indexing == "ij" || indexing == "xy",
            "torch.meshgrid: indexing must be one of \"xy\" or \"ij\", but received: \(indexing)")
        for t in tensors {
            check(
                t.dims.count <= 1,
                "torch.meshgrid: Expected 0D or 1D tensor in the tensor list but got: \(t.dims)")
        }
        check(
            Set(tensors.map { $0.dtype }).count == 1, "meshgrid expects all tensors to have the same dtype")
        let swaps = indexing == "xy" && tensors.count > 1
        let ordered = swaps ? [tensors[1], tensors[0]] + tensors.dropFirst(2) : tensors
        let shape = ordered.map { $0.numel }
        var grids = ordered.enumerated().map { i, t in
            t.reshape((0..<shape.count).map { $0 == i ? -1 : 1 }).expand(shape)
        }
        if swaps { grids.swapAt(0, 1) }
        return grids
    }
    public static func meshgrid(_ tensors: Tensor..., indexing: String = "ij") -> [Tensor] { meshgrid(tensors, indexing: indexing) }

    /// All tuples with one element of each vector, as rows.
    public static func cartesianProd(_ tensors: [Tensor]) -> Tensor {
        for t in tensors { check(t.dims.count == 1, "Expect a 1D vector, but got shape \(t.dims)") }
        if tensors.count == 1 { return tensors[0].clone() }
        return stack(meshgrid(tensors).map { $0.flatten() }, dim: 1)
    }
    public static func cartesianProd(_ tensors: Tensor...) -> Tensor { cartesianProd(tensors) }

    /// All choices of `r` elements of a vector in order, as rows.
    public static func combinations(_ input: Tensor, r: Int = 2, withReplacement: Bool = false) -> Tensor {
        check(input.dims.count == 1, "Expect a 1D vector, but got shape \(input.dims)")
        check(r >= 0, "Expect a non-negative number, but got \(r)")
        if r == 0 { return empty([0], dtype: input.dtype) }
        var rows = [[Int]]([[]])
        for _ in 0..<r {
            rows = rows.flatMap { (row: [Int]) -> [[Int]] in
                let start = row.last.map { withReplacement ? $0 : $0 + 1 } ?? 0
                return Swift.stride(from: start, to: input.numel, by: 1).map { row + [$0] }
            }
        }
        return input.indexSelect(0, Tensor(rows.flatMap { $0 }, shape: [rows.count * r]).to(input.device)).reshape(rows.count, r)
    }

    /// A matrix with these matrices (vectors and numbers as rows) along its diagonal.
    public static func blockDiag(_ tensors: [Tensor]) -> Tensor {
        for (i, t) in tensors.enumerated() {
            check(
                t.dims.count <= 2,
                "torch.block_diag: Input tensors must have 2 or fewer dimensions. Input \(i) has \(t.dims.count) dimensions")
        }
        let blocks = tensors.map { atleast2d($0) }
        if blocks.isEmpty { return zeros([1, 0]) }
        let type = blocks.dropFirst().reduce(blocks[0].dtype) { DType.promote($0, $1.dtype) }
        let width = blocks.reduce(0) { $0 + $1.size(1) }
        var start = 0
        return cat(blocks.map { block in
            let (rows, columns) = (block.size(0), block.size(1))
            let left = zeros([rows, start], dtype: type, device: block.device)
            let right = zeros([rows, width - start - columns], dtype: type, device: block.device)
            start += columns
            return cat([left, block.to(type), right], dim: 1)
        })
    }
    public static func blockDiag(_ tensors: Tensor...) -> Tensor { blockDiag(tensors) }

    /// With at least 1, 2 or 3 dimensions: new ones in front, for three also behind.
    public static func atleast1d(_ x: Tensor) -> Tensor { x.dims.isEmpty ? x.reshape([1]) : x }
    public static func atleast2d(_ x: Tensor) -> Tensor { x.dims.count < 2 ? x.reshape([1, -1]) : x }
    public static func atleast3d(_ x: Tensor) -> Tensor {
        switch x.dims.count {
        case 0: x.reshape([1, 1, 1])
        case 1: x.unsqueeze(0).unsqueeze(-1)
        case 2: x.unsqueeze(-1)
        default: x
        }
    }
    public static func atleast1d(_ tensors: [Tensor]) -> [Tensor] { tensors.map { atleast1d($0) } }
    public static func atleast2d(_ tensors: [Tensor]) -> [Tensor] { tensors.map { atleast2d($0) } }
    public static func atleast3d(_ tensors: [Tensor]) -> [Tensor] { tensors.map { atleast3d($0) } }

    /// Joined as columns; vectors become columns first.
    public static func columnStack(_ tensors: [Tensor]) -> Tensor {
        check(!tensors.isEmpty, "column_stack expects a non-empty TensorList")
        return hstack(tensors.map { $0.dims.count <= 1 ? $0.reshape([$0.numel, 1]) : $0 })
    }
    /// Joined along the third dimension.
    public static func dstack(_ tensors: [Tensor]) -> Tensor {
        check(!tensors.isEmpty, "dstack expects a non-empty TensorList")
        return cat(tensors.map { atleast3d($0) }, dim: 2)
    }
    public static func rowStack(_ tensors: [Tensor]) -> Tensor { vstack(tensors) }
    public static func concatenate(_ tensors: [Tensor], dim: Int = 0) -> Tensor { cat(tensors, dim: dim) }

    /// The rows and columns of the lower triangle of a matrix: (2, count).
    public static func trilIndices(
        _ row: Int, _ col: Int, offset: Int = 0, dtype: DType = .int64, device: Device = .cpu
    ) -> Tensor {
        checkTriangle(row, col)
        return ones([row, col], dtype: .bool).tril(offset).nonzero().t().contiguous().to(dtype).to(device)
    }
    /// The rows and columns of the upper triangle of a matrix: (2, count).
    public static func triuIndices(
        _ row: Int, _ col: Int, offset: Int = 0, dtype: DType = .int64, device: Device = .cpu
    ) -> Tensor {
        checkTriangle(row, col)
        return ones([row, col], dtype: .bool).triu(offset).nonzero().t().contiguous().to(dtype).to(device)
    }

    private static func checkTriangle(_ row: Int, _ col: Int) {
        check(row >= 0, "row must be non-negative, got\(row)")
        check(col >= 0, "col must be non-negative, got\(col)")
    }

    /// The positions in a tensor of `shape` of flat indices, one tensor for each dimension.
    public static func unravelIndex(_ indices: Tensor, _ shape: [Int]) -> [Tensor] {
        check(
            indices.dtype.isIntegral && indices.dtype != .bool,
            "expected 'indices' to be integer dtype, but got \(indices.dtype)", .valueError)
        check(shape.allSatisfy { $0 >= 0 }, "'shape' cannot have negative values, but got \(shape)", .valueError)
        let (steps, places) = (Dims(shape).contiguousStrides, indices.to(.int64))
        return shape.indices.map { places.floorDivide(steps[$0]).remainder(Swift.max(shape[$0], 1)) }
    }
}
