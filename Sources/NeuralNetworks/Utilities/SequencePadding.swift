import TensorCore

extension nn.utils {
    /// PyTorch's `torch.nn.utils.rnn`: sequences of different lengths in one tensor.
    public enum rnn {
        /// Sequences `(L, *)` of different lengths side by side: `(T, B, *)`, or `(B, T, *)` with
        /// `batchFirst`, where T is the longest length.
        ///
        /// - Parameters:
        ///   - paddingValue: what fills up the shorter ones.
        ///   - paddingSide: where it goes: "right", after the sequence, or "left".
        public static func padSequence(
            _ sequences: [Tensor], batchFirst: Bool = false, paddingValue: Double = 0, paddingSide: String = "right"
        ) -> Tensor {
            guard let first = sequences.first else { fail("received an empty list of sequences") }
            if paddingSide != "right" && paddingSide != "left" {
                fail("Expected padding_side to be one of left or right, but got \(paddingSide).")
            }
            let longest = sequences.map { $0.size(0) }.max()!
            let shape = (batchFirst ? [sequences.count, longest] : [longest, sequences.count]) + first.shape.dropFirst()
            let padded = torch.full(shape, paddingValue, dtype: first.dtype, device: first.device)
            for (i, sequence) in sequences.enumerated() {
                let length = sequence.size(0)
                let start = paddingSide == "left" ? longest - length : 0
                padded.select(batchFirst ? 0 : 1, i).narrow(0, start, length).copy_(sequence)
            }
            return padded
        }

        /// The sequences that `padSequence` put together; `lengths` are theirs.
        public static func unpadSequence(_ paddedSequences: Tensor, _ lengths: Tensor, batchFirst: Bool = false) -> [Tensor] {
            let sequences = paddedSequences.unbind(batchFirst ? 0 : 1)
            return zip(sequences, lengths.array() as [Int]).map { $0.narrow(0, 0, $1) }
        }
    }
}
