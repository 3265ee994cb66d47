import TensorCore

extension nn.functional {
    /// Adds elements at both ends of dimensions. `pad` holds pairs of counts, the last dimension's
    /// first; a negative count cuts off. `mode` is `constant` (filled with `value`, 0 unless given),
    /// or for the last one to three dimensions `reflect` (mirrored without the edge), `replicate`
    /// (the edge) or `circular` (the other end).
    public static func pad(_ input: Tensor, _ pad: [Int], mode: String = "constant", value: (some ScalarConvertible)?) -> Tensor {
        if pad.count % 2 != 0 { fail("Padding length must be divisible by 2") }
        if pad.count / 2 > input.ndim {
            fail(
                "Padding length should be less than or equal to two times the input dimension but got padding length "
                    + "\(pad.count) and input of dimension \(input.ndim)")
        }
        if mode == "constant" { return torch.constantPadNd(input, pad, value?.scalar ?? .int(0)) }
        if value != nil { fail("Padding mode \"\(mode)\" doesn't take in value argument") }
        if !["reflect", "replicate", "circular"].contains(mode) {
            fail("Unrecognised padding mode \(mode)", .notImplemented)
        }
        let rank = pad.count / 2
        if !(1...3).contains(rank) || input.ndim != rank + 1 && input.ndim != rank + 2 {
            fail(
                "Padding size \(pad.count) is not supported for \(input.ndim)D input tensor.\nSupported combinations for "
                    + "non-constant padding:\n  - 2D or 3D input: padding size = 2 (pads last dimension)\n  - 3D or 4D "
                    + "input: padding size = 4 (pads last 2 dimensions)\n  - 4D or 5D input: padding size = 6 (pads last 3 "
                    + "dimensions)", .notImplemented)
        }
        checkPadding(input, pad, mode)
        return (0..<rank).reduce(input) { result, i in
            let dim = input.ndim - 1 - i
            let (before, after, size) = (pad[2 * i], pad[2 * i + 1], input.size(dim))
            // What is left after cutting off is what goes round.
            let first = Swift.max(-before, 0), left = Swift.max(size - first - Swift.max(-after, 0), 1)
            let places = (-before..<size + after).map { (place: Int) -> Int in
                switch mode {
                case "replicate": Swift.min(Swift.max(place, 0), size - 1)
                case "circular": first + ((place - first) % left + left) % left
                default: place < 0 ? -place : (place >= size ? 2 * (size - 1) - place : place)
                }
            }
            return result.indexSelect(dim, Tensor(places, shape: [places.count]).to(input.device))
        }
    }
    public static func pad(_ input: Tensor, _ pad: [Int], mode: String = "constant") -> Tensor {
        self.pad(input, pad, mode: mode, value: nil as Scalar?)
    }

    private static func checkPadding(_ input: Tensor, _ pad: [Int], _ mode: String) {
        let rank = pad.count / 2
        func padded(_ i: Int) -> Int { input.size(input.ndim - 1 - i) + pad[2 * i] + pad[2 * i + 1] }
        if mode == "circular" {
            for i in 0..<rank {
                let size = input.size(input.ndim - 1 - i)
                if Swift.max(pad[2 * i], pad[2 * i + 1]) > size { fail("Padding value causes wrapping around more than once.") }
                if padded(i) < 0 { fail("Negative padding value is resulting in an empty dimension") }
            }
            return
        }
        if input.shape.dropFirst(input.ndim - rank - 1).contains(0) {
            fail(
                "Expected \(rank + 1)D or \(rank + 2)D (batch mode) tensor with possibly 0 batch size and other non-zero "
                    + "dimensions for input, but got: \(input.shape)")
        }
        if mode == "reflect" {
            for i in 0..<rank where Swift.max(pad[2 * i], pad[2 * i + 1]) >= input.size(input.ndim - 1 - i) {
                fail(
                    "Argument #\(4 + 2 * i): Padding size should be less than the corresponding input dimension, but got: "
                        + "padding (\(pad[2 * i]), \(pad[2 * i + 1])) at dimension \(input.ndim - 1 - i) of input "
                        + "\(input.shape)")
            }
        }
        if (0..<rank).contains(where: { padded($0) < 1 }) {
            if rank == 1 { fail("input (W: \(input.size(-1))) is too small. Calculated output W: \(padded(0))") }
            let axes = Array(["D", "H", "W"].suffix(rank))
            let sizes = axes.indices.map { "\(axes[$0]): \(input.size($0 - rank))" }.joined(separator: ", ")
            let results = axes.indices.map { "\(axes[$0]): \(padded(rank - 1 - $0))" }.joined(separator: " ")
            fail("Calculated output \(results) must be >= 1 in every dimension (input \(sizes))")
        }
        if input.dtype == .bool {
            fail("\"\(mode == "reflect" ? "reflection" : "replication")_pad\(rank)d\" not implemented for 'Bool'", .notImplemented)
        }
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
        if input.ndim <= 2 { fail("channel_shuffle expects input with > 2 dims, but got input with sizes \(input.shape)") }
        if groups <= 0 { fail("Number of groups to divide channels in must be positive. Value of groups:\(groups)") }
        if input.size(1) % groups != 0 {
            fail("Number of channels must be divisible by groups. Got \(input.size(1)) channels and \(groups) groups.")
        }
        let rest = Array(input.shape.dropFirst(2))
        return input.reshape([input.size(0), groups, input.size(1) / groups] + rest).transpose(1, 2).reshape(input.shape)
    }
}
