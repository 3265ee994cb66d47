/// PyTorch takes the arguments of `torch.linalg`, `torch.fft` and `torch.special` by position as well as by name. The
/// declarations that compute have one of the two forms; these are the others.
extension torch.linalg {
    public static func cond(_ A: Tensor, _ p: Double) -> Tensor { cond(A, p: p) }
    public static func eigh(_ A: Tensor, _ UPLO: String) -> (eigenvalues: Tensor, eigenvectors: Tensor) {
        eigh(A, UPLO: UPLO)
    }
    public static func eigvalsh(_ A: Tensor, _ UPLO: String) -> Tensor { eigvalsh(A, UPLO: UPLO) }
    public static func matrixNorm(
        _ A: Tensor, _ ord: Double, dim: [Int] = [-2, -1], keepdim: Bool = false, dtype: DType? = nil
    ) -> Tensor {
        matrixNorm(A, ord: ord, dim: dim, keepdim: keepdim, dtype: dtype)
    }
    public static func matrixNorm(
        _ A: Tensor, _ ord: Double, _ dim: Int, keepdim: Bool = false, dtype: DType? = nil
    ) -> Tensor {
        matrixNorm(A, ord: ord, dim: [dim], keepdim: keepdim, dtype: dtype)
    }
    public static func matrixNorm(
        _ A: Tensor, _ ord: Double, _ dim: [Int], keepdim: Bool = false, dtype: DType? = nil
    ) -> Tensor {
        matrixNorm(A, ord: ord, dim: dim, keepdim: keepdim, dtype: dtype)
    }
    public static func matrixNorm(
        _ A: Tensor, _ ord: Double, dim: Int, keepdim: Bool = false, dtype: DType? = nil
    ) -> Tensor {
        matrixNorm(A, ord: ord, dim: [dim], keepdim: keepdim, dtype: dtype)
    }
    public static func matrixNorm(_ A: Tensor, _ ord: Double, _ dim: Int, _ keepdim: Bool, dtype: DType? = nil) -> Tensor {
        matrixNorm(A, ord: ord, dim: [dim], keepdim: keepdim, dtype: dtype)
    }
    public static func matrixNorm(
        _ A: Tensor, _ ord: Double, _ dim: [Int], _ keepdim: Bool, dtype: DType? = nil
    ) -> Tensor {
        matrixNorm(A, ord: ord, dim: dim, keepdim: keepdim, dtype: dtype)
    }
    public static func matrixNorm(
        _ A: Tensor, dim: Int, ord: String = "fro", keepdim: Bool = false, dtype: DType? = nil
    ) -> Tensor {
        matrixNorm(A, ord: ord, dim: [dim], keepdim: keepdim, dtype: dtype)
    }
    public static func matrixPower(_ A: Tensor, n: Int) -> Tensor { matrixPower(A, n) }
    public static func norm(
        _ input: Tensor, _ ord: Double, dim: [Int]? = nil, keepdim: Bool = false, dtype: DType? = nil
    ) -> Tensor {
        norm(input, ord: ord, dim: dim, keepdim: keepdim, dtype: dtype)
    }
    public static func norm(
        _ input: Tensor, _ ord: Double, _ dim: Int, keepdim: Bool = false, dtype: DType? = nil
    ) -> Tensor {
        norm(input, ord: ord, dim: [dim], keepdim: keepdim, dtype: dtype)
    }
    public static func norm(
        _ input: Tensor, _ ord: Double, _ dim: [Int]?, keepdim: Bool = false, dtype: DType? = nil
    ) -> Tensor {
        norm(input, ord: ord, dim: dim, keepdim: keepdim, dtype: dtype)
    }
    public static func norm(
        _ input: Tensor, _ ord: Double, dim: Int, keepdim: Bool = false, dtype: DType? = nil
    ) -> Tensor {
        norm(input, ord: ord, dim: [dim], keepdim: keepdim, dtype: dtype)
    }
    public static func norm(_ input: Tensor, _ ord: Double, _ dim: Int, _ keepdim: Bool, dtype: DType? = nil) -> Tensor {
        norm(input, ord: ord, dim: [dim], keepdim: keepdim, dtype: dtype)
    }
    public static func norm(_ input: Tensor, _ ord: Double, _ dim: [Int]?, _ keepdim: Bool, dtype: DType? = nil) -> Tensor {
        norm(input, ord: ord, dim: dim, keepdim: keepdim, dtype: dtype)
    }
    public static func norm(_ input: Tensor, dim: Int, keepdim: Bool = false, dtype: DType? = nil) -> Tensor {
        norm(input, dim: [dim], keepdim: keepdim, dtype: dtype)
    }
    public static func vander(_ x: Tensor, _ N: Int?) -> Tensor { vander(x, N: N) }
    public static func vectorNorm(
        _ x: Tensor, _ ord: Double, dim: [Int]? = nil, keepdim: Bool = false, dtype: DType? = nil
    ) -> Tensor {
        vectorNorm(x, ord: ord, dim: dim, keepdim: keepdim, dtype: dtype)
    }
    public static func vectorNorm(
        _ x: Tensor, _ ord: Double, _ dim: Int, keepdim: Bool = false, dtype: DType? = nil
    ) -> Tensor {
        vectorNorm(x, ord: ord, dim: [dim], keepdim: keepdim, dtype: dtype)
    }
    public static func vectorNorm(
        _ x: Tensor, _ ord: Double, _ dim: [Int]?, keepdim: Bool = false, dtype: DType? = nil
    ) -> Tensor {
        vectorNorm(x, ord: ord, dim: dim, keepdim: keepdim, dtype: dtype)
    }
    public static func vectorNorm(
        _ x: Tensor, _ ord: Double, dim: Int, keepdim: Bool = false, dtype: DType? = nil
    ) -> Tensor {
        vectorNorm(x, ord: ord, dim: [dim], keepdim: keepdim, dtype: dtype)
    }
    public static func vectorNorm(_ x: Tensor, _ ord: Double, _ dim: Int, _ keepdim: Bool, dtype: DType? = nil) -> Tensor {
        vectorNorm(x, ord: ord, dim: [dim], keepdim: keepdim, dtype: dtype)
    }
    public static func vectorNorm(
        _ x: Tensor, _ ord: Double, _ dim: [Int]?, _ keepdim: Bool, dtype: DType? = nil
    ) -> Tensor {
        vectorNorm(x, ord: ord, dim: dim, keepdim: keepdim, dtype: dtype)
    }
    public static func vectorNorm(
        _ x: Tensor, dim: Int, ord: Double = 2, keepdim: Bool = false, dtype: DType? = nil
    ) -> Tensor {
        vectorNorm(x, ord: ord, dim: [dim], keepdim: keepdim, dtype: dtype)
    }
}

