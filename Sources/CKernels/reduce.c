// Reductions: passes of a fold over strided memory, after maps that make it the reduction asked
// for. A norm, for one, is a sum of squares and a root at the end.
#include <math.h>
#include <string.h>

#include "fold.h"
#include "gather.h"
#include "kernel.h"

enum { BLOCK = 1024, STRIP = 512, GRAIN = 32768, SHORT = 16 };

/// One set of dimensions, the smallest step first.
typedef struct axes {
    int rank;
    int64_t count, sizes[CK_MAX_RANK], steps[CK_MAX_RANK], out_steps[CK_MAX_RANK];
} axes;

/// Maps of a block before it is folded: `x − shift`, then up to three kernels.
typedef struct stage {
    bool shifted;
    int maps;
    ck_kernel map[3];
    ck_params params[3];
    ck_fold fold;
    // The type that comes out of the maps.
    ck_dtype type;
} stage;

typedef struct reduction {
    const char *data;
    // As stored, and as computed.
    ck_dtype stored, type;
    ptrdiff_t width;
    axes kept, reduced;
    const stage *pass;
    // One value for each output, of the computed type.
    const char *shift;
    char *accumulators;
    size_t accumulator_width;
    // The reduced elements are split in parts, each with its own accumulators.
    int64_t parts, strips;
} reduction;

static int64_t magnitude(int64_t s) { return s < 0 ? -s : s; }

static void add_axis(axes *a, int64_t size, int64_t step, int64_t out_step) {
    a->count *= size;
    if (size == 1) return;
    int i = a->rank++;
    for (; i > 0 && magnitude(a->steps[i - 1]) > magnitude(step); i--) {
        a->sizes[i] = a->sizes[i - 1];
        a->steps[i] = a->steps[i - 1];
        a->out_steps[i] = a->out_steps[i - 1];
    }
    a->sizes[i] = size;
    a->steps[i] = step;
    a->out_steps[i] = out_step;
}

static void join_axes(axes *a) {
    int kept = 0;
    for (int i = 0; i < a->rank; i++) {
        if (kept > 0 && a->steps[i] == a->steps[kept - 1] * a->sizes[kept - 1]
            && a->out_steps[i] == a->out_steps[kept - 1] * a->sizes[kept - 1]) {
            a->sizes[kept - 1] *= a->sizes[i];
        } else {
            a->sizes[kept] = a->sizes[i];
            a->steps[kept] = a->steps[i];
            a->out_steps[kept] = a->out_steps[i];
            kept++;
        }
    }
    if (kept == 0) {
        a->sizes[0] = a->count == 0 ? 0 : 1;
        a->steps[0] = a->out_steps[0] = 0;
        kept = 1;
    }
    a->rank = kept;
}

/// The byte offset of a flat index.
static int64_t offset_of(const axes *a, const int64_t *steps, int from, int64_t index) {
    int64_t offset = 0;
    for (int d = from; d < a->rank; d++) {
        offset += index % a->sizes[d] * steps[d];
        index /= a->sizes[d];
    }
    return offset;
}

typedef struct buffers { _Alignas(64) char a[BLOCK * 16], b[BLOCK * 16], shift[BLOCK * 16]; } buffers;

/// Brings n1 rows of n0 elements into the computed type without gaps, and maps them.
static const void *prepare(
    const reduction *r, buffers *b, const char *x, ptrdiff_t s0, ptrdiff_t s1, size_t n0, size_t n1) {
    const stage *pass = r->pass;
    const size_t n = n0 * n1;
    const void *block = x;
    if (s0 != r->width || (n1 > 1 && s1 != (ptrdiff_t)n0 * r->width)) {
        ck_gather((size_t)r->width, b->a, x, s0, s1, n0, n1);
        block = b->a;
    }
    if (r->stored != r->type) {
        ck_cast_kernel(r->type, r->stored)(NULL, n, b->b, block, NULL, NULL);
        memcpy(b->a, b->b, n * ck_width(r->type));
        block = b->a;
    }
    if (pass->shifted) {
        const ck_kernel minus = r->type == CK_FLOAT64 ? ck_binary_f64[CK_SUB]
            : r->type == CK_FLOAT32 ? ck_binary_f32[CK_SUB]
            : r->type == CK_COMPLEX64 ? ck_binary_c64[CK_SUB] : ck_binary_c128[CK_SUB];
        const ck_params none = {0};
        minus(&none, n, b->a, block, b->shift, NULL);
        block = b->a;
    }
    for (int i = 0; i < pass->maps; i++) {
        // Maps may change the width, so they go from one buffer to the other.
        void *to = block == b->a ? b->b : b->a;
        pass->map[i](&pass->params[i], n, to, block, NULL, NULL);
        block = to;
    }
    return block;
}

