// The loops of optimizers.c for one type: REAL, and NAME, FMA, SQRT, MAXIMUM for it.
//
// Products that are added to something are rounded once, as in PyTorch's vector code, so that
// trajectories agree to the bit.

static inline __attribute__((always_inline)) void NAME(sgd_loop)(
    const ck_sgd *o, size_t n, REAL *restrict param, const REAL *restrict grad, REAL *restrict buffer
) {
    const REAL decay = (REAL)o->weight_decay, momentum = (REAL)o->momentum, step = (REAL)-o->lr;
    const REAL share = (REAL)(1 - o->dampening), sign = o->maximize ? -1 : 1;
    const bool decays = o->weight_decay != 0, first = o->first, nesterov = o->nesterov;
    for (size_t i = 0; i < n; i++) {
        REAL g = sign * grad[i];
        if (decays) g = FMA(param[i], decay, g);
        if (buffer) {
            REAL b = first ? g : FMA(g, share, momentum * buffer[i]);
            buffer[i] = b;
            g = nesterov ? FMA(b, momentum, g) : b;
        }
        param[i] = FMA(g, step, param[i]);
    }
}

static inline __attribute__((always_inline)) void NAME(adam_loop)(
    const ck_adam *o, size_t n, REAL *restrict param, const REAL *restrict grad, REAL *restrict mean,
    REAL *restrict square, REAL *restrict largest
) {
    const REAL sign = o->maximize ? -1 : 1, decay = (REAL)o->weight_decay;
    const REAL kept = (REAL)(1 - o->lr * o->weight_decay);
    const REAL share = (REAL)(1 - o->beta1), beta2 = (REAL)o->beta2, square_share = (REAL)(1 - o->beta2);
    const REAL correction = (REAL)sqrt(1 - pow(o->beta2, o->step)), eps = (REAL)o->eps;
    const REAL step = (REAL)(-o->lr / (1 - pow(o->beta1, o->step)));
    const bool decays = o->weight_decay != 0, decoupled = o->decoupled;
    // An interpolation starts from the nearer end.
    const bool near = share < (REAL)0.5;
    for (size_t i = 0; i < n; i++) {
        REAL g = sign * grad[i], p = param[i];
        if (decays) {
            if (decoupled) p *= kept; else g = FMA(p, decay, g);
        }
        REAL m = mean[i];
        m = near ? FMA(share, g - m, m) : FMA(share - 1, g - m, g);
        mean[i] = m;
        REAL s = FMA(square_share * g, g, square[i] * beta2);
        square[i] = s;
        if (largest) {
            s = MAXIMUM(largest[i], s);
            largest[i] = s;
        }
        param[i] = p + step * m / (SQRT(s) / correction + eps);
    }
}

static void NAME(sgd_portable)(const ck_sgd *o, size_t n, REAL *param, const REAL *grad, REAL *buffer) {
    if (buffer) NAME(sgd_loop)(o, n, param, grad, buffer);
    else NAME(sgd_loop)(o, n, param, grad, NULL);
}

static void NAME(adam_portable)(
    const ck_adam *o, size_t n, REAL *param, const REAL *grad, REAL *mean, REAL *square, REAL *largest
) {
    if (largest) NAME(adam_loop)(o, n, param, grad, mean, square, largest);
    else NAME(adam_loop)(o, n, param, grad, mean, square, NULL);
}

#if defined(__x86_64__)
__attribute__((target("avx2,fma")))
static void NAME(sgd_avx2)(const ck_sgd *o, size_t n, REAL *param, const REAL *grad, REAL *buffer) {
    if (buffer) NAME(sgd_loop)(o, n, param, grad, buffer);
    else NAME(sgd_loop)(o, n, param, grad, NULL);
}

__attribute__((target("avx2,fma")))
static void NAME(adam_avx2)(
    const ck_adam *o, size_t n, REAL *param, const REAL *grad, REAL *mean, REAL *square, REAL *largest
) {
    if (largest) NAME(adam_loop)(o, n, param, grad, mean, square, largest);
    else NAME(adam_loop)(o, n, param, grad, mean, square, NULL);
}
#endif

typedef struct NAME(sgd_work) {
    const ck_sgd *options;
    REAL *param;
    const REAL *grad;
    REAL *buffer;
} NAME(sgd_work);

static void NAME(sgd_body)(void *context, int64_t begin, int64_t end) {
    const NAME(sgd_work) *w = context;
    CHOOSE(sgd)(
        w->options, (size_t)(end - begin), w->param + begin, w->grad + begin, w->buffer ? w->buffer + begin : NULL);
}

void NAME(ck_sgd)(const ck_sgd *o, size_t n, REAL *param, const REAL *grad, REAL *buffer) {
    NAME(sgd_work) work = {o, param, grad, buffer};
    ck_parallel((int64_t)n, GRAIN, NAME(sgd_body), &work);
}

typedef struct NAME(adam_work) {
    const ck_adam *options;
    REAL *param;
    const REAL *grad;
    REAL *mean, *square, *largest;
} NAME(adam_work);

static void NAME(adam_body)(void *context, int64_t begin, int64_t end) {
    const NAME(adam_work) *w = context;
    CHOOSE(adam)(
        w->options, (size_t)(end - begin), w->param + begin, w->grad + begin, w->mean + begin, w->square + begin,
        w->largest ? w->largest + begin : NULL);
}

void NAME(ck_adam)(
    const ck_adam *o, size_t n, REAL *param, const REAL *grad, REAL *mean, REAL *square, REAL *largest
) {
    NAME(adam_work) work = {o, param, grad, mean, square, largest};
    ck_parallel((int64_t)n, GRAIN, NAME(adam_body), &work);
}
