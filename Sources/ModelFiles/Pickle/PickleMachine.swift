import TensorCore

/// Reads one pickle: the instructions that PyTorch's `weights_only` reader knows, and no others.
///
/// The instructions only build values; what a class or function of the allow-list builds is in
/// `call`. Every instruction takes at least a byte of the file and makes at most
/// one small value, so memory and time stay in proportion to the file.
struct PickleMachine {
    private(set) var nodes: [PickleNode] = []
    /// The storages that the pickle refers to, by key.
    private(set) var storages: [String: PickledStorage] = [:]
    private var stack: [PickleItem] = []
    /// Where in the stack the open groups start.
    private var marks: [Int] = []
    private var memo: [UInt32: PickleItem] = [:]

    /// The value of the pickle that `reader` stands before; `nodes` then holds its parts.
    mutating func run(_ reader: inout ByteReader) throws -> PickleItem {
        while true {
            let code = try reader.byte()
            guard let instruction = Instruction(rawValue: code) else {
                throw ModelFileError.refused(
                    "the pickle uses instruction \(code), which PyTorch's own files do not: it may be written in a "
                        + "protocol other than 2")
            }
            if instruction == .stop { return try pop() }
            try perform(instruction, &reader)
        }
    }

    private enum Instruction: UInt8 {
        case mark = 0x28, emptyTuple = 0x29, stop = 0x2E, floatBigEndian = 0x47
        case int32 = 0x4A, uint8 = 0x4B, uint16 = 0x4D, null = 0x4E
        case persistent = 0x51, reduce = 0x52, shortByteString = 0x55, unicode = 0x58
        case emptyList = 0x5D, append = 0x61, build = 0x62, global = 0x63, appends = 0x65
        case get = 0x68, longGet = 0x6A, put = 0x71, longPut = 0x72, setItem = 0x73, tuple = 0x74, setItems = 0x75
        case emptyDict = 0x7D, `protocol` = 0x80, newObject = 0x81
        case tuple1 = 0x85, tuple2 = 0x86, tuple3 = 0x87, newTrue = 0x88, newFalse = 0x89, long = 0x8A
        case emptySet = 0x8F
    }

    private mutating func perform(_ instruction: Instruction, _ reader: inout ByteReader) throws {
        switch instruction {
        case .protocol: _ = try reader.byte()
        case .stop: break
        case .mark: marks.append(stack.count)

        case .null: stack.append(.null)
        case .newTrue: stack.append(.bool(true))
        case .newFalse: stack.append(.bool(false))
        case .uint8: stack.append(.int(Int(try reader.byte())))
        case .uint16: stack.append(.int(Int(try reader.integer(UInt16.self))))
        case .int32: stack.append(.int(Int(Int32(bitPattern: try reader.integer(UInt32.self)))))
        case .long: stack.append(.int(try long(reader.bytes(Int(try reader.byte())))))
        case .floatBigEndian: stack.append(.double(Double(bitPattern: try reader.integer(UInt64.self).byteSwapped)))
        case .unicode: stack.append(.string(try reader.text(reader.size(UInt32.self))))
        case .shortByteString: stack.append(.string(try reader.text(Int(try reader.byte()))))

        case .emptyTuple: push(.tuple, [])
        case .emptyList, .emptySet: push(.list, [])
        case .emptyDict: push(.dictionary, [])
        case .tuple1: push(.tuple, try pop(1))
        case .tuple2: push(.tuple, try pop(2))
        case .tuple3: push(.tuple, try pop(3))
        case .tuple: push(.tuple, try popGroup())

        case .append: try list(below: 1).items += pop(1)
        case .appends:
            let values = try popGroup()
            try list(below: 0).items += values
        case .setItem: try dictionary(below: 2).items += pop(2)
        case .setItems:
            let values = try popGroup()
            guard values.count % 2 == 0 else { throw ModelFileError.damaged("a dictionary has a key without a value") }
            try dictionary(below: 0).items += values

        case .put: memo[UInt32(try reader.byte())] = try top()
        case .longPut: memo[try reader.integer(UInt32.self)] = try top()
        case .get: stack.append(try remembered(UInt32(try reader.byte())))
        case .longGet: stack.append(try remembered(try reader.integer(UInt32.self)))

        case .global:
            let module = try decodedText(reader.line()), name = try decodedText(reader.line())
            stack.append(.global(try PickleGlobal(module: module, name: name)))
        case .persistent:
            let storage = try storage(pop())
            storages[storage.key] = storage
            stack.append(.storage(storage))
        case .reduce, .newObject:
            let arguments = try pop(), function = try pop()
            stack.append(try call(function, node(arguments, .tuple).items))
        case .build:
            // An ordered dictionary may have attributes (a state dict's `_metadata`): not needed.
            _ = try pop()
            guard case .node(let number) = try top(), nodes[number].isDictionary else {
                throw ModelFileError.refused("the pickle sets the state of an object that is not a dictionary")
            }
        }
    }

