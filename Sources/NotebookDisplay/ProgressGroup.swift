import Glibc

/// The loops with bars that run inside each other on one thread, and where they are shown.
///
/// The last state of an inner loop is shown until the next begins or the outer one ends.
final class ProgressGroup {
    /// From the outermost to the innermost. They keep this group and are not kept by it.
    private var running: [Unmanaged<ProgressBar>] = []
    /// An inner loop that has ended.
    private var ended: (text: String, html: String)?
    private var handle: DisplayHandle?
    private var linesOnTerminal = 0
    private var nextDrawing = 0.0

    private static let key: pthread_key_t = {
        var key = pthread_key_t()
        pthread_key_create(&key) { Unmanaged<ProgressGroup>.fromOpaque($0!).release() }
        return key
    }()

    static var ofThisThread: ProgressGroup {
        if let known = pthread_getspecific(key) {
            return Unmanaged<ProgressGroup>.fromOpaque(known).takeUnretainedValue()
        }
        let new = ProgressGroup()
        pthread_setspecific(key, Unmanaged.passRetained(new).toOpaque())
        return new
    }

    func open(_ bar: ProgressBar) {
        running.append(.passUnretained(bar))
        ended = nil
        if running.count == 1 { draw() } else { drawIfDue() }
    }

    /// Draws at most ten times a second.
    func drawIfDue() {
        if secondsNow() >= nextDrawing { draw() }
    }

    func close(_ bar: ProgressBar) {
        guard let index = running.firstIndex(where: { $0.toOpaque() == Unmanaged.passUnretained(bar).toOpaque() }) else { return }
        if index > 0 {
            ended = (bar.text, bar.html)
            running.remove(at: index)
            return
        }
        // Loops inside that were left without an end are gone with the outer one.
        running = [.passUnretained(bar)]
        ended = nil
        draw()
        endDrawing(bar)
        running = []
    }

    private func draw() {
        nextDrawing = secondsNow() + 0.1
        let shown = running.map { $0.takeUnretainedValue() }
        if DisplaySink.current.isLive {
            let html = shown.map(\.html) + (ended.map { [$0.html] } ?? [])
            let text = shown.map(\.text) + (ended.map { [$0.text] } ?? [])
            let bundle = MIMEBundle(["text/html": html.joined(), "text/plain": text.joined(separator: "\n")])
            if let handle { handle.update(bundle) } else { handle = display(bundle) }
        } else if ProgressGroup.isTerminal {
            writeOver(shown.map(\.text) + (ended.map { [$0.text] } ?? []))
        }
    }

    private func endDrawing(_ bar: ProgressBar) {
        if !DisplaySink.current.isLive {
            fputs((ProgressGroup.isTerminal ? "" : bar.text) + "\n", stderr)
        }
        handle = nil
        linesOnTerminal = 0
    }

    private static let isTerminal = isatty(STDERR_FILENO) == 1

    /// Writes lines where the ones before were.
    private func writeOver(_ lines: [String]) {
        let clearLine = "\r\u{1B}[K"
        var output = linesOnTerminal > 1 ? "\u{1B}[\(linesOnTerminal - 1)A" : ""
        output += lines.map { clearLine + $0 }.joined(separator: "\n")
        // Lines that are not needed any more.
        let surplus = max(0, linesOnTerminal - lines.count)
        output += String(repeating: "\n" + clearLine, count: surplus)
        if surplus > 0 { output += "\u{1B}[\(surplus)A" }
        linesOnTerminal = lines.count
        fputs(output, stderr)
        fflush(stderr)
    }
}
