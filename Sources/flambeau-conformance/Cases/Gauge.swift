import Flambeau
import OperatorRegistry

/// The freedom that a decomposition leaves its vectors: phases, and bases of spaces that belong to
/// one value. A library's vectors are an expected case's, turned by unitary matrices; these are found
/// by comparing the two, and undone before values and gradients are compared.
struct Gauge {
    /// For each result the matrix that turns its columns into the expected ones.
    private var turns: [Int: Tensor] = [:]
    /// Results whose rows are the vectors' conjugates.
    private var adjoint: Set<Int> = []

    /// Nil for operators whose results are unique, and for results of other shapes than expected.
    init?(_ operatorName: String, _ results: [Any], _ expected: [Value]) {
        let (own, other) = (results.compactMap { ($0 as? Tensor)?.detach() }, expected.compactMap(\.tensor))
        if own.count != results.count || other.count != own.count { return nil }
        if zip(own, other).contains(where: { $0.shape != $1.shape || $0.dtype != $1.dtype }) { return nil }
        switch operatorName {
        case "linalg.eigh", "linalg.eig":
            if own[1].numel == 0 { return nil }
            turns[1] = Gauge.turn(own[1], other[1], values: other[0])
        case "svd", "linalg.svd":
            if own[0].numel == 0 || own[2].numel == 0 { return nil }
            if operatorName == "linalg.svd" { adjoint = [2] }
            alignSingularVectors(own, other)
        default: return nil
        }
    }

    /// The part of `own` adjoint times `other` between vectors of equal values.
    private static func turn(_ own: Tensor, _ other: Tensor, values: Tensor) -> Tensor {
        let scale = values.abs().amax(dim: [-1], keepdim: true).unsqueeze(-1)
        let precision = values.dtype == .float64 || values.dtype == .complex128 ? 1e-9 : 1e-4
        let gaps = (values.unsqueeze(-1) - values.unsqueeze(-2)).abs()
        return torch.where(gaps <= scale * precision, own.mH.matmul(other), torch.zeros([1], dtype: own.dtype))
    }

    /// U and V turn together, but for what belongs to the value 0.
    private mutating func alignSingularVectors(_ own: [Tensor], _ other: [Tensor]) {
        let S = other[1]
        let k = S.size(-1)
        func values(_ count: Int) -> Tensor {
            torch.cat([S, torch.zeros(Array(S.shape.dropLast()) + [count - k], dtype: S.dtype)], dim: -1)
        }
        func columns(_ x: Tensor, _ place: Int) -> Tensor { adjoint.contains(place) ? x.mH : x }
        let (u, v) = (columns(own[0], 0), columns(own[2], 2))
        let left = Gauge.turn(u, other[0], values: values(u.size(-1)))
        let right = Gauge.turn(v, columns(other[2], 2), values: values(v.size(-1)))
        let isZero = S <= S.amax(dim: [-1], keepdim: true) * (S.dtype == .float64 ? 1e-9 : 1e-4)
        let shared = isZero.unsqueeze(-1).logicalOr(isZero.unsqueeze(-2)).logicalNot()
        let corner = right.narrow(-1, 0, k).narrow(-2, 0, k)
        corner.copy_(torch.where(shared, left.narrow(-1, 0, k).narrow(-2, 0, k), corner.clone()))
        (turns[0], turns[2]) = (left, right)
    }

    /// The results as they are expected, if they are right.
    func aligned(_ results: [Any]) -> [Any] {
        results.enumerated().map { i, result in
            guard let turn = turns[i], let x = result as? Tensor else { return result }
            return adjoint.contains(i) ? turn.mH.matmul(x.detach()) : x.detach().matmul(turn)
        }
    }

    /// A gradient of an expected result as one of ours.
    func turned(_ cotangent: Tensor, of place: Int) -> Tensor {
        guard let turn = turns[place] else { return cotangent }
        return adjoint.contains(place) ? turn.matmul(cotangent) : cotangent.matmul(turn.mH)
    }
}
