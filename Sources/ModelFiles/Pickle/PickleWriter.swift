import TensorCore

/// Writes a value as PyTorch's pickle (protocol 2) and collects the storages it refers to.
struct PickleWriter {
    private(set) var bytes: [UInt8] = [0x80, 2]
    /// The storages in the order of their keys "0", "1", …, each as a row of elements.
    private(set) var storages: [Tensor] = []
    private var storageNumbers: [ObjectIdentifier: Int] = [:]
    /// What was written before and can be referred to: names, and tensors by their identity.
    private var globals: [String: Int] = [:]
    private var tensors: [ObjectIdentifier: Int] = [:]
    private var memoCount = 0

    init(_ value: StateValue) throws {
        try write(value)
        bytes.append(UInt8(ascii: "."))
    }

    private mutating func write(_ value: StateValue) throws {
        switch value {
        case .null: op("N")
        case .bool(let value): write(value)
        case .int(let value): write(value)
        case .double(let value):
            op("G")
            bytes.append(littleEndian: value.bitPattern.byteSwapped)
        case .string(let value): write(value)
        case .dtype(let value): global("torch", value.name)
        case .tensor(let value): try write(value)
        case .list(let values):
            op("]")
            try group(values, closing: "e")
        case .tuple(let values):
            if values.isEmpty { return op(")") }
            op("(")
            for value in values { try write(value) }
            op("t")
        case .dictionary(let entries):
            if entries.isOrderedDict {
                global("collections", "OrderedDict")
                op(")")
                op("R")
            } else {
                op("}")
            }
            try group(entries.entries.flatMap { [$0.key.stateValue, $0.value] }, closing: "u")
        }
    }

    private mutating func group(_ values: [StateValue], closing: Character) throws {
        if values.isEmpty { return }
        op("(")
        for value in values { try write(value) }
        op(closing)
    }

    private mutating func op(_ code: Character) { bytes.append(code.asciiValue!) }

    private mutating func write(_ value: Int) {
        if let small = UInt8(exactly: value) {
            op("K")
            bytes.append(small)
        } else if let small = UInt16(exactly: value) {
            op("M")
            bytes.append(littleEndian: small)
        } else if let small = Int32(exactly: value) {
            op("J")
            bytes.append(littleEndian: small)
        } else {
            bytes += [0x8A, 8]
            bytes.append(littleEndian: value)
        }
    }

    private mutating func write(_ text: String) {
        let utf8 = Array(text.utf8)
        op("X")
        bytes.append(littleEndian: UInt32(utf8.count))
        bytes += utf8
    }

    private mutating func write(_ flag: Bool) { bytes.append(flag ? 0x88 : 0x89) }

    private mutating func write(_ values: [Int]) {
        op("(")
        for value in values { write(value) }
        op("t")
    }

    private mutating func global(_ module: String, _ name: String) {
        let text = "c\(module)\n\(name)\n"
        if let number = globals[text] { return recall(number) }
        bytes += Array(text.utf8)
        globals[text] = remember()
    }

    /// Gives the value just written a number.
    private mutating func remember() -> Int {
        if let small = UInt8(exactly: memoCount) {
            op("q")
            bytes.append(small)
        } else {
            op("r")
            bytes.append(littleEndian: UInt32(memoCount))
        }
        memoCount += 1
        return memoCount - 1
    }

    private mutating func recall(_ number: Int) {
        if let small = UInt8(exactly: number) {
            op("h")
            bytes.append(small)
        } else {
            op("j")
            bytes.append(littleEndian: UInt32(number))
        }
    }

    // MARK: Tensors

    private mutating func write(_ tensor: Tensor) throws {
        if let number = tensors[ObjectIdentifier(tensor)] { return recall(number) }
        guard tensor.device.type != .meta else {
            throw ModelFileError.unsupported("a tensor on the meta device has no values to save")
        }
        if tensor.isParameter {
            global("torch._utils", "_rebuild_parameter")
            op("(")
            try rebuild(tensor, requiresGrad: false)
            write(tensor.requiresGrad)
            noHooks()
            op("t")
            op("R")
        } else {
            try rebuild(tensor, requiresGrad: tensor.requiresGrad)
        }
        tensors[ObjectIdentifier(tensor)] = remember()
    }

    private mutating func rebuild(_ tensor: Tensor, requiresGrad: Bool) throws {
        global("torch._utils", "_rebuild_tensor_v2")
        op("(")
        let (number, storage) = try storageNumber(tensor)
        op("(")
        write("storage")
        global("torch", tensor.dtype.storageName)
        write("\(number)")
        write(tensor.device.type == .cpu ? "cpu" : "\(tensor.device.type):\(tensor.device.index ?? 0)")
        write(storage.numel)
        op("t")
        op("Q")
        write(tensor.storageOffset())
        write(tensor.shape)
        write(tensor.stride())
        write(requiresGrad)
        noHooks()
        op("t")
        op("R")
    }

    private mutating func noHooks() {
        global("collections", "OrderedDict")
        op(")")
        op("R")
    }

    private mutating func storageNumber(_ tensor: Tensor) throws -> (Int, Tensor) {
        if let number = storageNumbers[tensor.storageIdentity] {
            guard storages[number].dtype == tensor.dtype else {
                throw ModelFileError.unsupported(
                    "Cannot save multiple tensors or storages that view the same data as different types")
            }
            return (number, storages[number])
        }
        let number = storages.count
        storages.append(tensor.wholeStorage)
        storageNumbers[tensor.storageIdentity] = number
        return (number, storages[number])
    }
}
