import Glibc

/// Values of special functions in float64, by series, asymptotic expansion or quadrature.
enum SpecialValues {
    /// `exp(−|x|) · I₀(x)` and `exp(−|x|) · I₁(x)`.
    static func scaledI(_ order: Int, _ x: Double) -> Double {
        let a = Swift.abs(x)
        if a.isNaN { return .nan }
        let sign = order == 1 && x < 0 ? -1.0 : 1.0
        if a <= 30 {
            // All terms are positive, so nothing cancels.
            let square = a * a / 4
            var term = order == 1 ? a / 2 : 1
            var sum = 0.0, k = 1.0
            while term > sum * 1e-18 {
                sum += term
                term *= square / (k * (k + Double(order)))
                k += 1
                if term == 0 { break }
            }
            return sign * sum * Glibc.exp(-a)
        }
        let mu = 4 * Double(order * order)
        var term = 1.0, sum = 1.0, k = 1.0
        while k < 40 {
            let next = term * -(mu - (2 * k - 1) * (2 * k - 1)) / (8 * a * k)
            if Swift.abs(next) < 1e-17 { break }
            term = next
            sum += term
            k += 1
        }
        return a.isInfinite ? 0 : sign * sum / (2 * Double.pi * a).squareRoot()
    }

    /// `exp(x) · Kᵥ(x)` by its integral over cosh; the trapezoidal rule converges exponentially.
    static func scaledK(_ order: Double, _ x: Double) -> Double {
        if x.isNaN || x < 0 { return .nan }
        if x == 0 { return .infinity }
        if x.isInfinite { return 0 }
        // The integrand is as narrow as 1 / √x.
        let step = Swift.min(0.05, 0.7 / x.squareRoot())
        var sum = 0.5, t = step
        while true {
            let half = Glibc.sinh(t / 2)
            let power = order * t - 2 * x * half * half
            if power < -45 && x * Glibc.sinh(t) > order { break }
            sum += 0.5 * (Glibc.exp(power) + Glibc.exp(power - 2 * order * t))
            t += step
        }
        return sum * step
    }

    /// Airy's function Ai.
    static func airy(_ x: Double) -> Double {
        if !x.isFinite { return .nan }
        if x > 1 {
            let z = 2 / 3 * x * x.squareRoot()
            return Glibc.exp(-z) * scaledK(1.0 / 3, z) * (x / 3).squareRoot() / Double.pi
        }
        if x >= -8 {
            var (f, g) = (1.0, x)
            var (sumF, sumG) = (f, g)
            var k = 0.0
            while k < 120 {
                f *= x * x * x / ((k + 2) * (k + 3))
                g *= x * x * x / ((k + 3) * (k + 4))
                sumF += f
                sumG += g
                k += 3
            }
            return 0.355028053887817239 * sumF - 0.258819403792806798 * sumG
        }
        let a = -x
        let z = 2 / 3 * a * a.squareRoot()
        // Even terms go with the cosine, odd ones with the sine.
        var term = 1.0, even = 1.0, odd = 0.0
        for k in 1..<20 {
            let n = Double(k)
            let next = term * (6 * n - 5) * (6 * n - 3) * (6 * n - 1) / (216 * n * (2 * n - 1)) / z
            if next > term { break }
            term = next
            let signed = (k / 2) % 2 == 0 ? term : -term
            if k % 2 == 0 { even += signed } else { odd += signed }
        }
        let phase = z - Double.pi / 4
        return (Glibc.cos(phase) * even + Glibc.sin(phase) * odd) / (Double.pi.squareRoot() * a.squareRoot().squareRoot())
    }

    /// `exp(x²) · erfc(x)`.
    static func erfcx(_ x: Double) -> Double {
        if x < 20 { return Glibc.exp(x * x) * Glibc.erfc(x) }
        let s = 1 / (2 * x * x)
        return (1 - s * (1 - 3 * s * (1 - 5 * s * (1 - 7 * s * (1 - 9 * s))))) / (x * Double.pi.squareRoot())
    }

    /// The logarithm of the normal distribution function.
    static func logNormal(_ x: Double) -> Double {
        let t = x * 0.7071067811865476
        return x < -1 ? Glibc.log(erfcx(-t) / 2) - t * t : Glibc.log1p(-Glibc.erfc(t) / 2)
    }

    /// The same in float32, with the roundings that PyTorch's has.
    static func logNormal(_ x: Float) -> Float {
        let t = x * Float(0.7071067811865476)
        return x < -1 ? Glibc.logf(Float(erfcx(Double(-t))) / 2) - t * t : Glibc.log1pf(-Glibc.erfcf(t) / 2)
    }

    /// The x whose normal distribution function is p, by Newton's method on its logarithm.
    static func normalQuantile(_ p: Double) -> Double {
        if p.isNaN || p < 0 || p > 1 { return .nan }
        if p == 0 { return -.infinity }
        if p == 1 { return .infinity }
        if p > 0.5 { return -normalQuantile(1 - p) }
        let target = Glibc.log(p)
        var x = p < 0.1 ? -(-2 * target).squareRoot() : (p - 0.5) * 2.5066282746310002
        for _ in 0..<60 {
            let value = logNormal(x)
            let slope = Glibc.exp(-x * x / 2 - 0.9189385332046727 - value)
            let move = (value - target) / slope
            x -= move
            if Swift.abs(move) <= 1e-16 * Swift.abs(x) { break }
        }
        return x
    }

