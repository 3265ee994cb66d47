import Foundation
import NeuralNetworks
import Testing

import ModelFiles
import TensorCore
import TestSupport

/// Files that PyTorch, NumPy and safetensors wrote, and `files.json`: what they hold.
enum Goldens {
    static let folder = Bundle.module.resourceURL!.appendingPathComponent("Goldens")
    static let files: [String: JSON] = {
        let data = try! Data(contentsOf: folder.appendingPathComponent("files.json"))
        return try! JSONDecoder().decode([String: JSON].self, from: data)["files"]!.object!
    }()

    static func path(_ name: String) -> String { folder.appendingPathComponent(name).path }
    static func bytes(_ name: String) throws -> [UInt8] { [UInt8](try Data(contentsOf: URL(fileURLWithPath: path(name)))) }
    static func expected(_ name: String) -> JSON { files[name]! }

    /// A path in a folder of its own.
    static func temporaryPath(_ name: String) throws -> String { try TemporaryFolder.make().appendingPathComponent(name).path }

    /// How a value differs from what `files.json` says; empty where it does not.
    static func differences(_ value: StateValue, _ expected: JSON, at place: String = "") -> [String] {
        switch (value, expected) {
        case (.null, .null): return []
        case (.bool(let value), .bool(let other)): return value == other ? [] : ["\(place): \(value)"]
        case (.int(let value), .number(let other)): return Double(value) == other ? [] : ["\(place): \(value)"]
        case (.double(let value), .number(let other)): return value == other ? [] : ["\(place): \(value)"]
        case (.string(let value), .string(let other)): return value == other ? [] : ["\(place): \(value)"]
        case (.list(let values), .array(let others)), (.tuple(let values), .array(let others)):
            guard values.count == others.count else { return ["\(place): \(values.count) elements"] }
            return zip(values, others).enumerated().flatMap { differences($1.0, $1.1, at: "\(place)[\($0)]") }
        case (.dictionary(let entries), .object(let others)):
            guard entries.count == others.count else { return ["\(place): \(entries.count) keys"] }
            return entries.entries.flatMap { entry -> [String] in
                let name = if case .string(let name) = entry.key { name } else { "\(entry.key)" }
                guard let other = others[name] else { return ["\(place): unexpected key \(name)"] }
                return differences(entry.value, other, at: "\(place).\(name)")
            }
        case (.tensor(let tensor), .object(let other)): return differences(tensor, other, place)
        default: return ["\(place): a \(value.kind)"]
        }
    }

    private static func differences(_ tensor: Tensor, _ expected: [String: JSON], _ place: String) -> [String] {
        guard .string(tensor.dtype.name) == expected["dtype"] else { return ["\(place): dtype \(tensor.dtype)"] }
        guard .array(tensor.shape.map { .number(Double($0)) }) == expected["shape"] else { return ["\(place): shape \(tensor.shape)"] }
        if let requiresGrad = expected["requires_grad"], requiresGrad != .bool(tensor.requiresGrad) {
            return ["\(place): requires_grad \(tensor.requiresGrad)"]
        }
        let values = tensor.scalars().map { tensor.dtype == .bool ? JSON.bool($0.bool) : .number($0.double) }
        return .array(values) == expected["values"] ? [] : ["\(place): values \(tensor)"]
    }
}

enum JSON: Decodable, Equatable {
    case null
    case bool(Bool)
    case number(Double)
    case string(String)
    case array([JSON])
    case object([String: JSON])

    init(from decoder: any Decoder) throws {
        let container = try decoder.singleValueContainer()
        if container.decodeNil() {
            self = .null
        } else if let value = try? container.decode(Bool.self) {
            self = .bool(value)
        } else if let value = try? container.decode(Double.self) {
            self = .number(value)
        } else if let value = try? container.decode(String.self) {
            self = .string(value)
        } else if let value = try? container.decode([JSON].self) {
            self = .array(value)
        } else {
            self = .object(try container.decode([String: JSON].self))
        }
    }

    var object: [String: JSON]? { if case .object(let entries) = self { entries } else { nil } }
}
