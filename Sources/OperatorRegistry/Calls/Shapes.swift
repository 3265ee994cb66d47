import Flambeau

extension Calls {
    static let shapes: [String: Call] = {
        var calls: [String: Call] = [:]
        calls["as_strided"] = { a in
            try a.input.asStrided(a.ints(1, "size"), a.ints(2, "stride"), storageOffset: a.optionalInt(3, "storage_offset"))
        }
        calls["view"] = { a in
            if a.value(1, "dtype")?.dtype != nil { throw Unsupported(reason: "a view as another type") }
            return try a.input.view(a.sizes(1, "size"))
        }
        calls["reshape"] = { a in try torch.reshape(a.input, a.sizes(1, "shape")) }
        calls["view_as"] = { a in try a.input.viewAs(a.tensor(1, "other")) }
        calls["reshape_as"] = { a in try a.input.reshapeAs(a.tensor(1, "other")) }
        calls["flatten"] = { a in
            try torch.flatten(a.input, startDim: a.int(1, "start_dim", default: 0), endDim: a.int(2, "end_dim", default: -1))
        }
        calls["ravel"] = { a in try a.input.ravel() }
        calls["unflatten"] = { a in try a.input.unflatten(a.int(1, "dim"), a.ints(2, "sizes")) }
        calls["squeeze"] = { a in
            guard let dims = try a.optionalInts(1, "dim") else { return try torch.squeeze(a.input) }
            return try dims.count == 1 ? torch.squeeze(a.input, dims[0]) : torch.squeeze(a.input, dims)
        }
        calls["unsqueeze"] = { a in try torch.unsqueeze(a.input, a.int(1, "dim")) }
        calls["transpose"] = { a in try torch.transpose(a.input, a.int(1, "dim0"), a.int(2, "dim1")) }
        calls["t"] = { a in try torch.t(a.input) }
        calls["T"] = { a in try a.input.T }
        calls["mT"] = { a in try a.input.mT }
        calls["H"] = { a in try a.input.H }
        calls["mH"] = { a in try a.input.mH }
        calls["slice"] = { a in
            try torch.slice(
                a.input, a.int(1, "dim", default: 0), start: a.optionalInt(2, "start"), end: a.optionalInt(3, "end"),
                step: a.int(4, "step", default: 1))
        }
        calls["permute"] = { a in try torch.permute(a.input, a.sizes(1, "dims")) }
        calls["expand"] = { a in try a.input.expand(a.sizes(1, "size")) }
        calls["expand_as"] = { a in try a.input.expandAs(a.tensor(1, "other")) }
        calls["broadcast_to"] = { a in try a.input.broadcastTo(a.sizes(1, "size")) }
        calls["select"] = { a in try torch.select(a.input, a.int(1, "dim"), a.int(2, "index")) }
        calls["narrow"] = { a in
            if let start = a.value(2, "start")?.tensor {
                return try torch.narrow(a.input, a.int(1, "dim"), start, a.int(3, "length"))
            }
            return try torch.narrow(a.input, a.int(1, "dim"), a.int(2, "start"), a.int(3, "length"))
        }
        calls["diagonal"] = { a in
            try torch.diagonal(
                a.input, offset: a.int(1, "offset", default: 0), dim1: a.int(2, "dim1", default: 0),
                dim2: a.int(3, "dim2", default: 1))
        }
        calls["unfold"] = { a in try a.input.unfold(a.int(1, "dimension"), a.int(2, "size"), a.int(3, "step")) }
        calls["unfold_copy"] = { a in try torch.unfoldCopy(a.input, a.int(1, "dimension"), a.int(2, "size"), a.int(3, "step")) }
        calls["split"] = { a in
            let dim = try a.int(2, "dim", default: 0)
            if let size = a.value(1, "split_size_or_sections")?.int { return try torch.split(a.input, size, dim: dim) }
            return try torch.split(a.input, a.ints(1, "split_size_or_sections"), dim: dim)
        }
        calls["split_with_sizes"] = { a in
            try torch.split(a.input, a.ints(1, "split_sizes"), dim: a.int(2, "dim", default: 0))
        }
        calls["chunk"] = { a in try torch.chunk(a.input, a.int(1, "chunks"), dim: a.int(2, "dim", default: 0)) }
        calls["unbind"] = { a in try torch.unbind(a.input, a.int(1, "dim", default: 0)) }
        calls["cat"] = { a in try torch.cat(a.tensorList("tensors"), dim: a.int(1, "dim", default: 0)) }
        calls["stack"] = { a in try torch.stack(a.tensorList("tensors"), dim: a.int(1, "dim", default: 0)) }
        calls["vstack"] = { a in try torch.vstack(a.tensorList("tensors")) }
        calls["hstack"] = { a in try torch.hstack(a.tensorList("tensors")) }
        calls["repeat"] = { a in try a.input.repeat(a.sizes(1, "repeats")) }
        calls["tile"] = { a in try a.input.tile(a.sizes(1, "dims")) }
        return calls
    }()
}
