import Flambeau

/// One operator's call through the library's public interface: a tensor, a list of results, or a
/// plain value.
typealias Call = (Arguments) throws -> Any

/// All operators that the runner knows, by their names in PyTorch's operator database.
enum Calls {
    static let table: [String: Call] = {
        var table: [String: Call] = [:]
        for family in [
            pointwise, comparisons, reductions, shapes, creations, indexings, products, activations, losses, layers, sorting,
            rearranging, scattering, special, fourier, linearAlgebra,
            matrices, decompositions,
        ] {
            table.merge(family) { first, _ in first }
        }
        return table
    }()
}
