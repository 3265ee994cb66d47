/// Other arrangements of sparse tensors. Unlike those of dense tensors they are tensors of their
/// own: the values are shared, the places are not.
extension Tensor {
    /// The dimensions in another order; recorded as `node`. Sparse dimensions stay among themselves.
    func sparsePermuted(_ axes: [Int], _ node: @autoclosure () -> Node) -> Tensor {
        guard let parts = coordinates else {
            fail("the transpose of a CSR matrix has the CSC layout, which is not supported: use toSparse().t()", .notImplemented)
        }
        let sparse = sparseDim()
        let own = axes.prefix(sparse)
        check(
            own.allSatisfy { $0 < sparse },
            "transpose(): cannot transpose sparse and dense dimensions of a sparse tensor: \(axes)")
        let dense = axes.dropFirst(sparse).map { $0 - sparse + 1 }
        let isUnchanged = Array(own) == Array(0..<sparse)
        let result = GradMode.with(false) {
            Tensor(
                sparse: CoordinateContents(
                    indices: parts.indices.indexSelect(0, Tensor(Array(own), shape: [sparse])),
                    values: parts.values.permute([0] + dense), isCoalesced: isUnchanged && parts.isCoalesced),
                dims: Dims(axes.map { dims[$0] }))
        }
        if self.node != nil, GradMode.isEnabled { node().produces(result) }
        return result
    }
}
