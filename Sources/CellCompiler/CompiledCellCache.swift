import Foundation

/// Compiled cells on disk, so that "restart and run all" does not compile anything anew.
///
/// A key covers everything that the code depends on: the text with its imports, the cells it
/// imports, the toolchain and the build of the library.
struct CompiledCellCache {
    let folder: String
    let environment: String
    /// A cell's files: its code, its declarations and their documentation.
    static let suffixes = [".so", ".swiftmodule", ".swiftdoc"]
    /// The oldest cells go when there are more than this.
    static let capacity = 500

    init(folder: String, environment: String) {
        self.folder = folder
        self.environment = environment
        try? FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
        trim()
    }

    func key(for text: String, dependencies: [String]) -> String {
        var hash = Hash()
        for part in [environment, text] + dependencies { hash.add(part) }
        return hash.description
    }

    /// Puts a cell's files in place; nil where it is not here, otherwise its libraries.
    func restore(_ key: String, module: String, into work: String) -> [String]? {
        let entry = "\(folder)/\(key)"
        guard let libraries = try? String(contentsOfFile: entry + "/libraries", encoding: .utf8) else { return nil }
        for suffix in Self.suffixes {
            let target = "\(work)/\(module)\(suffix)"
            unlink(target)
            guard symlink("\(entry)/\(module)\(suffix)", target) == 0 else { return nil }
        }
        utimes(entry, nil)
        return libraries.split(separator: "\n").map(String.init)
    }

    func store(_ key: String, module: String, from work: String, libraries: [String]) {
        let manager = FileManager.default
        let entry = "\(folder)/\(key)"
        let temporary = "\(entry).\(getpid())"
        do {
            try manager.createDirectory(atPath: temporary, withIntermediateDirectories: true)
            for suffix in Self.suffixes {
                try manager.copyItem(atPath: "\(work)/\(module)\(suffix)", toPath: "\(temporary)/\(module)\(suffix)")
            }
            try libraries.joined(separator: "\n").write(
                toFile: temporary + "/libraries", atomically: false, encoding: .utf8)
            // Another kernel may have stored the same cell: either copy will do.
            if rename(temporary, entry) != 0 { try manager.removeItem(atPath: temporary) }
        } catch {
            // A full or unwritable disk costs only the speed of the next session.
            try? manager.removeItem(atPath: temporary)
        }
    }

    private func trim() {
        let manager = FileManager.default
        guard let names = try? manager.contentsOfDirectory(atPath: folder), names.count > Self.capacity else { return }
        let dated = names.map { name -> (String, Date) in
            let attributes = try? manager.attributesOfItem(atPath: "\(folder)/\(name)")
            return (name, attributes?[.modificationDate] as? Date ?? .distantPast)
        }
        for (name, _) in dated.sorted(by: { $0.1 < $1.1 }).prefix(names.count - Self.capacity) {
            try? manager.removeItem(atPath: "\(folder)/\(name)")
        }
    }
}

/// FNV-1a with two different starts: 128 bits against accidents, not against attackers, since the
/// cache belongs to the user who writes it.
private struct Hash: CustomStringConvertible {
    private var low: UInt64 = 0xcbf2_9ce4_8422_2325
    private var high: UInt64 = 0x6c62_272e_07bb_0142

    mutating func add(_ text: String) {
        for byte in text.utf8 {
            low = (low ^ UInt64(byte)) &* 0x0000_0100_0000_01b3
            high = (high ^ UInt64(byte) ^ (low >> 56)) &* 0x0000_0100_0000_01b3
        }
        low = (low ^ 0xff) &* 0x0000_0100_0000_01b3
        high = (high ^ 0x1ff) &* 0x0000_0100_0000_01b3
    }

    var description: String { String(low, radix: 16) + String(high, radix: 16) }
}
