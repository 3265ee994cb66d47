/// Spectra of overlapping parts of a signal, and the way back.
extension torch {
    /// The Fourier transforms of windows along the last dimension: (L) to (frequencies, frames),
    /// with a batch dimension kept in front (`torch.stft`).
    ///
    /// - Parameters:
    ///   - hopLength: the distance of windows, `nFft / 4` unless given.
    ///   - winLength: the length of `window`, which is centered in the `nFft` points.
    ///   - center: pads the signal by `nFft / 2` at both ends as `padMode` says, so that a frame
    ///     is centered on its position.
    ///   - onesided: only the frequencies up to half, as is the default for real signals.
    ///   - returnComplex: must be given for real signals; without it a last dimension of 2 holds
    ///     the parts.
    public static func stft(
        _ input: Tensor, nFft: Int, hopLength: Int? = nil, winLength: Int? = nil, window: Tensor? = nil,
        center: Bool = true, padMode: String = "reflect", normalized: Bool = false, onesided: Bool? = nil,
        returnComplex: Bool? = nil
    ) -> Tensor {
        let isComplex = input.dtype.isComplex || window?.dtype.isComplex == true
        check(
            returnComplex != nil || isComplex,
            "stft requires the return_complex parameter be given for real inputs, and will further require that "
                + "return_complex=True in a future PyTorch release.")
        let padded = center ? input.paddedAtEnds(nFft / 2, padMode) : input
        let (hop, length) = (hopLength ?? nFft / 4, winLength ?? nFft)
        let call = "stft(torch.\(input.dtype.scalarName)Tensor\(padded.dims), n_fft=\(nFft), hop_length=\(hop), "
            + "win_length=\(length), window=\(text(of: window)), normalized=\(normalized ? 1 : 0), "
            + "onesided=\(text(of: onesided)), return_complex=\(text(of: returnComplex)), align_to_window=None) : expected "
        check(!input.dtype.isIntegral, call + "a tensor of floating point or complex values", .notImplemented)
        check(input.ndim == 1 || input.ndim == 2, call + "a 1D or 2D tensor")
        let size = padded.size(-1)
        check(nFft > 0 && nFft <= size, call + "0 < n_fft < \(size), but got n_fft=\(nFft)")
        check(hop > 0, call + "hop_length > 0, but got hop_length=\(hop)")
        check(length > 0 && length <= nFft, call + "0 < win_length <= n_fft, but got win_length=\(length)")
        if let window {
            check(
                window.shape == [length],
                call + "a 1D window tensor of size equal to win_length=\(length), but got window with size \(window.dims)")
        }
        var frames = padded.unfold(-1, nFft, hop)
        if let window = centered(window, length, nFft, input.dtype) { frames = frames * window }
        let half = onesided ?? !isComplex
        check(!(half && isComplex), "Cannot have onesided output if window or input is complex")
        let norm = normalized ? "ortho" : "backward"
        let spectrum: Tensor
        if isComplex {
            spectrum = fft.fft(frames, norm: norm)
        } else {
            spectrum = half ? fft.rfft(frames, norm: norm) : fft.fft(frames, norm: norm)
        }
        let result = spectrum.transpose(-1, -2)
        return returnComplex ?? true ? result : result.viewAsReal()
    }

