import TensorCore

/// PyTorch's `torch.optim`.
public enum optim {}

extension torch {
    public typealias optim = Optimizers.optim
}

/// What an optimizer can be made of: tensors, which are one group, or groups.
public protocol OptimizerParameter {
    static func groups(_ parameters: [Self]) -> [optim.ParamGroup]
}

extension Tensor: OptimizerParameter {
    public static func groups(_ parameters: [Tensor]) -> [optim.ParamGroup] {
        parameters.isEmpty ? [] : [optim.ParamGroup(parameters)]
    }
}

extension optim.ParamGroup: OptimizerParameter {
    public static func groups(_ parameters: [optim.ParamGroup]) -> [optim.ParamGroup] { parameters }
}

extension optim {
    /// What stands in a parameter group written as a dictionary: the parameters, or a setting.
    public protocol GroupSetting {
        var option: Option { get }
    }
}

extension Double: optim.GroupSetting { public var option: optim.Option { .number(self) } }
extension Float: optim.GroupSetting { public var option: optim.Option { .number(Double(self)) } }
extension Int: optim.GroupSetting { public var option: optim.Option { .int(self) } }
extension Bool: optim.GroupSetting { public var option: optim.Option { .flag(self) } }
extension String: optim.GroupSetting { public var option: optim.Option { .text(self) } }
extension Tensor: optim.GroupSetting { public var option: optim.Option { .none } }
/// Several numbers, as the betas of Adam, or the group's parameters.
extension Array: optim.GroupSetting where Element: optim.GroupSetting {
    public var option: optim.Option { .tuple(map(\.option)) }
}

extension optim {
    /// A setting of a group written as a dictionary.
    fileprivate static func option(_ value: Any, _ name: String) -> Option {
        switch value {
        case let value as any GroupSetting: value.option
        case let (a, b) as (Double, Double): .pair(a, b)
        case Optional<Any>.none: .none
        default: fail("parameter group: '\(name)' cannot be a \(type(of: value))", .typeError)
        }
    }

    /// `weight_decay` for `weightDecay`.
    fileprivate static func pythonName(_ name: String) -> String {
        name.reduce(into: "") { $0 += $1.isUppercase ? "_" + $1.lowercased() : String($1) }
    }
}

extension optim {
    /// Parameters that an optimizer treats alike, with the settings it uses for them.
    ///
    /// A scheduler, or you, may change settings between steps: `optimizer.paramGroups[0].lr = 0.01`.
    public final class ParamGroup {
        public internal(set) var params: [Tensor]
        /// The parameters' names, where the group was made with them; part of a state dict.
        public internal(set) var paramNames: [String]?
        /// The settings by PyTorch's names: `lr`, `weight_decay`, `momentum`, ….
        public var options: [String: Option]

        /// - Parameter options: settings for this group; the optimizer's own serve for the rest.
        public init(_ params: [Tensor], lr: Double? = nil, options: [String: Option] = [:]) {
            self.params = params
            self.options = options
            if let lr { self.options["lr"] = .number(lr) }
        }

        /// The settings as PyTorch writes them: `["params": model.parameters(), "lr": 0.1, "betas": (0.9, 0.99)]`.
        ///
        /// The names are PyTorch's, `weight_decay`, or Swift's, `weightDecay`.
        public convenience init(settings: [String: Any]) {
            guard let params = settings["params"] else {
                fail("'params'", .keyError)
            }
            let options = settings.filter { $0.key != "params" }.map { (optim.pythonName($0.key), optim.option($0.value, $0.key)) }
            let table = Dictionary(options) { $1 }
            if let named = params as? [(name: String, parameter: Tensor)] ?? (params as? [(String, Tensor)])?.map({ ($0, $1) }) {
                self.init(named: named, options: table)
            } else if let tensors = params as? [Tensor] ?? (params as? Tensor).map({ [$0] }) {
                self.init(tensors, options: table)
            } else {
                fail("optimizer can only optimize Tensors, but one of the params is \(type(of: params))", .typeError)
            }
        }

        /// The same for parameters with names: `ParamGroup(named: model.namedParameters())`.
        public convenience init(
            named: [(name: String, parameter: Tensor)], lr: Double? = nil, options: [String: Option] = [:]
        ) {
            self.init(named.map(\.parameter), lr: lr, options: options)
            paramNames = named.map(\.name)
        }

        /// A numeric setting.
        public subscript(_ name: String) -> Double {
            get {
                guard let value = options[name]?.number else {
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

        /// The settings as Python prints them.
        func settingsText() -> [(name: String, text: String)] {
            var lines = options.map { (name: $0.key, text: $0.value.description) }
            if let paramNames { lines.append(("param_names", "\(StateValue.list(paramNames.map(StateValue.string)))")) }
            return lines.sorted { $0.name < $1.name }
        }

        /// The numbers of a setting that has several, as the betas.
        func numbers(_ name: String) -> [Double] {
            guard case .tuple(let values) = options[name] else {
                fail("this parameter group has no tuple '\(name)'", .valueError)
            }
            return values.map { $0.number ?? .nan }
        }

        func pair(_ name: String) -> (Double, Double) {
            let values = numbers(name)
            return (values[0], values[1])
        }
    }
}
