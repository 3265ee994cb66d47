import Testing

import TensorCore

@Suite struct AutogradGraphTests {
    @Test func namesLeavesAndOperations() {
        let w = torch.ones(3, 2, requiresGrad: true)
        let b = torch.ones(2, requiresGrad: true)
        let graph = (torch.ones(4, 3).matmul(w) + b).relu().sum().graph(params: ["w": w, "b": b])
        let lines = graph.dot.split(separator: "\n").map { $0.trimmingPrefix { $0 == " " } }
        #expect(lines.first == "digraph {" && lines.last == "}")
        for label in ["w\\n(3, 2)", "b\\n(2)", "SumBackward0", "ReluBackward0", "AddBackward0", "MmBackward0"] {
            #expect(lines.contains { $0.contains("[label=\"\(label)\"") }, "\(label)")
        }
        #expect(lines.filter { $0.contains("->") }.count == 6)
        #expect(graph.description.hasPrefix("result () ← SumBackward0\nSumBackward0 ← ReluBackward0"))
    }

    @Test func drawsEveryVertexOnceWithinThePicture() {
        let x = torch.ones(2, requiresGrad: true)
        var y = x
        for i in 0..<20 { y = i % 3 == 0 ? y * x : (y.sin() + y.cos()) }
        let svg = y.sum().graph(params: ["x": x]).svg
        #expect(svg.hasPrefix("<svg ") && svg.hasSuffix("</svg>\n"))
        #expect(svg.split(separator: "\n").filter { $0.contains(">SinBackward0<") }.count == 13)
        #expect(svg.split(separator: "\n").filter { $0.contains(">x<") }.count == 1)
        #expect(!svg.contains("=\"-") && !svg.contains("nan"))
    }

    @Test func aTensorWithoutHistoryIsAlone() {
        let graph = torch.ones(2).graph()
        #expect(graph.dot.contains("result\\n(2)") && !graph.dot.contains("->"))
        #expect(graph.svg.contains(">(2)<"))
    }
}
