import Foundation
import TensorCore
import Testing

/// What must not grow with the length of a run.
@Suite(.serialized) struct LongRunTests {
    /// The graph is a chain of a million nodes: neither walking it nor letting it go may recurse.
    @Test func aMillionNodesRunBackwardAndAreLetGo() {
        let x = torch.tensor([1.0, 2.0], dtype: .float64, requiresGrad: true)
        do {
            var y = x
            for i in 0..<1_000_000 { y = i % 2 == 0 ? y + 1 : y - 1 }
            y.sum().backward()
            #expect(x.grad!.equal(torch.ones(2, dtype: .float64)))
        }
        // Let go without having run backward.
        var y = x
        for _ in 0..<1_000_000 { y = y * 1 }
        y = x
        #expect(y.gradFn == nil)
    }

    /// Memory after 10 000 training steps is that after 100.
    @Test func memoryStaysWhereItWas() {
        torch.manualSeed(0)
        let inputs = torch.randn(32, 8), targets = torch.randn(32, 1)
        let weights = [torch.randn(8, 16), torch.zeros(16), torch.randn(16, 1), torch.zeros(1)].map { $0.requiresGrad_() }
        func step() {
            let hidden = (inputs.matmul(weights[0]) + weights[1]).tanh()
            let loss = (hidden.matmul(weights[2]) + weights[3] - targets).square().mean()
            loss.backward()
            torch.noGrad {
                for weight in weights {
                    weight.sub_(weight.grad! * 0.01)
                    weight.grad = nil
                }
            }
        }
        for _ in 0..<100 { step() }
        let early = Self.residentBytes()
        for _ in 0..<9_900 { step() }
        let late = Self.residentBytes()
        // The test process itself may touch a page or two.
        #expect(late - early < 1 << 20, "\(early) bytes grew to \(late)")
    }

    private static func residentBytes() -> Int {
        let fields = (try? String(contentsOfFile: "/proc/self/statm", encoding: .utf8))?.split(separator: " ") ?? []
        return fields.count > 1 ? (Int(fields[1]) ?? 0) * Int(getpagesize()) : 0
    }
}