static bool is_direct(const reduction *r) {
    return !r->pass->shifted && r->pass->maps == 0 && r->stored == r->type;
}

/// Folds the reduced elements [begin, end) of one output.
static void fold_output(const reduction *r, buffers *b, const char *x, int64_t begin, int64_t end, void *accumulator) {
    const ck_fold_row fold = ck_row_fold(r->pass->fold, r->pass->type);
    const int64_t row = r->reduced.sizes[0], step = r->reduced.steps[0];
    const bool direct = is_direct(r) && step == r->width;
    while (begin < end) {
        const int64_t column = begin % row;
        int64_t n = row - column < end - begin ? row - column : end - begin;
        const char *from = x + column * step + offset_of(&r->reduced, r->reduced.steps, 1, begin / row);
        if (direct) {
            fold(from, (size_t)n, accumulator);
        } else {
            if (n > BLOCK) n = BLOCK;
            fold(prepare(r, b, from, step, 0, (size_t)n, 1), (size_t)n, accumulator);
        }
        begin += n;
    }
}

static void part_of(const reduction *r, int64_t part, int64_t *begin, int64_t *end) {
    const int64_t size = (r->reduced.count + r->parts - 1) / r->parts;
    *begin = part * size < r->reduced.count ? part * size : r->reduced.count;
    *end = *begin + size < r->reduced.count ? *begin + size : r->reduced.count;
}

/// Outputs one by one, each along its row.
static void rows_body(void *context, int64_t first, int64_t last) {
    const reduction *r = context;
    buffers b;
    const size_t width = ck_width(r->type);
    for (int64_t unit = first; unit < last; unit++) {
        const int64_t output = unit / r->parts, part = unit % r->parts;
        int64_t begin, end;
        part_of(r, part, &begin, &end);
        if (r->pass->shifted) {
            const size_t n = end - begin < BLOCK ? (size_t)(end - begin) : BLOCK;
            ck_gather(width, b.shift, r->shift + output * (int64_t)width, 0, 0, n, 1);
        }
        fold_output(
            r, &b, r->data + offset_of(&r->kept, r->kept.steps, 0, output), begin, end,
            r->accumulators + (part * r->kept.count + output) * (int64_t)r->accumulator_width);
    }
}

/// Strips of neighbouring outputs together, row after row.
static void columns_body(void *context, int64_t first, int64_t last) {
    const reduction *r = context;
    buffers b;
    const size_t width = ck_width(r->type);
    const ck_fold_columns fold = ck_columns_fold(r->pass->fold, r->pass->type);
    const int64_t row = r->kept.sizes[0], step = r->kept.steps[0];
    const int64_t inner = r->reduced.sizes[0], inner_step = r->reduced.steps[0];
    const bool direct = is_direct(r) && step == r->width;
    for (int64_t unit = first; unit < last; unit++) {
        const int64_t part = unit % r->parts, strip = unit / r->parts % r->strips, outer = unit / r->parts / r->strips;
        int64_t begin, end;
        part_of(r, part, &begin, &end);
        const int64_t column = strip * STRIP, n = row - column < STRIP ? row - column : STRIP;
        const int64_t output = outer * row + column;
        const char *x = r->data + column * step + offset_of(&r->kept, r->kept.steps, 1, outer);
        char *to = r->accumulators + (part * r->kept.count + output) * (int64_t)r->accumulator_width;
        // Rows that are mapped are taken one or several at a time, as many as a buffer holds.
        const int64_t most = direct ? inner : BLOCK / n;
        if (r->pass->shifted)
            for (int64_t i = 0; i < most && i < end - begin; i++)
                memcpy(
                    b.shift + i * n * (int64_t)width, r->shift + output * (int64_t)width, (size_t)n * width);
        while (begin < end) {
            const int64_t i = begin % inner;
            int64_t rows = inner - i < end - begin ? inner - i : end - begin;
            if (rows > most) rows = most;
            const char *from = x + i * inner_step + offset_of(&r->reduced, r->reduced.steps, 1, begin / inner);
            if (direct) {
                fold(from, inner_step, (size_t)rows, (size_t)n, to);
            } else {
                const void *block = prepare(r, &b, from, step, inner_step, (size_t)n, (size_t)rows);
                fold(block, (ptrdiff_t)((size_t)n * ck_width(r->pass->type)), (size_t)rows, (size_t)n, to);
            }
            begin += rows;
        }
    }
}

