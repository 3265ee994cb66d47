// Products of float32 matrices by tiles of 14 rows and 32 columns, which 28 of AVX-512's registers hold.
//
// A panel of 14 rows of the left matrix is copied to the first cache, rows at a fixed distance, or steps
// of the sum where the matrix is transposed; a block of the right one, in panels of 32 columns, to the second.
#include "CKernels.h"
#include <string.h>

#if defined(__x86_64__)
#include <immintrin.h>

#define AVX512 __attribute__((target("avx512f,fma")))
#define AVX512_INLINE static inline __attribute__((always_inline)) AVX512

enum {
    ROWS = 14,
    LANES = 16,
    COLUMNS = 2 * LANES,
    // Steps of the sum between two visits to the result: a panel of rows is 24 KiB.
    DEPTH = 384,
    // Columns of a block: 480 KiB at full depth.
    BLOCK_COLUMNS = 10 * COLUMNS,
    // Up to so many panels of rows, columns are read where they are.
    FEW_PANELS = 4,
};

typedef struct tile {
    // Element (i, p) of the left panel is `a[i * DEPTH + p]`, or `a[p * LANES + i]` of a transposed
    // matrix; (p, j) of the right one is `b[p * b_step + j]`.
    const float *a, *b;
    int64_t b_step, depth;
    float *c;
    int64_t ldc;
    // The last vector's columns.
    __mmask16 last;
    float alpha;
    bool accumulates;
} tile;

AVX512_INLINE void compute_tile(const tile *t, const bool is_transposed, const int rows, const int vectors) {
    const int row_step = is_transposed ? 1 : DEPTH;
    __m512 sums[ROWS][2];
#pragma clang loop unroll(full)
    for (int i = 0; i < rows; i++) sums[i][0] = sums[i][1] = _mm512_setzero_ps();
    const float *a = t->a, *b = t->b;
    for (int64_t p = 0; p < t->depth; p++) {
        const __m512 b0 = vectors == 2 ? _mm512_loadu_ps(b) : _mm512_maskz_loadu_ps(t->last, b);
        const __m512 b1 = vectors == 2 ? _mm512_maskz_loadu_ps(t->last, b + LANES) : b0;
#pragma clang loop unroll(full)
        for (int i = 0; i < rows; i++) {
            const __m512 x = _mm512_set1_ps(a[i * row_step]);
            sums[i][0] = _mm512_fmadd_ps(x, b0, sums[i][0]);
            if (vectors == 2) sums[i][1] = _mm512_fmadd_ps(x, b1, sums[i][1]);
        }
        a += is_transposed ? LANES : 1;
        b += t->b_step;
    }
    const __m512 alpha = _mm512_set1_ps(t->alpha);
#pragma clang loop unroll(full)
    for (int i = 0; i < rows; i++) {
#pragma clang loop unroll(full)
        for (int v = 0; v < vectors; v++) {
            float *c = t->c + i * t->ldc + v * LANES;
            const __mmask16 mask = v == vectors - 1 ? t->last : 0xffff;
            const __m512 old = t->accumulates ? _mm512_maskz_loadu_ps(mask, c) : _mm512_setzero_ps();
            _mm512_mask_storeu_ps(c, mask, _mm512_fmadd_ps(alpha, sums[i][v], old));
        }
    }
}

#define EACH_HEIGHT(X) X(1) X(2) X(3) X(4) X(5) X(6) X(7) X(8) X(9) X(10) X(11) X(12) X(13) X(14)
#define TILES(rows)                                                                               \
    static AVX512 void narrow_##rows(const tile *t) { compute_tile(t, false, rows, 1); }            \
    static AVX512 void wide_##rows(const tile *t) { compute_tile(t, false, rows, 2); }              \
    static AVX512 void narrow_transposed_##rows(const tile *t) { compute_tile(t, true, rows, 1); }  \
    static AVX512 void wide_transposed_##rows(const tile *t) { compute_tile(t, true, rows, 2); }
EACH_HEIGHT(TILES)

/// By height, whether the left matrix is transposed, and whether there are more than 16 columns.
#define ENTRY(rows) [rows] = {{narrow_##rows, wide_##rows}, {narrow_transposed_##rows, wide_transposed_##rows}},
static void (*const tiles[ROWS + 1][2][2])(const tile *) = {EACH_HEIGHT(ENTRY)};

