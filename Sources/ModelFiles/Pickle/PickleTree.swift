import TensorCore

/// Turns what a pickle built into values.
struct PickleTree {
    private let nodes: [PickleNode]
    /// The storages of the file, by their key, as rows of elements.
    private let storages: (PickledStorage) throws -> Tensor
    /// Finished parts, so that a part that the pickle uses twice is one value, and its size with
    /// all that it contains.
    private var finished: [Int: (value: StateValue, size: Int)] = [:]
    private var open: Set<Int> = []

    /// Values nested deeper than this are refused: nobody writes them, and walking them would need
    /// more stack than a thread has.
    private static let deepest = 400
    /// A part used again and again, nested, stands for more values than a program could ever walk.
    private static let largest = 1 << 26

    init(_ machine: PickleMachine, storages: @escaping (PickledStorage) throws -> Tensor) {
        nodes = machine.nodes
        self.storages = storages
    }

    mutating func value(_ item: PickleItem) throws -> StateValue { try sized(item, 0).value }

    private mutating func sized(_ item: PickleItem, _ depth: Int) throws -> (value: StateValue, size: Int) {
        switch item {
        case .null: return (.null, 1)
        case .bool(let value): return (.bool(value), 1)
        case .int(let value): return (.int(value), 1)
        case .double(let value): return (.double(value), 1)
        case .string(let value): return (.string(value), 1)
        case .global(.dtype(let value)): return (.dtype(value), 1)
        case .global(let global): throw ModelFileError.refused("the file holds \(global) itself as a value")
        case .storage(let storage): return (.tensor(try storages(storage)), 1)
        case .node(let number):
            if let done = finished[number] { return done }
            guard depth < PickleTree.deepest else {
                throw ModelFileError.unsupported("the values are nested more than \(PickleTree.deepest) deep")
            }
            guard open.insert(number).inserted else { throw ModelFileError.unsupported("a list or dictionary contains itself") }
            let result = try sized(nodes[number], depth + 1)
            guard result.size < PickleTree.largest else { throw ModelFileError.unsupported("the values are too many to walk through") }
            open.remove(number)
            finished[number] = result
            return result
        }
    }

    private mutating func sized(_ node: PickleNode, _ depth: Int) throws -> (value: StateValue, size: Int) {
        if let tensor = node.tensor { return (.tensor(try made(tensor)), 1) }
        var size = 1
        var values: [StateValue] = []
        values.reserveCapacity(node.items.count)
        for item in node.items {
            let part = try sized(item, depth)
            size = min(size + part.size, PickleTree.largest)
            values.append(part.value)
        }
        switch node.kind {
        case .list: return (.list(values), size)
        case .tuple: return (.tuple(values), size)
        default:
            var entries = StateDictionary(isOrderedDict: node.kind == .orderedDict)
            for i in stride(from: 0, to: values.count, by: 2) { entries[try key(values[i])] = values[i + 1] }
            return (.dictionary(entries), size)
        }
    }

    private func key(_ value: StateValue) throws -> StateDictionary.Key {
        switch value {
        case .string(let key): .string(key)
        case .int(let key): .int(key)
        case .bool(let key): .bool(key)
        case .double(let key): .double(key)
        case .null: .null
        default: throw ModelFileError.unsupported("a dictionary has a key of type \(value.kind)")
        }
    }

    private func made(_ tensor: PickledTensor) throws -> Tensor {
        let values = try storages(tensor.storage)
            .arranged(tensor.shape, tensor.strides, offset: tensor.offset, as: tensor.dtype)
        if tensor.requiresGrad { values.requiresGrad_() }
        if tensor.isParameter { values.isParameter = true }
        return values
    }
}
