// Calls of elementwise kernels: which loop, by blocks where operands have gaps or another type
// than the loop computes in, and how the work is shared among threads.
#include <stdatomic.h>
#include <string.h>

#include "gather.h"
#include "kernel.h"
#include "vector.h"

enum {
    // Elements of a block that is gathered, computed and written back: a few KiB per operand.
    BLOCK = 1024,
    TILE = 32,
    // Fewer elements than two of these are not shared among threads.
    CHEAP_GRAIN = 16384,
    HEAVY_GRAIN = 6144,
};

/// One operand: how it is stored, and the type the loop reads or writes.
typedef struct operand {
    char *data;
    ck_dtype stored, computed;
    // Bytes per stored element.
    ptrdiff_t width;
} operand;

typedef struct call {
    ck_kernel kernel;
    ck_params params;
    int operands;
    operand operand[CK_MAX_OPERANDS];
    int64_t grain;
    // The type of a divisor that must not be zero, which is operand 2; or -1.
    int checked;
    _Atomic(int) divided_by_zero;
} call;

static const ck_kernel *const unary_tables[CK_DTYPE_COUNT] = {
    ck_unary_bool, ck_unary_u8, ck_unary_i8, ck_unary_i16, ck_unary_i32, ck_unary_i64,
    ck_unary_f32, ck_unary_f32, ck_unary_f32, ck_unary_f64, ck_unary_c64, ck_unary_c128};
static const ck_kernel *const binary_tables[CK_DTYPE_COUNT] = {
    ck_binary_bool, ck_binary_u8, ck_binary_i8, ck_binary_i16, ck_binary_i32, ck_binary_i64,
    ck_binary_f32, ck_binary_f32, ck_binary_f32, ck_binary_f64, ck_binary_c64, ck_binary_c128};
static const ck_kernel *const ternary_tables[CK_DTYPE_COUNT] = {
    ck_ternary_bool, ck_ternary_u8, ck_ternary_i8, ck_ternary_i16, ck_ternary_i32, ck_ternary_i64,
    ck_ternary_f32, ck_ternary_f32, ck_ternary_f32, ck_ternary_f64, ck_ternary_c64, ck_ternary_c128};

static inline int is_half(ck_dtype type) { return type == CK_FLOAT16 || type == CK_BFLOAT16; }
static inline ck_dtype computed_type(ck_dtype type) { return is_half(type) ? CK_FLOAT32 : type; }

ck_dtype ck_unary_result(ck_unary kernel, ck_dtype type) {
    if (kernel >= CK_LOGICAL_NOT && kernel <= CK_SIGNBIT) return CK_BOOL;
    if (kernel == CK_ABS || kernel == CK_ANGLE) {
        if (type == CK_COMPLEX64) return CK_FLOAT32;
        if (type == CK_COMPLEX128) return CK_FLOAT64;
    }
    return type;
}

ck_dtype ck_binary_result(ck_binary kernel, ck_dtype type) { return kernel >= CK_EQ ? CK_BOOL : type; }

static int64_t unary_grain(ck_unary kernel) {
    const int cheap = kernel <= CK_RECIPROCAL || kernel == CK_RELU || kernel == CK_LEAKY_RELU
        || (kernel >= CK_HARDTANH && kernel <= CK_NAN_TO_NUM) || (kernel >= CK_BITWISE_NOT && kernel <= CK_CONJ);
    return cheap ? CHEAP_GRAIN : HEAVY_GRAIN;
}

static int64_t binary_grain(ck_binary kernel) {
    const int heavy = (kernel >= CK_FLOOR_DIV && kernel <= CK_POW) || kernel == CK_ATAN2 || kernel == CK_HYPOT
        || (kernel >= CK_GCD && kernel <= CK_LOGADDEXP) || (kernel >= CK_GELU_BACKWARD && kernel <= CK_LOG_SIGMOID_BACKWARD);
    return heavy ? HEAVY_GRAIN : CHEAP_GRAIN;
}

static int has_zero(int type, const void *x, size_t n) {
    const size_t width = ck_width((ck_dtype)type);
    const ck_kernel compare = unary_tables[type][CK_LOGICAL_NOT];
    uint8_t zero[BLOCK];
    const ck_params none = {0};
    for (size_t i = 0; i < n; i += BLOCK) {
        const size_t m = n - i < BLOCK ? n - i : BLOCK;
        compare(&none, m, zero, (const char *)x + i * width, NULL, NULL);
        if (memchr(zero, 1, m)) return 1;
    }
    return 0;
}

