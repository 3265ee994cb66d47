import Flambeau

/// One operator's call through the library's public interface: a tensor, a list of results, or a
/// plain value.
package typealias Call = (Arguments) throws -> Any

/// An operator under its name in PyTorch's operator database (`add`, `nn.functional.conv2d`).
package struct RegisteredOperator {
    package let name: String
    /// The family that lists it.
    package let family: String
    package let call: Call
    /// Why it has no gradient; nil for a differentiable operator.
    package let reasonWithoutGradient: String?

    package var isDifferentiable: Bool { reasonWithoutGradient == nil }
}

/// All operators by family. Their gradients, what they do without data, and their agreement with
/// PyTorch are tested by walking this table.
package enum OperatorRegistry {
    package static let operators: [String: RegisteredOperator] = {
        var operators: [String: RegisteredOperator] = [:]
        for (family, calls) in families {
            for (name, call) in calls where operators[name] == nil {
                operators[name] = RegisteredOperator(
                    name: name, family: family, call: call, reasonWithoutGradient: Calls.withoutGradient[name])
            }
        }
        return operators
    }()

    private static let families: [(String, [String: Call])] = [
        ("pointwise", Calls.pointwise), ("special", Calls.special), ("comparisons", Calls.comparisons),
        ("reductions", Calls.reductions), ("sorting", Calls.sorting), ("shapes", Calls.shapes),
        ("rearranging", Calls.rearranging), ("copied views", Calls.copiedViews), ("creations", Calls.creations), ("indexings", Calls.indexings),
        ("scattering", Calls.scattering), ("products", Calls.products), ("linear algebra", Calls.linearAlgebra),
        ("matrices", Calls.matrices), ("decompositions", Calls.decompositions), ("fourier", Calls.fourier),
        ("signals", Calls.signals), ("statistics", Calls.statistics), ("activations", Calls.activations),
        ("losses", Calls.losses), ("margin losses", Calls.marginLosses), ("layers", Calls.layers),
        ("spatial", Calls.spatial), ("attention", Calls.attention),
    ]

    /// Operators of the database that the library does not have, each with the reason.
    package static let unsupported = ["chalf": "there is no type of complex half-precision numbers"]

    /// The names of the families.
    package static var familyNames: [String] { families.map(\.0) }
}

/// The calls of each family.
enum Calls {}
