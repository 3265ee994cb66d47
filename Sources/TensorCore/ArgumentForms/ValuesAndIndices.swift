/// The values of a selection and where they were found, for those who take one of them by its number as in Python:
/// `torch.max(scores, 1)[1]`. Everywhere else the same functions give a tuple: `let (values, indices) = x.topk(3)`.
public struct ValuesAndIndices {
    public let values: Tensor
    public let indices: Tensor

    init(_ parts: (values: Tensor, indices: Tensor)) { (values, indices) = parts }

    /// The values for 0 (or −2), the indices for 1 (or −1).
    public subscript(_ position: Int) -> Tensor {
        check((-2..<2).contains(position), "tuple index out of range", .indexError)
        return position % 2 == 0 ? values : indices
    }
}

extension Tensor {
    @_disfavoredOverload public func cummax(_ dim: Int) -> ValuesAndIndices { ValuesAndIndices(cummax(dim)) }
    @_disfavoredOverload public func cummax(dim: Int) -> ValuesAndIndices { ValuesAndIndices(cummax(dim: dim)) }
    @_disfavoredOverload public func cummin(_ dim: Int) -> ValuesAndIndices { ValuesAndIndices(cummin(dim)) }
    @_disfavoredOverload public func cummin(dim: Int) -> ValuesAndIndices { ValuesAndIndices(cummin(dim: dim)) }
    @_disfavoredOverload public func kthvalue(_ k: Int, dim: Int = -1, keepdim: Bool = false) -> ValuesAndIndices {
        ValuesAndIndices(kthvalue(k, dim: dim, keepdim: keepdim))
    }
    @_disfavoredOverload public func kthvalue(_ k: Int, _ dim: Int, keepdim: Bool = false) -> ValuesAndIndices {
        ValuesAndIndices(kthvalue(k, dim, keepdim: keepdim))
    }
    @_disfavoredOverload public func max(_ dim: Int, keepdim: Bool = false) -> ValuesAndIndices {
        ValuesAndIndices(max(dim, keepdim: keepdim))
    }
    @_disfavoredOverload public func max(dim: Int, keepdim: Bool = false) -> ValuesAndIndices {
        ValuesAndIndices(max(dim: dim, keepdim: keepdim))
    }
    @_disfavoredOverload public func median(_ dim: Int, keepdim: Bool = false) -> ValuesAndIndices {
        ValuesAndIndices(median(dim, keepdim: keepdim))
    }
    @_disfavoredOverload public func median(dim: Int, keepdim: Bool = false) -> ValuesAndIndices {
        ValuesAndIndices(median(dim: dim, keepdim: keepdim))
    }
    @_disfavoredOverload public func min(_ dim: Int, keepdim: Bool = false) -> ValuesAndIndices {
        ValuesAndIndices(min(dim, keepdim: keepdim))
    }
    @_disfavoredOverload public func min(dim: Int, keepdim: Bool = false) -> ValuesAndIndices {
        ValuesAndIndices(min(dim: dim, keepdim: keepdim))
    }
    @_disfavoredOverload public func mode(_ dim: Int = -1, keepdim: Bool = false) -> ValuesAndIndices {
        ValuesAndIndices(mode(dim, keepdim: keepdim))
    }
    @_disfavoredOverload public func mode(dim: Int, keepdim: Bool = false) -> ValuesAndIndices {
        ValuesAndIndices(mode(dim: dim, keepdim: keepdim))
    }
    @_disfavoredOverload public func nanmedian(_ dim: Int, keepdim: Bool = false) -> ValuesAndIndices {
        ValuesAndIndices(nanmedian(dim, keepdim: keepdim))
    }
    @_disfavoredOverload public func nanmedian(dim: Int, keepdim: Bool = false) -> ValuesAndIndices {
        ValuesAndIndices(nanmedian(dim: dim, keepdim: keepdim))
    }
    @_disfavoredOverload public func sort(
        _ dim: Int = -1, descending: Bool = false, stable: Bool = false
    ) -> ValuesAndIndices {
        ValuesAndIndices(sort(dim, descending: descending, stable: stable))
    }
    @_disfavoredOverload public func sort(dim: Int, descending: Bool = false, stable: Bool = false) -> ValuesAndIndices {
        ValuesAndIndices(sort(dim: dim, descending: descending, stable: stable))
    }
    @_disfavoredOverload public func topk(
        _ k: Int, dim: Int = -1, largest: Bool = true, sorted: Bool = true
    ) -> ValuesAndIndices {
        ValuesAndIndices(topk(k, dim: dim, largest: largest, sorted: sorted))
    }
    @_disfavoredOverload public func topk(
        _ k: Int, _ dim: Int, largest: Bool = true, sorted: Bool = true
    ) -> ValuesAndIndices {
        ValuesAndIndices(topk(k, dim, largest: largest, sorted: sorted))
    }
}

