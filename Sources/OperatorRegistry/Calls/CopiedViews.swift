import Flambeau

extension Calls {
    /// The forms of view operators that copy.
    static let copiedViews: [String: Call] = {
        var calls: [String: Call] = [:]
        calls["as_strided_copy"] = { a in
            try torch.asStridedCopy(
                a.input, a.ints(1, "size"), a.ints(2, "stride"), storageOffset: a.optionalInt(3, "storage_offset"))
        }
        calls["diagonal_copy"] = { a in
            try torch.diagonalCopy(
                a.input, offset: a.int(1, "offset", default: 0), dim1: a.int(2, "dim1", default: 0),
                dim2: a.int(3, "dim2", default: 1))
        }
        calls["expand_copy"] = { a in try torch.expandCopy(a.input, a.ints(1, "size")) }
        calls["narrow_copy"] = { a in try torch.narrowCopy(a.input, a.int(1, "dim"), a.int(2, "start"), a.int(3, "length")) }
        calls["permute_copy"] = { a in try torch.permuteCopy(a.input, a.ints(1, "dims")) }
        calls["select_copy"] = { a in try torch.selectCopy(a.input, a.int(1, "dim"), a.int(2, "index")) }
        calls["split_with_sizes_copy"] = { a in
            try torch.splitWithSizesCopy(a.input, a.ints(1, "split_sizes"), dim: a.int(2, "dim", default: 0))
        }
        calls["squeeze_copy"] = { a in
            guard let dims = try a.optionalInts(1, "dim") else { return try torch.squeezeCopy(a.input) }
            return try dims.count == 1 ? torch.squeezeCopy(a.input, dims[0]) : torch.squeezeCopy(a.input, dims)
        }
        calls["t_copy"] = { a in try torch.tCopy(a.input) }
        calls["transpose_copy"] = { a in try torch.transposeCopy(a.input, a.int(1, "dim0"), a.int(2, "dim1")) }
        calls["unbind_copy"] = { a in try torch.unbindCopy(a.input, a.int(1, "dim", default: 0)) }
        calls["unfold_copy"] = { a in try torch.unfoldCopy(a.input, a.int(1, "dimension"), a.int(2, "size"), a.int(3, "step")) }
        calls["unsqueeze_copy"] = { a in try torch.unsqueezeCopy(a.input, a.int(1, "dim")) }
        calls["view_copy"] = { a in try torch.viewCopy(a.input, a.ints(1, "size")) }
        return calls
    }()
}
