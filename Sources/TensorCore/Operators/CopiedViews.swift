/// The forms of view operators that copy: a result with memory of its own.
extension torch {
    public static func asStridedCopy(_ x: Tensor, _ size: [Int], _ stride: [Int], storageOffset: Int? = nil) -> Tensor {
        x.asStrided(size, stride, storageOffset: storageOffset).clone()
    }
    public static func diagonalCopy(_ x: Tensor, offset: Int = 0, dim1: Int = 0, dim2: Int = 1) -> Tensor {
        x.diagonal(offset: offset, dim1: dim1, dim2: dim2).clone()
    }
    public static func expandCopy(_ x: Tensor, _ size: [Int]) -> Tensor { x.expand(size).clone() }
    public static func narrowCopy(_ x: Tensor, _ dim: Int, _ start: Int, _ length: Int) -> Tensor {
        check(x.ndim > 0, "narrow() cannot be applied to a 0-dim tensor.")
        check(
            dim < x.ndim,
            "Expected dim < static_cast<int64_t>(self_sizes.size()) to be true, but got false.  (Could this error message be "
                + "improved?  If so, please report an enhancement request to PyTorch.)")
        let size = x.size(dim)
        check(
            length >= 0 || start < -size || start > size,
            "start (\(start < 0 ? start + size : start)) + length (\(length)) exceeds dimension size (\(size)).")
        return x.narrow(dim, start, length).clone()
    }
    public static func permuteCopy(_ x: Tensor, _ dims: [Int]) -> Tensor { x.permute(dims).clone() }
    public static func selectCopy(_ x: Tensor, _ dim: Int, _ index: Int) -> Tensor { x.select(dim, index).clone() }
    public static func splitWithSizesCopy(_ x: Tensor, _ sizes: [Int], dim: Int = 0) -> [Tensor] {
        x.split(sizes, dim: dim).map { $0.clone() }
    }
    public static func squeezeCopy(_ x: Tensor) -> Tensor { x.squeeze().clone() }
    public static func squeezeCopy(_ x: Tensor, _ dim: Int) -> Tensor { x.squeeze(dim).clone() }
    public static func tCopy(_ x: Tensor) -> Tensor { x.t().clone() }
    public static func transposeCopy(_ x: Tensor, _ dim0: Int, _ dim1: Int) -> Tensor { x.transpose(dim0, dim1).clone() }
    public static func unbindCopy(_ x: Tensor, _ dim: Int = 0) -> [Tensor] { x.unbind(dim).map { $0.clone() } }
    public static func unfoldCopy(_ x: Tensor, _ dimension: Int, _ size: Int, _ step: Int) -> Tensor {
        x.unfold(dimension, size, step).clone()
    }
    public static func unsqueezeCopy(_ x: Tensor, _ dim: Int) -> Tensor { x.unsqueeze(dim).clone() }
    public static func viewCopy(_ x: Tensor, _ size: [Int]) -> Tensor { x.reshape(size).clone() }
}
