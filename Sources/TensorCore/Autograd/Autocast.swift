import CKernels

/// Automatic mixed precision: inside `torch.autocast`, products of matrices and convolutions compute in
/// a shorter type, and what would suffer from it, such as losses, in float32.
///
/// An operator with a type of its own begins with
///
///     if Autocast.isOn { return Autocast.inLowerPrecision { to in to(self).mm(to(mat2)) } }
///
/// and everything within runs as outside of autocast.
package enum Autocast {
    /// The conversion of an operator's tensors.
    package struct Cast {
        fileprivate let type: DType

        /// The tensor in the operator's type; others than floating-point numbers, and float64, stay.
        package func callAsFunction(_ x: Tensor) -> Tensor {
            x.isFloatingPoint() && x.dtype != .float64 && x.dtype != type && x.device.type == .cpu ? x.to(type) : x
        }
        package func callAsFunction(_ x: Tensor?) -> Tensor? { x.map { self($0) } }
    }

    /// Each thread has its own mode.
    @inline(__always) package static var isOn: Bool { ck_state().pointee.autocast != 0 }

    /// The type that autocast uses; nil outside of it.
    static var dtype: DType? {
        let raw = ck_state().pointee.autocast
        return raw == 0 ? nil : DType(rawValue: raw - 1)
    }

    /// Runs `body` in a mode and restores the one it found.
    static func with<R>(_ dtype: DType?, _ body: () throws -> R) rethrows -> R {
        let before = ck_state().pointee.autocast
        ck_state().pointee.autocast = dtype.map { $0.rawValue + 1 } ?? 0
        defer { ck_state().pointee.autocast = before }
        return try body()
    }

    @inline(never)
    package static func inLowerPrecision<R>(_ body: (Cast) -> R) -> R {
        let cast = Cast(type: dtype!)
        return with(nil) { body(cast) }
    }

    @inline(never)
    package static func inFloat32<R>(_ body: (Cast) -> R) -> R { with(nil) { body(Cast(type: .float32)) } }
}

extension torch {
    /// Runs `body` in mixed precision: matrix products, `linear`, convolutions and attention take and
    /// give `dtype`, losses and other sums of many terms float32. Parameters keep their type.
    ///
    ///     let loss = torch.autocast(deviceType: .cpu, dtype: .bfloat16) { F.crossEntropy(model(x), y) }
    ///     loss.backward()
    ///
    /// - Parameters:
    ///   - dtype: bfloat16 or float16; another type is not supported, and changes nothing.
    ///   - enabled: false computes as without autocast, also inside an autocast block.
    public static func autocast<R>(
        deviceType: Device.Kind = .cpu, dtype: DType = .bfloat16, enabled: Bool = true, _ body: () throws -> R
    ) rethrows -> R {
        var dtype: DType? = enabled ? dtype : nil
        if let wanted = dtype, wanted != .bfloat16 && wanted != .float16 {
            warn(
                "In CPU autocast, but the target dtype is not supported. Disabling autocast.\nCPU Autocast only supports "
                    + "dtype of torch.bfloat16, torch.float16 currently.")
            dtype = nil
        }
        return deviceType == .cpu ? try Autocast.with(dtype, body) : try body()
    }

    /// The same as PyTorch's `torch.autocast("cpu")`.
    public static func autocast<R>(
        _ deviceType: Device.Kind, dtype: DType = .bfloat16, enabled: Bool = true, _ body: () throws -> R
    ) rethrows -> R { try autocast(deviceType: deviceType, dtype: dtype, enabled: enabled, body) }

    public static func isAutocastEnabled(_ deviceType: Device.Kind = .cpu) -> Bool {
        deviceType == .cpu && Autocast.isOn
    }
}
