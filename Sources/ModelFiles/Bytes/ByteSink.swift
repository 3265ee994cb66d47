internal import Glibc

/// Takes bytes one after the other: into a new file, or into an array.
///
/// A file is written beside its place and moved there when it is whole: one that was there before
/// stays until then, and survives a full disk or an interrupted program.
package final class ByteSink {
    private(set) var position = 0
    /// What was written, where the target is memory.
    package private(set) var bytes: [UInt8] = []
    private var file: CInt = -1
    private var temporaryPath = ""
    private var path = ""

    /// Collects the bytes in memory.
    package init() {}

    init(path: String) throws {
        // A link stays a link: what it points to is replaced.
        if let resolved = realpath(path, nil) {
            self.path = String(cString: resolved)
            free(resolved)
        } else {
            self.path = path
        }
        var status = stat()
        if stat(self.path, &status) == 0, status.st_mode & S_IFMT != S_IFREG {
            throw ModelFileError.inaccessible("not a regular file")
        }
        var attempt = 0
        repeat {
            temporaryPath = "\(self.path).part-\(getpid())-\(attempt)"
            file = open(temporaryPath, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o666)
            attempt += 1
        } while file < 0 && errno == EEXIST && attempt < 1000
        guard file >= 0 else { throw ModelFileError.inaccessible(lastSystemError()) }
    }

    deinit {
        if file >= 0 {
            close(file)
            unlink(temporaryPath)
        }
    }

    func write(_ data: UnsafeRawBufferPointer) throws {
        defer { position += data.count }
        if temporaryPath.isEmpty {
            bytes.append(contentsOf: data)
            return
        }
        var done = 0
        while done < data.count {
            let step = Glibc.write(file, data.baseAddress! + done, data.count - done)
            if step < 0, errno == EINTR { continue }
            guard step >= 0 else { throw ModelFileError.inaccessible(lastSystemError()) }
            done += step
        }
    }

    func write(_ data: [UInt8]) throws { try data.withUnsafeBytes { try write($0) } }

    /// Puts the file in its place.
    func finish() throws {
        if temporaryPath.isEmpty { return }
        let closed = close(file)
        file = -1
        guard closed == 0, rename(temporaryPath, path) == 0 else {
            let reason = lastSystemError()
            unlink(temporaryPath)
            throw ModelFileError.inaccessible(reason)
        }
    }
}

extension [UInt8] {
    /// Appends an integer, lowest byte first.
    package mutating func append(littleEndian value: some FixedWidthInteger) {
        Swift.withUnsafeBytes(of: value.littleEndian) { append(contentsOf: $0) }
    }
}
