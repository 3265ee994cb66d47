import Flambeau
import OperatorRegistry

/// The freedom that equal elements leave: which of them is chosen, PyTorch does not define. A position
/// is as good as the expected one where both hold the same value.
enum Ties {
    /// Where the operators that choose one of equal elements take the dimension.
    private static let dimensions = ["topk": 2, "kthvalue": 2, "mode": 1]

    /// The results with positions of equal elements as they are expected.
    static func aligned(_ results: [Any], _ expected: [Value], _ name: String, _ arguments: Arguments) throws -> [Any] {
        guard let place = dimensions[name], results.count == 2, let own = results[1] as? Tensor,
            let other = expected.last?.tensor, own.shape == other.shape, own.dtype == other.dtype
        else { return results }
        let (input, dim) = (try arguments.input.detach(), try arguments.int(place, "dim", default: -1))
        if input.ndim == 0 { return results }
        func held(_ positions: Tensor) -> Tensor {
            input.gather(dim, positions.ndim < input.ndim ? positions.unsqueeze(dim) : positions).reshape(own.shape)
        }
        let (chosen, wanted) = (held(own), held(other))
        let same = chosen.eq(wanted).logicalOr(chosen.isnan().logicalAnd(wanted.isnan()))
        return [results[0], torch.where(same, other, own)]
    }
}
