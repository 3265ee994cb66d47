import Flambeau

extension Calls {
    /// Reordering, splitting and joining.
    static let rearranging: [String: Call] = {
        var calls: [String: Call] = [:]
        calls["flip"] = { a in try torch.flip(a.input, a.sizes(1, "dims")) }
        calls["fliplr"] = { a in try torch.fliplr(a.input) }
        calls["flipud"] = { a in try torch.flipud(a.input) }
        calls["roll"] = { a in try torch.roll(a.input, a.ints(1, "shifts"), a.optionalInts(2, "dims") ?? []) }
        calls["rot90"] = { a in
            try torch.rot90(a.input, a.int(1, "k", default: 1), a.optionalInts(2, "dims") ?? [0, 1])
        }
        calls["tril"] = { a in try torch.tril(a.input, diagonal: a.int(1, "diagonal", default: 0)) }
        calls["triu"] = { a in try torch.triu(a.input, diagonal: a.int(1, "diagonal", default: 0)) }
        calls["diag"] = { a in try torch.diag(a.input, diagonal: a.int(1, "diagonal", default: 0)) }
        calls["diagflat"] = { a in try torch.diagflat(a.input, offset: a.int(1, "offset", default: 0)) }
        calls["diag_embed"] = { a in
            try torch.diagEmbed(
                a.input, offset: a.int(1, "offset", default: 0), dim1: a.int(2, "dim1", default: -2),
                dim2: a.int(3, "dim2", default: -1))
        }
        calls["diagonal_scatter"] = { a in
            try torch.diagonalScatter(
                a.input, a.tensor(1, "src"), offset: a.int(2, "offset", default: 0), dim1: a.int(3, "dim1", default: 0),
                dim2: a.int(4, "dim2", default: 1))
        }
        calls["select_scatter"] = { a in
            try torch.selectScatter(a.input, a.tensor(1, "src"), dim: a.int(2, "dim"), index: a.int(3, "index"))
        }
        calls["slice_scatter"] = { a in
            try torch.sliceScatter(
                a.input, a.tensor(1, "src"), dim: a.int(2, "dim", default: 0), start: a.optionalInt(3, "start"),
                end: a.optionalInt(4, "end"), step: a.int(5, "step", default: 1))
        }
        calls["as_strided_scatter"] = { a in
            try torch.asStridedScatter(
                a.input, a.tensor(1, "src"), a.ints(2, "size"), a.ints(3, "stride"),
                storageOffset: a.optionalInt(4, "storage_offset"))
        }
        calls["trace"] = { a in try torch.trace(a.input) }
        calls["tensor_split"] = { a in
            let dim = try a.int(2, "dim", default: 0)
            if let places = a.value(1, "indices_or_sections")?.tensor { return try torch.tensorSplit(a.input, places, dim: dim) }
            return try places(a, { torch.tensorSplit($0, $1, dim: dim) }, { torch.tensorSplit($0, $1, dim: dim) })
        }
        calls["hsplit"] = { a in try places(a, { torch.hsplit($0, $1) }, { torch.hsplit($0, $1) }) }
        calls["vsplit"] = { a in try places(a, { torch.vsplit($0, $1) }, { torch.vsplit($0, $1) }) }
        calls["dsplit"] = { a in try places(a, { torch.dsplit($0, $1) }, { torch.dsplit($0, $1) }) }
        calls["movedim"] = { a in try torch.movedim(a.input, a.ints(1, "source"), a.ints(2, "destination")) }
        calls["repeat_interleave"] = { a in
            let (repeats, dim) = (a.value(1, "repeats"), try a.optionalInt(2, "dim"))
            _ = a.value(9, "output_size")
            if let repeats = repeats?.tensor { return try torch.repeatInterleave(a.input, repeats, dim: dim) }
            return try torch.repeatInterleave(a.input, a.int(1, "repeats"), dim: dim)
        }
        calls["broadcast_tensors"] = { a in try torch.broadcastTensors(a.tensorList("tensors")) }
        calls["meshgrid"] = { a in
            try torch.meshgrid(a.tensorList("tensors"), indexing: a.optionalString(99, "indexing") ?? "ij")
        }
        calls["cartesian_prod"] = { a in try torch.cartesianProd(a.tensorList("tensors")) }
        calls["combinations"] = { a in
            try torch.combinations(
                a.input, r: a.int(1, "r", default: 2), withReplacement: a.bool(2, "with_replacement", default: false))
        }
        calls["block_diag"] = { a in try torch.blockDiag(a.tensorList("tensors")) }
        calls["atleast_1d"] = { a in try eachOrOne(a, { torch.atleast1d($0) }, { torch.atleast1d($0) }) }
        calls["atleast_2d"] = { a in try eachOrOne(a, { torch.atleast2d($0) }, { torch.atleast2d($0) }) }
        calls["atleast_3d"] = { a in try eachOrOne(a, { torch.atleast3d($0) }, { torch.atleast3d($0) }) }
        calls["column_stack"] = { a in try torch.columnStack(a.tensorList("tensors")) }
        calls["dstack"] = { a in try torch.dstack(a.tensorList("tensors")) }
        calls["to_sparse"] = { a in try a.input.toSparse(a.optionalInt(1, "sparse_dim")) }
        calls["tril_indices"] = { a in
            try torch.trilIndices(
                a.int(0, "row"), a.int(1, "col"), offset: a.int(2, "offset", default: 0),
                dtype: a.optionalDType(9, "dtype") ?? .int64, device: a.device)
        }
        calls["triu_indices"] = { a in
            try torch.triuIndices(
                a.int(0, "row"), a.int(1, "col"), offset: a.int(2, "offset", default: 0),
                dtype: a.optionalDType(9, "dtype") ?? .int64, device: a.device)
        }
        calls["unravel_index"] = { a in try torch.unravelIndex(a.input, a.ints(1, "shape")) }
        return calls
    }()

    /// Splits by a number of parts, or at places.
    private static func places(
        _ a: Arguments, _ parts: (Tensor, Int) -> [Tensor], _ cuts: (Tensor, [Int]) -> [Tensor]
    ) throws -> [Tensor] {
        if let sections = a.value(1, "indices_or_sections")?.int { return parts(try a.input, sections) }
        return cuts(try a.input, try a.ints(1, "indices_or_sections"))
    }

    private static func eachOrOne(
        _ a: Arguments, _ one: (Tensor) -> Tensor, _ each: ([Tensor]) -> [Tensor]
    ) throws -> Any {
        if a.count == 1, a.value(0, "tensors")?.tensor != nil { return one(try a.input) }
        return each(try a.tensorList("tensors"))
    }
}
