/// What joins tensors takes them as a tuple as well: `torch.cat((a, b), dim: 1)` for `torch.cat([a, b], dim: 1)`.
extension torch {
    public static func cat(_ t: (Tensor, Tensor), dim: Int = 0) -> Tensor { cat([t.0, t.1], dim: dim) }
    public static func cat(_ t: (Tensor, Tensor), _ dim: Int) -> Tensor { cat([t.0, t.1], dim: dim) }
    public static func cat(_ t: (Tensor, Tensor, Tensor), dim: Int = 0) -> Tensor { cat([t.0, t.1, t.2], dim: dim) }
    public static func cat(_ t: (Tensor, Tensor, Tensor), _ dim: Int) -> Tensor { cat([t.0, t.1, t.2], dim: dim) }
    public static func cat(_ t: (Tensor, Tensor, Tensor, Tensor), dim: Int = 0) -> Tensor { cat([t.0, t.1, t.2, t.3], dim: dim) }
    public static func cat(_ t: (Tensor, Tensor, Tensor, Tensor), _ dim: Int) -> Tensor { cat([t.0, t.1, t.2, t.3], dim: dim) }
    public static func stack(_ t: (Tensor, Tensor), dim: Int = 0) -> Tensor { stack([t.0, t.1], dim: dim) }
    public static func stack(_ t: (Tensor, Tensor), _ dim: Int) -> Tensor { stack([t.0, t.1], dim: dim) }
    public static func stack(_ t: (Tensor, Tensor, Tensor), dim: Int = 0) -> Tensor { stack([t.0, t.1, t.2], dim: dim) }
    public static func stack(_ t: (Tensor, Tensor, Tensor), _ dim: Int) -> Tensor { stack([t.0, t.1, t.2], dim: dim) }
    public static func stack(_ t: (Tensor, Tensor, Tensor, Tensor), dim: Int = 0) -> Tensor { stack([t.0, t.1, t.2, t.3], dim: dim) }
    public static func stack(_ t: (Tensor, Tensor, Tensor, Tensor), _ dim: Int) -> Tensor { stack([t.0, t.1, t.2, t.3], dim: dim) }
    public static func hstack(_ t: (Tensor, Tensor)) -> Tensor { hstack([t.0, t.1]) }
    public static func hstack(_ t: (Tensor, Tensor, Tensor)) -> Tensor { hstack([t.0, t.1, t.2]) }
    public static func vstack(_ t: (Tensor, Tensor)) -> Tensor { vstack([t.0, t.1]) }
    public static func vstack(_ t: (Tensor, Tensor, Tensor)) -> Tensor { vstack([t.0, t.1, t.2]) }
}