/// Runs one pass; the accumulators of all outputs come back, to be given to `release`.
static char *run_pass(reduction *r, const stage *pass, const char *shift) {
    r->pass = pass;
    r->shift = shift;
    const int64_t outputs = r->kept.count, per_output = r->reduced.count;
    const bool columns = r->kept.sizes[0] > 1
        && (per_output < SHORT || r->reduced.sizes[0] < SHORT
            || magnitude(r->kept.steps[0]) < magnitude(r->reduced.steps[0]));
    r->strips = (r->kept.sizes[0] + STRIP - 1) / STRIP;
    const int64_t units = columns ? outputs / r->kept.sizes[0] * r->strips : outputs;
    const int64_t per_unit = per_output * (columns ? (r->kept.sizes[0] < STRIP ? r->kept.sizes[0] : STRIP) : 1);
    const int64_t threads = ck_thread_count();
    r->parts = 1;
    if (units < threads && per_unit > 2 * GRAIN) {
        r->parts = (4 * threads + units - 1) / units;
        if (r->parts > per_unit / GRAIN) r->parts = per_unit / GRAIN;
        if (r->parts > per_output) r->parts = per_output;
    }
    r->accumulator_width = ck_width(ck_fold_type(pass->type));
    const size_t bytes = (size_t)(r->parts * outputs) * r->accumulator_width;
    r->accumulators = ck_allocate(bytes);
    if (!r->accumulators) return NULL;
    ck_fold_begin(pass->fold, pass->type, r->accumulators, (size_t)(r->parts * outputs));
    const int64_t work = per_unit / r->parts;
    ck_parallel(
        units * r->parts, work >= GRAIN ? 1 : GRAIN / (work > 0 ? work : 1), columns ? columns_body : rows_body, r);
    if (r->parts > 1) {
        const ck_dtype whole = ck_fold_type(pass->type);
        const ptrdiff_t step = (ptrdiff_t)((size_t)outputs * r->accumulator_width);
        ck_columns_fold(pass->fold, whole)(
            r->accumulators + step, step, (size_t)(r->parts - 1), (size_t)outputs, r->accumulators);
    }
    return r->accumulators;
}

static void release(const reduction *r, char *accumulators) {
    ck_deallocate(accumulators, (size_t)(r->parts * r->kept.count) * r->accumulator_width);
}

static const ck_kernel *unary_table(ck_dtype type) {
    switch (type) {
    case CK_FLOAT64: return ck_unary_f64;
    case CK_COMPLEX64: return ck_unary_c64;
    case CK_COMPLEX128: return ck_unary_c128;
    default: return ck_unary_f32;
    }
}

static void add_map(stage *s, ck_unary kernel, double a, double b, double c) {
    s->map[s->maps] = unary_table(s->type)[kernel];
    s->params[s->maps++] = (ck_params){a, b, c};
    s->type = ck_unary_result(kernel, s->type);
}

static void add_truth(stage *s) {
    if (s->type == CK_BOOL) return;
    s->map[s->maps++] = ck_cast_kernel(CK_BOOL, s->type);
    s->type = CK_BOOL;
}

