import CKernels

/// The element type of a tensor. Names and meaning are PyTorch's.
///
/// Raw values index the tables of kernels in `CKernels` (`ck_dtype`).
public enum DType: UInt8, Sendable, CaseIterable, Hashable {
    case bool, uint8, int8, int16, int32, int64
    case float16, bfloat16, float32, float64
    case complex64, complex128
    /// Whole numbers that stand for real ones: the tensor's scale and zero point tell which. No
    /// kernel computes with them.
    case qint8 = 64
    case quint8, qint32

    /// The types whose numbers are what they say.
    public static let allCases = (0..<DType.qint8.rawValue).compactMap(DType.init(rawValue:))

    public static let half = DType.float16, float = DType.float32, double = DType.float64
    public static let int = DType.int32, long = DType.int64, short = DType.int16
    public static let cfloat = DType.complex64, cdouble = DType.complex128

    /// Bytes per element.
    @inline(__always) public var size: Int {
        switch self {
        case .bool, .uint8, .int8, .qint8, .quint8: 1
        case .int16, .float16, .bfloat16: 2
        case .int32, .float32, .qint32: 4
        case .int64, .float64, .complex64: 8
        case .complex128: 16
        }
    }

    @inline(__always) public var isFloatingPoint: Bool {
        rawValue >= DType.float16.rawValue && rawValue <= DType.float64.rawValue
    }
    /// float16 or bfloat16, which formulas compute in float32.
    @inline(__always) package var isHalf: Bool { self == .float16 || self == .bfloat16 }
    @inline(__always) public var isComplex: Bool { self == .complex64 || self == .complex128 }
    /// A type of `torch.quantizePerTensor`.
    @inline(__always) public var isQuantized: Bool { rawValue >= DType.qint8.rawValue }
    /// An integer type or bool.
    @inline(__always) public var isIntegral: Bool { rawValue < DType.float16.rawValue }
    /// A type that gradients can have.
    @inline(__always) public var isDifferentiable: Bool {
        rawValue >= DType.float16.rawValue && rawValue <= DType.complex128.rawValue
    }

    /// The real type of a complex one's parts; itself otherwise.
    public var real: DType {
        switch self {
        case .complex64: .float32
        case .complex128: .float64
        default: self
        }
    }

    /// The complex type whose parts have this type.
    public var complex: DType {
        switch self {
        case .float64, .complex128: .complex128
        default: .complex64
        }
    }

    /// The name PyTorch prints after `torch.`.
    public var name: String {
        switch self {
        case .bool: "bool"
        case .uint8: "uint8"
        case .int8: "int8"
        case .int16: "int16"
        case .int32: "int32"
        case .int64: "int64"
        case .float16: "float16"
        case .bfloat16: "bfloat16"
        case .float32: "float32"
        case .float64: "float64"
        case .complex64: "complex64"
        case .complex128: "complex128"
        case .qint8: "qint8"
        case .quint8: "quint8"
        case .qint32: "qint32"
        }
    }

    /// The name of the C++ scalar type, as PyTorch's error messages say it.
    public var scalarName: String {
        switch self {
        case .bool: "Bool"
        case .uint8: "Byte"
        case .int8: "Char"
        case .int16: "Short"
        case .int32: "Int"
        case .int64: "Long"
        case .float16: "Half"
        case .bfloat16: "BFloat16"
        case .float32: "Float"
        case .float64: "Double"
        case .complex64: "ComplexFloat"
        case .complex128: "ComplexDouble"
        case .qint8: "QInt8"
        case .quint8: "QUInt8"
        case .qint32: "QInt32"
        }
    }

    var kernel: ck_dtype { ck_dtype(UInt32(rawValue)) }
}

extension DType {
    /// The type of real numbers that are given none: `torch.setDefaultDtype` changes it.
    public static var `default`: DType { chosenDefault }
    fileprivate nonisolated(unsafe) static var chosenDefault = DType.float32
}

/// What PyTorch prints: `torch.float32`.
extension DType: CustomStringConvertible {
    public var description: String { "torch.\(name)" }
}

extension torch {
    public static func getDefaultDtype() -> DType { .default }
    /// Gives `d` to tensors whose type is neither written nor follows from others: of numbers with a point, of
    /// `zeros`, `rand` and the like, of layers' parameters, of quotients of integers. Complex ones follow.
    public static func setDefaultDtype(_ d: DType) {
        check(d.isFloatingPoint, "only floating-point types are supported as the default type", .typeError)
        DType.chosenDefault = d
    }
}

extension DType {
    /// The type both can be converted to, by PyTorch's promotion table (`torch.promote_types`).
    public static func promote(_ a: DType, _ b: DType) -> DType {
        if a == b { return a }
        let (low, high) = a.rawValue < b.rawValue ? (a, b) : (b, a)
        switch (low, high) {
        case (.bool, _): return high
        case (.uint8, .int8): return .int16
        case (.float16, .bfloat16): return .float32
        case (.float64, .complex64): return .complex128
        // An integer type never changes a floating or complex one, and of two of the same kind
        // the later in the declaration is the wider.
        default: return high
        }
    }
}
