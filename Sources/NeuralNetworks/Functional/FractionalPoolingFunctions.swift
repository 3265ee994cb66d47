import TensorCore

extension nn.functional {
    /// The largest element of windows whose places are drawn at random (Graham, "Fractional
    /// Max-Pooling"), over the last two dimensions, and where it is.
    /// - Parameters:
    ///   - outputSize: the number of windows along each dimension.
    ///   - outputRatio: that number as a part of the input's size; one of the two must be given.
    ///   - _randomSamples: the draws in [0, 1) to use: (N, C, 2).
    public static func fractionalMaxPool2dWithIndices(
        _ input: Tensor, _ kernelSize: some SpatialSizes, outputSize: (any SpatialSizes)? = nil,
        outputRatio: [Double]? = nil, _randomSamples: Tensor? = nil
    ) -> (values: Tensor, indices: Tensor) {
        // The draws are for width and height, in this order.
        fractionalMaxPool(2, input, kernelSize, outputSize, outputRatio, _randomSamples, order: [1, 0])
    }

    /// The same over the last three dimensions.
    public static func fractionalMaxPool3dWithIndices(
        _ input: Tensor, _ kernelSize: some SpatialSizes, outputSize: (any SpatialSizes)? = nil,
        outputRatio: [Double]? = nil, _randomSamples: Tensor? = nil
    ) -> (values: Tensor, indices: Tensor) {
        fractionalMaxPool(3, input, kernelSize, outputSize, outputRatio, _randomSamples, order: [0, 1, 2])
    }

    public static func fractionalMaxPool2d(
        _ input: Tensor, _ kernelSize: some SpatialSizes, outputSize: (any SpatialSizes)? = nil,
        outputRatio: [Double]? = nil, _randomSamples: Tensor? = nil
    ) -> Tensor {
        fractionalMaxPool2dWithIndices(
            input, kernelSize, outputSize: outputSize, outputRatio: outputRatio, _randomSamples: _randomSamples
        ).values
    }
    public static func fractionalMaxPool3d(
        _ input: Tensor, _ kernelSize: some SpatialSizes, outputSize: (any SpatialSizes)? = nil,
        outputRatio: [Double]? = nil, _randomSamples: Tensor? = nil
    ) -> Tensor {
        fractionalMaxPool3dWithIndices(
            input, kernelSize, outputSize: outputSize, outputRatio: outputRatio, _randomSamples: _randomSamples
        ).values
    }

    private static func fractionalMaxPool(
        _ rank: Int, _ input: Tensor, _ kernelSize: some SpatialSizes, _ outputSize: (any SpatialSizes)?,
        _ outputRatio: [Double]?, _ samples: Tensor?, order: [Int]
    ) -> (values: Tensor, indices: Tensor) {
        let name = "fractional_max_pool\(rank)d"
        if outputSize == nil && outputRatio == nil {
            fail("\(name) requires specifying either an output_size or an output_ratio", .valueError)
        }
        let sizes = Array(input.shape.suffix(rank))
        let counts = outputSize?.sizes(rank) ?? zip(sizes, outputRatio!).map { Int(Double($0) * $1) }
        let channels = input.size(-rank - 1)
        let batch = input.ndim == rank + 1 ? 1 : input.size(0)
        checkType(input, integers: false, "check_uniform_bounds")
        let draws = samples ?? torch.rand([batch, channels, rank], dtype: input.dtype, device: input.device)
        if draws.size(0) != batch { fail("Expect _random_samples.size(0) equals to input batch size.") }
        if draws.size(1) != channels { fail("Expect _random_samples.size(1) equals to input channel size.") }
        if draws.size(2) != rank { fail("Expect _random_samples.size(2) equals to \(rank); got \(draws.size(2)).") }
        if let empty = (input.ndim - rank - 1..<input.ndim).first(where: { input.size($0) == 0 }) {
            fail(
                "\(name)(): Expected input to have non-zero size for non-batch dimensions, but got\(input.shape) with "
                    + "dimension \(empty) being empty.")
        }
        let kernel = kernelSize.sizes(rank)
        let axes = ["time", "height", "width"].suffix(rank)
        for (i, axis) in axes.enumerated() where counts[i] + kernel[i] - 1 > sizes[i] {
            fail("\(name)\(rank == 3 ? "_out" : "")(): pool \(axis) \(kernel[i]) too large relative to input \(axis) \(sizes[i])")
        }
        let places = torch.zeros([batch * channels] + counts, dtype: .int64)
        if input.device == .meta {
            return (
                torch.empty(Array(input.shape.dropLast(rank)) + counts, dtype: input.dtype, device: .meta),
                places.reshape(Array(input.shape.dropLast(rank)) + counts).to(.meta)
            )
        }
        // Each plane has windows of its own: they find the places, whose values are then taken.
        let planes = input.detach().reshape([batch * channels] + sizes)
        let numbers = draws.detach().to(.float64).reshape([batch * channels, rank])
        for plane in 0..<batch * channels {
            let windows = (0..<rank).map { i in
                WindowSpans(
                    size: sizes[i],
                    fractionalStarts(numbers[plane, order[i]].item().double, sizes[i], counts[i], kernel[i]).map {
                        $0..<($0 + kernel[i])
                    })
            }
            places[plane].copy_(Pooling.max(planes[plane].unsqueeze(0), windows, name).indices[0])
        }
        let indices = places.reshape(Array(input.shape.dropLast(rank)) + counts)
        return (Pooling.gathered(input, indices, rank), indices)
    }

    /// Where the windows of one dimension start, for a draw.
    private static func fractionalStarts(_ draw: Double, _ size: Int, _ count: Int, _ kernel: Int) -> [Int] {
        if count == 1 { return [size - kernel] }
        let alpha = Double(size - kernel) / Double(count - 1)
        return (0..<(count - 1)).map { Int((Double($0) + draw) * alpha) - Int(draw * alpha) } + [size - kernel]
    }
}
