import CKernels
import Glibc

/// Whether nodes note where they were made, and gradients are checked for NaN.
enum AnomalyMode {
    nonisolated(unsafe) static var isOn = false
    nonisolated(unsafe) static var checksNaN = true
    /// What held outside the outermost `detectAnomaly` that is running.
    nonisolated(unsafe) private static var outside: (isOn: Bool, checksNaN: Bool)?

    /// Runs `body` in anomaly mode.
    static func with<R>(checksNaN: Bool, _ body: () throws -> R) rethrows -> R {
        let before = (isOn, self.checksNaN)
        let isOutermost = outside == nil
        if isOutermost { outside = before }
        (isOn, self.checksNaN) = (true, checksNaN)
        defer {
            (isOn, self.checksNaN) = before
            if isOutermost { outside = nil }
        }
        return try body()
    }

    /// Runs `body` with `node` as the one that is to be named if something goes wrong.
    static func evaluating<R>(_ node: Node, _ body: () -> R) -> R {
        let before = ck_state().pointee.evaluated_node
        ck_state().pointee.evaluated_node = Unmanaged.passUnretained(node).toOpaque()
        defer { ck_state().pointee.evaluated_node = before }
        return body()
    }

    static var evaluatedNode: Node? {
        ck_state().pointee.evaluated_node.map { Unmanaged<Node>.fromOpaque($0).takeUnretainedValue() }
    }

    /// Says where the forward call of the node was whose gradients cannot be computed. The failure
    /// leaves `detectAnomaly` without returning to it, so its mode ends here.
    static func explainFailure() {
        guard isOn else { return }
        if let node = evaluatedNode {
            ck_state().pointee.evaluated_node = nil
            warn(explanation(of: node))
        }
        if let outside {
            (isOn, checksNaN) = outside
            self.outside = nil
        }
    }

    private static func explanation(of node: Node) -> String {
        guard let trace = node.extras?.forwardCall else {
            return "Error detected in \(node.name). No forward pass information available. Enable detect anomaly "
                + "during forward pass for more information."
        }
        var text = "Error detected in \(node.name). Traceback of forward call that caused the error:\n"
            + trace.lines.joined(separator: "\n")
        var inner = node
        while let parent = inner.extras?.parent {
            text += "\n\nPrevious calculation was induced by \(parent.name). "
                + "Traceback of forward call that induced the previous calculation:\n"
                + (parent.extras?.forwardCall?.lines ?? []).joined(separator: "\n")
            inner = parent
        }
        return text
    }

    /// Stops at the first gradient with a NaN among those that the node computed.
    static func checkForNaN(_ gradients: [Tensor?], _ node: Node) {
        for (i, gradient) in gradients.enumerated() {
            guard let gradient, gradient.device != .meta, gradient.dtype.isDifferentiable else { continue }
            if torch.noGrad({ gradient.ne(gradient).any().item() as Bool }) {
                fail("Function '\(node.name)' returned nan values in its \(i)th output.")
            }
        }
    }
}

extension Node {
    /// Keeps where this node is made.
    @inline(never)
    final func noteForwardCall() {
        extrasMade.forwardCall = CallTrace()
        extrasMade.parent = AnomalyMode.evaluatedNode
    }
}

extension torch.autograd {
    /// Runs `body` in anomaly mode: a gradient that cannot be computed, or with `checkNaN` one that
    /// holds a NaN, stops the backward pass, and the message on standard error tells the lines of
    /// the forward call that led to it. The mode holds for all threads. It slows every operator
    /// down: use it to find an error, not to train.
    public static func detectAnomaly<R>(checkNaN: Bool = true, _ body: () throws -> R) rethrows -> R {
        try AnomalyMode.with(checksNaN: checkNaN, body)
    }

    /// Switches anomaly mode on or off from here on.
    public static func setDetectAnomaly(_ mode: Bool, checkNaN: Bool = true) {
        AnomalyMode.isOn = mode
        AnomalyMode.checksNaN = checkNaN
    }

    public static func isAnomalyEnabled() -> Bool { AnomalyMode.isOn }
    public static func isAnomalyCheckNaNEnabled() -> Bool { AnomalyMode.checksNaN }
}
