import TensorCore

/// One number for all spatial dimensions, or one for each: `3` or `[3, 5]`.
public protocol SpatialSizes {
    /// The number for each of so many dimensions.
    func sizes(_ rank: Int) -> [Int]
    /// How many numbers were given as a list; nil for one number alone.
    var givenCount: Int? { get }
}
extension Int: SpatialSizes {
    public func sizes(_ rank: Int) -> [Int] { [Int](repeating: self, count: rank) }
    public var givenCount: Int? { nil }
}
extension Array: SpatialSizes where Element == Int {
    public var givenCount: Int? { count }
    public func sizes(_ rank: Int) -> [Int] {
        if count != rank && count != 1 {
            fail("expected \(rank) numbers, one for each spatial dimension, but got \(self)")
        }
        return count == rank ? self : [Int](repeating: self[0], count: rank)
    }
}

/// How many zeros a convolution puts around its input: sizes, or `"same"` or `"valid"`.
public protocol ConvolutionPadding {
    /// The zeros before and after each dimension.
    func amounts(kernel: [Int], stride: [Int], dilation: [Int]) -> (before: [Int], after: [Int])
    /// The sizes that were given; nil for a word.
    var amounts: (any SpatialSizes)? { get }
}
extension Int: ConvolutionPadding {
    public var amounts: (any SpatialSizes)? { self }
    public func amounts(kernel: [Int], stride: [Int], dilation: [Int]) -> (before: [Int], after: [Int]) {
        let all = sizes(kernel.count)
        return (all, all)
    }
}
extension Array: ConvolutionPadding where Element == Int {
    public var amounts: (any SpatialSizes)? { self }
    public func amounts(kernel: [Int], stride: [Int], dilation: [Int]) -> (before: [Int], after: [Int]) {
        let all = sizes(kernel.count)
        return (all, all)
    }
}
extension String: ConvolutionPadding {
    public var amounts: (any SpatialSizes)? { nil }
    public func amounts(kernel: [Int], stride: [Int], dilation: [Int]) -> (before: [Int], after: [Int]) {
        switch self {
        case "valid": return 0.amounts(kernel: kernel, stride: stride, dilation: dilation)
        case "same":
            if stride.contains(where: { $0 != 1 }) { fail("padding='same' is not supported for strided convolutions") }
            let total = zip(kernel, dilation).map { ($0 - 1) * $1 }
            return (total.map { $0 / 2 }, total.map { $0 - $0 / 2 })
        default:
            fail("Invalid padding string: '\(self)'")
        }
    }
}