    /// Hurwitz's zeta function `Σ (k + q)⁻ˣ`, by the formula of Euler and Maclaurin.
    static func zeta(_ x: Double, _ q: Double) -> Double {
        if x == 1 { return .infinity }
        if x < 1 || x.isNaN || q.isNaN { return .nan }
        if q <= 0 {
            if q == q.rounded() { return .infinity }
            if x != x.rounded() { return .nan }
        }
        var sum = 0.0, a = q
        while a < 12 {
            sum += Glibc.pow(a, -x)
            a += 1
        }
        let power = Glibc.pow(a, -x)
        sum += power * a / (x - 1) + power / 2
        // Factorials over Bernoulli numbers: (2k)! / B₂ₖ.
        let divisors: [Double] = [
            12, -720, 30240, -1_209_600, 47_900_160, -1_307_674_368_000 / 691.0, 74_724_249_600,
            -10_670_622_842_880_000 / 3617.0,
        ]
        var rising = x, power2 = power / a
        for (k, divisor) in divisors.enumerated() {
            sum += rising * power2 / divisor
            rising *= (x + Double(2 * k + 1)) * (x + Double(2 * k + 2))
            power2 /= a * a
        }
        return sum
    }

    /// The `n`-th derivative of digamma.
    static func polygamma(_ n: Int, _ x: Double) -> Double {
        if x == .infinity { return 0 }
        if n == 1, x < 0.5 {
            if x == x.rounded() { return .infinity }
            let s = Glibc.sin(Double.pi * x)
            return Double.pi * Double.pi / (s * s) - polygamma(1, 1 - x)
        }
        return (n % 2 == 0 ? -1 : 1) * Glibc.tgamma(Double(n) + 1) * zeta(Double(n) + 1, x)
    }

    /// The regularized incomplete gamma function: its lower part, or its upper.
    static func incompleteGamma(_ a: Double, _ x: Double, upper: Bool) -> Double {
        if a.isNaN || x.isNaN || a < 0 || x < 0 || (a == 0 && x == 0) { return .nan }
        if a == 0 { return upper ? 0 : 1 }
        if x == 0 { return upper ? 1 : 0 }
        if a.isInfinite { return x.isInfinite ? .nan : (upper ? 1 : 0) }
        if x.isInfinite { return upper ? 0 : 1 }
        let scale = Glibc.exp(a * Glibc.log(x) - x - Glibc.lgamma(a))
        if x < a + 1 {
            var term = 1 / a, sum = term, k = a
            while term > sum * 1e-17 {
                k += 1
                term *= x / k
                sum += term
            }
            return upper ? 1 - sum * scale : sum * scale
        }
        // Lentz's continued fraction.
        var b = x + 1 - a, c = 1e300, d = 1 / b, h = d
        for i in 1..<100_000 {
            let n = -Double(i) * (Double(i) - a)
            b += 2
            d = 1 / (n * d + b)
            c = b + n / c
            let ratio = c * d
            h *= ratio
            if Swift.abs(ratio - 1) < 1e-16 { break }
        }
        return upper ? h * scale : 1 - h * scale
    }

    /// A polynomial of degree n by its recurrence, from the first two and the step
    /// `next(k, pₖ, pₖ₋₁)`; 0 for negative degrees.
    static func polynomial<Number: BinaryFloatingPoint>(
        _ n: Int, _ first: Number, _ next: (Number, Number, Number) -> Number
    ) -> Number {
        if n < 0 { return 0 }
        if n == 0 { return 1 }
        var (before, now): (Number, Number) = (1, first)
        for k in 1..<Swift.max(n, 1) where !now.isNaN { (before, now) = (now, next(Number(k), now, before)) }
        return now
    }

    /// The modified Bessel functions I₀ and I₁.
    static func I0(_ x: Double) -> Double { scaledI(0, x) * Glibc.exp(Swift.abs(x)) }
    static func I1(_ x: Double) -> Double { scaledI(1, x) * Glibc.exp(Swift.abs(x)) }

    /// The derivative of digamma in float32, whose rounding near the poles PyTorch's results show.
    static func trigamma(_ x: Float) -> Float {
        // Float.pi is rounded down.
        let pi = Float(Double.pi)
        var (x, result, sign) = (x, Float(0), Float(1))
        if x < 0.5 {
            sign = -1
            let s = Glibc.sinf(pi * x)
            result -= (pi * pi) / (s * s)
            x = 1 - x
        }
        for _ in 0..<6 {
            result += 1 / (x * x)
            x += 1
        }
        let square = 1 / (x * x)
        result += (1 + 1 / (2 * x) + square * (1.0 / 6 - square * (1.0 / 30 - square * (1.0 / 42)))) / x
        return sign * result
    }
}