extension torch.fft {
    public static func fft(_ input: Tensor, _ n: Int?, dim: Int = -1, norm: String = "backward") -> Tensor {
        fft(input, n: n, dim: dim, norm: norm)
    }
    public static func fft2(_ input: Tensor, _ s: [Int]?, dim: [Int] = [-2, -1], norm: String = "backward") -> Tensor {
        fft2(input, s: s, dim: dim, norm: norm)
    }
    public static func fft2(_ input: Tensor, dim: Int, s: [Int]? = nil, norm: String = "backward") -> Tensor {
        fft2(input, s: s, dim: [dim], norm: norm)
    }
    public static func fftfreq(_ n: Int, _ d: Double, dtype: DType = .default) -> Tensor { fftfreq(n, d: d, dtype: dtype) }
    public static func fftfreq(n: Int, d: Double = 1, dtype: DType = .default) -> Tensor { fftfreq(n, d: d, dtype: dtype) }
    public static func fftn(_ input: Tensor, _ s: [Int]?, dim: [Int]? = nil, norm: String = "backward") -> Tensor {
        fftn(input, s: s, dim: dim, norm: norm)
    }
    public static func fftn(_ input: Tensor, dim: Int, s: [Int]? = nil, norm: String = "backward") -> Tensor {
        fftn(input, s: s, dim: [dim], norm: norm)
    }
    public static func fftshift(_ input: Tensor, _ dim: Int) -> Tensor { fftshift(input, dim: [dim]) }
    public static func fftshift(_ input: Tensor, _ dim: [Int]?) -> Tensor { fftshift(input, dim: dim) }
    public static func fftshift(_ input: Tensor, dim: Int) -> Tensor { fftshift(input, dim: [dim]) }
    public static func ifft(_ input: Tensor, _ n: Int?, dim: Int = -1, norm: String = "backward") -> Tensor {
        ifft(input, n: n, dim: dim, norm: norm)
    }
    public static func ifft2(_ input: Tensor, _ s: [Int]?, dim: [Int] = [-2, -1], norm: String = "backward") -> Tensor {
        ifft2(input, s: s, dim: dim, norm: norm)
    }
    public static func ifft2(_ input: Tensor, dim: Int, s: [Int]? = nil, norm: String = "backward") -> Tensor {
        ifft2(input, s: s, dim: [dim], norm: norm)
    }
    public static func ifftn(_ input: Tensor, _ s: [Int]?, dim: [Int]? = nil, norm: String = "backward") -> Tensor {
        ifftn(input, s: s, dim: dim, norm: norm)
    }
    public static func ifftn(_ input: Tensor, dim: Int, s: [Int]? = nil, norm: String = "backward") -> Tensor {
        ifftn(input, s: s, dim: [dim], norm: norm)
    }
    public static func ifftshift(_ input: Tensor, _ dim: Int) -> Tensor { ifftshift(input, dim: [dim]) }
    public static func ifftshift(_ input: Tensor, _ dim: [Int]?) -> Tensor { ifftshift(input, dim: dim) }
    public static func ifftshift(_ input: Tensor, dim: Int) -> Tensor { ifftshift(input, dim: [dim]) }
    public static func irfft(_ input: Tensor, _ n: Int?, dim: Int = -1, norm: String = "backward") -> Tensor {
        irfft(input, n: n, dim: dim, norm: norm)
    }
    public static func irfft2(_ input: Tensor, _ s: [Int]?, dim: [Int] = [-2, -1], norm: String = "backward") -> Tensor {
        irfft2(input, s: s, dim: dim, norm: norm)
    }
    public static func irfft2(_ input: Tensor, dim: Int, s: [Int]? = nil, norm: String = "backward") -> Tensor {
        irfft2(input, s: s, dim: [dim], norm: norm)
    }
    public static func irfftn(_ input: Tensor, _ s: [Int]?, dim: [Int]? = nil, norm: String = "backward") -> Tensor {
        irfftn(input, s: s, dim: dim, norm: norm)
    }
    public static func irfftn(_ input: Tensor, dim: Int, s: [Int]? = nil, norm: String = "backward") -> Tensor {
        irfftn(input, s: s, dim: [dim], norm: norm)
    }
    public static func rfft(_ input: Tensor, _ n: Int?, dim: Int = -1, norm: String = "backward") -> Tensor {
        rfft(input, n: n, dim: dim, norm: norm)
    }
    public static func rfft2(_ input: Tensor, _ s: [Int]?, dim: [Int] = [-2, -1], norm: String = "backward") -> Tensor {
        rfft2(input, s: s, dim: dim, norm: norm)
    }
    public static func rfft2(_ input: Tensor, dim: Int, s: [Int]? = nil, norm: String = "backward") -> Tensor {
        rfft2(input, s: s, dim: [dim], norm: norm)
    }
    public static func rfftfreq(_ n: Int, _ d: Double, dtype: DType = .default) -> Tensor {
        rfftfreq(n, d: d, dtype: dtype)
    }
    public static func rfftfreq(n: Int, d: Double = 1, dtype: DType = .default) -> Tensor {
        rfftfreq(n, d: d, dtype: dtype)
    }
    public static func rfftn(_ input: Tensor, _ s: [Int]?, dim: [Int]? = nil, norm: String = "backward") -> Tensor {
        rfftn(input, s: s, dim: dim, norm: norm)
    }
    public static func rfftn(_ input: Tensor, dim: Int, s: [Int]? = nil, norm: String = "backward") -> Tensor {
        rfftn(input, s: s, dim: [dim], norm: norm)
    }
}

