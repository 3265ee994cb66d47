import Flambeau

/// A value of a case: what a corpus writes as an argument or lists as a result.
package enum Value {
    case none
    case scalar(Scalar)
    case string(String)
    case dtype(DType)
    case tensor(Tensor)
    case list([Value])
    case tuple([Value])
    case slice(Slice)
    case ellipsis
}

/// A case asks for something that the library, or this runner, has no form for.
package struct Unsupported: Error {
    package let reason: String

    package init(reason: String) { self.reason = reason }
}

/// The tensors of one corpus, and the values made of them.
package struct ValueReader: Sendable {
    /// None where the corpus has no file of tensors.
    package let tensors: SafetensorsFile?

    package init(tensors: SafetensorsFile?) { self.tensors = tensors }

    package func value(_ json: JSONValue) throws -> Value {
        switch json {
        case .null: return .none
        case .bool(let value): return .scalar(.bool(value))
        case .int(let value): return .scalar(.int(value))
        case .double(let value): return .scalar(.float(value))
        case .string(let text): return .string(text)
        case .list(let values): return .list(try values.map(value))
        case .object: return try special(json)
        }
    }

    private func special(_ json: JSONValue) throws -> Value {
        if json["tensor"] != nil { return .tensor(try tensor(json)) }
        if let name = json["dtype"]?.string { return .dtype(try ValueReader.dtype(name)) }
        if let parts = json["slice"]?.list, parts.count == 3 {
            return .slice(Slice(parts[0].int, parts[1].int, step: parts[2].int ?? 1))
        }
        if json["ellipsis"] != nil { return .ellipsis }
        if let text = json["float"]?.string, let number = Double(text) { return .scalar(.float(number)) }
        if let parts = json["complex"]?.list, parts.count == 2 {
            let (re, im) = (try value(parts[0]), try value(parts[1]))
            guard case .scalar(let re) = re, case .scalar(let im) = im else { throw Unsupported(reason: "a complex number") }
            return .scalar(.complex(re.double, im.double))
        }
        if let parts = json["tuple"]?.list { return .tuple(try parts.map(value)) }
        throw Unsupported(reason: "a value of the form \(json)")
    }

    package static func dtype(_ name: String) throws -> DType {
        guard let dtype = DType.allCases.first(where: { $0.name == name }) else { throw Unsupported(reason: "dtype \(name)") }
        return dtype
    }

    /// The tensor that a reference names, new at each call: with its strides, and as a leaf that
    /// requires grad where the case says so.
    package func tensor(_ json: JSONValue) throws -> Tensor {
        guard let key = json["tensor"]?.string, let dtypeName = json["dtype"]?.string, let shape = json["shape"]?.ints else {
            throw Unsupported(reason: "a tensor of the form \(json)")
        }
        let dtype = try ValueReader.dtype(dtypeName)
        if shape.count > Dims.maximum { throw Unsupported(reason: "a tensor of \(shape.count) dimensions") }
        guard let stored = try tensors?.getTensor(key) else { throw Unsupported(reason: "tensors without a file of them") }
        var tensor = dtype.isComplex ? ValueReader.complex(stored, shape, dtype) : stored
        if let strides = json["strides"]?.ints { tensor = ValueReader.strided(tensor, strides) }
        if case .bool(true)? = json["requires_grad"] { tensor.requiresGrad_() }
        return tensor
    }

    /// Complex values are stored as pairs in a last dimension of 2.
    private static func complex(_ pairs: Tensor, _ shape: [Int], _ dtype: DType) -> Tensor {
        let result = torch.empty(shape, dtype: dtype)
        func copy<Part: BitwiseCopyable, Pair: BitwiseCopyable>(_ part: Part.Type, _ pair: Pair.Type) {
            pairs.contiguous().withUnsafeMutableValues(as: part) { source in
                result.withUnsafeMutableValues(as: pair) { target in
                    UnsafeMutableRawBufferPointer(target).copyMemory(from: UnsafeRawBufferPointer(source))
                }
            }
        }
        if dtype == .complex64 {
            copy(Float.self, SIMD2<Float>.self)
        } else {
            copy(Double.self, SIMD2<Double>.self)
        }
        return result
    }

    /// The same values with other strides. A dimension of stride 0 repeats one value.
    private static func strided(_ values: Tensor, _ strides: [Int]) -> Tensor {
        let shape = values.shape
        if values.numel == 0 { return values }
        let last = zip(shape, strides).reduce(0) { $0 + ($1.0 - 1) * $1.1 }
        let base = torch.empty([last + 1], dtype: values.dtype)
        var (source, distinct) = (values, shape)
        for (dim, stride) in strides.enumerated() where stride == 0 {
            source = source.narrow(dim, 0, 1)
            distinct[dim] = 1
        }
        base.asStrided(distinct, strides).copy_(source)
        return base.asStrided(shape, strides).detach()
    }
}