/// The maps and the fold of a reduction that needs one pass.
static stage single_pass(ck_reduce kernel, ck_dtype type, double parameter) {
    stage s = {.type = type, .fold = CK_FOLD_SUM};
    switch (kernel) {
    case CK_PROD: s.fold = CK_FOLD_PROD; break;
    case CK_MAX: s.fold = CK_FOLD_MAX; break;
    case CK_MIN: s.fold = CK_FOLD_MIN; break;
    case CK_ANY:
        add_truth(&s);
        s.fold = CK_FOLD_MAX;
        break;
    case CK_ALL:
        add_truth(&s);
        s.fold = CK_FOLD_MIN;
        break;
    case CK_COUNT_NONZERO: add_truth(&s); break;
    case CK_NANSUM:
        if (type >= CK_FLOAT16 && type < CK_COMPLEX64) add_map(&s, CK_NAN_TO_NUM, 0, INFINITY, -INFINITY);
        break;
    case CK_NORM:
        if (parameter == 0) {
            add_truth(&s);
            break;
        }
        if (parameter != 2 || type >= CK_COMPLEX64) add_map(&s, CK_ABS, 0, 0, 0);
        if (isinf(parameter)) s.fold = parameter > 0 ? CK_FOLD_MAX : CK_FOLD_MIN;
        else if (parameter == 2) add_map(&s, CK_SQUARE, 0, 0, 0);
        else if (parameter != 1) add_map(&s, CK_POW_SCALAR, parameter, 0, 0);
        break;
    default: break;
    }
    return s;
}

/// The value of one output from its accumulator. `first` is the first pass's, where there was one.
static double finish(ck_reduce kernel, double total, double first, double parameter, double count) {
    switch (kernel) {
    case CK_MEAN: return total / count;
    case CK_VAR: {
        const double divisor = count - parameter;
        return total / (divisor > 0 ? divisor : 0);
    }
    case CK_NORM:
        if (parameter == 2) return sqrt(total);
        return parameter == 0 || parameter == 1 || isinf(parameter) ? total : pow(total, 1 / parameter);
    case CK_LOGSUMEXP: return log(total) + first;
    default: return total;
    }
}

/// Writes all outputs, whose accumulators have type `whole`.
static void write_outputs(
    const reduction *r, ck_reduce kernel, ck_dtype whole, char *accumulators, const double *first, double parameter,
    ck_dtype out_type, char *out) {
    const size_t out_width = ck_width(out_type);
    const double count = (double)r->reduced.count;
    const bool changes = kernel == CK_MEAN || kernel == CK_VAR || kernel == CK_NORM || kernel == CK_LOGSUMEXP;
    // A half type is rounded once more, from float32.
    const ck_dtype middle = out_type == CK_FLOAT16 || out_type == CK_BFLOAT16 ? CK_FLOAT32 : out_type;
    enum { BATCH = 256 };
    _Alignas(64) char converted[BATCH * 16], narrow[BATCH * 16];
    for (int64_t i = 0; i < r->kept.count; i += BATCH) {
        const size_t n = r->kept.count - i < BATCH ? (size_t)(r->kept.count - i) : BATCH;
        char *from = accumulators + i * (int64_t)ck_width(whole);
        double reals[BATCH];
        ck_dtype have = whole;
        if (changes && whole == CK_COMPLEX128) {
            double *parts = (double *)from;
            for (size_t j = 0; j < 2 * n; j++) parts[j] /= count;
        } else if (changes) {
            for (size_t j = 0; j < n; j++) {
                const double total = whole == CK_INT64 ? (double)((int64_t *)from)[j] : ((double *)from)[j];
                reals[j] = finish(kernel, total, first ? first[i + (int64_t)j] : 0, parameter, count);
            }
            from = (char *)reals;
            have = CK_FLOAT64;
        }
        ck_cast_kernel(middle, have)(NULL, n, converted, from, NULL, NULL);
        const char *result = converted;
        if (middle != out_type) {
            ck_cast_kernel(out_type, middle)(NULL, n, narrow, converted, NULL, NULL);
            result = narrow;
        }
        for (size_t j = 0; j < n; j++)
            memcpy(
                out + offset_of(&r->kept, r->kept.out_steps, 0, i + (int64_t)j), result + j * out_width, out_width);
    }
}

