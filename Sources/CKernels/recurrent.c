// The pointwise part of an LSTM's step, in one pass over its gates.
#include "CKernels.h"
#include "math_f32.h"
#include "math_f64.h"
#include "vector.h"

#define LSTM(suffix, T)                                                                                       \
    static CK_CLONES void step_row_##suffix(                                                                  \
        int64_t n, int64_t size, const T *x, const T *bias, const T *p, const T *before, T *gates, T *cell, T *out) { \
        CK_INDEPENDENT for (int64_t j = 0; j < n; j++) {                                                      \
            const T i = sigmoid_##suffix(x[j] + p[j] + bias[j]);                                              \
            const T f = sigmoid_##suffix(x[size + j] + p[n + j] + bias[size + j]);                            \
            const T g = tanh_##suffix(x[2 * size + j] + p[2 * n + j] + bias[2 * size + j]);                   \
            const T o = sigmoid_##suffix(x[3 * size + j] + p[3 * n + j] + bias[3 * size + j]);                \
            const T c = f * before[j] + i * g;                                                                \
            gates[j] = i;                                                                                     \
            gates[size + j] = f;                                                                              \
            gates[2 * size + j] = g;                                                                          \
            gates[3 * size + j] = o;                                                                          \
            cell[j] = c;                                                                                      \
            out[j] = o * tanh_##suffix(c);                                                                    \
        }                                                                                                     \
    }                                                                                                         \
    static void step_##suffix(                                                                                \
        const ck_units *u, const T *x, const T *bias, const T *p, const T *before, T *gates, T *cell, T *out) { \
        for (int64_t r = 0; r < u->rows; r++) {                                                               \
            const int64_t unit = r * u->hidden + u->first, gate = r * 4 * u->hidden + u->first;               \
            step_row_##suffix(                                                                                \
                u->count, u->hidden, x + gate, bias + u->first, p + r * 4 * u->count, before + unit, gates + gate, \
                cell + unit, out + unit);                                                                     \
        }                                                                                                     \
    }                                                                                                         \
    static CK_CLONES void backward_row_##suffix(                                                              \
        int64_t n, int64_t size, const T *gates, const T *before, const T *cell, const T *by_out, const T *p, \
        T *by_cell, T *by_gates) {                                                                            \
        CK_INDEPENDENT for (int64_t j = 0; j < n; j++) {                                                      \
            const T i = gates[j], f = gates[size + j], g = gates[2 * size + j], o = gates[3 * size + j];      \
            const T y = tanh_##suffix(cell[j]), h = by_out[j] + p[j];                                         \
            const T c = by_cell[j] + h * o * (1 - y * y);                                                     \
            by_gates[j] = c * g * i * (1 - i);                                                                \
            by_gates[size + j] = c * before[j] * f * (1 - f);                                                 \
            by_gates[2 * size + j] = c * i * (1 - g * g);                                                     \
            by_gates[3 * size + j] = h * y * o * (1 - o);                                                     \
            by_cell[j] = c * f;                                                                               \
        }                                                                                                     \
    }                                                                                                         \
    static void backward_##suffix(                                                                            \
        const ck_units *u, const T *gates, const T *before, const T *cell, const T *by_out, const T *p, T *by_cell, \
        T *by_gates) {                                                                                        \
        for (int64_t r = 0; r < u->rows; r++) {                                                               \
            const int64_t unit = r * u->hidden + u->first, gate = r * 4 * u->hidden + u->first;               \
            backward_row_##suffix(                                                                            \
                u->count, u->hidden, gates + gate, before + unit, cell + unit, by_out + unit, p + r * u->count, \
                by_cell + unit, by_gates + gate);                                                             \
        }                                                                                                     \
    }
LSTM(f32, float)
LSTM(f64, double)

void ck_lstm_step(
    const ck_units *units, const void *x, const void *bias, const void *products, const void *cell_before, void *gates,
    void *cell, void *out) {
    if (units->type == CK_FLOAT32) step_f32(units, x, bias, products, cell_before, gates, cell, out);
    else step_f64(units, x, bias, products, cell_before, gates, cell, out);
}

void ck_lstm_step_backward(
    const ck_units *units, const void *gates, const void *cell_before, const void *cell, const void *by_out,
    const void *products, void *by_cell, void *by_gates) {
    if (units->type == CK_FLOAT32) backward_f32(units, gates, cell_before, cell, by_out, products, by_cell, by_gates);
    else backward_f64(units, gates, cell_before, cell, by_out, products, by_cell, by_gates);
}
