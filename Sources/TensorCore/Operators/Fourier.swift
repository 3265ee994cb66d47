extension torch {
    /// PyTorch's `torch.fft`: discrete Fourier transforms.
    ///
    /// `n` and `s` cut or zero-pad the signal. `norm` tells which direction is divided by the
    /// signal's length: `backward` (the inverse), `forward`, or `ortho` (both by its square root).
    public enum fft {}
}

/// How a transform is scaled.
private enum Scaling: String {
    case backward, ortho, forward

    init(named name: String) {
        guard let known = Scaling(rawValue: name) else { fail("Invalid normalization mode: \"\(name)\"") }
        self = known
    }

    func factor(_ count: Int, inverse: Bool) -> Double {
        switch self {
        case .ortho: 1 / Double(count).squareRoot()
        case .backward: inverse ? 1 / Double(count) : 1
        case .forward: inverse ? 1 : 1 / Double(count)
        }
    }
}

extension Tensor {
    /// The transform of complex values along `axes`, times `scale`. Its adjoint is the other direction.
    fileprivate func fourier(_ axes: [Int], inverse: Bool, scale: Double) -> Tensor {
        FormulaNode.record("FftC2CBackward0", [self], saving: []) {
            var result = self
            for axis in axes {
                let moved = result.transpose(axis, -1)
                let rows = Tensor(empty: moved.dims, .complex128, self.backend)
                rows.copyValues(from: moved.converted(.complex128))
                self.backend.fourier(rows, inverse: inverse)
                result = rows.transpose(axis, -1)
            }
            return (result * scale).to(self.dtype).clone()
        } gradients: { g, _ in [g.fourier(axes, inverse: !inverse, scale: scale)] }
    }

    /// The values in the complex type that a transform computes in.
    fileprivate var asComplex: Tensor {
        check(
            dtype != .float16 && dtype != .bfloat16,
            "Unsupported dtype \(dtype.scalarName)")
        return to(dtype.isIntegral ? .complex64 : dtype.complex)
    }

    fileprivate func realPart() -> Tensor { real.contiguous() }

    /// Cut, or padded with zeros, to `n` along an axis.
    fileprivate func resized(_ axis: Int, _ n: Int) -> Tensor {
        let size = self.size(axis)
        if n == size { return self }
        if n < size { return narrow(axis, 0, n) }
        return transpose(axis, -1).zeroPadded(before: [0], after: [n - size]).transpose(axis, -1)
    }
}

/// The size of a transform of one dimension, where −1 does not stand for the signal's own.
private func points(_ n: Int) -> [Int] {
    check(n >= 1, "Invalid number of data points (\(n)) specified")
    return [n]
}

/// The axes of a transform and the signal's sizes along them.
private func signal(_ x: Tensor, _ s: [Int]?, _ dim: [Int]?, lastIsHalf: Bool = false) -> (axes: [Int], sizes: [Int]) {
    if let s {
        check(s.count <= x.ndim, "Got shape with \(s.count) values but input tensor only has \(x.ndim) dimensions.")
    }
    let axes = dim.map { $0.map { x.normalized($0) } } ?? (s.map { Array((x.ndim - $0.count)..<x.ndim) } ?? Array(0..<x.ndim))
    check(Set(axes).count == axes.count, "FFT dims must be unique")
    check(
        s == nil || s!.count == axes.count,
        "When given, dim and shape arguments must have the same length")
    var sizes = s ?? axes.map { _ in -1 }
    for (i, axis) in axes.enumerated() where sizes[i] == -1 {
        sizes[i] = lastIsHalf && i == axes.count - 1 ? 2 * (x.size(axis) - 1) : x.size(axis)
    }
    for size in sizes { check(size >= 1, "Invalid number of data points (\(size)) specified") }
    return (axes, sizes)
}

