import TensorCore

extension nn.functional {
    /// Puts the values of `maxPool1dWithIndices` back where they were, into zeros: (N, C, L) or (C, L).
    /// - Parameter outputSize: the size before pooling, if the formula's is not meant: for the spatial
    ///   dimensions or for all.
    public static func maxUnpool1d(
        _ input: Tensor, _ indices: Tensor, _ kernelSize: some SpatialSizes, stride: (any SpatialSizes)? = nil,
        padding: some SpatialSizes = 0, outputSize: [Int]? = nil
    ) -> Tensor {
        let sizes = unpooledSizes(1, input, kernelSize, stride, padding, outputSize)
        let result = unpooled(2, input.unsqueeze(-1), indices.unsqueeze(-1), sizes + [1])
        return result.squeeze(-1)
    }

    /// The same for the last two dimensions.
    public static func maxUnpool2d(
        _ input: Tensor, _ indices: Tensor, _ kernelSize: some SpatialSizes, stride: (any SpatialSizes)? = nil,
        padding: some SpatialSizes = 0, outputSize: [Int]? = nil
    ) -> Tensor { unpooled(2, input, indices, unpooledSizes(2, input, kernelSize, stride, padding, outputSize)) }

    /// The same for the last three dimensions.
    public static func maxUnpool3d(
        _ input: Tensor, _ indices: Tensor, _ kernelSize: some SpatialSizes, stride: (any SpatialSizes)? = nil,
        padding: some SpatialSizes = 0, outputSize: [Int]? = nil
    ) -> Tensor {
        if stride?.sizes(3).contains(where: { $0 <= 0 }) == true {
            fail("strides should be greater than zero, but got stride: \(stride!.sizes(3))")
        }
        return unpooled(3, input, indices, unpooledSizes(3, input, kernelSize, stride, padding, outputSize))
    }

    /// The sizes that pooling had, as far as its results tell; `given` ones must be near them.
    private static func unpooledSizes(
        _ rank: Int, _ input: Tensor, _ kernelSize: some SpatialSizes, _ stride: (any SpatialSizes)?,
        _ padding: some SpatialSizes, _ given: [Int]?
    ) -> [Int] {
        let (kernel, padding) = (kernelSize.sizes(rank), padding.sizes(rank))
        let stride = stride?.sizes(rank) ?? kernel
        let usual = (0..<rank).map { (input.size($0 - rank) - 1) * stride[$0] + kernel[$0] - 2 * padding[$0] }
        guard let given else { return usual }
        if given.count != rank && given.count != rank + 2 {
            fail(
                "output_size should be a sequence containing \(rank) or \(rank + 2) elements, but it has a length of "
                    + "'\(given.count)'", .valueError)
        }
        let sizes = Array(given.suffix(rank))
        for d in 0..<rank where abs(sizes[d] - usual[d]) >= stride[d] {
            fail(
                "invalid output_size \"\(sizes)\" (dim \(d) must be between \(usual[d] - stride[d]) and "
                    + "\(usual[d] + stride[d]))", .valueError)
        }
        return sizes
    }

    private static func unpooled(_ rank: Int, _ input: Tensor, _ indices: Tensor, _ sizes: [Int]) -> Tensor {
        if indices.dtype != .int64 { fail("elements in indices should be type int64 but got: \(indices.dtype.scalarName)") }
        if input.ndim != rank + 1 && input.ndim != rank + 2 {
            fail(
                "Input to max_unpooling\(rank)d should be a \(rank + 1)d or \(rank + 2)d Tensor, but got a tensor with "
                    + "\(input.ndim) dimensions.")
        }
        if input.shape != indices.shape {
            fail(
                "Expected shape of indices to be same as that of the input tensor (\(input.shape)) but got indices "
                    + "tensor with shape: \(indices.shape)")
        }
        if let empty = (input.ndim - rank - 1..<input.ndim).first(where: { input.size($0) == 0 }) {
            fail(
                "max_unpooling\(rank)d_forward_out_cpu(): Expected input to have non-zero size for non-batch dimensions, "
                    + "but input has sizes \(input.shape) with dimension \(empty) being empty")
        }
        checkType(input, integers: false, "max_unpool\(rank)d")
        let volume = sizes.reduce(1, *)
        if indices.device != .meta, indices.numel > 0 {
            let (low, high) = (indices.min().item().int, indices.max().item().int)
            if low < 0 || high >= volume {
                fail(
                    "Found an invalid max index: \(low < 0 ? low : high) (output volumes are of size "
                        + "\(sizes.map(String.init).joined(separator: "x")))")
            }
        }
        let lead = Array(input.shape.dropLast(rank))
        // Where windows overlapped, the last value stays.
        let flat = torch.zeros(lead + [volume], dtype: input.dtype, device: input.device)
        return flat.scatter(-1, indices.flatten(-rank, -1), input.flatten(-rank, -1)).reshape(lead + sizes)
    }
}
