import Flambeau
import Foundation
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

/// Recurrent layers over packed sequences: outputs, last states and gradients are PyTorch's.
@Suite struct PackedRecurrentTests {
    private func close(_ values: [Double], _ golden: Golden, _ key: String) -> Bool {
        let expected = (golden.fields[key] as! [NSNumber]).map(\.doubleValue)
        return values.count == expected.count
            && zip(values, expected).allSatisfy { ($0 - $1).magnitude < 1e-5 * max(1, $1.magnitude) }
    }

    @Test func recurrentLayersRunOverPackedSequences() throws {
        let cases = try Golden.read("packed_recurrent.jsonl", from: .module)
        #expect(cases.count == 8)
        for golden in cases {
            torch.manualSeed(4)
            let (layers, bidirectional) = (golden.int("layers"), golden.fields["bidirectional"] as! Bool)
            let layer: nn.RNNBase
            switch golden.text("kind") {
            case "RNN": layer = nn.RNN(2, 3, numLayers: layers, bidirectional: bidirectional)
            case "GRU": layer = nn.GRU(2, 3, numLayers: layers, bidirectional: bidirectional)
            default: layer = nn.LSTM(2, 3, numLayers: layers, bidirectional: bidirectional)
            }
            let packed = nn.utils.rnn.packSequence(golden.ints("lengths").map { torch.randn($0, 2) }, enforceSorted: false)
            let output: PackedSequence
            let states: [Tensor]
            switch layer {
            case let layer as nn.RNN: (output, states) = { ($0.0, [$0.1]) }(layer(packed))
            case let layer as nn.GRU: (output, states) = { ($0.0, [$0.1]) }(layer(packed))
            default: (output, states) = { ($0.0, [$0.1.0, $0.1.1]) }((layer as! nn.LSTM)(packed))
            }
            let (padded, lengths) = nn.utils.rnn.padPackedSequence(output, batchFirst: true)
            #expect(lengths.array() == golden.ints("lengths"))
            #expect(close(padded.array(), golden, "out"))
            #expect(close(states.flatMap { $0.array() as [Double] }, golden, "state"))
            let weights = torch.arange(padded.numel).view(padded.shape) * 0.01
            let loss = states.reduce((padded * weights).sum()) { $0 + ($1 * $1).sum() }
            loss.backward()
            #expect(close(layer.parameters().flatMap { $0.grad!.array() as [Double] }, golden, "grads"))
        }
    }
}