private func complexTransform(_ x: Tensor, _ s: [Int]?, _ dim: [Int]?, _ norm: String, inverse: Bool) -> Tensor {
    let (axes, sizes) = signal(x, s, dim)
    let input = zip(axes, sizes).reduce(x.asComplex) { $0.resized($1.0, $1.1) }
    return input.fourier(axes, inverse: inverse, scale: Scaling(named: norm).factor(sizes.reduce(1, *), inverse: inverse))
}

/// The half of a real signal's transform that determines the other.
private func halfTransform(_ x: Tensor, _ s: [Int]?, _ dim: [Int]?, _ norm: String, inverse: Bool) -> Tensor {
    check(!x.dtype.isComplex, "\(inverse ? "ihfft" : "rfft") expects a real input tensor, but got \(x.dtype.scalarName)")
    let (axes, sizes) = signal(x, s, dim)
    check(!axes.isEmpty, "\(inverse ? "ihfftn" : "rfftn") must transform at least one axis")
    let whole = complexTransform(x, sizes, axes, norm, inverse: inverse)
    return whole.narrow(axes[axes.count - 1], 0, sizes[sizes.count - 1] / 2 + 1)
}

/// The real signal of a half transform.
private func realTransform(_ x: Tensor, _ s: [Int]?, _ dim: [Int]?, _ norm: String, inverse: Bool) -> Tensor {
    let (axes, sizes) = signal(x, s, dim, lastIsHalf: true)
    check(!axes.isEmpty, "\(inverse ? "irfftn" : "hfftn") must transform at least one axis")
    let (axis, n) = (axes[axes.count - 1], sizes[sizes.count - 1])
    let scale = Scaling(named: norm).factor(sizes.reduce(1, *), inverse: inverse)
    var input = zip(axes, sizes).dropLast().reduce(x.asComplex) { $0.resized($1.0, $1.1) }.resized(axis, n / 2 + 1)
    input = input.fourier(Array(axes.dropLast()), inverse: inverse, scale: scale)
    // The other half: the conjugates in reverse order, the first (and of even sizes the last) once.
    let mirrored = (n - 1) / 2
    if mirrored > 0 {
        let order = Tensor((1...mirrored).reversed().map { $0 }, shape: [mirrored]).to(x.device)
        input = torch.cat([input, input.indexSelect(axis, order).conj()], dim: axis)
    }
    return input.fourier([axis], inverse: inverse, scale: 1).realPart()
}

extension torch.fft {
    public static func fft(_ input: Tensor, n: Int? = nil, dim: Int = -1, norm: String = "backward") -> Tensor {
        complexTransform(input, n.map(points), [dim], norm, inverse: false)
    }
    public static func ifft(_ input: Tensor, n: Int? = nil, dim: Int = -1, norm: String = "backward") -> Tensor {
        complexTransform(input, n.map(points), [dim], norm, inverse: true)
    }
    public static func fft2(_ input: Tensor, s: [Int]? = nil, dim: [Int] = [-2, -1], norm: String = "backward") -> Tensor {
        complexTransform(input, s, dim, norm, inverse: false)
    }
    public static func ifft2(_ input: Tensor, s: [Int]? = nil, dim: [Int] = [-2, -1], norm: String = "backward") -> Tensor {
        complexTransform(input, s, dim, norm, inverse: true)
    }
    public static func fftn(_ input: Tensor, s: [Int]? = nil, dim: [Int]? = nil, norm: String = "backward") -> Tensor {
        complexTransform(input, s, dim, norm, inverse: false)
    }
    public static func ifftn(_ input: Tensor, s: [Int]? = nil, dim: [Int]? = nil, norm: String = "backward") -> Tensor {
        complexTransform(input, s, dim, norm, inverse: true)
    }

