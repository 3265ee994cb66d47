import Flambeau
import Foundation
import OperatorRegistry
import TestSupport
import Testing

/// Walks over every operator of the registry, so that none is forgotten.
@Suite(.serialized) struct RegistryTests {
    static func operators(of family: String) -> [RegisteredOperator] {
        OperatorRegistry.operators.values.filter { $0.family == family }.sorted { $0.name < $1.name }
    }

    @Test func everyOperatorOfTheDatabaseIsRegistered() {
        let missing = Set(Sample.byOperator.keys.filter { OperatorRegistry.operators[$0] == nil })
        #expect(missing == Set(OperatorRegistry.unsupported.keys))
    }

    /// First and second derivatives against finite differences, in float64.
    @Test(arguments: OperatorRegistry.familyNames) func gradients(_ family: String) {
        for registered in Self.operators(of: family) {
            let samples = Sample.byOperator[registered.name] ?? []
            guard registered.isDifferentiable else {
                for sample in samples where sample.gradcheck != nil {
                    Issue.record("\(sample.id) has a gradient in PyTorch and none here")
                }
                continue
            }
            if !samples.contains(where: { $0.gradcheck != nil }) {
                Issue.record("\(registered.name) is differentiable, and no sample differentiates it")
            }
            for sample in samples where sample.gradcheck == true {
                if let problem = problem(in: sample, of: registered) { Issue.record("\(sample.id): \(problem)") }
            }
        }
    }

    private func problem(in sample: Sample, of registered: RegisteredOperator) -> String? {
        final class Box: @unchecked Sendable { var text: String? }
        let box = Box()
        let failed = failure {
            do {
                let function = sample.function(registered)
                let leaves = try sample.leaves()
                guard function(leaves).contains(where: \.requiresGrad) else {
                    box.text = "no result has a gradient"
                    return
                }
                try torch.autograd.gradcheck(function, leaves, atol: 1e-4)
                guard sample.gradgradcheck == true else { return }
                do {
                    try torch.autograd.gradgradcheck(function, leaves, atol: 1e-4)
                } catch {
                    box.text = "second derivative: \(error)"
                }
            } catch {
                box.text = "\(error)"
            }
        }
        return failed ?? box.text
    }

    /// Shapes and dtypes of the results, on the CPU and without data.
    @Test(arguments: OperatorRegistry.familyNames) func shapesAndTypes(_ family: String) {
        for registered in Self.operators(of: family) {
            for sample in Sample.byOperator[registered.name] ?? [] {
                for device in sample.hasMeta ? [Device.cpu, .meta] : [.cpu] {
                    if let problem = problem(in: sample, of: registered, on: device) {
                        Issue.record("\(sample.id) on \(device): \(problem)")
                    }
                }
            }
        }
    }

    private func problem(in sample: Sample, of registered: RegisteredOperator, on device: Device) -> String? {
        final class Box: @unchecked Sendable { var text: String? }
        let box = Box()
        let failed = failure {
            do {
                let arguments = try sample.call.arguments { $0.to(device) }
                arguments.device = device
                let results = Results(try registered.call(arguments)).values
                for (i, (result, expected)) in zip(results, sample.results).enumerated() {
                    guard let expected, let result = result as? Tensor else { continue }
                    if result.shape != expected.shape || result.dtype.name != expected.dtype || result.device != device {
                        box.text = "result \(i) is \(result.shape) \(result.dtype.name) on \(result.device)"
                            + " instead of \(expected.shape) \(expected.dtype)"
                    }
                }
            } catch {
                box.text = "\(error)"
            }
        }
        return failed ?? box.text
    }
}
