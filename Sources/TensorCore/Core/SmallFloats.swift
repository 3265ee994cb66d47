/// The two 16-bit floating-point types as bits. (Swift's Float16 is not on every x86-64 toolchain.)

/// IEEE half precision: 1 sign, 5 exponent, 10 fraction bits.
package enum HalfFloat {
    package static func value(_ bits: UInt16) -> Float {
        let sign = UInt32(bits & 0x8000) << 16
        let exponent = UInt32(bits >> 10) & 0x1F
        let fraction = UInt32(bits & 0x3FF)
        if exponent == 0x1F { return Float(bitPattern: sign | 0x7F80_0000 | fraction << 13) }
        if exponent != 0 { return Float(bitPattern: sign | (exponent + 112) << 23 | fraction << 13) }
        let magnitude = Float(fraction) * 0x1p-24
        return sign == 0 ? magnitude : -magnitude
    }

    /// Rounds to nearest, ties to even.
    package static func bits(_ value: Float) -> UInt16 {
        let sign = UInt16(truncatingIfNeeded: value.bitPattern >> 16) & 0x8000
        let magnitude = value.magnitude
        if value.isNaN { return sign | 0x7E00 }
        if magnitude >= 65520 { return sign | 0x7C00 }
        if magnitude < 0x1p-14 {
            // Subnormal: multiples of 2⁻²⁴; the addition rounds.
            return sign | UInt16((magnitude * 0x1p24).rounded(.toNearestOrEven))
        }
        let rounded = magnitude.bitPattern &+ 0xFFF &+ (magnitude.bitPattern >> 13 & 1)
        return sign | UInt16(truncatingIfNeeded: (rounded >> 13) &- (112 << 10))
    }
}

/// The upper half of a float.
package enum BrainFloat {
    package static func value(_ bits: UInt16) -> Float { Float(bitPattern: UInt32(bits) << 16) }

    /// Rounds to nearest, ties to even.
    package static func bits(_ value: Float) -> UInt16 {
        if value.isNaN { return 0x7FC0 }
        let rounded = value.bitPattern &+ 0x7FFF &+ (value.bitPattern >> 16 & 1)
        return UInt16(truncatingIfNeeded: rounded >> 16)
    }
}