/// `to[j * to_step + i] = from[i * from_step + j]` for up to 16 × 16 elements; the rest of the 16
/// places of each row written are zero.
AVX512_INLINE void transpose(
    const float *from, int64_t from_step, int64_t rows, int64_t columns, float *to, int64_t to_step) {
    const __mmask16 mask = columns < LANES ? (__mmask16)((1u << columns) - 1) : 0xffff;
    __m512 r[LANES], s[LANES];
#pragma clang loop unroll(full)
    for (int i = 0; i < LANES; i++) r[i] = i < rows ? _mm512_maskz_loadu_ps(mask, from + i * from_step) : _mm512_setzero_ps();
#pragma clang loop unroll(full)
    for (int i = 0; i < LANES; i += 2) {
        s[i] = _mm512_unpacklo_ps(r[i], r[i + 1]);
        s[i + 1] = _mm512_unpackhi_ps(r[i], r[i + 1]);
    }
    // Groups of four rows, by quarters of a register.
#pragma clang loop unroll(full)
    for (int i = 0; i < LANES; i += 4) {
#pragma clang loop unroll(full)
        for (int h = 0; h < 2; h++) {
            const __m512d low = _mm512_castps_pd(s[i + h]), high = _mm512_castps_pd(s[i + h + 2]);
            r[i + 2 * h] = _mm512_castpd_ps(_mm512_unpacklo_pd(low, high));
            r[i + 2 * h + 1] = _mm512_castpd_ps(_mm512_unpackhi_pd(low, high));
        }
    }
#pragma clang loop unroll(full)
    for (int j = 0; j < 4; j++) {
        const __m512 even0 = _mm512_shuffle_f32x4(r[j], r[4 + j], 0x88), odd0 = _mm512_shuffle_f32x4(r[j], r[4 + j], 0xdd);
        const __m512 even1 = _mm512_shuffle_f32x4(r[8 + j], r[12 + j], 0x88), odd1 = _mm512_shuffle_f32x4(r[8 + j], r[12 + j], 0xdd);
        s[j] = _mm512_shuffle_f32x4(even0, even1, 0x88);
        s[4 + j] = _mm512_shuffle_f32x4(odd0, odd1, 0x88);
        s[8 + j] = _mm512_shuffle_f32x4(even0, even1, 0xdd);
        s[12 + j] = _mm512_shuffle_f32x4(odd0, odd1, 0xdd);
    }
#pragma clang loop unroll(full)
    for (int j = 0; j < LANES; j++)
        if (j < columns) _mm512_storeu_ps(to + j * to_step, s[j]);
}

/// Lays out `count` ≤ 16 lines side by side: `to[p * to_step + i]` is element p of line i. Lines are
/// `step` apart, or neighbours whose elements are `step` apart if `across`. What lacks to 16 is zero.
static AVX512 void lay_out(
    const float *from, int64_t step, bool across, int64_t count, int64_t depth, float *to, int64_t to_step) {
    if (across) {
        const __mmask16 mask = count < LANES ? (__mmask16)((1u << count) - 1) : 0xffff;
        for (int64_t p = 0; p < depth; p++) _mm512_storeu_ps(to + p * to_step, _mm512_maskz_loadu_ps(mask, from + p * step));
        return;
    }
    int64_t p = 0;
    if (count == LANES)
        for (; p + LANES <= depth; p += LANES) transpose(from + p, step, LANES, LANES, to + p * to_step, to_step);
    else
        for (; p + LANES <= depth; p += LANES) transpose(from + p, step, count, LANES, to + p * to_step, to_step);
    if (p < depth) transpose(from + p, step, count, depth - p, to + p * to_step, to_step);
}

typedef struct product {
    bool transposes_a, transposes_b, accumulates;
    int64_t m, n, k, lda, ldb, ldc;
    const float *a, *b;
    float *c;
    float alpha;
    // The rows of a panel: as even as their number allows.
    int64_t height;
} product;

static int64_t least(int64_t a, int64_t b) { return a < b ? a : b; }

/// Copies the rows of one panel, for `depth` steps from `p`.
static AVX512 void copy_rows(const product *x, int64_t row, int64_t p, int64_t depth, float *to) {
    const int64_t rows = least(x->height, x->m - row);
    if (x->transposes_a) {
        lay_out(x->a + p * x->lda + row, x->lda, true, rows, depth, to, LANES);
        return;
    }
    for (int64_t i = 0; i < rows; i++) memcpy(to + i * DEPTH, x->a + (row + i) * x->lda + p, sizeof(float) * (size_t)depth);
}