static inline void compute(call *k, size_t n, char *const p[CK_MAX_OPERANDS]) {
    if (k->checked >= 0 && has_zero(k->checked, p[2], n)) {
        atomic_store_explicit(&k->divided_by_zero, 1, memory_order_relaxed);
        return;
    }
    k->kernel(&k->params, n, p[0], p[1], p[2], p[3]);
}

/// Room for one block of each operand.
typedef struct buffers {
    _Alignas(64) char block[CK_MAX_OPERANDS][BLOCK * 16];
    _Alignas(64) char narrow[BLOCK * 2];
} buffers;

/// Computes n1 rows of n0 elements, at most BLOCK together, at byte offsets `s0` and `s1` of each
/// operand. Operands flagged in `kept` are in their buffers already.
static void compute_block(
    call *k, buffers *b, char *const at[], const ptrdiff_t s0[], const ptrdiff_t s1[], size_t n0, size_t n1,
    unsigned kept) {
    char *p[CK_MAX_OPERANDS] = {0};
    int buffered = 0;
    for (int i = 0; i < k->operands; i++) {
        const operand *o = &k->operand[i];
        const int dense = s0[i] == o->width && (n1 == 1 || s1[i] == (ptrdiff_t)n0 * o->width);
        if (dense && o->stored == o->computed) {
            p[i] = at[i];
            continue;
        }
        p[i] = b->block[i];
        if (i == 0) {
            buffered = 1;
        } else if (!(kept >> i & 1)) {
            char *from = at[i];
            if (o->stored == o->computed) {
                ck_gather((size_t)o->width, p[i], from, s0[i], s1[i], n0, n1);
            } else {
                if (!dense) {
                    ck_gather(2, b->narrow, from, s0[i], s1[i], n0, n1);
                    from = b->narrow;
                }
                ck_cast_kernel(o->computed, o->stored)(&k->params, n0 * n1, p[i], from, NULL, NULL);
            }
        }
    }
    compute(k, n0 * n1, p);
    if (!buffered) return;
    const operand *o = &k->operand[0];
    if (o->stored == o->computed) {
        ck_spread((size_t)o->width, at[0], s0[0], s1[0], p[0], n0, n1);
        return;
    }
    const int dense = s0[0] == o->width && (n1 == 1 || s1[0] == (ptrdiff_t)n0 * o->width);
    char *narrow = dense ? at[0] : b->narrow;
    ck_cast_kernel(o->stored, o->computed)(&k->params, n0 * n1, narrow, p[0], NULL, NULL);
    if (!dense) ck_spread(2, at[0], s0[0], s1[0], narrow, n0, n1);
}

/// Computes one row of any length.
static void compute_row(call *k, buffers *b, char *const at[], const ptrdiff_t s[], size_t n) {
    static const ptrdiff_t none[CK_MAX_OPERANDS];
    int direct = 1;
    for (int i = 0; i < k->operands; i++)
        direct &= s[i] == k->operand[i].width && k->operand[i].stored == k->operand[i].computed;
    if (direct) {
        char *p[CK_MAX_OPERANDS] = {0};
        for (int i = 0; i < k->operands; i++) p[i] = at[i];
        compute(k, n, p);
        return;
    }
    // An operand that stays the same is put into its buffer once.
    unsigned kept = 0;
    for (size_t i = 0; i < n; i += BLOCK) {
        char *p[CK_MAX_OPERANDS];
        for (int j = 0; j < k->operands; j++) p[j] = at[j] + (ptrdiff_t)i * s[j];
        compute_block(k, b, p, s, none, n - i < BLOCK ? n - i : BLOCK, 1, kept);
        if (i == 0)
            for (int j = 1; j < k->operands; j++) kept |= (unsigned)(s[j] == 0) << j;
    }
}

// MARK: One dimension

typedef struct flat_call { call *k; ptrdiff_t step[CK_MAX_OPERANDS]; } flat_call;

static void flat_body(void *context, int64_t begin, int64_t end) {
    const flat_call *f = context;
    buffers b;
    char *at[CK_MAX_OPERANDS];
    for (int i = 0; i < f->k->operands; i++) at[i] = f->k->operand[i].data + begin * f->step[i];
    compute_row(f->k, &b, at, f->step, (size_t)(end - begin));
}

