/// What has values by name. PyTorch writes `keys()`, `values()` and `items()`; both forms serve. (Methods beside
/// properties of their names can only come from a protocol.)
public protocol KeyedValues {
    associatedtype Key
    associatedtype Value
    var keys: [Key] { get }
    var values: [Value] { get }
}

extension KeyedValues {
    public func keys() -> [Key] { self.keys as [Key] }
    public func values() -> [Value] { self.values as [Value] }
    public func items() -> [(key: Key, value: Value)] { zip(self.keys as [Key], self.values as [Value]).map { ($0, $1) } }
}
