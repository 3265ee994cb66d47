import TensorCore

/// Sequences of different lengths, step by step without padding: first the first steps of all, then
/// the second steps of those that have one, and so on. The longest come first.
public struct PackedSequence: CustomStringConvertible {
    /// All steps, `(sum of lengths, *)`.
    public var data: Tensor
    /// How many sequences have a first, a second, … step; int64.
    public var batchSizes: Tensor
    /// The order by length, of the sequences as they were given; nil if they came sorted.
    public var sortedIndices: Tensor?
    /// The order that undoes it.
    public var unsortedIndices: Tensor?

    public init(_ data: Tensor, _ batchSizes: Tensor, _ sortedIndices: Tensor? = nil, _ unsortedIndices: Tensor? = nil) {
        self.data = data
        self.batchSizes = batchSizes
        self.sortedIndices = sortedIndices
        self.unsortedIndices = unsortedIndices ?? sortedIndices?.argsort()
    }

    public var description: String {
        let text = { (tensor: Tensor?) in tensor.map(\.description) ?? "None" }
        return "PackedSequence(data=\(data), batch_sizes=\(batchSizes), sorted_indices=\(text(sortedIndices)), "
            + "unsorted_indices=\(text(unsortedIndices)))"
    }
}

extension nn.utils.rnn {
    public typealias PackedSequence = NeuralNetworks.PackedSequence

    /// Packs padded sequences `(T, B, *)`, or `(B, T, *)` with `batchFirst`.
    ///
    /// - Parameters:
    ///   - lengths: of the sequences; int64 `(B)`.
    ///   - enforceSorted: they must come longest first; else they are sorted.
    public static func packPaddedSequence(
        _ input: Tensor, _ lengths: Tensor, batchFirst: Bool = false, enforceSorted: Bool = true
    ) -> PackedSequence {
        if lengths.ndim != 1 {
            fail("'lengths' argument should be a 1D CPU int64 tensor, but got \(lengths.ndim)D cpu Long tensor")
        }
        if input.numel == 0 { fail("Cannot pack empty tensors.") }
        let order = enforceSorted ? nil : lengths.argsort(descending: true, stable: true)
        let batchDim = batchFirst ? 0 : 1
        let sorted: [Int] = (order.map { lengths.indexSelect(0, $0) } ?? lengths).array()
        if sorted.count != input.size(batchDim) {
            fail(
                "Expected `len(lengths)` to be equal to batch_size, but got \(sorted.count) "
                    + "(batch_size=\(input.size(batchDim)))")
        }
        if sorted.contains(where: { $0 <= 0 }) {
            fail("Length of all samples has to be greater than 0, but found an element in 'lengths' that is <= 0")
        }
        if zip(sorted, sorted.dropFirst()).contains(where: { $0 < $1 }) {
            fail(
                "`lengths` array must be sorted in decreasing order when `enforce_sorted` is True. You can pass "
                    + "`enforce_sorted=False` to pack_padded_sequence and/or pack_sequence to sidestep this requirement "
                    + "if you do not need ONNX exportability.")
        }
        let steps = (batchFirst ? input.transpose(0, 1) : input)
        let arranged = order.map { steps.indexSelect(1, $0) } ?? steps
        let sizes = (0..<sorted[0]).map { step in sorted.prefix { $0 > step }.count }
        let parts = sizes.enumerated().map { step, size in arranged.select(0, step).narrow(0, 0, size) }
        return PackedSequence(torch.cat(parts, dim: 0), Tensor(sizes, shape: [sizes.count]), order)
    }

    /// The same with the lengths as a list.
    public static func packPaddedSequence(
        _ input: Tensor, _ lengths: [Int], batchFirst: Bool = false, enforceSorted: Bool = true
    ) -> PackedSequence {
        packPaddedSequence(
            input, Tensor(lengths, shape: [lengths.count]), batchFirst: batchFirst, enforceSorted: enforceSorted)
    }

    /// Undoes `packPaddedSequence`: the padded sequences in their first order, and their lengths.
    ///
    /// - Parameter totalLength: pad to this length rather than to the longest.
    public static func padPackedSequence(
        _ sequence: PackedSequence, batchFirst: Bool = false, paddingValue: Double = 0, totalLength: Int? = nil
    ) -> (Tensor, Tensor) {
        let sizes: [Int] = sequence.batchSizes.array()
        if let totalLength, totalLength < sizes.count {
            fail(
                "Expected total_length to be at least the length of the longest sequence in input, but got "
                    + "total_length=\(totalLength) and max sequence length being \(sizes.count)", .valueError)
        }
        let data = sequence.data
        let shape = [totalLength ?? sizes.count, sizes[0]] + data.shape.dropFirst()
        let padded = torch.full(shape, paddingValue, dtype: data.dtype, device: data.device)
        var start = 0
        for (step, size) in sizes.enumerated() {
            padded.select(0, step).narrow(0, 0, size).copy_(data.narrow(0, start, size))
            start += size
        }
        let counts = (0..<sizes[0]).map { row in sizes.prefix { $0 > row }.count }
        let lengths = Tensor(counts, shape: [counts.count])
        let arranged = batchFirst ? padded.transpose(0, 1) : padded
        guard let order = sequence.unsortedIndices else { return (arranged, lengths) }
        return (arranged.indexSelect(batchFirst ? 0 : 1, order), lengths.indexSelect(0, order))
    }

    /// Packs sequences `(L, *)` of different lengths.
    public static func packSequence(_ sequences: [Tensor], enforceSorted: Bool = true) -> PackedSequence {
        packPaddedSequence(padSequence(sequences), sequences.map { $0.size(0) }, enforceSorted: enforceSorted)
    }

    /// The sequences that `packSequence` put together.
    public static func unpackSequence(_ packedSequences: PackedSequence) -> [Tensor] {
        let (padded, lengths) = padPackedSequence(packedSequences, batchFirst: true)
        return unpadSequence(padded, lengths, batchFirst: true)
    }
}