    /// The signal that `stft` gave these spectra of: (frequencies, frames) to (L), with a batch
    /// dimension kept in front (`torch.istft`). `length` cuts or pads the signal.
    public static func istft(
        _ input: Tensor, nFft: Int, hopLength: Int? = nil, winLength: Int? = nil, window: Tensor? = nil,
        center: Bool = true, normalized: Bool = false, onesided: Bool? = nil, length: Int? = nil,
        returnComplex: Bool = false
    ) -> Tensor {
        let (hop, width) = (hopLength ?? nFft / 4, winLength ?? nFft)
        check(
            input.dtype.isComplex,
            "istft requires a complex-valued input tensor matching the output from stft with return_complex=True.", .typeError)
        let call = "istft(CPU\(input.dtype.scalarName)Type\(input.dims), n_fft=\(nFft), hop_length=\(hop), "
            + "win_length=\(width), window=\(text(of: window)), center=\(center ? 1 : 0), normalized=\(normalized ? 1 : 0), "
            + "onesided=\(text(of: onesided)), length=\(length.map { "\($0)" } ?? "None"), "
            + "return_complex=\(returnComplex ? 1 : 0))"
        check(input.numel > 0, call + " : input tensor cannot be empty.")
        check(
            input.ndim == 2 || input.ndim == 3,
            call + " : expected a tensor with 2 or 3 dimensions, but got \(input.ndim)")
        let frequencies = input.size(-2)
        let half = onesided ?? (frequencies != nFft)
        let expected = half ? nFft / 2 + 1 : nFft
        check(
            frequencies == expected,
            call + " : expected the frequency dimension (3rd to the last) of the input tensor to match "
                + "\(half ? "n_fft / 2 + 1 when onesided=True" : "n_fft when onesided=False"), but got \(frequencies)")
        check(hop > 0 && hop <= width, call + " : expected 0 < hop_length <= win_length")
        check(width > 0 && width <= nFft, call + " : expected 0 < win_length <= n_fft")
        check(
            window == nil || window!.shape == [width],
            call + " : Invalid window shape. window has to be 1D and length of `win_length`")
        check(
            returnComplex || window?.dtype.isComplex != true, "Complex windows are incompatible with return_complex=False")
        check(!(returnComplex && half), "Cannot have onesided output if window or input is complex")
        let shape = centered(window ?? ones([width], dtype: input.dtype.real), width, nFft, input.dtype.real)!
        let norm = normalized ? "ortho" : "backward"
        let spectra = input.transpose(-1, -2)
        let frames: Tensor
        if returnComplex {
            frames = fft.ifft(spectra, norm: norm)
        } else {
            frames = fft.irfft(half ? spectra : spectra.narrow(-1, 0, nFft / 2 + 1), n: nFft, norm: norm)
        }
        let count = input.size(-1)
        let total = nFft + hop * (count - 1)
        let overlap = Windows([nFft], stride: [hop], dilation: [1])
        let start = center ? nFft / 2 : 0
        let end = length.map { start + $0 } ?? (center ? total - nFft / 2 : total)
        let signal = overlap.folded(frames * shape, [total])[.ellipsis, start ..< Swift.min(end, total)]
        let weight = overlap.folded(shape.square().expand([count, nFft]), [total])[start ..< Swift.min(end, total)]
        let least = weight.abs().min()
        check(least.device.type == .meta || (least.item() as Double) > 1e-11, call + " window overlap add min: 1\n[ CPUBoolType{} ]")
        let result = signal / weight
        if end <= total { return result }
        warn("The length of signal is shorter than the length parameter. Result is being padded with zeros in the tail.")
        return result.zeroPadded(before: [0], after: [end - total])
    }

    /// A window padded with zeros to `count` points; none where there is none to apply.
    private static func centered(_ window: Tensor?, _ length: Int, _ count: Int, _ type: DType) -> Tensor? {
        if length == count { return window }
        let left = (count - length) / 2
        return (window ?? ones([length], dtype: type)).zeroPadded(before: [left], after: [count - length - left])
    }

    private static func text(of flag: Bool?) -> String { flag.map { $0 ? "1" : "0" } ?? "None" }
    private static func text(of window: Tensor?) -> String {
        window.map { "torch.\($0.dtype.scalarName)Tensor{\($0.dims)}" } ?? "None"
    }
}

extension Tensor {
    /// See `torch.stft`.
    public func stft(
        nFft: Int, hopLength: Int? = nil, winLength: Int? = nil, window: Tensor? = nil, center: Bool = true,
        padMode: String = "reflect", normalized: Bool = false, onesided: Bool? = nil, returnComplex: Bool? = nil
    ) -> Tensor {
        torch.stft(
            self, nFft: nFft, hopLength: hopLength, winLength: winLength, window: window, center: center, padMode: padMode,
            normalized: normalized, onesided: onesided, returnComplex: returnComplex)
    }
    /// See `torch.istft`.
    public func istft(
        nFft: Int, hopLength: Int? = nil, winLength: Int? = nil, window: Tensor? = nil, center: Bool = true,
        normalized: Bool = false, onesided: Bool? = nil, length: Int? = nil, returnComplex: Bool = false
    ) -> Tensor {
        torch.istft(
            self, nFft: nFft, hopLength: hopLength, winLength: winLength, window: window, center: center,
            normalized: normalized, onesided: onesided, length: length, returnComplex: returnComplex)
    }

    /// With `amount` values before and after the last dimension, made as `mode` says.
    fileprivate func paddedAtEnds(_ amount: Int, _ mode: String) -> Tensor {
        if mode == "constant" { return zeroPadded(before: [amount], after: [amount]) }
        let size = self.size(-1)
        if mode == "reflect" {
            let dim = ndim == 1 ? 2 : ndim - 1
            let shown = ndim == 1 ? [1, 1] + shape : (ndim == 2 ? [1] + shape : shape)
            check(
                amount < size,
                "Argument #4: Padding size should be less than the corresponding input dimension, but got: padding "
                    + "(\(amount), \(amount)) at dimension \(dim) of input \(shown)")
        }
        let places = (-amount ..< size + amount).map { place -> Int in
            switch mode {
            case "reflect": place < 0 ? -place : (place < size ? place : 2 * (size - 1) - place)
            case "replicate": Swift.min(Swift.max(place, 0), size - 1)
            case "circular": (place + size * (amount / Swift.max(size, 1) + 1)) % size
            default: fail("Unrecognised padding mode \(mode)", .notImplemented)
            }
        }
        return indexSelect(-1, torch.tensor(places).to(device))
    }
}
