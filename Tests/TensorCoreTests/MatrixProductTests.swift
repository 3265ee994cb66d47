import Testing

import TensorCore

/// Products of float32 matrices beside the same in float64: sizes about the edges of tiles, panels and
/// blocks, operands as they lie in memory, transposed, and cut out of larger ones.
@Suite struct MatrixProductTests {
    /// A matrix of so many rows and columns in one of four layouts.
    private func matrix(_ rows: Int, _ columns: Int, layout: Int) -> Tensor {
        switch layout {
        case 0: torch.randn(rows, columns)
        case 1: torch.randn(columns, rows).t()
        case 2: torch.randn(rows, columns + 3)[.all, 2..<(columns + 2)]
        default: torch.randn(columns + 5, rows + 1)[3..<(columns + 3), 1...].t()
        }
    }

    /// The largest difference, in units of what rounding a sum of k products may cost.
    private func error(_ product: Tensor, _ a: Tensor, _ b: Tensor) -> Double {
        let exact = a.to(.float64).matmul(b.to(.float64))
        let scale = a.to(.float64).abs().matmul(b.to(.float64).abs()).clamp(min: 1e-30)
        return ((product.to(.float64) - exact).abs() / scale).max().item() / 6e-8
    }

    @Test func sizesAboutTheEdges() {
        torch.manualSeed(0)
        let sizes = [1, 2, 13, 14, 15, 17, 28, 29, 33, 56, 57, 70]
        for (i, m) in sizes.enumerated() {
            for (j, n) in sizes.enumerated() {
                let k = sizes[(i + 5 * j) % sizes.count], layout = i + j
                let (a, b) = (matrix(m, k, layout: layout % 4), matrix(k, n, layout: layout / 4 % 4))
                let size = error(a.matmul(b), a, b)
                #expect(size < 4 + Double(k), "\(m) × \(k) × \(n), layout \(layout): \(size)")
            }
        }
    }

    @Test func sumsAndRowsLongerThanABlock() {
        torch.manualSeed(1)
        for (m, k, n) in [(70, 385, 330), (15, 769, 641), (3, 1000, 321), (400, 384, 16), (64, 1153, 33)] {
            for layout in 0..<16 {
                let (a, b) = (matrix(m, k, layout: layout % 4), matrix(k, n, layout: layout / 4))
                let size = error(a.matmul(b), a, b)
                #expect(size < 30, "\(m) × \(k) × \(n), layout \(layout): \(size)")
            }
        }
    }

    @Test func productsAreAddedToWhatIsThere() {
        torch.manualSeed(2)
        for k in [7, 400, 800] {
            let (c, a, b) = (torch.randn(45, 50), torch.randn(45, k), torch.randn(k, 50))
            let exact = c.to(.float64) + a.to(.float64).matmul(b.to(.float64))
            #expect(torch.allclose(torch.addmm(c, a, b).to(.float64), exact, rtol: 1e-4, atol: 1e-4))
            #expect(torch.allclose(torch.addmm(c, a, b, beta: 0, alpha: 0.5).to(.float64), 0.5 * (exact - c), rtol: 1e-4, atol: 1e-4))
        }
    }

    /// Neither the number of threads nor what else is computed changes an element.
    @Test func resultsDoNotDependOnTheThreads() {
        torch.manualSeed(3)
        let (a, b) = (torch.randn(200, 500), torch.randn(500, 300))
        let before = torch.getNumThreads()
        defer { torch.setNumThreads(before) }
        torch.setNumThreads(1)
        let one = a.matmul(b)
        torch.setNumThreads(3)
        #expect(torch.equal(one, a.matmul(b)))
    }

    @Test func notANumberAndInfinitySpread() {
        let a = torch.ones(20, 40), b = torch.ones(40, 50)
        a[3, 5] = Double.nan
        b[7, 9] = Double.infinity
        let product = a.matmul(b)
        #expect(product.isnan().sum().item() == 50)
        #expect(product.isinf().sum().item() == 19)
    }
}
