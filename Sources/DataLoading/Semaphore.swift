import Glibc

/// A counter to wait on. A thread that never returns from `wait` harms no other, which a notebook's
/// interrupt needs.
final class Semaphore: @unchecked Sendable {
    private let counter = UnsafeMutablePointer<sem_t>.allocate(capacity: 1)

    init() { sem_init(counter, 0, 0) }

    deinit {
        sem_destroy(counter)
        counter.deallocate()
    }

    func signal() { sem_post(counter) }

    /// Waits for one signal; false if none came within so many seconds.
    func wait(seconds: Double = .infinity) -> Bool {
        if seconds == .infinity {
            while sem_wait(counter) != 0 {}
            return true
        }
        var deadline = timespec(secondsFromNow: seconds)
        while sem_timedwait(counter, &deadline) != 0 {
            if errno == ETIMEDOUT { return false }
        }
        return true
    }
}

extension timespec {
    init(secondsFromNow seconds: Double) {
        self.init()
        clock_gettime(CLOCK_REALTIME, &self)
        let nanoseconds = tv_nsec + Int(seconds.truncatingRemainder(dividingBy: 1) * 1e9)
        tv_sec += Int(seconds) + nanoseconds / 1_000_000_000
        tv_nsec = nanoseconds % 1_000_000_000
    }
}
