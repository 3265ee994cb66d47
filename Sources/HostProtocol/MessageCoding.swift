extension HostCommand: HostMessage {
    public func encoded() -> [UInt8] {
        var writer = MessageWriter()
        switch self {
        case .run(let request):
            writer.write(UInt8(0))
            writer.write(request.image)
            writer.write(request.path)
            writer.write(request.entry)
            for list in [request.libraries, request.replaced, request.abandoned] { writer.write(list) }
        case .interrupt:
            writer.write(UInt8(1))
        case .input(let number, let answer):
            writer.write(UInt8(2))
            writer.write(number)
            switch answer {
            case .endOfFile: writer.write(UInt8(0))
            case .interrupted: writer.write(UInt8(1))
            case .line(let line):
                writer.write(UInt8(2))
                writer.write(line)
            }
        case .shutdown:
            writer.write(UInt8(3))
        }
        return writer.bytes
    }

    public init(decoding bytes: ArraySlice<UInt8>) throws {
        var reader = MessageReader(bytes)
        switch try reader.integer(UInt8.self) {
        case 0:
            self = .run(
                LoadRequest(
                    image: try reader.integer(), path: try reader.string(),
                    entry: try reader.string(), libraries: try reader.list { try $0.string() },
                    replaced: try reader.list { try $0.string() }, abandoned: try reader.list { try $0.string() }))
        case 1: self = .interrupt
        case 2:
            let number: UInt32 = try reader.integer()
            switch try reader.integer(UInt8.self) {
            case 0: self = .input(number: number, .endOfFile)
            case 1: self = .input(number: number, .interrupted)
            case 2: self = .input(number: number, .line(try reader.string()))
            default: throw MalformedMessage()
            }
        case 3: self = .shutdown
        default: throw MalformedMessage()
        }
    }
}

extension HostReport: HostMessage {
    public func encoded() -> [UInt8] {
        var writer = MessageWriter()
        func write(tag: UInt8, _ data: [String: String], _ metadata: [String: String]) {
            writer.write(tag)
            writer.write(data)
            writer.write(metadata)
        }
        switch self {
        case .ready:
            writer.write(UInt8(0))
        case .display(let data, let metadata, let displayID, let update):
            write(tag: 1, data, metadata)
            writer.write(displayID)
            writer.write(update)
        case .result(let data, let metadata): write(tag: 2, data, metadata)
        case .page(let data, let metadata): write(tag: 3, data, metadata)
        case .clearOutput(let wait):
            writer.write(UInt8(4))
            writer.write(wait)
        case .inputRequest(let number, let prompt, let password):
            writer.write(UInt8(5))
            writer.write(number)
            writer.write(prompt)
            writer.write(password)
        case .finished(let fault):
            writer.write(UInt8(6))
            writer.write(fault != nil)
            if let fault { writer.write(fault) }
        case .strayFault(let fault):
            writer.write(UInt8(7))
            writer.write(fault)
        }
        return writer.bytes
    }

    public init(decoding bytes: ArraySlice<UInt8>) throws {
        var reader = MessageReader(bytes)
        switch try reader.integer(UInt8.self) {
        case 0: self = .ready
        case 1:
            self = .display(
                data: try reader.dictionary(), metadata: try reader.dictionary(),
                displayID: try reader.optionalString(), update: try reader.bool())
        case 2: self = .result(data: try reader.dictionary(), metadata: try reader.dictionary())
        case 3: self = .page(data: try reader.dictionary(), metadata: try reader.dictionary())
        case 4: self = .clearOutput(wait: try reader.bool())
        case 5: self = .inputRequest(
                number: try reader.integer(), prompt: try reader.string(), password: try reader.bool())
        case 6: self = .finished(try reader.bool() ? try reader.fault() : nil)
        case 7: self = .strayFault(try reader.fault())
        default: throw MalformedMessage()
        }
    }
}

extension MessageWriter {
    mutating func write(_ fault: Fault) {
        write(fault.kind.rawValue)
        write(fault.code)
        write(fault.name)
        write(fault.message)
        write(UInt32(fault.addresses.count))
        for address in fault.addresses {
            write(address.image)
            write(address.offset)
            write(address.isReturnAddress)
        }
        write(fault.origin.rawValue)
        write(fault.reachedLine)
    }
}

extension MessageReader {
    mutating func fault() throws -> Fault {
        guard let kind = Fault.Kind(rawValue: try integer()) else { throw MalformedMessage() }
        var fault = Fault(
            kind: kind, code: try integer(), name: try string(), message: try string(),
            addresses: try list {
                CodeAddress(
                    image: try $0.integer(), offset: try $0.integer(),
                    isReturnAddress: try $0.bool())
            })
        guard let origin = Fault.Origin(rawValue: try integer()) else { throw MalformedMessage() }
        fault.origin = origin
        fault.reachedLine = try integer()
        return fault
    }
}
