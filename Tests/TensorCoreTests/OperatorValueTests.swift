import Testing

import TensorCore

/// Values of operators without gradients, and of cases that are easy to get wrong, as PyTorch gives them.
@Suite struct OperatorValueTests {
    let x = torch.tensor([[3.0, 1, 2, 1], [5, -1, 0, 2], [0.5, 2, 2, -3]])
    let missing = torch.tensor([[3.0, Double.nan, 2, 1], [5, -1, 0, 2]])
    let numbers = torch.tensor([[3, 1, 1, 2, 2], [0, 0, 4, 1, 1]])

    @Test func order() {
        #expect(x.sort(1).indices.equal(torch.tensor([[1, 3, 2, 0], [1, 2, 3, 0], [3, 0, 1, 2]])))
        #expect(missing.median(dim: 1).indices.equal(torch.tensor([1, 2])))
        #expect(missing.nanmedian(dim: 1).values.equal(torch.tensor([2.0, 0.0])))
        let (values, indices) = numbers.mode(1)
        #expect(values.equal(torch.tensor([1, 0])) && indices.equal(torch.tensor([2, 1])))
    }

    @Test func distinct() {
        let found = numbers.unique(returnInverse: true, returnCounts: true)
        #expect(found.output.equal(torch.tensor([0, 1, 2, 3, 4])))
        #expect(found.counts.equal(torch.tensor([2, 4, 2, 1, 1])))
        #expect(found.inverseIndices.equal(torch.tensor([[3, 1, 1, 2, 2], [0, 0, 4, 1, 1]])))
        #expect(torch.tensor([[2, 1], [1, 3], [2, 1]]).unique(dim: 0).equal(torch.tensor([[1, 3], [2, 1]])))
        #expect(numbers.flatten().uniqueConsecutive().equal(torch.tensor([3, 1, 2, 0, 4, 1])))
        #expect(torch.zeros(0, 3).unique().shape == [0])
    }

    @Test func countsAndSearch() {
        #expect(numbers.flatten().bincount(minlength: 6).equal(torch.tensor([2, 4, 2, 1, 1, 0])))
        #expect(x.histc(bins: 4, min: 0, max: 2).equal(torch.tensor([1.0, 1, 2, 4])))
        let edges = torch.tensor([0.0, 1, 2])
        #expect(torch.bucketize(torch.tensor([1.0, 2.5, -1]), edges).equal(torch.tensor([1, 3, 0])))
        #expect(torch.bucketize(torch.tensor([1.0, 2.5, -1]), edges, right: true).equal(torch.tensor([2, 3, 0])))
        #expect(torch.isin(numbers[1], torch.tensor([1, 4])).equal(torch.tensor([false, false, true, true, true])))
    }

    /// A transposed operand is copied before the kernel runs, and the copy must outlive it.
    @Test func scansOfTransposed() {
        let t = torch.tensor([[3.0, 1, 2], [5, -1, 0]]).t()
        for _ in 0..<100 {
            #expect(t.cumsum(0).equal(torch.tensor([[3.0, 5], [4, 4], [6, 4]])))
            #expect(t.max(dim: 0).values.equal(torch.tensor([3.0, 5])))
        }
        #expect(missing.cummax(1).indices.equal(torch.tensor([[0, 1, 1, 1], [0, 0, 0, 0]])))
    }

    @Test func integers() {
        #expect(torch.tensor([12, -18, 7]).gcd(torch.tensor([8, 12, 3])).equal(torch.tensor([4, 6, 1])))
        #expect((torch.tensor([1, 2]) << 3).equal(torch.tensor([8, 16])))
        #expect(torch.tensor([1, 2]).lgamma().dtype == .float32)
        #expect(torch.tensor([true, true]).cumsum(0).equal(torch.tensor([1, 2])))
    }

    /// To twelve digits, in float64.
    @Test func specialValues() {
        func holds(_ value: Tensor, _ expected: Double) -> Bool {
            let difference = (value.item() as Double) - expected
            return Swift.abs(difference) <= 1e-12 * Swift.max(Swift.abs(expected), 1e-3)
        }
        let two = torch.tensor(2.0, dtype: .float64)
        #expect(holds(two.i0(), 2.279585302336067))
        #expect(holds(torch.special.ndtri(two / 20), -1.2815515655446004))
        #expect(holds(torch.special.zeta(2.0, two), 0.6449340668482264))
        #expect(holds(two.polygamma(1), 0.6449340668482264))
        #expect(holds(torch.special.modifiedBesselK0(two), 0.11389387274953341))
        #expect(holds(torch.special.erfcx(two), 0.2553956763105058))
        #expect(holds(torch.special.airyAi(two), 0.03492413042327438))
    }
}
