import Glibc

/// Something that changes while a cell runs and is drawn now and then, away from the loop that
/// changes it.
protocol LiveDisplay: AnyObject, Sendable {
    /// Draws what is new; false if nothing is.
    func drawIfChanged(isLast: Bool) -> Bool
}

/// Draws what changes: in a notebook at most ten times a second, elsewhere seldom.
enum LiveDisplays {
    private static let lock = TimedLock()
    private nonisolated(unsafe) static var displays: [any LiveDisplay] = []
    private nonisolated(unsafe) static var isDrawing = false
    private nonisolated(unsafe) static var drawsAtExit = false

    private static let interval: useconds_t = 100_000
    /// Where text is printed instead, so many intervals go by between two lines.
    private static let intervalsOfText = 50

    /// Has a display drawn until it does not change any more.
    static func add(_ display: any LiveDisplay) {
        lock.withLock {
            if !displays.contains(where: { $0 === display }) { displays.append(display) }
            if !drawsAtExit && !DisplaySink.current.isLive {
                drawsAtExit = true
                atexit { LiveDisplays.finish() }
            }
            if isDrawing { return }
            isDrawing = true
            var thread = pthread_t()
            let status = pthread_create(&thread, nil, { _ in
                LiveDisplays.drawWhileChanging()
                return nil
            }, nil)
            // Without the thread there is still the drawing at the end.
            if status == 0 { pthread_detach(thread) } else { isDrawing = false }
        }
    }

    /// Draws everything that has changed for the last time: a cell or the program ends.
    static func finish() {
        let pending = lock.withLockSoon {
            defer { displays = [] }
            return displays
        }
        for display in pending ?? [] { _ = display.drawIfChanged(isLast: true) }
    }

    private static func drawWhileChanging() {
        var idleRounds = 0
        var intervals = 0
        while true {
            usleep(interval)
            intervals += 1
            // Asked each time: what was text may go to a notebook now.
            guard DisplaySink.current.isLive || intervals % intervalsOfText == 0 else { continue }
            let isIdle = lock.withLock { displays }.filter { $0.drawIfChanged(isLast: false) }.isEmpty
            idleRounds = isIdle ? idleRounds + 1 : 0
            let isDone = lock.withLock {
                isDrawing = !(displays.isEmpty && idleRounds > 20)
                return !isDrawing
            }
            if isDone { return }
        }
    }
}

/// Draws the last state of what changed while a cell ran. For the host: call it when a cell has
/// ended, before that is reported.
public func _finishLiveDisplays() { LiveDisplays.finish() }
