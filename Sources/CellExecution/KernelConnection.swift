internal import CCellHost
import Glibc
internal import HostProtocol
import Synchronization

/// The host's end of the socket that leads to the kernel.
final class KernelConnection: @unchecked Sendable {
    let descriptor: Int32
    private var lock = pthread_mutex_t()
    private var received = MessageBuffer()
    /// Counts the questions: an answer that comes when its asker was stopped is nobody else's.
    private let asked = Atomic<UInt32>(0)
    private var answer = InputAnswer.endOfFile
    private var answered = sem_t()

    init(descriptor: Int32) {
        self.descriptor = descriptor
        pthread_mutex_init(&lock, nil)
        sem_init(&answered, 0, 0)
    }

    /// Sends a report after all output written so far. Callable from every thread.
    func send(_ report: HostReport) {
        ch_flush_output_if_free()
        let bytes = report.framed()
        // Nobody may be stopped with the lock held.
        ch_hold_interrupts(true)
        pthread_mutex_lock(&lock)
        bytes.withUnsafeBytes { buffer in
            var rest = buffer[...]
            while !rest.isEmpty {
                let sent = Glibc.send(descriptor, rest.baseAddress!, rest.count, Int32(MSG_NOSIGNAL))
                if sent < 0 && errno != EINTR { break }
                if sent > 0 { rest = UnsafeRawBufferPointer(rebasing: rest.dropFirst(sent))[...] }
            }
        }
        pthread_mutex_unlock(&lock)
        ch_hold_interrupts(false)
    }

    /// Reads what has arrived; false at the end of the connection. Control thread only.
    func receive() -> Bool {
        withUnsafeTemporaryAllocation(byteCount: 1 << 16, alignment: 1) { buffer in
            let count = recv(descriptor, buffer.baseAddress!, buffer.count, 0)
            if count < 0 { return errno == EINTR || errno == EAGAIN }
            received.append(buffer.prefix(count))
            return count > 0
        }
    }

    /// The next whole command. Control thread only.
    func nextCommand() throws -> HostCommand? { try received.next() }

    /// Asks the kernel for a line of input and waits for it; nil at the end of file. Does not return
    /// if the user interrupts.
    func requestInput(prompt: String, password: Bool) -> String? {
        let number = asked.add(1, ordering: .sequentiallyConsistent).newValue
        while sem_trywait(&answered) == 0 {}
        send(.inputRequest(number: number, prompt: prompt, password: password))
        while sem_wait(&answered) != 0 {}
        switch answer {
        case .line(let line): return line
        case .endOfFile: return nil
        case .interrupted:
            ch_interrupt_self()
            return nil
        }
    }

    /// Control thread only.
    func answerInput(_ number: UInt32, _ answer: InputAnswer) {
        guard number == asked.load(ordering: .sequentiallyConsistent) else { return }
        self.answer = answer
        sem_post(&answered)
    }
}

extension Slice where Base == UnsafeRawBufferPointer {
    fileprivate var baseAddress: UnsafeRawPointer? { UnsafeRawBufferPointer(rebasing: self).baseAddress }
}
