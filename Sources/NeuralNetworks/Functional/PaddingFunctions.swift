import TensorCore

extension nn.functional {
    /// Adds elements at both ends of dimensions. `pad` holds pairs of counts, the last dimension's
    /// first; a negative count cuts off. `mode` is `constant` (filled with `value`), `reflect`
    /// (mirrored without the edge), `replicate` (the edge) or `circular` (the other end).
    public static func pad(_ input: Tensor, _ pad: [Int], mode: String = "constant", value: Double = 0) -> Tensor {
        if pad.count % 2 != 0 { fail("Padding length must be divisible by 2") }
        if pad.count / 2 > input.ndim {
            fail(
                "Padding length should be less than or equal to two times the input dimension but got padding length "
                    + "\(pad.count) and input of dimension \(input.ndim)")
        }
        if !["constant", "reflect", "replicate", "circular"].contains(mode) {
            fail("Unrecognised padding mode \(mode)", .notImplemented)
        }
        if mode == "constant" { return constantPadded(input, pad, value) }
        var result = input
        for i in 0..<pad.count / 2 {
            let dim = input.ndim - 1 - i
            let (before, after, size) = (pad[2 * i], pad[2 * i + 1], input.size(dim))
            if mode == "reflect", Swift.max(before, after) >= size {
                fail(
                    "Argument #4: Padding size should be less than the corresponding input dimension, but got: padding "
                        + "(\(before), \(after)) at dimension \(dim) of input \(input.shape)")
            }
            if mode == "circular", Swift.max(before, after) > size {
                fail("Padding value causes wrapping around more than once.")
            }
            let places = Swift.stride(from: -before, to: size + after, by: 1).map { (place: Int) -> Int in
                switch mode {
                case "replicate": Swift.min(Swift.max(place, 0), size - 1)
                case "circular": (place + size) % size
                default: place < 0 ? -place : (place >= size ? 2 * (size - 1) - place : place)
                }
            }
            result = result.indexSelect(dim, Tensor(places, shape: [places.count]))
        }
        return result
    }

    private static func constantPadded(_ input: Tensor, _ pad: [Int], _ value: Double) -> Tensor {
        var kept = input
        var shape = input.shape
        for i in 0..<pad.count / 2 {
            let dim = input.ndim - 1 - i
            let (before, after) = (pad[2 * i], pad[2 * i + 1])
            shape[dim] += before + after
            if shape[dim] < 0 {
                fail(
                    "The input size \(input.size(dim)), plus negative padding \(before) and \(after) resulted in a negative "
                        + "output size, which is invalid. Check dimension \(dim) of your input.")
            }
            let start = Swift.max(-before, 0)
            kept = kept.narrow(dim, start, Swift.max(input.size(dim) - start - Swift.max(-after, 0), 0))
        }
        let result = torch.full(shape, value, dtype: input.dtype, device: input.device)
        var part = result
        for i in 0..<pad.count / 2 {
            let dim = input.ndim - 1 - i
            part = part.narrow(dim, Swift.max(pad[2 * i], 0), kept.size(dim))
        }
        part.copy_(kept)
        return result
    }

    /// Channels laid out in space: `(*, C·r², H, W)` to `(*, C, H·r, W·r)`.
    public static func pixelShuffle(_ input: Tensor, _ upscaleFactor: Int) -> Tensor {
        let r = upscaleFactor
        if input.ndim < 3 { fail("pixel_shuffle expects input to have at least 3 dimensions, but got input with \(input.ndim) dimension(s)") }
        if r <= 0 { fail("pixel_shuffle expects a positive upscale_factor, but got \(r)") }
        let (c, h, w) = (input.size(-3), input.size(-2), input.size(-1))
        if c % (r * r) != 0 {
            fail(
                "pixel_shuffle expects its input's 'channel' dimension to be divisible by the square of upscale_factor, but "
                    + "input.size(-3)=\(c) is not divisible by \(r * r)")
        }
        let batch = Array(input.shape.dropLast(3)), n = batch.count
        return input.reshape(batch + [c / (r * r), r, r, h, w])
            .permute(Array(0..<n) + [n, n + 3, n + 1, n + 4, n + 2]).reshape(batch + [c / (r * r), h * r, w * r])
    }

    /// The inverse of `pixelShuffle`: `(*, C, H·r, W·r)` to `(*, C·r², H, W)`.
    public static func pixelUnshuffle(_ input: Tensor, _ downscaleFactor: Int) -> Tensor {
        let r = downscaleFactor
        if input.ndim < 3 { fail("pixel_unshuffle expects input to have at least 3 dimensions, but got input with \(input.ndim) dimension(s)") }
        if r <= 0 { fail("pixel_unshuffle expects a positive downscale_factor, but got \(r)") }
        let (c, h, w) = (input.size(-3), input.size(-2), input.size(-1))
        if h % r != 0 { fail("pixel_unshuffle expects height to be divisible by downscale_factor, but input.size(-2)=\(h) is not divisible by \(r)") }
        if w % r != 0 { fail("pixel_unshuffle expects width to be divisible by downscale_factor, but input.size(-1)=\(w) is not divisible by \(r)") }
        let batch = Array(input.shape.dropLast(3)), n = batch.count
        return input.reshape(batch + [c, h / r, r, w / r, r])
            .permute(Array(0..<n) + [n, n + 2, n + 4, n + 1, n + 3]).reshape(batch + [c * r * r, h / r, w / r])
    }

    /// Channels of `groups` groups interleaved: `(N, C, *)`.
    public static func channelShuffle(_ input: Tensor, _ groups: Int) -> Tensor {
        if groups <= 0 || input.size(1) % groups != 0 {
            fail("Number of channels must be divisible by groups. Got \(input.size(1)) channels and \(groups) groups.")
        }
        let rest = Array(input.shape.dropFirst(2))
        return input.reshape([input.size(0), groups, input.size(1) / groups] + rest).transpose(1, 2).reshape(input.shape)
    }
}