extension torch.special {
    public static func chebyshevPolynomialT(_ input: Tensor, n: some TensorOperand) -> Tensor {
        chebyshevPolynomialT(input, n)
    }
    public static func chebyshevPolynomialU(_ input: Tensor, n: some TensorOperand) -> Tensor {
        chebyshevPolynomialU(input, n)
    }
    public static func chebyshevPolynomialV(_ input: Tensor, n: some TensorOperand) -> Tensor {
        chebyshevPolynomialV(input, n)
    }
    public static func chebyshevPolynomialW(_ input: Tensor, n: some TensorOperand) -> Tensor {
        chebyshevPolynomialW(input, n)
    }
    public static func hermitePolynomialH(_ input: Tensor, n: some TensorOperand) -> Tensor { hermitePolynomialH(input, n) }
    public static func hermitePolynomialHe(_ input: Tensor, n: some TensorOperand) -> Tensor {
        hermitePolynomialHe(input, n)
    }
    public static func laguerrePolynomialL(_ input: Tensor, n: some TensorOperand) -> Tensor {
        laguerrePolynomialL(input, n)
    }
    public static func legendrePolynomialP(_ input: Tensor, n: some TensorOperand) -> Tensor {
        legendrePolynomialP(input, n)
    }
    public static func logSoftmax(_ input: Tensor, _ dim: Int, dtype: DType? = nil) -> Tensor {
        logSoftmax(input, dim: dim, dtype: dtype)
    }
    public static func logit(_ input: Tensor, _ eps: Double?) -> Tensor { logit(input, eps: eps) }
    public static func logsumexp(_ input: Tensor, _ dim: Int, keepdim: Bool = false) -> Tensor {
        logsumexp(input, dim: dim, keepdim: keepdim)
    }
    public static func logsumexp(_ input: Tensor, _ dim: Int, _ keepdim: Bool) -> Tensor {
        logsumexp(input, dim: dim, keepdim: keepdim)
    }
    public static func multigammaln(_ input: Tensor, p: Int) -> Tensor { multigammaln(input, p) }
    public static func softmax(_ input: Tensor, _ dim: Int, dtype: DType? = nil) -> Tensor {
        softmax(input, dim: dim, dtype: dtype)
    }
}
