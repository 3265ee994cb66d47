#ifndef _GNU_SOURCE
#define _GNU_SOURCE
#endif
#include "special.h"

#include <math.h>

static const double pi = 3.14159265358979323846;

/// A start by Winitzki's formula, then Halley steps on erf(y) = x (on erfc near the ends, where
/// 1 − |x| keeps its digits).
double ck_erfinv(double x) {
    if (isnan(x) || x < -1 || x > 1) return NAN;
    if (x == 1 || x == -1) return copysign(INFINITY, x);
    if (x == 0) return x;
    const double a = fabs(x), k = 0.147;
    const double l = log1p(-a * a), t = 2 / (pi * k) + l / 2;
    double y = sqrt(sqrt(t * t - l / k) - t);
    for (int i = 0; i < 4; i++) {
        const double error = a < 0.5 ? erf(y) - a : (1 - a) - erfc(y);
        const double slope = 2 / sqrt(pi) * exp(-y * y);
        const double step = error / slope;
        y -= step / (1 + y * step);
    }
    return copysign(y, x);
}

double ck_lgamma(double x) {
    // The plain one writes a global.
    int sign;
    return lgamma_r(x, &sign);
}

double ck_digamma(double x) {
    if (x == 0) return copysign(INFINITY, -x);
    double result = 0;
    if (x < 0) {
        if (x == trunc(x)) return NAN;
        // Reflection; the fraction keeps tan exact for large arguments.
        const double fraction = x - trunc(x);
        result = -pi / tan(pi * fraction);
        x = 1 - x;
    }
    while (x < 10) {
        result -= 1 / x;
        x += 1;
    }
    const double z = 1 / (x * x);
    const double series = z * (1.0 / 12 - z * (1.0 / 120 - z * (1.0 / 252 - z * (1.0 / 240 - z * (1.0 / 132
        - z * (691.0 / 32760 - z / 12))))));
    return result + log(x) - 0.5 / x - series;
}
