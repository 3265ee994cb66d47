/// What a reader who writes Python needs beside the compiler's words.
extension Diagnostic {
    /// The rule that a form of Python runs against, where the compiler names a protocol or no reason at all.
    var pythonHint: String? {
        if severity != .error { return nil }
        if hasTuple { return "hint: Python's tuple is an array in Swift: [2, 3] for (2, 3)" }
        if hasTensorAsCondition { return "hint: a condition needs a Bool: item() reads the number of a tensor, as in x.sum().item() > 3" }
        return nil
    }

    /// `nn.MaxPool2d((2, 2))`, `x.sum(dim: (1, 2))`.
    private var hasTuple: Bool {
        let tuple = #/type '\((Int|Double|Float|Tensor)(, (Int|Double|Float|Tensor))+\)'/#
        if message.contains(tuple) { return message.contains("conform") || message.contains("argument type '[") }
        // The tuple as an argument, in a call that matches no declaration.
        let argument = #/[(:]\s*\(-?\w+(\s*,\s*-?\w+)+\s*\)/#
        return message.hasPrefix("no exact matches in call to") && excerpt.first?.contains(argument) == true
    }

    /// `if (x > 1).any() { … }`, `if x.sum() > 3 { … }`.
    private var hasTensorAsCondition: Bool {
        message.contains("'Tensor' to expected condition type 'Bool'")
            || message.hasPrefix("referencing operator function") && message.contains("requires that 'Tensor' conform to")
    }
}
