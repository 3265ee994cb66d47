import TensorCore

/// The number of results along each spatial dimension: one for all, or one for each, where nil
/// keeps the input's size: `7`, `[7, 5]`, `[nil, 5]`.
public protocol AdaptiveSizes {
    /// The number for each of the sizes; of a list of another length, the list.
    func counts(_ sizes: [Int]) -> [Int]
    /// How many numbers were given as a list; nil for one number alone.
    var givenCount: Int? { get }
}
extension Int: AdaptiveSizes {
    public func counts(_ sizes: [Int]) -> [Int] { sizes.map { _ in self } }
}
/// An element of a list of sizes: a number, or nil.
public protocol AdaptiveSize {
    var size: Int? { get }
}
extension Int: AdaptiveSize {
    public var size: Int? { self }
}
extension Int?: AdaptiveSize {
    public var size: Int? { self }
}
extension Array: AdaptiveSizes where Element: AdaptiveSize {
    public func counts(_ sizes: [Int]) -> [Int] {
        indices.map { self[$0].size ?? (sizes.indices.contains($0) ? sizes[$0] : 0) }
    }
    public var givenCount: Int? { count }
}

extension nn.functional {
    /// The means of windows that share out the last dimension of (N, C, L) or (C, L) among so many
    /// results.
    public static func adaptiveAvgPool1d(_ input: Tensor, _ outputSize: some AdaptiveSizes) -> Tensor {
        if input.ndim != 2 && input.ndim != 3 { failDimensions(input, "adaptive_avg_pool1d") }
        checkSingle(outputSize.givenCount, "adaptive_avg_pool1d", "output_size")
        let count = outputSize.counts([input.size(-1)])[0]
        return adaptiveMean(2, input.unsqueeze(-2), [1, count]).squeeze(-2)
    }
    /// The same over the last two dimensions.
    public static func adaptiveAvgPool2d(_ input: Tensor, _ outputSize: some AdaptiveSizes) -> Tensor {
        adaptiveMean(2, input, adaptiveCounts(2, input, outputSize))
    }
    /// The same over the last three dimensions.
    public static func adaptiveAvgPool3d(_ input: Tensor, _ outputSize: some AdaptiveSizes) -> Tensor {
        adaptiveMean(3, input, adaptiveCounts(3, input, outputSize))
    }

    /// The largest elements of such windows.
    public static func adaptiveMaxPool1d(_ input: Tensor, _ outputSize: some AdaptiveSizes) -> Tensor {
        adaptiveMaxPool1dWithIndices(input, outputSize).values
    }
    public static func adaptiveMaxPool2d(_ input: Tensor, _ outputSize: some AdaptiveSizes) -> Tensor {
        adaptiveMaxPool2dWithIndices(input, outputSize).values
    }
    public static func adaptiveMaxPool3d(_ input: Tensor, _ outputSize: some AdaptiveSizes) -> Tensor {
        adaptiveMaxPool3dWithIndices(input, outputSize).values
    }

    /// The same, and where each is.
    public static func adaptiveMaxPool1dWithIndices(
        _ input: Tensor, _ outputSize: some AdaptiveSizes
    ) -> (values: Tensor, indices: Tensor) {
        if input.ndim != 2 && input.ndim != 3 { failDimensions(input, "adaptive_max_pool1d") }
        checkSingle(outputSize.givenCount, "adaptive_max_pool1d", "output_size")
        checkNotEmpty(input, from: input.ndim - 2, "adaptive_max_pool1d()")
        let count = outputSize.counts([input.size(-1)])[0]
        let (values, indices) = adaptiveMax(2, input.unsqueeze(-2), [1, count])
        return (values.squeeze(-2), indices.squeeze(-2))
    }
    /// The same over the last two dimensions; indices count through both.
    public static func adaptiveMaxPool2dWithIndices(
        _ input: Tensor, _ outputSize: some AdaptiveSizes
    ) -> (values: Tensor, indices: Tensor) { adaptiveMax(2, input, adaptiveCounts(2, input, outputSize)) }
    /// The same over the last three dimensions.
    public static func adaptiveMaxPool3dWithIndices(
        _ input: Tensor, _ outputSize: some AdaptiveSizes
    ) -> (values: Tensor, indices: Tensor) { adaptiveMax(3, input, adaptiveCounts(3, input, outputSize)) }

    private static func adaptiveCounts(_ rank: Int, _ input: Tensor, _ outputSize: some AdaptiveSizes) -> [Int] {
        if let given = outputSize.givenCount, given > 0, input.ndim <= given {
            fail("Input dimension should be at least \(given + 1)", .valueError)
        }
        return outputSize.counts(Array(input.shape.suffix(rank)))
    }

    private static func adaptiveMean(_ rank: Int, _ input: Tensor, _ counts: [Int]) -> Tensor {
        let name = "adaptive_avg_pool\(rank)d"
        if counts.count != rank { fail("\(name): output_size must be \(rank)") }
        if counts.contains(where: { $0 < 0 }) {
            // PyTorch leaves out one space.
            let list = rank == 2 ? "\(counts[0]), \(counts[1])" : "\(counts[0]), \(counts[1]),\(counts[2])"
            fail("\(name): elements of output_size must be greater than or equal to 0 but received {\(list)}")
        }
        if input.ndim != rank + 1 && input.ndim != rank + 2 {
            fail("\(name)(): Expected \(rank + 1)D or \(rank + 2)D tensor, but got \(input.shape)")
        }
        // Two dimensions may be of no channels.
        checkNotEmpty(input, from: rank == 2 ? input.ndim - 2 : input.ndim - 4, "\(name)()")
        checkType(input, integers: false, rank == 2 ? name : name + "_cpu")
        if counts.allSatisfy({ $0 == 1 }) && rank == 2 {
            return input.mean(dim: [-2, -1], keepdim: true)
        }
        return Pooling.adaptiveMean(input, counts, "AdaptiveAvgPool\(rank)DBackward0")
    }

    private static func adaptiveMax(_ rank: Int, _ input: Tensor, _ counts: [Int]) -> (values: Tensor, indices: Tensor) {
        let name = "adaptive_max_pool\(rank)d"
        if input.ndim != rank + 1 && input.ndim != rank + 2 {
            fail("\(name)(): Expected \(rank + 1)D or \(rank + 2)D tensor, but got: \(input.shape)")
        }
        checkNotEmpty(input, from: input.ndim - rank - 1, "\(name)()")
        if counts.count != rank { fail("\(name)(): internal error: output_size.size() must be \(rank)") }
        if let negative = counts.first(where: { $0 < 0 }) {
            fail("Trying to create tensor with negative dimension \(negative): \(Array(input.shape.dropLast(rank)) + counts)")
        }
        checkType(input, integers: false, rank == 2 ? name : name + "_cpu")
        let windows = (0..<rank).map { WindowSpans(adaptive: input.size(input.ndim - rank + $0), count: counts[$0]) }
        return Pooling.max(input, windows, "AdaptiveMaxPool\(rank)DBackward0")
    }

    /// Stops if a dimension from `first` on is empty.
    private static func checkNotEmpty(_ input: Tensor, from first: Int, _ caller: String) {
        guard let empty = (first..<input.ndim).first(where: { input.size($0) == 0 }) else { return }
        fail(
            "\(caller): Expected input to have non-zero size for non-batch dimensions, but input has sizes \(input.shape) "
                + "with dimension \(empty) being empty")
    }
}
