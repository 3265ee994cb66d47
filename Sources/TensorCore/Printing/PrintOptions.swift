/// How tensors are printed: PyTorch's print options.
public struct PrintOptions: Sendable, Equatable {
    /// Digits after the point.
    public var precision = 4
    /// With more elements than this, only the edges are shown.
    public var threshold = 1000
    /// How many elements are shown at each end of a dimension then.
    public var edgeitems = 3
    /// Characters per line.
    public var linewidth = 80
    /// Scientific notation always or never; nil decides by the values.
    public var sciMode: Bool?

    public init() {}

    nonisolated(unsafe) static var current = PrintOptions()
}

extension torch {
    /// The sets of options that PyTorch names.
    public enum PrintProfile: String, Sendable, ExpressibleByStringLiteral {
        case `default`, short, full

        /// The profile of that name in any case; PyTorch takes no notice of other names.
        public init(stringLiteral value: String) { self = PrintProfile(rawValue: value.lowercased()) ?? .default }
    }

    /// Changes how tensors are printed (`torch.set_printoptions`). What is not given stays, except
    /// `sciMode`: without it the values decide again.
    public static func setPrintOptions(
        precision: Int? = nil, threshold: Int? = nil, edgeitems: Int? = nil, linewidth: Int? = nil,
        profile: PrintProfile? = nil, sciMode: Bool? = nil
    ) {
        var options = PrintOptions.current
        if let profile {
            options = PrintOptions()
            if profile == .short { (options.precision, options.edgeitems) = (2, 2) }
            if profile == .full { options.threshold = .max }
        }
        if let precision { options.precision = precision }
        if let threshold { options.threshold = threshold }
        if let edgeitems { options.edgeitems = edgeitems }
        if let linewidth { options.linewidth = linewidth }
        options.sciMode = sciMode
        PrintOptions.current = options
    }

    /// The same with PyTorch's spelling: `torch.setPrintoptions(precision: 2, profile: "full")`.
    public static func setPrintoptions(
        precision: Int? = nil, threshold: Int? = nil, edgeitems: Int? = nil, linewidth: Int? = nil,
        profile: String? = nil, sciMode: Bool? = nil
    ) {
        setPrintOptions(
            precision: precision, threshold: threshold, edgeitems: edgeitems, linewidth: linewidth,
            profile: profile.flatMap { PrintProfile(rawValue: $0.lowercased()) }, sciMode: sciMode)
    }
    public static func getPrintoptions() -> PrintOptions { PrintOptions.current }

    public static func getPrintOptions() -> PrintOptions { PrintOptions.current }

    /// Runs `body` with other print options.
    public static func withPrintOptions<R>(
        precision: Int? = nil, threshold: Int? = nil, edgeitems: Int? = nil, linewidth: Int? = nil,
        profile: PrintProfile? = nil, sciMode: Bool? = nil, _ body: () throws -> R
    ) rethrows -> R {
        let before = PrintOptions.current
        defer { PrintOptions.current = before }
        setPrintOptions(
            precision: precision, threshold: threshold, edgeitems: edgeitems, linewidth: linewidth,
            profile: profile, sciMode: sciMode)
        return try body()
    }
}
