/// What an LSTM does in one step between the matrix products.
#pragma once

/// The hidden units `first` … `first + count` of `hidden`, for a batch of `rows`. Gates lie side by side in a row of
/// 4 · hidden: input, forget, cell, output. float32 and float64.
typedef struct ck_units {
    ck_dtype type;
    int64_t rows, hidden, first, count;
} ck_units;

/// The next state. `x` (rows × 4·hidden) comes from the input, `products` (rows × 4·count) from the last hidden state, `bias`
/// has 4·hidden numbers. The values of the gates go to `gates`, which may be `x`.
void ck_lstm_step(
    const ck_units *units, const void *x, const void *bias, const void *products, const void *cell_before, void *gates,
    void *cell, void *out);

/// The gradients by the gates' arguments. The hidden state's gradient is `by_out` (rows × hidden) plus `products`
/// (rows × count). `by_cell` (rows × hidden) holds the cell's gradient and becomes that of the cell before.
void ck_lstm_step_backward(
    const ck_units *units, const void *gates, const void *cell_before, const void *cell, const void *by_out,
    const void *products, void *by_cell, void *by_gates);