    /// The first n / 2 + 1 values of a real signal's transform; the others are their conjugates.
    public static func rfft(_ input: Tensor, n: Int? = nil, dim: Int = -1, norm: String = "backward") -> Tensor {
        halfTransform(input, n.map(points), [dim], norm, inverse: false)
    }
    /// The real signal of `n` values (an even number unless given) that `rfft` makes the input of.
    public static func irfft(_ input: Tensor, n: Int? = nil, dim: Int = -1, norm: String = "backward") -> Tensor {
        realTransform(input, n.map(points), [dim], norm, inverse: true)
    }
    public static func rfft2(_ input: Tensor, s: [Int]? = nil, dim: [Int] = [-2, -1], norm: String = "backward") -> Tensor {
        halfTransform(input, s, dim, norm, inverse: false)
    }
    public static func irfft2(_ input: Tensor, s: [Int]? = nil, dim: [Int] = [-2, -1], norm: String = "backward") -> Tensor {
        realTransform(input, s, dim, norm, inverse: true)
    }
    public static func rfftn(_ input: Tensor, s: [Int]? = nil, dim: [Int]? = nil, norm: String = "backward") -> Tensor {
        halfTransform(input, s, dim, norm, inverse: false)
    }
    public static func irfftn(_ input: Tensor, s: [Int]? = nil, dim: [Int]? = nil, norm: String = "backward") -> Tensor {
        realTransform(input, s, dim, norm, inverse: true)
    }

    /// The real transform of a signal given by its half, Hermitian in time.
    public static func hfft(_ input: Tensor, n: Int? = nil, dim: Int = -1, norm: String = "backward") -> Tensor {
        realTransform(input, n.map(points), [dim], norm, inverse: false)
    }
    public static func ihfft(_ input: Tensor, n: Int? = nil, dim: Int = -1, norm: String = "backward") -> Tensor {
        halfTransform(input, n.map(points), [dim], norm, inverse: true)
    }
    public static func hfft2(_ input: Tensor, s: [Int]? = nil, dim: [Int] = [-2, -1], norm: String = "backward") -> Tensor {
        realTransform(input, s, dim, norm, inverse: false)
    }
    public static func ihfft2(_ input: Tensor, s: [Int]? = nil, dim: [Int] = [-2, -1], norm: String = "backward") -> Tensor {
        halfTransform(input, s, dim, norm, inverse: true)
    }
    public static func hfftn(_ input: Tensor, s: [Int]? = nil, dim: [Int]? = nil, norm: String = "backward") -> Tensor {
        realTransform(input, s, dim, norm, inverse: false)
    }
    public static func ihfftn(_ input: Tensor, s: [Int]? = nil, dim: [Int]? = nil, norm: String = "backward") -> Tensor {
        halfTransform(input, s, dim, norm, inverse: true)
    }

    /// The frequencies of a transform of `n` values `d` apart: 0, the positive, then the negative.
    public static func fftfreq(_ n: Int, d: Double = 1, dtype: DType = .default) -> Tensor {
        let steps = (0..<n).map { Double($0 < (n + 1) / 2 ? $0 : $0 - n) / (Double(n) * d) }
        return Tensor(steps, shape: [n]).to(dtype)
    }
    /// The frequencies of `rfft`.
    public static func rfftfreq(_ n: Int, d: Double = 1, dtype: DType = .default) -> Tensor {
        Tensor((0...(n / 2)).map { Double($0) / (Double(n) * d) }, shape: [n / 2 + 1]).to(dtype)
    }

    /// Moves frequency 0 to the middle of each dimension.
    public static func fftshift(_ input: Tensor, dim: [Int]? = nil) -> Tensor { shifted(input, dim) { ($0 + 1) / 2 } }
    /// Undoes `fftshift`.
    public static func ifftshift(_ input: Tensor, dim: [Int]? = nil) -> Tensor { shifted(input, dim) { $0 / 2 } }

    private static func shifted(_ x: Tensor, _ dim: [Int]?, _ start: (Int) -> Int) -> Tensor {
        (dim ?? Array(0..<x.ndim)).reduce(x) { result, axis in
            let size = result.size(axis)
            let first = start(size)
            return torch.cat([result.narrow(axis, first, size - first), result.narrow(axis, 0, first)], dim: axis)
        }
    }
}
