internal import Glibc

/// Bytes that can be read at any position: a file's, or an array's.
package final class ByteSource {
    let count: Int
    private let content: Content

    private enum Content {
        case file(CInt)
        case memory([UInt8])
    }

    package init(_ bytes: [UInt8]) {
        count = bytes.count
        content = .memory(bytes)
    }

    /// Opens a regular file.
    init(path: String) throws {
        // Without waiting: opening a pipe that nobody writes to would never return.
        let file = open(path, O_RDONLY | O_NONBLOCK | O_CLOEXEC)
        guard file >= 0 else { throw ModelFileError.inaccessible(lastSystemError()) }
        var status = stat()
        guard fstat(file, &status) == 0, status.st_mode & S_IFMT == S_IFREG else {
            close(file)
            throw ModelFileError.inaccessible("not a regular file")
        }
        count = Int(status.st_size)
        content = .file(file)
    }

    deinit {
        if case .file(let file) = content { close(file) }
    }

    /// Fills `target` with the bytes from `position` on.
    func read(at position: Int, into target: UnsafeMutableRawBufferPointer) throws {
        try check(position, target.count)
        switch content {
        case .memory(let bytes):
            bytes.withUnsafeBytes { target.copyMemory(from: UnsafeRawBufferPointer(rebasing: $0[position..<(position + target.count)])) }
        case .file(let file):
            var done = 0
            while done < target.count {
                let step = pread(file, target.baseAddress! + done, target.count - done, position + done)
                if step < 0, errno == EINTR { continue }
                guard step >= 0 else { throw ModelFileError.inaccessible(lastSystemError()) }
                guard step > 0 else { throw ModelFileError.damaged("the file became shorter while it was read") }
                done += step
            }
        }
    }

    /// A copy of `count` bytes from `position` on. Nothing is allocated before the range is known
    /// to be there.
    func bytes(at position: Int, count: Int) throws -> [UInt8] {
        try check(position, count)
        return try [UInt8](unsafeUninitializedCapacity: count) { buffer, filled in
            try read(at: position, into: UnsafeMutableRawBufferPointer(rebasing: UnsafeMutableRawBufferPointer(buffer)[..<count]))
            filled = count
        }
    }

    /// Throws unless `length` bytes from `position` on are there.
    func check(_ position: Int, _ length: Int) throws {
        guard position >= 0, length >= 0, position <= count, length <= count - position else {
            throw ModelFileError.damaged(
                "the file ends too early: it has \(count) bytes, and \(length) are needed from byte \(position) on")
        }
    }
}

/// What the operating system said about the last call that failed.
func lastSystemError() -> String { String(cString: strerror(errno)) }
