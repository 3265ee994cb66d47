import CKernels
import Glibc
import Synchronization
import TensorCore

/// A thread that does tasks one after the other, in the order in which they were given.
///
/// The thread is started when there is something to do and ends after some time without: it never
/// waits for a consumer, which may have been interrupted and gone.
final class Worker: Sendable {
    /// Says whether the thread can go on: it cannot after a programming error.
    typealias Task = () -> Bool

    private struct State: @unchecked Sendable {
        var tasks: [Task] = []
        var thread: pthread_t?
        var isStopped = false
    }

    private enum Step {
        case task(Task)
        case wait
        case end
    }

    private let state = Mutex(State())
    private let work = Semaphore()
    /// Signalled by a thread that was stopped.
    private let ended = Semaphore()
    private let idleSeconds: Double
    private let initialization = Atomic<Bool>(false)

    /// - Parameter idleSeconds: how long the thread stays with nothing to do.
    init(idleSeconds: Double) { self.idleSeconds = idleSeconds }

    /// True for the first caller.
    func takesInitialization() -> Bool { !initialization.exchange(true, ordering: .relaxed) }

    func submit(_ task: @escaping Task) {
        let isRunning = state.withLock { state in
            state.tasks.append(task)
            return state.thread != nil || start(&state)
        }
        if !isRunning { fail("can't start new thread") }
        work.signal()
    }

    /// Forgets the tasks; the thread ends when it is done with the one it has begun.
    func stop() {
        state.withLock { state in
            state.isStopped = true
            state.tasks.removeAll()
        }
        work.signal()
    }

    /// Waits for the end of the stopped thread, unless the sample that it is reading takes too long:
    /// then the thread ends by itself after it.
    func join() {
        let thread = state.withLock { state in
            defer { state.thread = nil }
            return state.thread
        }
        guard let thread else { return }
        if ended.wait(seconds: Worker.patience) {
            pthread_join(thread, nil)
        } else {
            pthread_detach(thread)
        }
    }

    /// As many seconds as PyTorch gives its workers to end.
    private static let patience = 5.0

    private func start(_ state: inout State) -> Bool {
        var thread = pthread_t()
        let argument = Unmanaged.passRetained(self)
        let error = pthread_create(&thread, nil, { argument in
            Unmanaged<Worker>.fromOpaque(argument!).takeRetainedValue().run()
            return nil
        }, argument.toOpaque())
        if error != 0 {
            argument.release()
            return false
        }
        state.thread = thread
        return true
    }

    private func run() {
        // Workers and consumer share the cores already.
        ck_parallel_alone()
        while true {
            switch nextStep() {
            case .task(let task):
                if !task() {
                    if !retires({ _ in true }) { ended.signal() }
                    return
                }
            case .wait:
                if !work.wait(seconds: idleSeconds) && retires({ $0.tasks.isEmpty }) { return }
            case .end:
                ended.signal()
                return
            }
        }
    }

    private func nextStep() -> Step {
        state.withLock { state in
            if state.isStopped { return .end }
            return state.tasks.isEmpty ? .wait : .task(state.tasks.removeFirst())
        }
    }

    /// Takes the thread out of service under a condition, unless somebody stops it and waits for it.
    /// What is left to do gets a new thread.
    private func retires(_ condition: (borrowing State) -> Bool) -> Bool {
        state.withLock { state in
            if state.isStopped || !condition(state) { return false }
            pthread_detach(pthread_self())
            state.thread = nil
            if !state.tasks.isEmpty && !start(&state) { state.tasks.removeAll() }
            return true
        }
    }
}
