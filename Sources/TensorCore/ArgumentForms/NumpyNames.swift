/// NumPy's name of `dim`, which PyTorch also takes.
extension Tensor {
    public func sum(axis: Int, keepdim: Bool = false) -> Tensor { sum(dim: axis, keepdim: keepdim) }
    public func mean(axis: Int, keepdim: Bool = false) -> Tensor { mean(dim: axis, keepdim: keepdim) }
    public func argmax(axis: Int, keepdim: Bool = false) -> Tensor { argmax(dim: axis, keepdim: keepdim) }
    public func argmin(axis: Int, keepdim: Bool = false) -> Tensor { argmin(dim: axis, keepdim: keepdim) }
    public func cumsum(axis: Int, dtype: DType? = nil) -> Tensor { cumsum(axis, dtype: dtype) }
    public func cumprod(axis: Int, dtype: DType? = nil) -> Tensor { cumprod(axis, dtype: dtype) }
}

extension torch {
    public static func sum(_ x: Tensor, axis: Int, keepdim: Bool = false) -> Tensor { x.sum(dim: axis, keepdim: keepdim) }
    public static func mean(_ x: Tensor, axis: Int, keepdim: Bool = false) -> Tensor { x.mean(dim: axis, keepdim: keepdim) }
    public static func argmax(_ x: Tensor, axis: Int, keepdim: Bool = false) -> Tensor { x.argmax(dim: axis, keepdim: keepdim) }
    public static func argmin(_ x: Tensor, axis: Int, keepdim: Bool = false) -> Tensor { x.argmin(dim: axis, keepdim: keepdim) }
    public static func cumsum(_ x: Tensor, axis: Int, dtype: DType? = nil) -> Tensor { x.cumsum(axis, dtype: dtype) }
    public static func cumprod(_ x: Tensor, axis: Int, dtype: DType? = nil) -> Tensor { x.cumprod(axis, dtype: dtype) }
}
