import Foundation
import TensorCore

/// What `make_goldens.py` computed with PyTorch: one JSON object a line.
public struct Golden {
    public let fields: [String: Any]

    public init(fields: [String: Any]) { self.fields = fields }

    /// Reads a file of the folder `Goldens` beside the calling test.
    public static func read(_ name: String, from bundle: Bundle) throws -> [Golden] {
        let url = bundle.bundleURL.appendingPathComponent("Goldens/\(name)")
        return try String(contentsOf: url, encoding: .utf8).split(separator: "\n").map {
            Golden(fields: try JSONSerialization.jsonObject(with: Data($0.utf8)) as! [String: Any])
        }
    }

    public func text(_ key: String) -> String { fields[key] as! String }
    public func int(_ key: String) -> Int { (fields[key] as! NSNumber).intValue }
    public func number(_ key: String) -> Double? { (fields[key] as? NSNumber)?.doubleValue }
    public func ints(_ key: String) -> [Int] { (fields[key] as! [NSNumber]).map(\.intValue) }
    public func texts(_ key: String) -> [String] { fields[key] as! [String] }
    public func golden(_ key: String) -> Golden { Golden(fields: fields[key] as! [String: Any]) }
    public func goldens(_ key: String) -> [Golden?] {
        (fields[key] as! [Any]).map { ($0 as? [String: Any]).map(Golden.init) }
    }

    public var dtype: DType { DType.allCases.first { $0.name == text("dtype") }! }

    /// The tensor whose bytes, type and shape are given.
    public var storedTensor: Tensor {
        let digits = Array(text("hex").utf8)
        let bytes = stride(from: 0, to: digits.count, by: 2).map {
            UInt8(String(decoding: digits[$0..<($0 + 2)], as: UTF8.self), radix: 16)!
        }
        return Golden.tensor(bytes, ints("shape"), dtype)
    }

    /// The tensor whose values are listed.
    public var listedTensor: Tensor {
        let values = (fields["values"] as! [NSNumber]).map(\.doubleValue)
        return torch.tensor(values, dtype: .float64).to(dtype).reshape(ints("shape"))
    }

    private static func tensor(_ bytes: [UInt8], _ shape: [Int], _ dtype: DType) -> Tensor {
        let tensor = torch.empty(shape, dtype: dtype)
        func fill<Element: BitwiseCopyable>(_ type: Element.Type) {
            tensor.withUnsafeMutableValues(as: type) { UnsafeMutableRawBufferPointer($0).copyBytes(from: bytes) }
        }
        switch dtype.size {
        case 1: fill(UInt8.self)
        case 2: fill(UInt16.self)
        case 4: fill(UInt32.self)
        case 8: fill(UInt64.self)
        default: fill(SIMD2<UInt64>.self)
        }
        return tensor
    }
}

extension Tensor {
    /// The bytes of the values in row-major order, as hexadecimal digits.
    public var hex: String {
        let tensor = contiguous()
        func text<Element: BitwiseCopyable>(_ type: Element.Type) -> String {
            tensor.withUnsafeMutableValues(as: type) { values in
                UnsafeRawBufferPointer(values).map { String(format: "%02x", $0) }.joined()
            }
        }
        switch dtype.size {
        case 1: return text(UInt8.self)
        case 2: return text(UInt16.self)
        case 4: return text(UInt32.self)
        case 8: return text(UInt64.self)
        default: return text(SIMD2<UInt64>.self)
        }
    }

    /// The largest difference from `other`, relative to values above 1; infinite for other shapes.
    public func distance(to other: Tensor) -> Double {
        if shape != other.shape || dtype != other.dtype { return .infinity }
        let pairs = zip(scalars(), other.scalars())
        return pairs.map { a, b in
            if a.double.isNaN && b.double.isNaN || a == b { return 0 }
            let difference = Swift.max((a.double - b.double).magnitude, (a.imaginary - b.imaginary).magnitude)
            return difference / Swift.max(1, b.double.magnitude)
        }.max() ?? 0
    }
}
