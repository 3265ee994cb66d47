import TensorCore

/// PyTorch's `torch.optim`.
public enum optim {}

extension torch {
    public typealias optim = Optimizers.optim
}

extension optim {
    /// A setting of an optimizer.
    public enum Option: Equatable, Sendable {
        case number(Double)
        case pair(Double, Double)
        case flag(Bool)
        case none
    }

    /// Parameters that an optimizer treats alike, with the settings it uses for them.
    ///
    /// A scheduler, or you, may change settings between steps: `optimizer.paramGroups[0].lr = 0.01`.
    public final class ParamGroup {
        public internal(set) var params: [Tensor]
        /// The settings by PyTorch's names: `lr`, `weight_decay`, `momentum`, ….
        public var options: [String: Option]

        /// - Parameter options: settings for this group; the optimizer's own serve for the rest.
        public init(_ params: [Tensor], lr: Double? = nil, options: [String: Option] = [:]) {
            self.params = params
            self.options = options
            if let lr { self.options["lr"] = .number(lr) }
        }

        /// A numeric setting.
        public subscript(_ name: String) -> Double {
            get {
                guard case .number(let value) = options[name] else {
                    fail("this parameter group has no number '\(name)'", .valueError)
                }
                return value
            }
            set { options[name] = .number(newValue) }
        }

        /// The learning rate.
        public var lr: Double {
            get { self["lr"] }
            set { self["lr"] = newValue }
        }
        public var weightDecay: Double {
            get { self["weight_decay"] }
            set { self["weight_decay"] = newValue }
        }
        public var momentum: Double {
            get { self["momentum"] }
            set { self["momentum"] = newValue }
        }

        func flag(_ name: String) -> Bool { options[name] == .flag(true) }

        func pair(_ name: String) -> (Double, Double) {
            guard case .pair(let a, let b) = options[name] else {
                fail("this parameter group has no pair '\(name)'", .valueError)
            }
            return (a, b)
        }
    }
}

extension optim.Option: CustomStringConvertible {
    public var description: String {
        switch self {
        case .number(let value): optim.Option.text(value)
        case .pair(let a, let b): "(\(optim.Option.text(a)), \(optim.Option.text(b)))"
        case .flag(let value): value ? "True" : "False"
        case .none: "None"
        }
    }

    /// As Python prints it; zero without a fraction, as PyTorch's defaults are integers there.
    private static func text(_ value: Double) -> String {
        if value == 0 { return "0" }
        let text = "\(value)"
        guard let e = text.firstIndex(of: "e") else { return text }
        let mantissa = text[..<e].hasSuffix(".0") ? text[..<e].dropLast(2) : text[..<e]
        let exponent = text[text.index(after: e)...]
        let digits = exponent.drop { $0 == "-" || $0 == "+" }
        return mantissa + "e" + (exponent.hasPrefix("-") ? "-" : "+") + (digits.count < 2 ? "0" : "") + digits
    }
}
