import Flambeau
import TestSupport
import Testing

/// `nn.utils.rnn`: padding and packing of sequences; expected values are PyTorch's.
@Suite struct SequencePaddingTests {
    let a = torch.tensor([1.0, 2, 3]), b = torch.tensor([4.0, 5]), c = torch.tensor([6.0])
    typealias rnn = nn.utils.rnn

    @Test func padSequenceFillsUpEitherSide() {
        #expect(rnn.padSequence([b, a, c]).array() == [4, 1, 6, 5, 2, 0, 0, 3, 0] as [Double])
        #expect(
            rnn.padSequence([b, a, c], batchFirst: true, paddingValue: -1, paddingSide: "left").array()
                == [-1, 4, 5, 1, 2, 3, -1, -1, 6] as [Double])
        let tokens = rnn.padSequence([torch.tensor([1, 2]), torch.tensor([3])], batchFirst: true)
        #expect(tokens.dtype == .int64 && tokens.array() == [1, 2, 3, 0] as [Int])
        #expect(rnn.padSequence([torch.ones(2, 3), torch.ones(1, 3)]).shape == [2, 2, 3])
        #expect(rnn.padSequence([a, b]).isContiguous())
    }

    @Test func gradientsPassThroughPaddingAndPacking() {
        let x = torch.ones(3, requiresGrad: true), y = torch.ones(2, requiresGrad: true)
        let weights = torch.tensor([[1.0, 2, 3], [4, 5, 6]])
        (rnn.padSequence([x, y], batchFirst: true) * weights).sum().backward()
        #expect(x.grad!.array() == [1, 2, 3] as [Double] && y.grad!.array() == [4, 5] as [Double])
        let z = torch.ones(2, requiresGrad: true), w = torch.ones(3, requiresGrad: true)
        let packed = rnn.packSequence([z, w], enforceSorted: false)
        let (padded, _) = rnn.padPackedSequence(packed, batchFirst: true)
        (padded * weights).sum().backward()
        #expect(z.grad!.array() == [1, 2] as [Double] && w.grad!.array() == [4, 5, 6] as [Double])
    }

    @Test func unpadSequenceUndoesPadSequence() {
        let padded = rnn.padSequence([a, b, c])
        let sequences = rnn.unpadSequence(padded, torch.tensor([3, 2, 1]))
        #expect(sequences.map { $0.array() as [Double] } == [[1, 2, 3], [4, 5], [6]])
    }

    @Test func packSequenceOrdersByLength() {
        let packed = rnn.packSequence([b, a, c], enforceSorted: false)
        #expect(
            packed.description
                == "PackedSequence(data=tensor([1., 4., 6., 2., 5., 3.]), batch_sizes=tensor([3, 2, 1]), "
                + "sorted_indices=tensor([1, 0, 2]), unsorted_indices=tensor([1, 0, 2]))")
        #expect(
            rnn.packSequence([a, b, c]).description
                == "PackedSequence(data=tensor([1., 4., 6., 2., 5., 3.]), batch_sizes=tensor([3, 2, 1]), "
                + "sorted_indices=None, unsorted_indices=None)")
        let (padded, lengths) = rnn.padPackedSequence(packed, batchFirst: true, paddingValue: -1, totalLength: 5)
        #expect(padded.array() == [4, 5, -1, -1, -1, 1, 2, 3, -1, -1, 6, -1, -1, -1, -1] as [Double])
        #expect(lengths.array() == [2, 3, 1] as [Int])
        #expect(rnn.unpackSequence(packed).map { $0.array() as [Double] } == [[4, 5], [1, 2, 3], [6]])
    }

    @Test func paddingRefusesInPyTorchsWords() {
        let refusals: [(String, @Sendable () -> Void)] = [
            ("RuntimeError: received an empty list of sequences", { _ = rnn.padSequence([]) }),
            ("RuntimeError: Expected padding_side to be one of left or right, but got x.",
             { _ = rnn.padSequence([torch.ones(1)], paddingSide: "x") }),
            ("RuntimeError: Length of all samples has to be greater than 0, but found an element in 'lengths' that is <= 0",
             { _ = rnn.packPaddedSequence(torch.ones(3, 2), [3, 0]) }),
            ("RuntimeError: Expected `len(lengths)` to be equal to batch_size, but got 1 (batch_size=2)",
             { _ = rnn.packPaddedSequence(torch.ones(3, 2), [3]) }),
            ("RuntimeError: Cannot pack empty tensors.", { _ = rnn.packPaddedSequence(torch.ones(0, 2), [1, 1]) }),
            ("RuntimeError: `lengths` array must be sorted in decreasing order when `enforce_sorted` is True. You can pass `enforce_sorted=False` to pack_padded_sequence and/or pack_sequence to sidestep this requirement if you do not need ONNX exportability.",
             { _ = rnn.packSequence([torch.ones(2), torch.ones(3)]) }),
            ("ValueError: Expected total_length to be at least the length of the longest sequence in input, but got total_length=1 and max sequence length being 2",
             { _ = rnn.padPackedSequence(rnn.packSequence([torch.ones(2)]), totalLength: 1) }),
        ]
        for (message, body) in refusals { #expect(failure(body) == message) }
    }
}
