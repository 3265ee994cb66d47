/// Python takes lists apart where they are assigned: `let (batch, time, channels) = x.shape`,
/// `let (q, k, v) = qkv.chunk(3, dim: -1)`. Swift takes only tuples apart, so what gives a list has a form for two, three and
/// four parts beside it, which is taken where such a pattern asks for it. Another number of parts stops with Python's message.
package func unpacked<Part>(_ parts: [Part], _ count: Int) -> [Part] {
    if parts.count < count { fail("not enough values to unpack (expected \(count), got \(parts.count))", .valueError) }
    if parts.count > count { fail("too many values to unpack (expected \(count), got \(parts.count))", .valueError) }
    return parts
}

func parts2<Part>(_ list: [Part]) -> (Part, Part) {
    let p = unpacked(list, 2)
    return (p[0], p[1])
}

private func parts3<Part>(_ list: [Part]) -> (Part, Part, Part) {
    let p = unpacked(list, 3)
    return (p[0], p[1], p[2])
}

private func parts4<Part>(_ list: [Part]) -> (Part, Part, Part, Part) {
    let p = unpacked(list, 4)
    return (p[0], p[1], p[2], p[3])
}

/// What has a shape of so many sizes. (Properties of one name and several types can only come from protocols.)
public protocol ShapeOfTwo { var shape: [Int] { get } }
public protocol ShapeOfThree { var shape: [Int] { get } }
public protocol ShapeOfFour { var shape: [Int] { get } }
extension Tensor: ShapeOfTwo, ShapeOfThree, ShapeOfFour {}

extension ShapeOfTwo {
    @_disfavoredOverload public var shape: (Int, Int) { parts2(self.shape as [Int]) }
}

extension ShapeOfThree {
    @_disfavoredOverload public var shape: (Int, Int, Int) { parts3(self.shape as [Int]) }
}

extension ShapeOfFour {
    @_disfavoredOverload public var shape: (Int, Int, Int, Int) { parts4(self.shape as [Int]) }
}

extension Tensor {
    @_disfavoredOverload public func chunk(_ chunks: Int, dim: Int = 0) -> (Tensor, Tensor) { parts2(chunk(chunks, dim: dim) as [Tensor]) }
    @_disfavoredOverload public func split(_ splitSize: Int, dim: Int = 0) -> (Tensor, Tensor) { parts2(split(splitSize, dim: dim) as [Tensor]) }
    @_disfavoredOverload public func split(_ splitSizes: [Int], dim: Int = 0) -> (Tensor, Tensor) { parts2(split(splitSizes, dim: dim) as [Tensor]) }
    @_disfavoredOverload public func unbind(_ dim: Int = 0) -> (Tensor, Tensor) { parts2(unbind(dim) as [Tensor]) }
    @_disfavoredOverload public func size() -> (Int, Int) { parts2(size() as [Int]) }
    @_disfavoredOverload public func chunk(_ chunks: Int, dim: Int = 0) -> (Tensor, Tensor, Tensor) { parts3(chunk(chunks, dim: dim) as [Tensor]) }
    @_disfavoredOverload public func split(_ splitSize: Int, dim: Int = 0) -> (Tensor, Tensor, Tensor) { parts3(split(splitSize, dim: dim) as [Tensor]) }
    @_disfavoredOverload public func split(_ splitSizes: [Int], dim: Int = 0) -> (Tensor, Tensor, Tensor) { parts3(split(splitSizes, dim: dim) as [Tensor]) }
    @_disfavoredOverload public func unbind(_ dim: Int = 0) -> (Tensor, Tensor, Tensor) { parts3(unbind(dim) as [Tensor]) }
    @_disfavoredOverload public func size() -> (Int, Int, Int) { parts3(size() as [Int]) }
    @_disfavoredOverload public func chunk(_ chunks: Int, dim: Int = 0) -> (Tensor, Tensor, Tensor, Tensor) { parts4(chunk(chunks, dim: dim) as [Tensor]) }
    @_disfavoredOverload public func split(_ splitSize: Int, dim: Int = 0) -> (Tensor, Tensor, Tensor, Tensor) { parts4(split(splitSize, dim: dim) as [Tensor]) }
    @_disfavoredOverload public func split(_ splitSizes: [Int], dim: Int = 0) -> (Tensor, Tensor, Tensor, Tensor) { parts4(split(splitSizes, dim: dim) as [Tensor]) }
    @_disfavoredOverload public func unbind(_ dim: Int = 0) -> (Tensor, Tensor, Tensor, Tensor) { parts4(unbind(dim) as [Tensor]) }
    @_disfavoredOverload public func size() -> (Int, Int, Int, Int) { parts4(size() as [Int]) }
}

