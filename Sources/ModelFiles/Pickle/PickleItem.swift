import TensorCore

/// What lies on the stack of the pickle machine.
enum PickleItem {
    case null
    case bool(Bool)
    case int(Int)
    case double(Double)
    case string(String)
    case global(PickleGlobal)
    case storage(PickledStorage)
    /// A list, dictionary, tuple or tensor, by its number. They refer to each other by number only:
    /// a pickle can nest them without end or in circles, which costs no stack and leaks nothing.
    case node(Int)
}

/// A storage that a pickle refers to; its bytes are elsewhere in the file.
struct PickledStorage {
    let key: String
    /// The type of its elements; nil for plain bytes.
    let dtype: DType?
    let count: Int

    /// The storage's size in bytes; nil where no memory is that large.
    var byteCount: Int? {
        let (size, overflow) = count.multipliedReportingOverflow(by: dtype?.size ?? 1)
        return overflow ? nil : size
    }
}

/// A tensor that a pickle describes.
struct PickledTensor {
    var storage: PickledStorage
    var dtype: DType
    var offset: Int
    var shape: [Int]
    var strides: [Int]
    var requiresGrad: Bool
    var isParameter = false
}

final class PickleNode {
    enum Kind: Equatable { case list, tuple, dictionary, orderedDict, tensor }

    let kind: Kind
    /// The elements; of a dictionary its keys and values in turns.
    var items: [PickleItem]
    var tensor: PickledTensor?

    init(_ kind: Kind, _ items: [PickleItem] = [], tensor: PickledTensor? = nil) {
        self.kind = kind
        self.items = items
        self.tensor = tensor
    }

    var isDictionary: Bool { kind == .dictionary || kind == .orderedDict }
}
