/// Discrete Fourier transforms.
#pragma once

/// Transforms each of `rows` rows of n complex numbers (real and imaginary parts in turn) in place,
/// without scaling: `X[k] = Σ x[j] exp(∓2πi jk / n)`, with plus if `inverse`.
ck_status ck_fft(double *data, int64_t rows, int64_t n, bool inverse);