extension torch {
    @_disfavoredOverload public static func chunk(_ x: Tensor, _ chunks: Int, dim: Int = 0) -> (Tensor, Tensor) { parts2(x.chunk(chunks, dim: dim) as [Tensor]) }
    @_disfavoredOverload public static func split(_ x: Tensor, _ splitSize: Int, dim: Int = 0) -> (Tensor, Tensor) { parts2(x.split(splitSize, dim: dim) as [Tensor]) }
    @_disfavoredOverload public static func split(_ x: Tensor, _ splitSizes: [Int], dim: Int = 0) -> (Tensor, Tensor) { parts2(x.split(splitSizes, dim: dim) as [Tensor]) }
    @_disfavoredOverload public static func unbind(_ x: Tensor, _ dim: Int = 0) -> (Tensor, Tensor) { parts2(x.unbind(dim) as [Tensor]) }
    @_disfavoredOverload public static func `where`(_ condition: Tensor) -> (Tensor, Tensor) { parts2(torch.where(condition) as [Tensor]) }
    @_disfavoredOverload
    public static func meshgrid(_ tensors: Tensor..., indexing: String = "ij") -> (Tensor, Tensor) {
        parts2(meshgrid(tensors, indexing: indexing) as [Tensor])
    }
    @_disfavoredOverload
    public static func broadcastTensors(_ tensors: Tensor...) -> (Tensor, Tensor) { parts2(broadcastTensors(tensors) as [Tensor]) }
    @_disfavoredOverload public static func chunk(_ x: Tensor, _ chunks: Int, dim: Int = 0) -> (Tensor, Tensor, Tensor) { parts3(x.chunk(chunks, dim: dim) as [Tensor]) }
    @_disfavoredOverload public static func split(_ x: Tensor, _ splitSize: Int, dim: Int = 0) -> (Tensor, Tensor, Tensor) { parts3(x.split(splitSize, dim: dim) as [Tensor]) }
    @_disfavoredOverload public static func split(_ x: Tensor, _ splitSizes: [Int], dim: Int = 0) -> (Tensor, Tensor, Tensor) { parts3(x.split(splitSizes, dim: dim) as [Tensor]) }
    @_disfavoredOverload public static func unbind(_ x: Tensor, _ dim: Int = 0) -> (Tensor, Tensor, Tensor) { parts3(x.unbind(dim) as [Tensor]) }
    @_disfavoredOverload public static func `where`(_ condition: Tensor) -> (Tensor, Tensor, Tensor) { parts3(torch.where(condition) as [Tensor]) }
    @_disfavoredOverload
    public static func meshgrid(_ tensors: Tensor..., indexing: String = "ij") -> (Tensor, Tensor, Tensor) {
        parts3(meshgrid(tensors, indexing: indexing) as [Tensor])
    }
    @_disfavoredOverload
    public static func broadcastTensors(_ tensors: Tensor...) -> (Tensor, Tensor, Tensor) { parts3(broadcastTensors(tensors) as [Tensor]) }
    @_disfavoredOverload public static func chunk(_ x: Tensor, _ chunks: Int, dim: Int = 0) -> (Tensor, Tensor, Tensor, Tensor) { parts4(x.chunk(chunks, dim: dim) as [Tensor]) }
    @_disfavoredOverload public static func split(_ x: Tensor, _ splitSize: Int, dim: Int = 0) -> (Tensor, Tensor, Tensor, Tensor) { parts4(x.split(splitSize, dim: dim) as [Tensor]) }
    @_disfavoredOverload public static func split(_ x: Tensor, _ splitSizes: [Int], dim: Int = 0) -> (Tensor, Tensor, Tensor, Tensor) { parts4(x.split(splitSizes, dim: dim) as [Tensor]) }
    @_disfavoredOverload public static func unbind(_ x: Tensor, _ dim: Int = 0) -> (Tensor, Tensor, Tensor, Tensor) { parts4(x.unbind(dim) as [Tensor]) }
    @_disfavoredOverload public static func `where`(_ condition: Tensor) -> (Tensor, Tensor, Tensor, Tensor) { parts4(torch.where(condition) as [Tensor]) }
    @_disfavoredOverload
    public static func meshgrid(_ tensors: Tensor..., indexing: String = "ij") -> (Tensor, Tensor, Tensor, Tensor) {
        parts4(meshgrid(tensors, indexing: indexing) as [Tensor])
    }
    @_disfavoredOverload
    public static func broadcastTensors(_ tensors: Tensor...) -> (Tensor, Tensor, Tensor, Tensor) { parts4(broadcastTensors(tensors) as [Tensor]) }
}