    // MARK: The stack

    private mutating func pop() throws -> PickleItem {
        let item = try top()
        stack.removeLast()
        return item
    }

    /// The `count` uppermost items, the lowest first.
    private mutating func pop(_ count: Int) throws -> [PickleItem] {
        guard stack.count - count >= marks.last ?? 0 else {
            throw ModelFileError.damaged("the pickle takes more values than it has made")
        }
        defer { stack.removeLast(count) }
        return Array(stack.suffix(count))
    }

    private mutating func popGroup() throws -> [PickleItem] {
        guard let start = marks.popLast() else { throw ModelFileError.damaged("the pickle closes a group that it has not opened") }
        defer { stack.removeLast(stack.count - start) }
        return Array(stack[start...])
    }

    private func top() throws -> PickleItem {
        guard let item = stack.last, stack.count > marks.last ?? 0 else {
            throw ModelFileError.damaged("the pickle uses a value before it has made one")
        }
        return item
    }

    private func remembered(_ number: UInt32) throws -> PickleItem {
        guard let item = memo[number] else { throw ModelFileError.damaged("the pickle refers to a value that it has not made") }
        return item
    }

    // MARK: Values

    mutating func push(_ kind: PickleNode.Kind, _ items: [PickleItem]) { stack.append(made(PickleNode(kind, items))) }

    private mutating func made(_ node: PickleNode) -> PickleItem {
        nodes.append(node)
        return .node(nodes.count - 1)
    }

    private func list(below count: Int) throws -> PickleNode {
        guard let node = container(below: count), node.kind == .list else {
            throw ModelFileError.damaged("the pickle appends to what is not a list")
        }
        return node
    }

    private func dictionary(below count: Int) throws -> PickleNode {
        guard let node = container(below: count), node.isDictionary else {
            throw ModelFileError.damaged("the pickle sets a key of what is not a dictionary")
        }
        return node
    }

    private func container(below count: Int) -> PickleNode? {
        let position = stack.count - 1 - count
        guard position >= 0, case .node(let number) = stack[position] else { return nil }
        return nodes[number]
    }

    /// A Python integer: two's complement of any length, lowest byte first.
    private func long(_ bytes: [UInt8]) throws -> Int {
        let filler: UInt8 = bytes.last ?? 0 >= 0x80 ? 0xFF : 0
        guard bytes.dropFirst(8).allSatisfy({ $0 == filler }), bytes.count <= 8 || (bytes[7] >= 0x80) == (filler == 0xFF) else {
            throw ModelFileError.unsupported("the pickle holds an integer of more than 64 bits")
        }
        var value = filler == 0 ? 0 : -1
        for (i, byte) in bytes.prefix(8).enumerated() { value = value & ~(0xFF << (8 * i)) | Int(byte) << (8 * i) }
        return value
    }

    private func node(_ item: PickleItem, _ kind: PickleNode.Kind) throws -> PickleNode {
        guard case .node(let number) = item, nodes[number].kind == kind else {
            throw ModelFileError.damaged("the pickle has another value where a \(kind) must be")
        }
        return nodes[number]
    }
}

// MARK: - What the allow-list's names build

extension PickleMachine {
    private mutating func call(_ function: PickleItem, _ arguments: [PickleItem]) throws -> PickleItem {
        guard case .global(let global) = function else { throw ModelFileError.damaged("the pickle calls what is no function") }
        switch (global, arguments.count) {
        case (.orderedDict, 0): return made(PickleNode(.orderedDict))
        case (.orderedDict, 1):
            // Python 2: a list of pairs.
            let pairs = try node(arguments[0], .list).items
            return made(PickleNode(.orderedDict, try pairs.flatMap { try pair($0) }))
        case (.counter, 0): return made(PickleNode(.dictionary))
        case (.counter, 1): return made(PickleNode(.dictionary, try node(arguments[0], .dictionary).items))
        case (.set, 1): return made(PickleNode(.list, try node(arguments[0], .list).items))
        case (.size, 1): return made(PickleNode(.tuple, try node(arguments[0], .tuple).items))
        case (.device, 1): return .string(try text(arguments[0]))
        case (.device, 2): return .string("\(try text(arguments[0])):\(try integer(arguments[1]))")
        case (.rebuildTensor, 4...7): return made(PickleNode(.tensor, tensor: try tensor(arguments)))
        case (.rebuildParameter, 3...4):
            var parameter = try node(arguments[0], .tensor).tensor!
            parameter.requiresGrad = try flag(arguments[1])
            parameter.isParameter = true
            try parameter.check()
            return made(PickleNode(.tensor, tensor: parameter))
        case (.rebuildFromType, 4):
            // A tensor with attributes of its own: the tensor is read.
            guard case .global(.tensorType) = arguments[1], case .global(let builder) = arguments[0] else { break }
            switch builder {
            case .rebuildTensor, .rebuildParameter:
                return try call(arguments[0], node(arguments[2], .tuple).items)
            default: break
            }
        default: break
        }
        throw ModelFileError.refused("the pickle calls \(global) with \(arguments.count) arguments, which is not on the list")
    }

