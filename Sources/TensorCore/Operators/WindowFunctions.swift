import Glibc

extension torch {
    /// PyTorch's `torch.signal`: tools of signal processing.
    public enum signal {
        /// Windows of `M` points that fade a signal in and out.
        ///
        /// `sym` gives a symmetric window, for the design of filters; without it the window is
        /// periodic, for spectra. The type is float32 or float64. Stops with a ValueError on
        /// another type, a negative length or a parameter out of range.
        public enum windows {}
    }
}

extension torch.signal.windows {
    /// A checked window of length `M` as a function of `M` positions from `start` by `step`.
    private static func window(
        _ name: String, _ M: Int, _ dtype: DType, _ device: Device, _ requiresGrad: Bool, checking: () -> Void = {},
        positions: () -> (start: Double, step: Double), shape: (Tensor) -> Tensor
    ) -> Tensor {
        check(M >= 0, "\(name) requires non-negative window length, got M=\(M)", .valueError)
        check(dtype == .float32 || dtype == .float64, "\(name) expects float32 or float64 dtypes, got: \(dtype)", .valueError)
        checking()
        if M == 0 { return torch.empty([0], dtype: dtype, device: device, requiresGrad: requiresGrad) }
        let (start, step) = positions()
        let k = torch.linspace(start, start + Double(M - 1) * step, M, dtype: dtype, device: device, requiresGrad: requiresGrad)
        return shape(k)
    }

    /// The points that a window is spread over: a periodic one leaves out its last.
    private static func span(_ M: Int, _ sym: Bool) -> Double { Double(sym || M <= 1 ? M - 1 : M) }

    /// A triangle from 0 to 1 and back to 0.
    public static func bartlett(
        _ M: Int, sym: Bool = true, dtype: DType = .default, device: Device = .cpu, requiresGrad: Bool = false
    ) -> Tensor {
        window("bartlett", M, dtype, device, requiresGrad) { (-1, M == 1 ? 0 : 2 / span(M, sym)) } shape: { k in
            M == 1 ? k * 0 + 1 : 1 - k.abs()
        }
    }
    /// A sum of cosines with the coefficients `a`, of alternating signs.
    public static func generalCosine(
        _ M: Int, a: [Double], sym: Bool = true, dtype: DType = .default, device: Device = .cpu, requiresGrad: Bool = false
    ) -> Tensor {
        window("general_cosine", M, dtype, device, requiresGrad, checking: {
            check(M <= 1 || !a.isEmpty, "Coefficients cannot be empty", .valueError)
        }) { (0, M == 1 ? 0 : 2 * Double.pi / span(M, sym)) } shape: { k in
            if M == 1 { return k * 0 + 1 }
            return a.enumerated().reduce(torch.zerosLike(k)) { $0 + ($1.offset % 2 == 0 ? 1 : -1) * $1.element * (Double($1.offset) * k).cos() }
        }
    }
    /// `alpha − (1 − alpha) · cos`.
    public static func generalHamming(
        _ M: Int, alpha: Double = 0.54, sym: Bool = true,
        dtype: DType = .default, device: Device = .cpu, requiresGrad: Bool = false
    ) -> Tensor { generalCosine(M, a: [alpha, 1 - alpha], sym: sym, dtype: dtype, device: device, requiresGrad: requiresGrad) }
    public static func hamming(
        _ M: Int, sym: Bool = true, dtype: DType = .default, device: Device = .cpu, requiresGrad: Bool = false
    ) -> Tensor {
        generalHamming(M, sym: sym, dtype: dtype, device: device, requiresGrad: requiresGrad)
    }
    public static func hann(
        _ M: Int, sym: Bool = true, dtype: DType = .default, device: Device = .cpu, requiresGrad: Bool = false
    ) -> Tensor {
        generalHamming(M, alpha: 0.5, sym: sym, dtype: dtype, device: device, requiresGrad: requiresGrad)
    }
    public static func blackman(
        _ M: Int, sym: Bool = true, dtype: DType = .default, device: Device = .cpu, requiresGrad: Bool = false
    ) -> Tensor {
        check(M >= 0, "blackman requires non-negative window length, got M=\(M)", .valueError)
        check(dtype == .float32 || dtype == .float64, "blackman expects float32 or float64 dtypes, got: \(dtype)", .valueError)
        return generalCosine(M, a: [0.42, 0.5, 0.08], sym: sym, dtype: dtype, device: device, requiresGrad: requiresGrad)
    }
    /// Nuttall's minimum of side lobes with four terms.
    public static func nuttall(
        _ M: Int, sym: Bool = true, dtype: DType = .default, device: Device = .cpu, requiresGrad: Bool = false
    ) -> Tensor {
        generalCosine(
            M, a: [0.3635819, 0.4891775, 0.1365995, 0.0106411], sym: sym, dtype: dtype, device: device,
            requiresGrad: requiresGrad)
    }
    /// Half a wave of a sine.
    public static func cosine(
        _ M: Int, sym: Bool = true, dtype: DType = .default, device: Device = .cpu, requiresGrad: Bool = false
    ) -> Tensor {
        window("cosine", M, dtype, device, requiresGrad) {
            let step = Double.pi / (span(M, sym) + 1)
            return (0.5 * step, step)
        } shape: { $0.sin() }
    }
    /// `exp(−|n − center| / tau)`; a symmetric window has its own center.
    public static func exponential(
        _ M: Int, center: Double? = nil, tau: Double = 1, sym: Bool = true,
        dtype: DType = .default, device: Device = .cpu, requiresGrad: Bool = false
    ) -> Tensor {
        window("exponential", M, dtype, device, requiresGrad, checking: {
            check(tau > 0, "Tau must be positive, got: \(numberText(tau)) instead.", .valueError)
            check(!sym || center == nil, "Center must be None for symmetric windows", .valueError)
        }) { (-(center ?? span(M, sym) / 2) / tau, 1 / tau) } shape: { (-$0.abs()).exp() }
    }
    /// The density of a normal distribution, 1 at its center.
    public static func gaussian(
        _ M: Int, std: Double = 1, sym: Bool = true, dtype: DType = .default, device: Device = .cpu, requiresGrad: Bool = false
    ) -> Tensor {
        window("gaussian", M, dtype, device, requiresGrad, checking: {
            check(std > 0, "Standard deviation must be positive, got: \(numberText(std)) instead.", .valueError)
        }) {
            let step = 1 / (std * 2.0.squareRoot())
            return (-span(M, sym) / 2 * step, step)
        } shape: { (-$0.square()).exp() }
    }
    /// Kaiser's window of shape `beta`.
    public static func kaiser(
        _ M: Int, beta: Double = 12, sym: Bool = true,
        dtype: DType = .default, device: Device = .cpu, requiresGrad: Bool = false
    ) -> Tensor {
        window("kaiser", M, dtype, device, requiresGrad, checking: {
            check(beta >= 0, "beta must be non-negative, got: \(numberText(beta)) instead.", .valueError)
        }) { (-beta, M == 1 ? 0 : 2 * beta / span(M, sym)) } shape: { k in
            if M == 1 { return k * 0 + 1 }
            // The last position may stray past beta by a rounding.
            return (beta * beta - k.square()).clampMin(0).sqrt().i0() / torch.tensor(beta, dtype: dtype).i0()
        }
    }