static void run_flat(flat_call *f, int64_t n) { ck_parallel(n, f->k->grain, flat_body, f); }

// MARK: Several dimensions

/// A walk over tiles of the two inner dimensions, and over all outer ones.
typedef struct plan_call {
    call *k;
    const ck_plan *plan;
    int64_t tile0, tile1, tiles0, tiles1;
    // The tile is one row however long.
    int rows;
    // A copy that turns matrices: tiles go straight from one to the other.
    void (*transpose)(void *, ptrdiff_t, const void *, ptrdiff_t, size_t, size_t);
} plan_call;

static void plan_body(void *context, int64_t begin, int64_t end) {
    const plan_call *c = context;
    const ck_plan *plan = c->plan;
    call *k = c->k;
    buffers b;
    ptrdiff_t s0[CK_MAX_OPERANDS], s1[CK_MAX_OPERANDS];
    for (int i = 0; i < k->operands; i++) {
        s0[i] = plan->steps[i * CK_MAX_RANK];
        s1[i] = plan->rank > 1 ? plan->steps[i * CK_MAX_RANK + 1] : 0;
    }
    const int64_t size1 = plan->rank > 1 ? plan->sizes[1] : 1;
    for (int64_t t = begin; t < end; t++) {
        int64_t rest = t;
        const int64_t x = rest % c->tiles0 * c->tile0;
        rest /= c->tiles0;
        const int64_t y = rest % c->tiles1 * c->tile1;
        rest /= c->tiles1;
        char *at[CK_MAX_OPERANDS];
        for (int i = 0; i < k->operands; i++) at[i] = k->operand[i].data + x * s0[i] + y * s1[i];
        for (int d = 2; d < plan->rank; d++) {
            const int64_t index = rest % plan->sizes[d];
            rest /= plan->sizes[d];
            for (int i = 0; i < k->operands; i++) at[i] += index * plan->steps[i * CK_MAX_RANK + d];
        }
        const int64_t n0 = plan->sizes[0] - x < c->tile0 ? plan->sizes[0] - x : c->tile0;
        const int64_t n1 = size1 - y < c->tile1 ? size1 - y : c->tile1;
        if (c->transpose) {
            c->transpose(at[0], s1[0], at[1], s0[1], (size_t)n0, (size_t)n1);
        } else if (c->rows) {
            compute_row(k, &b, at, s0, (size_t)n0);
        } else {
            compute_block(k, &b, at, s0, s1, (size_t)n0, (size_t)n1, 0);
        }
    }
}

/// Whether some operand is walked across its grain by rows, so that tiles use the cache better.
static int is_turned(const call *k, const ck_plan *plan) {
    for (int i = 0; i < k->operands; i++) {
        const int64_t s0 = plan->steps[i * CK_MAX_RANK], s1 = plan->steps[i * CK_MAX_RANK + 1];
        const int64_t a0 = s0 < 0 ? -s0 : s0, a1 = s1 < 0 ? -s1 : s1;
        if (a1 != 0 && a1 < a0) return 1;
    }
    return 0;
}

/// What does the whole of a copy between a matrix and its transpose.
static void (*transposition(const call *k, const ck_plan *plan))(
    void *, ptrdiff_t, const void *, ptrdiff_t, size_t, size_t) {
    const operand *to = &k->operand[0], *from = &k->operand[1];
    if (k->operands != 2 || k->kernel != ck_copy_kernel((size_t)to->width) || from->stored != to->stored) return NULL;
    if (plan->steps[0] != to->width || plan->steps[CK_MAX_RANK + 1] != to->width) return NULL;
    return to->width == 4 ? ck_transpose_32 : to->width == 8 ? ck_transpose_64 : NULL;
}