    private func pair(_ item: PickleItem) throws -> [PickleItem] {
        guard case .node(let number) = item, nodes[number].items.count == 2,
            nodes[number].kind == .list || nodes[number].kind == .tuple
        else { throw ModelFileError.damaged("a dictionary's entry is not a pair") }
        return nodes[number].items
    }

    /// A tensor from (storage, offset, shape, strides), and in later versions whether it requires
    /// a gradient, hooks, and a type or metadata.
    private func tensor(_ arguments: [PickleItem]) throws -> PickledTensor {
        guard case .storage(let storage) = arguments[0] else {
            throw ModelFileError.damaged("a tensor has no storage")
        }
        var dtype = storage.dtype
        if arguments.count == 7, case .global(.dtype(let given)) = arguments[6] { dtype = given }
        guard let dtype else { throw ModelFileError.unsupported("a tensor's values have no type") }
        let tensor = PickledTensor(
            storage: storage, dtype: dtype, offset: try integer(arguments[1]), shape: try integers(arguments[2]),
            strides: try integers(arguments[3]), requiresGrad: arguments.count > 4 ? try flag(arguments[4]) : false)
        try tensor.check()
        return tensor
    }

    /// A storage from its persistent id: ("storage", type, key, location, count) and, in old files,
    /// a view of another storage.
    private func storage(_ id: PickleItem) throws -> PickledStorage {
        let parts = try node(id, .tuple).items
        guard parts.count == 5 || parts.count == 6, case .string("storage") = parts[0], case .global(.storage(let dtype)) = parts[1]
        else { throw ModelFileError.refused("the pickle refers to something outside it that is not a storage") }
        if let view = parts.dropFirst(5).first {
            guard case .null = view else {
                throw ModelFileError.unsupported("the file holds a view of a storage, as PyTorch before 0.4 wrote it")
            }
        }
        let storage = PickledStorage(key: try text(parts[2]), dtype: dtype, count: try integer(parts[4]))
        guard storage.count >= 0, storage.byteCount != nil else { throw ModelFileError.damaged("a storage has an impossible size") }
        return storage
    }

    private func integer(_ item: PickleItem) throws -> Int {
        if case .int(let value) = item { return value }
        throw ModelFileError.damaged("the pickle has another value where an integer must be")
    }

    private func integers(_ item: PickleItem) throws -> [Int] { try node(item, .tuple).items.map(integer) }

    private func flag(_ item: PickleItem) throws -> Bool {
        if case .bool(let value) = item { return value }
        throw ModelFileError.damaged("the pickle has another value where True or False must be")
    }

    private func text(_ item: PickleItem) throws -> String {
        if case .string(let value) = item { return value }
        throw ModelFileError.damaged("the pickle has another value where text must be")
    }
}

extension PickledTensor {
    /// Throws where the tensor would reach outside its storage.
    fileprivate func check() throws {
        guard let byteCount = storage.byteCount,
            elementRange(shape: shape, strides: strides, offset: offset, limit: byteCount / dtype.size)
        else {
            throw ModelFileError.damaged(
                "a tensor of shape \(shape), strides \(strides) and offset \(offset) does not fit into its storage of "
                    + "\(storage.count) elements")
        }
        if !dtype.isDifferentiable, requiresGrad {
            throw ModelFileError.damaged("a tensor of type \(dtype.name) cannot require a gradient")
        }
    }
}

/// Whether a tensor of this layout stays within `limit` elements.
private func elementRange(shape: [Int], strides: [Int], offset: Int, limit: Int) -> Bool {
    guard shape.count == strides.count, shape.count <= Dims.maximum, offset >= 0,
        shape.allSatisfy({ $0 >= 0 }), strides.allSatisfy({ $0 >= 0 })
    else { return false }
    var count = 1, last = offset
    var overflows = false
    for (size, stride) in zip(shape, strides) {
        let (product, tooMany) = count.multipliedReportingOverflow(by: size)
        let (reach, tooFar) = stride.multipliedReportingOverflow(by: max(size - 1, 0))
        let (sum, tooLarge) = last.addingReportingOverflow(reach)
        (count, last) = (product, sum)
        overflows = overflows || tooMany || tooFar || tooLarge
    }
    // The size in bytes of a contiguous copy must be a number too.
    overflows = overflows || count.multipliedReportingOverflow(by: 16).overflow
    return !overflows && (count == 0 ? offset <= limit : last < limit)
}
