extension torch.`func` {
    /// The function of one element made a function of many: `torch.func.vmap`.
    ///
    ///     let batchedDot = torch.func.vmap(torch.dot)     // (D), (D) -> ()
    ///     batchedDot(x, y)                                // (N, D), (N, D) -> (N)
    ///
    /// The elements lie along `inDims` of the input and along `outDims` of the result. The function is called
    /// for one after the other, so it may do what it likes with its element; gradients pass.
    public static func vmap(
        _ function: @escaping (Tensor) -> Tensor, inDims: Int = 0, outDims: Int = 0
    ) -> (Tensor) -> Tensor {
        { mapped({ function($0[0]) }, [$0], [inDims], outDims) }
    }

    /// The same for a function of two tensors; one whose `inDims` is nil goes whole to each call.
    public static func vmap(
        _ function: @escaping (Tensor, Tensor) -> Tensor, inDims: (Int?, Int?) = (0, 0), outDims: Int = 0
    ) -> (Tensor, Tensor) -> Tensor {
        { mapped({ function($0[0], $0[1]) }, [$0, $1], [inDims.0, inDims.1], outDims) }
    }

    /// The same for a function of three tensors.
    public static func vmap(
        _ function: @escaping (Tensor, Tensor, Tensor) -> Tensor, inDims: (Int?, Int?, Int?) = (0, 0, 0), outDims: Int = 0
    ) -> (Tensor, Tensor, Tensor) -> Tensor {
        { mapped({ function($0[0], $0[1], $0[2]) }, [$0, $1, $2], [inDims.0, inDims.1, inDims.2], outDims) }
    }

    private static func mapped(
        _ function: ([Tensor]) -> Tensor, _ inputs: [Tensor], _ inDims: [Int?], _ outDims: Int
    ) -> Tensor {
        var count: Int?
        for (input, dim) in zip(inputs, inDims) {
            guard let dim else { continue }
            check(
                input.ndim > 0 && dim >= -input.ndim && dim < input.ndim,
                "vmap: Got in_dim=\(dim) for an input but the input is a Tensor of dimensionality \(input.ndim) so expected "
                    + "in_dim to satisfy -\(input.ndim) <= in_dim < \(input.ndim).", .valueError)
            let size = input.size(dim)
            check(
                count == nil || count == size,
                "vmap: Expected all tensors to have the same size in the mapped dimension, got sizes "
                    + "\(zip(inputs, inDims).compactMap { pair in pair.1.map { pair.0.size($0) } }) for the mapped dimension",
                .valueError)
            count = size
        }
        guard let count else {
            fail("vmap: expected at least one input to be mapped over, but in_dims is None for all", .valueError)
        }
        check(count > 0, "vmap: the mapped dimension has no elements", .valueError)
        let results = (0..<count).map { i in
            function(zip(inputs, inDims).map { input, dim in dim.map { input.select($0, i) } ?? input })
        }
        return torch.stack(results, dim: outDims)
    }

    /// The jacobian as a function, computed a column at a time: sizes of the output, then those of the input.
    /// It pays where there are fewer inputs than outputs; `jacrev` where there are fewer outputs.
    public static func jacfwd(_ function: @escaping (Tensor) -> Tensor) -> (Tensor) -> Tensor {
        { input in
            let directions = torch.eye(input.numel, dtype: input.dtype)
            let columns = (0..<input.numel).map { jvp(function, input, directions[$0].reshape(input.shape)).1 }
            guard let first = columns.first else { return jacrev(function)(input) }
            return torch.stack(columns, dim: -1).reshape(first.shape + input.shape)
        }
    }

    /// The function's value at `primal`, and the function that gives the jacobian there times a vector.
    public static func linearize(
        _ function: @escaping (Tensor) -> Tensor, _ primal: Tensor
    ) -> (Tensor, (Tensor) -> Tensor) {
        (function(primal), { jvp(function, primal, $0).1 })
    }
}

extension torch {
    /// See `torch.func.vmap`.
    public static func vmap(
        _ function: @escaping (Tensor) -> Tensor, inDims: Int = 0, outDims: Int = 0
    ) -> (Tensor) -> Tensor { `func`.vmap(function, inDims: inDims, outDims: outDims) }
    public static func vmap(
        _ function: @escaping (Tensor, Tensor) -> Tensor, inDims: (Int?, Int?) = (0, 0), outDims: Int = 0
    ) -> (Tensor, Tensor) -> Tensor { `func`.vmap(function, inDims: inDims, outDims: outDims) }
}
