import Flambeau
import Foundation
import OperatorRegistry
import TestSupport
import Testing

/// The other way round: no gradient formula of the library is left out of the walk.
@Suite struct FormulaTests {
    /// Formulas that no call of the database reaches, and why.
    private static let elsewhere: [String: String] = {
        var reasons: [String: String] = [:]
        for (reason, names) in [
            ("sparse tensors are in no sample; SparseTests differentiates them", [
                "Coalesce", "SparseAddmm", "SparseCompressedTensor", "SparseCooTensorWithDimsAndTensors", "SparseLogSoftmax",
                "SparseMask", "SparseSoftmax", "SparseSparseMatmul", "SparseSum", "ToDense", "ToSparse", "ToSparseCsr", "Values",
            ]),
            ("QuantizedTests differentiates it", [
                "FakeQuantizePerChannelAffineCachemask", "FakeQuantizePerTensorAffineCachemask",
                "FakeQuantizePerTensorAffineCachemaskTensorQparams",
            ]),
            ("it fills with drawn values: the gradient is zero", [
                "Cauchy", "Exponential", "Geometric", "LogNormal", "Normal", "Random", "Uniform",
            ]),
            ("of an empty index only", ["Take"]),
            ("second derivatives only", ["ConvolutionBackward", "MaxPoolWithIndicesBackward"]),
            ("the class's name: its nodes are MaxBackward0 and MinBackward0", ["Extremum"]),
            ("a layer of nn, no operator of the database; RecurrentTests differentiates it", ["Lstm"]),
            ("it says that there is no gradient, as PyTorch's does", ["Geqrf"]),
        ] {
            for name in names { reasons[name + "Backward0"] = reason }
        }
        return reasons
    }()

    @Test func everyFormulaIsReached() throws {
        var reached = Set<String>()
        for sample in Sample.all where sample.gradcheck != nil {
            guard let registered = OperatorRegistry.operators[sample.call.name], registered.isDifferentiable else { continue }
            final class Box: @unchecked Sendable { var names = Set<String>() }
            let box = Box()
            _ = failure {
                guard let results = try? registered.call(sample.call.arguments()) else { return }
                for case let result as Tensor in Results(results).values { Self.collect(result.gradFn, into: &box.names) }
            }
            reached.formUnion(box.names)
        }
        let declared = try Self.declaredFormulas()
        #expect(declared.count > 100)
        #expect(declared.subtracting(reached).subtracting(Self.elsewhere.keys).sorted() == [])
        #expect(Set(Self.elsewhere.keys).intersection(reached).sorted() == [])
    }

    private static func collect(_ node: Node?, into names: inout Set<String>) {
        var left = [node].compactMap { $0 }
        while let node = left.popLast() {
            names.insert(node.name)
            left += node.nextFunctions.compactMap { $0.0 }
        }
    }

    /// The names of gradient nodes that stand in the library's sources.
    private static func declaredFormulas() throws -> Set<String> {
        let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
            .deletingLastPathComponent().appendingPathComponent("Sources")
        var names = Set<String>()
        for module in ["TensorCore", "NeuralNetworks"] {
            let files = FileManager.default.enumerator(
                at: root.appendingPathComponent(module).resolvingSymlinksInPath(), includingPropertiesForKeys: nil)!
            for case let file as URL in files where file.pathExtension == "swift" {
                let text = try String(contentsOf: file, encoding: .utf8)
                for match in text.matches(of: #/"([A-Z]\w*Backward0)"|class (\w+Backward0)\b/#) {
                    names.insert(String(match.1 ?? match.2!))
                }
            }
        }
        return names
    }
}