extension torch {
    @_disfavoredOverload public static func cummax(_ x: Tensor, dim: Int) -> ValuesAndIndices {
        ValuesAndIndices(cummax(x, dim: dim))
    }
    @_disfavoredOverload public static func cummax(_ x: Tensor, _ dim: Int) -> ValuesAndIndices {
        ValuesAndIndices(cummax(x, dim))
    }
    @_disfavoredOverload public static func cummin(_ x: Tensor, dim: Int) -> ValuesAndIndices {
        ValuesAndIndices(cummin(x, dim: dim))
    }
    @_disfavoredOverload public static func cummin(_ x: Tensor, _ dim: Int) -> ValuesAndIndices {
        ValuesAndIndices(cummin(x, dim))
    }
    @_disfavoredOverload public static func kthvalue(
        _ x: Tensor, _ k: Int, dim: Int = -1, keepdim: Bool = false
    ) -> ValuesAndIndices {
        ValuesAndIndices(kthvalue(x, k, dim: dim, keepdim: keepdim))
    }
    @_disfavoredOverload public static func kthvalue(
        _ x: Tensor, _ k: Int, _ dim: Int, keepdim: Bool = false
    ) -> ValuesAndIndices {
        ValuesAndIndices(kthvalue(x, k, dim, keepdim: keepdim))
    }
    @_disfavoredOverload public static func max(_ x: Tensor, _ dim: Int, keepdim: Bool = false) -> ValuesAndIndices {
        ValuesAndIndices(max(x, dim, keepdim: keepdim))
    }
    @_disfavoredOverload public static func max(_ x: Tensor, dim: Int, keepdim: Bool = false) -> ValuesAndIndices {
        ValuesAndIndices(max(x, dim: dim, keepdim: keepdim))
    }
    @_disfavoredOverload public static func median(_ x: Tensor, dim: Int, keepdim: Bool = false) -> ValuesAndIndices {
        ValuesAndIndices(median(x, dim: dim, keepdim: keepdim))
    }
    @_disfavoredOverload public static func median(_ x: Tensor, _ dim: Int, keepdim: Bool = false) -> ValuesAndIndices {
        ValuesAndIndices(median(x, dim, keepdim: keepdim))
    }
    @_disfavoredOverload public static func min(_ x: Tensor, _ dim: Int, keepdim: Bool = false) -> ValuesAndIndices {
        ValuesAndIndices(min(x, dim, keepdim: keepdim))
    }
    @_disfavoredOverload public static func min(_ x: Tensor, dim: Int, keepdim: Bool = false) -> ValuesAndIndices {
        ValuesAndIndices(min(x, dim: dim, keepdim: keepdim))
    }
    @_disfavoredOverload public static func mode(_ x: Tensor, dim: Int = -1, keepdim: Bool = false) -> ValuesAndIndices {
        ValuesAndIndices(mode(x, dim: dim, keepdim: keepdim))
    }
    @_disfavoredOverload public static func mode(_ x: Tensor, _ dim: Int, keepdim: Bool = false) -> ValuesAndIndices {
        ValuesAndIndices(mode(x, dim, keepdim: keepdim))
    }
    @_disfavoredOverload public static func nanmedian(_ x: Tensor, dim: Int, keepdim: Bool = false) -> ValuesAndIndices {
        ValuesAndIndices(nanmedian(x, dim: dim, keepdim: keepdim))
    }
    @_disfavoredOverload public static func nanmedian(_ x: Tensor, _ dim: Int, keepdim: Bool = false) -> ValuesAndIndices {
        ValuesAndIndices(nanmedian(x, dim, keepdim: keepdim))
    }
    @_disfavoredOverload public static func sort(
        _ x: Tensor, dim: Int = -1, descending: Bool = false, stable: Bool = false
    ) -> ValuesAndIndices {
        ValuesAndIndices(sort(x, dim: dim, descending: descending, stable: stable))
    }
    @_disfavoredOverload public static func sort(
        _ x: Tensor, _ dim: Int, descending: Bool = false, stable: Bool = false
    ) -> ValuesAndIndices {
        ValuesAndIndices(sort(x, dim, descending: descending, stable: stable))
    }
    @_disfavoredOverload public static func topk(
        _ x: Tensor, _ k: Int, dim: Int = -1, largest: Bool = true, sorted: Bool = true
    ) -> ValuesAndIndices {
        ValuesAndIndices(topk(x, k, dim: dim, largest: largest, sorted: sorted))
    }
    @_disfavoredOverload public static func topk(
        _ x: Tensor, _ k: Int, _ dim: Int, largest: Bool = true, sorted: Bool = true
    ) -> ValuesAndIndices {
        ValuesAndIndices(topk(x, k, dim, largest: largest, sorted: sorted))
    }
}