static void run_plan(call *k, const ck_plan *plan) {
    for (int i = 0; i < k->operands; i++) k->operand[i].data = plan->pointers[i];
    if (plan->rank == 1) {
        flat_call f = {.k = k};
        for (int i = 0; i < k->operands; i++) f.step[i] = plan->steps[i * CK_MAX_RANK];
        run_flat(&f, plan->sizes[0]);
        return;
    }
    plan_call c = {.k = k, .plan = plan, .tile0 = plan->sizes[0], .tile1 = 1};
    if (plan->sizes[0] < 64) {
        c.tile1 = BLOCK / (plan->sizes[0] > 0 ? plan->sizes[0] : 1);
    } else if (is_turned(k, plan)) {
        c.transpose = transposition(k, plan);
        c.tile0 = c.transpose ? 4 * TILE : TILE;
        c.tile1 = TILE;
    } else {
        c.rows = 1;
        // Long rows are cut, so that threads can share a few of them.
        if (c.tile0 > 4 * CHEAP_GRAIN) c.tile0 = CHEAP_GRAIN;
    }
    int64_t tiles = 1;
    for (int d = 2; d < plan->rank; d++) tiles *= plan->sizes[d];
    c.tiles0 = plan->sizes[0] ? (plan->sizes[0] + c.tile0 - 1) / c.tile0 : 0;
    c.tiles1 = (plan->sizes[1] + c.tile1 - 1) / c.tile1;
    tiles *= c.tiles0 * c.tiles1;
    const int64_t per_tile = c.tile0 * (c.tile1 < plan->sizes[1] ? c.tile1 : plan->sizes[1]);
    ck_parallel(tiles, k->grain / (per_tile > 0 ? per_tile : 1) + 1, plan_body, &c);
}

// MARK: Calls

static void set_operand(call *k, int i, const void *data, ck_dtype stored) {
    k->operand[i] = (operand){
        .data = (char *)data, .stored = stored, .computed = computed_type(stored),
        .width = (ptrdiff_t)ck_width(stored)};
}

/// The operands that are read, from the first on, of one type but for wide numbers.
static void set_inputs(call *k, ck_dtype type, const void *const data[]) {
    for (int i = 1; i < k->operands; i++)
        set_operand(k, i, data ? data[i - 1] : NULL, k->params.wide >> i & 1 ? CK_FLOAT32 : type);
}

static ck_status status(const call *k) { return k->divided_by_zero ? CK_DIVISION_BY_ZERO : CK_OK; }

/// Numbers that have a default for each type: what infinities become.
static ck_params unary_params(ck_unary kernel, const ck_params *p, ck_dtype type) {
    ck_params q = *p;
    if (kernel == CK_NAN_TO_NUM) {
        double largest = 1.7976931348623157e308;
        if (type == CK_FLOAT16) largest = 65504;
        if (type == CK_BFLOAT16) largest = 3.3895313892515355e38;
        if (type == CK_FLOAT32 || type == CK_COMPLEX64) largest = 3.4028234663852886e38;
        if (q.b != q.b) q.b = largest;
        if (q.c != q.c) q.c = -largest;
    }
    return q;
}

/// Powers that are cheaper another way, as PyTorch computes them too.
static ck_unary simplified(ck_unary kernel, const ck_params *p, ck_dtype type) {
    if (kernel != CK_POW_SCALAR || p->b != 0) return kernel;
    if (p->a == 2) return CK_SQUARE;
    if (type < CK_FLOAT16) return kernel;
    if (p->a == 0.5) return CK_SQRT;
    if (p->a == -0.5) return CK_RSQRT;
    if (p->a == -1) return CK_RECIPROCAL;
    return kernel;
}

static ck_binary plain(ck_binary kernel, ck_params *p) {
    if (kernel != CK_ADD && kernel != CK_SUB) return kernel;
    if (p->a == 1 && p->b == 0) return kernel;
    if (kernel == CK_SUB) {
        p->a = -p->a;
        p->b = -p->b;
    }
    return p->a == 1 && p->b == 0 ? CK_ADD : (ck_binary)CK_ADD_SCALED;
}

static int divisor_type(ck_binary kernel, ck_dtype type) {
    const int divides = kernel >= CK_FLOOR_DIV && kernel <= CK_FMOD;
    return divides && type < CK_FLOAT16 ? (int)type : -1;
}

