import Foundation

/// The helper process: what the hidden subcommand that `LanguageService` starts has to run.
public enum LanguageServiceProcess {
    /// Answers requests on standard input, which is a socket, until the other end closes it.
    ///
    /// - Parameter toolchain: the `usr` directory of the Swift toolchain.
    public static func main(toolchain: String) -> Never {
        signal(SIGINT, SIG_IGN)
        let socket = MessageSocket(descriptor: dup(STDIN_FILENO))
        // Whatever else the kernel had open is not the helper's to keep open.
        let inherited = (try? FileManager.default.contentsOfDirectory(atPath: "/proc/self/fd")) ?? []
        for descriptor in inherited.compactMap(Int32.init)
        where descriptor > STDERR_FILENO && descriptor != socket.descriptor {
            close(descriptor)
        }
        // The language library prints what it thinks of half-written code: nobody reads that.
        let sink = open("/dev/null", O_RDWR)
        for standard in [STDIN_FILENO, STDOUT_FILENO, STDERR_FILENO] { dup2(sink, standard) }

        guard let server = try? LanguageServer(toolchain: toolchain) else { _exit(1) }
        let worker = Thread {
            while let request = try? socket.receive(Request.self, deadline: nil) {
                guard (try? socket.send(server.answer(request))) != nil else { break }
            }
        }
        // Type checking recurses as deep as the code nests.
        worker.stackSize = 64 << 20
        worker.start()
        // Ends at once with the kernel, even while the library thinks.
        socket.waitUntilClosed()
        _exit(0)
    }
}