    /// A parameter as Python prints it where a caller wrote a whole number.
    private static func numberText(_ value: Double) -> String { value == value.rounded() ? "\(Int(value))" : "\(value)" }
}

extension torch {
    /// Windows for spectra: `periodic` ones of `length` points, else symmetric ones.
    public static func bartlettWindow(
        _ length: Int, periodic: Bool = true, dtype: DType = .default, device: Device = .cpu
    ) -> Tensor {
        signal.windows.bartlett(length, sym: !periodic, dtype: dtype, device: device)
    }
    public static func blackmanWindow(
        _ length: Int, periodic: Bool = true, dtype: DType = .default, device: Device = .cpu
    ) -> Tensor {
        signal.windows.blackman(length, sym: !periodic, dtype: dtype, device: device)
    }
    public static func hannWindow(
        _ length: Int, periodic: Bool = true, dtype: DType = .default, device: Device = .cpu
    ) -> Tensor {
        signal.windows.hann(length, sym: !periodic, dtype: dtype, device: device)
    }
    public static func hammingWindow(
        _ length: Int, periodic: Bool = true, alpha: Double = 0.54, beta: Double = 0.46, dtype: DType = .default,
        device: Device = .cpu
    ) -> Tensor { signal.windows.generalCosine(length, a: [alpha, beta], sym: !periodic, dtype: dtype, device: device) }
    public static func kaiserWindow(
        _ length: Int, periodic: Bool = true, beta: Double = 12, dtype: DType = .default, device: Device = .cpu
    ) -> Tensor {
        signal.windows.kaiser(length, beta: beta, sym: !periodic, dtype: dtype, device: device)
    }
}