/// Computes the tile of a panel of rows and up to 32 columns.
static void compute(
    const product *x, int64_t row, int64_t column, int64_t p, int64_t depth, const float *a, const float *b, int64_t b_step) {
    const int64_t columns = least(COLUMNS, x->n - column);
    const bool is_wide = columns > LANES;
    const int64_t last = is_wide ? columns - LANES : columns;
    const tile t = {
        .a = a, .b = b, .b_step = b_step, .depth = depth, .c = x->c + row * x->ldc + column, .ldc = x->ldc,
        .last = (__mmask16)((1u << last) - 1), .alpha = x->alpha, .accumulates = x->accumulates || p > 0};
    tiles[least(x->height, x->m - row)][x->transposes_a][is_wide](&t);
}

/// Few rows: all of them are laid out, and each column is read once, where it is.
static void multiply_few_rows(const product *x) {
    _Alignas(64) float rows[FEW_PANELS * LANES * DEPTH];
    for (int64_t p = 0; p == 0 || p < x->k; p += DEPTH) {
        const int64_t depth = least(DEPTH, x->k - p);
        for (int64_t row = 0; row < x->m; row += x->height)
            copy_rows(x, row, p, depth, rows + row / x->height * LANES * DEPTH);
        for (int64_t column = 0; column < x->n; column += COLUMNS)
            for (int64_t row = 0; row < x->m; row += x->height)
                compute(
                    x, row, column, p, depth, rows + row / x->height * LANES * DEPTH, x->b + p * x->ldb + column, x->ldb);
    }
}

static void multiply_blocks(const product *x) {
    _Alignas(64) float rows[LANES * DEPTH];
    const size_t bytes = sizeof(float) * DEPTH * (size_t)least(BLOCK_COLUMNS, (x->n + COLUMNS - 1) / COLUMNS * COLUMNS);
    float *block = ck_allocate(bytes);
    for (int64_t first = 0; first < x->n; first += BLOCK_COLUMNS) {
        const int64_t end = least(first + BLOCK_COLUMNS, x->n);
        for (int64_t p = 0; p == 0 || p < x->k; p += DEPTH) {
            const int64_t depth = least(DEPTH, x->k - p);
            for (int64_t column = first; column < end; column += LANES) {
                const int64_t at = column - first;
                const float *from = x->transposes_b ? x->b + column * x->ldb + p : x->b + p * x->ldb + column;
                lay_out(
                    from, x->ldb, !x->transposes_b, least(LANES, end - column), depth,
                    block + at / COLUMNS * COLUMNS * depth + at % COLUMNS, COLUMNS);
            }
            for (int64_t row = 0; row < x->m; row += x->height) {
                copy_rows(x, row, p, depth, rows);
                for (int64_t column = first; column < end; column += COLUMNS)
                    compute(x, row, column, p, depth, rows, block + (column - first) * depth, COLUMNS);
            }
        }
    }
    ck_deallocate(block, bytes);
}

bool ck_sgemm(
    bool transposes_a, bool transposes_b, int64_t m, int64_t n, int64_t k, float alpha, const float *a, int64_t lda,
    const float *b, int64_t ldb, bool accumulate, float *c, int64_t ldc) {
    if (!__builtin_cpu_supports("avx512f")) return false;
    const int64_t panels = (m + ROWS - 1) / ROWS;
    const product x = {
        .transposes_a = transposes_a, .transposes_b = transposes_b, .accumulates = accumulate, .m = m, .n = n, .k = k,
        .lda = lda, .ldb = ldb, .ldc = ldc, .a = a, .b = b, .c = c, .alpha = alpha,
        .height = panels ? (m + panels - 1) / panels : ROWS};
    if (!transposes_b && panels <= FEW_PANELS) multiply_few_rows(&x); else multiply_blocks(&x);
    return true;
}
#else
bool ck_sgemm(
    bool transposes_a, bool transposes_b, int64_t m, int64_t n, int64_t k, float alpha, const float *a, int64_t lda,
    const float *b, int64_t ldb, bool accumulate, float *c, int64_t ldc) {
    return false;
}
#endif
