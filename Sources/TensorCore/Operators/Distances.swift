/// Distances between all rows of two tables.
extension torch {
    /// Distances in the p-norm between all rows: (*, P, M) and (*, R, M) to (*, P, R).
    ///
    /// - Parameter computeMode: whether Euclidean distances are taken from a matrix product, which is faster and loses
    ///   digits of small distances: `"use_mm_for_euclid_dist_if_necessary"` (for more than 25 rows),
    ///   `"use_mm_for_euclid_dist"` or `"donot_use_mm_for_euclid_dist"`.
    public static func cdist(
        _ x1: Tensor, _ x2: Tensor, p: Double = 2, computeMode: String = "use_mm_for_euclid_dist_if_necessary"
    ) -> Tensor {
        if Autocast.isOn { return Autocast.inFloat32 { to in cdist(to(x1), to(x2), p: p, computeMode: computeMode) } }
        check(
            ["use_mm_for_euclid_dist_if_necessary", "use_mm_for_euclid_dist", "donot_use_mm_for_euclid_dist"]
                .contains(computeMode), "\(computeMode) is not a valid value for compute_mode", .valueError)
        check(x1.ndim >= 2, "cdist only supports at least 2D tensors, X1 got: \(x1.ndim)D")
        check(x2.ndim >= 2, "cdist only supports at least 2D tensors, X2 got: \(x2.ndim)D")
        check(
            x1.size(-1) == x2.size(-1),
            "X1 and X2 must have the same number of columns. X1: \(x1.size(-1)) X2: \(x2.size(-1))")
        for (name, x) in [("X1", x1), ("X2", x2)] {
            check(
                x.dtype.isFloatingPoint,
                "cdist only supports floating-point dtypes, \(name) got: \(x.dtype.scalarName)")
        }
        check(p >= 0, "cdist only supports non-negative p values")
        let isLarge = x1.size(-2) > 25 || x2.size(-2) > 25
        let usesProduct = computeMode == "use_mm_for_euclid_dist" || isLarge && computeMode != "donot_use_mm_for_euclid_dist"
        if p == 2 && usesProduct && x1.numel > 0 && x2.numel > 0 { return euclideanDistances(x1, x2) }
        return (x1.unsqueeze(-2) - x2.unsqueeze(-3)).norm(p, dim: -1)
    }

    /// √(x² − 2 x · y + y²), all of it in one product.
    private static func euclideanDistances(_ x1: Tensor, _ x2: Tensor) -> Tensor {
        let batch = torch.broadcastShapes(Array(x1.shape.dropLast(2)), Array(x2.shape.dropLast(2)))
        let (a, b) = (x1.expand(batch + x1.shape.suffix(2)), x2.expand(batch + x2.shape.suffix(2)))
        let distances = GradMode.with(false) {
            let (aSquare, bSquare) = (a.square().sum(dim: -1, keepdim: true), b.square().sum(dim: -1, keepdim: true))
            let left = torch.cat([-2 * a, aSquare, torch.onesLike(aSquare)], dim: -1)
            let right = torch.cat([b, torch.onesLike(bSquare), bSquare], dim: -1)
            return left.matmul(right.mT).clampMin(0).sqrt()
        }
        return FormulaNode.record("EuclideanDistBackward0", [a, b], saving: [a, b, distances]) {
            distances.alias()
        } gradients: { grad, context in
            let (a, b) = (context.saved[0], context.saved[1])
            let distance = GradMode.isEnabled ? torch.cdist(a, b) : context.saved[2]
            // Rows at the same place pull nowhere.
            let pull = torch.where(distance == 0, torch.zerosLike(grad), grad / distance)
            return [
                context.needs(0) ? a * pull.sum(dim: -1, keepdim: true) - pull.matmul(b) : nil,
                context.needs(1) ? b * pull.sum(dim: -2).unsqueeze(-1) - pull.mT.matmul(a) : nil,
            ]
        }
    }
}
