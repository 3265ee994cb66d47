import TestSupport
import Testing

import TensorCore

/// Kernels that stand in for slower general ones agree with these, and refuse what PyTorch refuses.
@Suite struct FastPathTests {
    @Test func topkIsTheStartOfASort() {
        torch.manualSeed(1)
        let x = torch.randn(5, 300, dtype: .float64)
        x[1, 7] = torch.tensor(Double.nan)
        let ties = torch.randint(0, 4, [5, 300])
        for k in [0, 1, 10, 64, 65, 300] {
            for largest in [true, false] {
                let (values, indices) = x.topk(k, largest: largest)
                let order = x.argsort(descending: largest).narrow(1, 0, k)
                #expect(indices.equal(order))
                #expect(values.nanToNum().equal(x.gather(1, order).nanToNum()))
                #expect(ties.topk(k, largest: largest).indices.equal(ties.argsort(descending: largest).narrow(1, 0, k)))
                #expect(x.t().topk(k, dim: 0, largest: largest).indices.equal(order.t()))
            }
        }
    }

    @Test func runningSumsGoOnFromBlockToBlock() {
        let x = torch.ones(2, 1000)
        #expect(x.cumsum(1)[1].equal(torch.arange(1.0, 1001.0)))
        #expect(x.cumsum(1, dtype: .int64)[0].equal(torch.arange(1, 1001)))
    }

    @Test func dotOfSeveralBlocksAndSteps() {
        torch.manualSeed(1)
        let x = torch.randn(200_001, dtype: .float64)
        let y = torch.randn(200_001, dtype: .float64)
        #expect(torch.dot(x, y).allclose((x * y).sum()))
        let (every, back) = (torch.stack([x, y], dim: 1).select(1, 0), y)
        #expect(torch.dot(every, back).allclose((x * y).sum()))
        #expect(torch.dot(torch.empty(0), torch.empty(0)).item() == 0 as Float)
    }

    @Test func resultsIntoGivenTensors() {
        let (x, y) = (torch.tensor([1.0, 4.0]), torch.tensor([2.0, 3.0]))
        let out = torch.empty(2)
        #expect(torch.add(x, y, alpha: 2, out: out) === out && out.array() == [5, 10] as [Float])
        torch.sqrt(x, out: x)
        #expect(x.array() == [1, 2] as [Float])
        let columns = torch.zeros(2, 2, dtype: .float64)
        torch.mul(x, y, out: columns.select(1, 1))
        #expect(columns.array() == [0, 2, 0, 6] as [Double])
    }

    @Test func resultsThatDoNotFitAreRefused() {
        let (x, leaf) = (torch.ones(3), torch.ones(3, requiresGrad: true))
        #expect(
            failure { torch.add(torch.ones(3), torch.ones(3, requiresGrad: true), out: torch.empty(3)) }
                == "RuntimeError: add(): functions with out=... arguments don't support automatic differentiation, but one of the "
                + "arguments requires grad.")
        #expect(
            failure { torch.exp(torch.ones(3), out: torch.empty(3, dtype: .int64)) }
                == "RuntimeError: result type Float can't be cast to the desired output type Long")
        #expect(failure {
            let z = torch.ones(5)
            torch.exp(z.narrow(0, 0, 4), out: z.narrow(0, 1, 4))
        }?.hasPrefix("RuntimeError: unsupported operation: some elements of the input tensor and the written-to tensor") == true)
        #expect(torch.noGrad { torch.add(x, leaf, out: torch.empty(3)) }.array() == [2, 2, 2] as [Float])
        #expect(failure { torch.setNumThreads(0) } == "RuntimeError: set_num_threads expects a positive integer")
    }
}
