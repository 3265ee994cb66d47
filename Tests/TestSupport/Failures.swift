import Glibc
import TensorCore

/// Runs `body` on a thread of its own and gives the message of the programming error that stopped
/// it, with its kind (`IndexError: …`); nil if it ended well.
///
/// A programming error does not return, so the thread that met one is left asleep.
public func failure(_ body: @escaping @Sendable () -> Void) -> String? {
    let report = FailureReport()
    FailureReport.installHandler()
    var thread = pthread_t()
    let argument = Unmanaged.passRetained(FailureJob(report, body)).toOpaque()
    pthread_create(&thread, nil, { pointer in
        let job = Unmanaged<FailureJob>.fromOpaque(pointer!).takeRetainedValue()
        FailureReport.register(job.report)
        job.body()
        job.report.finish(nil)
        return nil
    }, argument)
    return report.wait()
}

private final class FailureJob {
    let report: FailureReport
    let body: @Sendable () -> Void

    init(_ report: FailureReport, _ body: @escaping @Sendable () -> Void) {
        self.report = report
        self.body = body
    }
}

private final class FailureReport: @unchecked Sendable {
    private let semaphore = UnsafeMutablePointer<sem_t>.allocate(capacity: 1)
    private var message: String?
    private static let key: pthread_key_t = {
        var key = pthread_key_t()
        pthread_key_create(&key, nil)
        return key
    }()

    init() { sem_init(semaphore, 0, 0) }

    func wait() -> String? {
        sem_wait(semaphore)
        return message
    }

    func finish(_ message: String?) {
        self.message = message
        sem_post(semaphore)
    }

    static func register(_ report: FailureReport) {
        pthread_setspecific(key, Unmanaged.passRetained(report).toOpaque())
    }

    static func installHandler() {
        failureHandler = { kind, message in
            guard let pointer = pthread_getspecific(key) else { return }
            Unmanaged<FailureReport>.fromOpaque(pointer).takeUnretainedValue().finish("\(kind): \(message)")
            while true { pause() }
        }
    }
}
