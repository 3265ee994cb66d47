import Glibc

/// Questions about a tensor that PyTorch answers by a method or a function of `torch`.
extension Tensor: ElementCounting {
    public func nelement() -> Int { numel }
    public func ndimension() -> Int { ndim }
    public func size(dim: Int) -> Int { size(dim) }
    public func stride(dim: Int) -> Int { stride(dim) }
    /// Bytes per element.
    public func elementSize() -> Int { dtype.size }
    /// The address of the first element as a number; 0 where there are no values.
    public func dataPtr() -> Int { Int(bitPattern: address) }
    /// The number of the device, −1 for the CPU.
    public func getDevice() -> Int { device.index ?? (device.type == .cpu ? -1 : 0) }
    public func isSigned() -> Bool { dtype != .bool && dtype != .uint8 && dtype != .quint8 }
    /// Whether the tensor's only element is not zero. Stops where there is not one element.
    public func isNonzero() -> Bool { Bool(self) }
    public func isSameSize(_ other: Tensor) -> Bool { dims == other.dims }
    /// Whether both tensors are the same part of the same memory.
    public func isSetTo(_ tensor: Tensor) -> Bool {
        storage === tensor.storage && offset == tensor.offset && dims == tensor.dims && steps == tensor.steps
    }
}

/// What counts its elements: `x.numel` and, as PyTorch writes it, `x.numel()`. (A method beside a property of
/// its name can only come from a protocol.)
public protocol ElementCounting {
    var numel: Int { get }
}

extension ElementCounting {
    /// The number of elements.
    public func numel() -> Int { self.numel as Int }
}

extension torch {
    /// Numbers with a name: `torch.pi`.
    public static let pi = Double.pi, e = M_E, inf = Double.infinity, nan = Double.nan
    /// Where an index adds a dimension of size 1.
    public static let newaxis = SpecialIndex.newAxis

    public static func isTensor(_ object: Any) -> Bool { object is Tensor }
    public static func numel(_ input: Tensor) -> Int { input.numel }
    public static func isNonzero(_ input: Tensor) -> Bool { input.isNonzero() }
    public static func isSameSize(_ input: Tensor, _ other: Tensor) -> Bool { input.isSameSize(other) }
    public static func isSigned(_ input: Tensor) -> Bool { input.isSigned() }

    /// What the floating-point type can hold: `torch.finfo(.float32).eps`.
    public static func finfo(_ dtype: DType = .default) -> FloatingPointInfo {
        check(
            dtype.isFloatingPoint || dtype.isComplex,
            "torch.finfo() requires a floating point input type. Use torch.iinfo to handle 'torch.finfo'", .typeError)
        return FloatingPointInfo(dtype: dtype.real)
    }
    /// What the integer type can hold: `torch.iinfo(.int8).max`.
    public static func iinfo(_ dtype: DType) -> IntegerInfo {
        check(
            dtype.isIntegral && dtype != .bool,
            dtype == .bool
                ? "torch.bool is not supported by torch.iinfo"
                : "torch.iinfo() requires an integer input type. Use torch.finfo to handle 'torch.iinfo'", .typeError)
        return IntegerInfo(dtype: dtype)
    }
}

/// The limits of a floating-point type: PyTorch's `torch.finfo`.
public struct FloatingPointInfo: Sendable, CustomStringConvertible {
    public let dtype: DType

    /// Bits of the fraction, and the exponents of the largest and the smallest normal number.
    private var format: (fraction: Int, largest: Int, smallest: Int) {
        switch dtype {
        case .float16: (10, 15, -14)
        case .bfloat16: (7, 127, -126)
        case .float64: (52, 1023, -1022)
        default: (23, 127, -126)
        }
    }

    public var bits: Int { dtype.size * 8 }
    /// The distance from 1 to the next number.
    public var eps: Double { scalbn(1, Int32(-format.fraction)) }
    public var max: Double { scalbn(2 - eps, Int32(format.largest)) }
    public var min: Double { -max }
    /// The smallest positive number of full precision.
    public var tiny: Double { scalbn(1, Int32(format.smallest)) }
    public var smallestNormal: Double { tiny }
    /// One in the last decimal digit that is certain.
    public var resolution: Double { Glibc.pow(10, -Double(Int(Double(format.fraction) * log10(2)))) }

    public var description: String {
        func short(_ x: Double) -> String { NumberText.general(x, 6) }
        return "finfo(resolution=\(short(resolution)), min=\(short(min)), max=\(short(max)), eps=\(short(eps)), "
            + "smallest_normal=\(short(tiny)), tiny=\(short(tiny)), dtype=\(dtype.name))"
    }
}

/// The limits of an integer type: PyTorch's `torch.iinfo`.
public struct IntegerInfo: Sendable, CustomStringConvertible {
    public let dtype: DType

    public var bits: Int { dtype.size * 8 }
    public var max: Int { dtype == .uint8 ? 255 : Int.max >> (64 - bits) }
    public var min: Int { dtype == .uint8 ? 0 : -max - 1 }
    public var description: String {
        "iinfo(min=\(NumberText.general(Double(min), 6)), max=\(NumberText.general(Double(max), 6)), dtype=\(dtype.name))"
    }
}
