import Flambeau
import Foundation

/// How a piece of work that the library may stop has ended.
enum Ending<Result> {
    case result(Result)
    case thrown(any Error)
    /// A programming error, with the kind and the message that PyTorch would give.
    case failure(kind: String, message: String)
    /// A fault that no message explains.
    case fault(String)
}

/// Runs `body` on a thread of its own and tells how it ended.
///
/// A programming error does not return, so the thread that met one is left asleep. The same holds
/// for a thread that faulted and for one that has not ended after `limit` seconds.
func ending<Result>(limit: Int = 60, of body: @escaping () throws -> Result) -> Ending<Result> {
    CaseThread.installHandlers()
    var ending = Ending<Result>.fault("no end after \(limit) seconds")
    let thread = CaseThread()
    let lock = NSLock()
    thread.start {
        let outcome: Ending<Result>
        do { outcome = .result(try body()) } catch { outcome = .thrown(error) }
        lock.withLock { ending = outcome }
    }
    if thread.wait(limit) {
        if let failure = thread.failure { return .failure(kind: failure.kind, message: failure.message) }
        if thread.signal != 0 { return .fault("signal \(thread.signal), \(String(cString: strsignal(thread.signal)))") }
    }
    return lock.withLock { ending }
}

private final class CaseThread: @unchecked Sendable {
    private let ended = UnsafeMutablePointer<sem_t>.allocate(capacity: 1)
    private var body: () -> Void = {}
    private(set) var failure: (kind: String, message: String)?
    private(set) var signal: Int32 = 0

    init() { sem_init(ended, 0, 0) }

    func start(_ body: @escaping () -> Void) {
        self.body = body
        var thread = pthread_t()
        pthread_create(&thread, nil, { pointer in
            let running = Unmanaged<CaseThread>.fromOpaque(pointer!)
            pthread_setspecific(CaseThread.key, pointer)
            running.takeUnretainedValue().body()
            running.takeUnretainedValue().body = {}
            sem_post(running.takeUnretainedValue().ended)
            running.release()
            return nil
        }, Unmanaged.passRetained(self).toOpaque())
        pthread_detach(thread)
    }

    /// Whether the thread ended, in one way or another, within so many seconds.
    func wait(_ seconds: Int) -> Bool {
        var deadline = timespec()
        clock_gettime(CLOCK_REALTIME, &deadline)
        deadline.tv_sec += seconds
        while sem_timedwait(ended, &deadline) != 0 {
            if errno == ETIMEDOUT { return false }
        }
        return true
    }

    private static let key: pthread_key_t = {
        var key = pthread_key_t()
        pthread_key_create(&key, nil)
        return key
    }()

    private static var current: CaseThread? {
        pthread_getspecific(key).map { Unmanaged<CaseThread>.fromOpaque($0).takeUnretainedValue() }
    }

    private static let handlers: Void = {
        failureHandler = { kind, message in
            guard let thread = CaseThread.current else { return }
            thread.failure = (kind, message)
            sem_post(thread.ended)
            while true { pause() }
        }
        for number in [SIGILL, SIGTRAP, SIGFPE, SIGSEGV, SIGBUS] {
            Foundation.signal(number) { number in
                guard let thread = CaseThread.current else {
                    Foundation.signal(number, SIG_DFL)
                    return
                }
                thread.signal = number
                sem_post(thread.ended)
                while true { pause() }
            }
        }
    }()

    static func installHandlers() { _ = handlers }
}