ck_status ck_run_unary(ck_unary kernel, const ck_params *p, ck_dtype type, const void *a, void *out, int64_t n) {
    kernel = simplified(kernel, p, type);
    const ck_kernel loop = unary_tables[type][kernel];
    if (!loop) return CK_UNSUPPORTED;
    const int64_t grain = unary_grain(kernel);
    if (n < 2 * grain && !is_half(type) && kernel != CK_NAN_TO_NUM) {
        loop(p, (size_t)n, out, a, NULL, NULL);
        return CK_OK;
    }
    call k = {.kernel = loop, .params = unary_params(kernel, p, type), .operands = 2, .grain = grain, .checked = -1};
    set_operand(&k, 0, out, ck_unary_result(kernel, type));
    set_operand(&k, 1, a, type);
    flat_call f = {.k = &k, .step = {k.operand[0].width, k.operand[1].width}};
    run_flat(&f, n);
    return CK_OK;
}

ck_status ck_run_binary(
    ck_binary kernel, const ck_params *p, ck_dtype type, const void *a, int64_t a_step, const void *b,
    int64_t b_step, void *out, int64_t n) {
    ck_params q = *p;
    kernel = plain(kernel, &q);
    const ck_kernel loop = binary_tables[type][kernel];
    if (!loop) return CK_UNSUPPORTED;
    const int64_t grain = binary_grain(kernel);
    const int checked = divisor_type(kernel, type);
    if (n < 2 * grain && a_step == 1 && b_step == 1 && !is_half(type) && checked < 0) {
        loop(&q, (size_t)n, out, a, b, NULL);
        return CK_OK;
    }
    call k = {.kernel = loop, .params = q, .operands = 3, .grain = grain, .checked = checked};
    set_operand(&k, 0, out, kernel == (ck_binary)CK_ADD_SCALED ? type : ck_binary_result(kernel, type));
    set_inputs(&k, type, (const void *const[]){a, b});
    flat_call f = {
        .k = &k, .step = {k.operand[0].width, a_step * k.operand[1].width, b_step * k.operand[2].width}};
    run_flat(&f, n);
    return status(&k);
}

ck_status ck_plan_unary(ck_unary kernel, const ck_params *p, ck_dtype type, const ck_plan *plan) {
    kernel = simplified(kernel, p, type);
    call k = {
        .kernel = unary_tables[type][kernel], .params = unary_params(kernel, p, type), .operands = 2,
        .grain = unary_grain(kernel), .checked = -1};
    if (!k.kernel) return CK_UNSUPPORTED;
    set_operand(&k, 0, NULL, ck_unary_result(kernel, type));
    set_operand(&k, 1, NULL, type);
    run_plan(&k, plan);
    return CK_OK;
}

ck_status ck_plan_binary(ck_binary kernel, const ck_params *p, ck_dtype type, const ck_plan *plan) {
    call k = {.params = *p, .operands = 3, .grain = binary_grain(kernel), .checked = divisor_type(kernel, type)};
    const ck_dtype result = ck_binary_result(kernel, type);
    kernel = plain(kernel, &k.params);
    k.kernel = binary_tables[type][kernel];
    if (!k.kernel) return CK_UNSUPPORTED;
    set_operand(&k, 0, NULL, result);
    set_inputs(&k, type, NULL);
    run_plan(&k, plan);
    return status(&k);
}

ck_status ck_plan_ternary(ck_ternary kernel, const ck_params *p, ck_dtype type, const ck_plan *plan) {
    call k = {.params = *p, .operands = 4, .grain = CHEAP_GRAIN, .checked = -1};
    k.kernel = kernel == CK_WHERE ? ck_where_kernel(ck_width(type)) : ternary_tables[type][kernel];
    if (!k.kernel) return CK_UNSUPPORTED;
    set_operand(&k, 0, NULL, type);
    set_inputs(&k, type, NULL);
    if (kernel == CK_WHERE) {
        // A selection moves bits; its condition is bool.
        for (int i = 0; i < 4; i++) k.operand[i].computed = type;
        set_operand(&k, 1, NULL, CK_BOOL);
    }
    run_plan(&k, plan);
    return CK_OK;
}

ck_status ck_plan_copy(ck_dtype to, ck_dtype from, const ck_plan *plan) {
    call k = {.operands = 2, .grain = CHEAP_GRAIN, .checked = -1};
    set_operand(&k, 0, NULL, to);
    set_operand(&k, 1, NULL, from);
    k.kernel = ck_cast_kernel(to, from);
    if (k.kernel) {
        k.operand[0].computed = to;
        k.operand[1].computed = from;
    } else {
        k.kernel = ck_cast_kernel(computed_type(to), computed_type(from));
    }
    run_plan(&k, plan);
    return CK_OK;
}