/// The mean, or the largest value, of each output: what the second pass subtracts, in the computed
/// type and as double.
static bool shifts(reduction *r, ck_reduce kernel, char **shift, double **first) {
    const stage pass = {.type = r->type, .fold = kernel == CK_VAR ? CK_FOLD_SUM : CK_FOLD_MAX};
    char *totals = run_pass(r, &pass, NULL);
    if (!totals) return false;
    const ck_dtype whole = ck_fold_type(r->type);
    const int64_t values = r->kept.count * (whole == CK_COMPLEX128 ? 2 : 1);
    double *t = (double *)totals;
    for (int64_t i = 0; i < values; i++) {
        if (kernel == CK_VAR) t[i] /= (double)r->reduced.count;
        else if (isinf(t[i])) t[i] = t[i] > 0 && r->reduced.count > 0 ? t[i] : 0;
    }
    *shift = ck_allocate((size_t)r->kept.count * ck_width(r->type));
    *first = ck_allocate((size_t)values * sizeof(double));
    if (*shift && *first) {
        ck_cast_kernel(r->type, whole)(NULL, (size_t)r->kept.count, *shift, t, NULL, NULL);
        memcpy(*first, t, (size_t)values * sizeof(double));
    }
    release(r, totals);
    return *shift && *first;
}

/// Variance and log-sum-exp: a second pass over what is left after the shift.
static ck_status run_shifted(
    reduction *r, ck_reduce kernel, double parameter, ck_dtype out_type, void *out) {
    if (r->type < CK_FLOAT16 || (kernel == CK_LOGSUMEXP && r->type >= CK_COMPLEX64)) return CK_UNSUPPORTED;
    char *shift = NULL;
    double *first = NULL;
    ck_status status = CK_OUT_OF_MEMORY;
    if (shifts(r, kernel, &shift, &first)) {
        stage pass = {.shifted = true, .type = r->type, .fold = CK_FOLD_SUM};
        if (kernel == CK_VAR && r->type >= CK_COMPLEX64) add_map(&pass, CK_ABS, 0, 0, 0);
        add_map(&pass, kernel == CK_VAR ? CK_SQUARE : CK_EXP, 0, 0, 0);
        char *totals = run_pass(r, &pass, shift);
        if (totals) {
            if (kernel == CK_LOGSUMEXP) {
                // An infinite value less itself is no number: the result is that infinity.
                for (int64_t i = 0; i < r->kept.count; i++)
                    if (isinf(first[i])) ((double *)totals)[i] = 1;
            }
            write_outputs(r, kernel, CK_FLOAT64, totals, first, parameter, out_type, out);
            release(r, totals);
            status = CK_OK;
        }
    }
    ck_deallocate(shift, (size_t)r->kept.count * ck_width(r->type));
    const int64_t values = r->kept.count * (r->type >= CK_COMPLEX64 ? 2 : 1);
    ck_deallocate(first, (size_t)values * sizeof(double));
    return status;
}

ck_status ck_run_reduce(
    ck_reduce kernel, const ck_array *x, const bool *reduced, double parameter, ck_dtype out_type, void *out) {
    const bool half = x->type == CK_FLOAT16 || x->type == CK_BFLOAT16;
    reduction r = {
        .data = x->data, .stored = x->type, .type = half ? CK_FLOAT32 : x->type,
        .width = (ptrdiff_t)ck_width(x->type), .kept.count = 1, .reduced.count = 1};
    int64_t out_step = (int64_t)ck_width(out_type);
    for (int d = x->rank - 1; d >= 0; d--) {
        if (reduced[d]) {
            add_axis(&r.reduced, x->sizes[d], x->steps[d], 0);
        } else {
            add_axis(&r.kept, x->sizes[d], x->steps[d], out_step);
            out_step *= x->sizes[d];
        }
    }
    // Reduced dimensions have no place in the result: they join by their steps alone.
    join_axes(&r.reduced);
    join_axes(&r.kept);
    if (r.kept.count == 0) return CK_OK;
    if (kernel == CK_VAR || kernel == CK_LOGSUMEXP) return run_shifted(&r, kernel, parameter, out_type, out);
    const stage pass = single_pass(kernel, r.type, parameter);
    if (!ck_row_fold(pass.fold, pass.type)) return CK_UNSUPPORTED;
    char *totals = run_pass(&r, &pass, NULL);
    if (!totals) return CK_OUT_OF_MEMORY;
    write_outputs(&r, kernel, ck_fold_type(pass.type), totals, NULL, parameter, out_type, out);
    release(&r, totals);
    return CK_OK;
}
