import Foundation

/// The libraries that an object file's imports ask for (`-lFoundation`), which the compiler notes
/// in a section of the object. Read here because the toolchain's tool for it costs a process.
enum AutolinkEntries {
    static func libraries(inObject path: String) -> [String] {
        guard let data = FileManager.default.contents(atPath: path) else { return [] }
        return data.withUnsafeBytes { bytes in
            guard let section = section(".swift1_autolink_entries", in: bytes) else { return [] }
            return section.split(separator: 0).compactMap { entry in
                let option = String(decoding: entry, as: UTF8.self)
                return option.hasPrefix("-l") ? String(option.dropFirst(2)) : nil
            }
        }
    }

    private static func section(_ name: String, in bytes: UnsafeRawBufferPointer) -> UnsafeRawBufferPointer.SubSequence? {
        guard bytes.count > MemoryLayout<Elf64_Ehdr>.size else { return nil }
        let header = bytes.loadUnaligned(as: Elf64_Ehdr.self)
        func section(_ index: Int) -> Elf64_Shdr {
            bytes.loadUnaligned(
                fromByteOffset: Int(header.e_shoff) + index * Int(header.e_shentsize), as: Elf64_Shdr.self)
        }
        let names = Int(section(Int(header.e_shstrndx)).sh_offset)
        for index in 0..<Int(header.e_shnum) {
            let candidate = section(index)
            let start = names + Int(candidate.sh_name)
            if bytes[start...].prefix(while: { $0 != 0 }).elementsEqual(name.utf8) {
                return bytes[Int(candidate.sh_offset)..<Int(candidate.sh_offset + candidate.sh_size)]
            }
        }
        return nil
    }
}

/// The C library and its mathematics, as this process has them loaded.
enum SystemLibraries {
    static let paths: [String] = {
        let maps = (try? String(contentsOfFile: "/proc/self/maps", encoding: .utf8)) ?? ""
        let files = Set(maps.split(separator: "\n").compactMap { line -> String? in
            line.firstIndex(of: "/").map { String(line[$0...]) }
        })
        return ["libc", "libm"].compactMap { name in
            files.first { $0.contains("/\(name).so") || $0.contains("/\(name)-2.") }
        }
    }()
}
