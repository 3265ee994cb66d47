// The loops of optimizers.c for one type: REAL, and NAME, FMA, SQRT, ABS, MAXIMUM for it.
//
// Products that are added to something are rounded once, as in PyTorch's vector code, so that
// trajectories agree to the bit.

#define LOOP(rule)                                                                                        \
    static inline __attribute__((always_inline)) void NAME(rule##_loop)(                                  \
        const ck_##rule *o, size_t n, REAL *restrict param, const REAL *restrict grad, REAL *restrict a,  \
        REAL *restrict b, REAL *restrict c)

/// An interpolation, which starts from the nearer end.
static inline __attribute__((always_inline)) REAL NAME(lerp)(REAL from, REAL to, REAL share) {
    return share < (REAL)0.5 ? FMA(share, to - from, from) : FMA(share - 1, to - from, to);
}

// The gradient, with the weight decay that is part of it.
#define GRADIENT_TERMS                                                                                    \
    const REAL sign = o->maximize ? -1 : 1, decay = (REAL)o->weight_decay;                                \
    const bool decays = o->weight_decay != 0
#define GRADIENT(p) NAME(decayed)(sign * grad[i], p, decay, decays)

/// Both ways are computed: a condition on what is in registers costs less than a masked read.
static inline __attribute__((always_inline)) REAL NAME(decayed)(REAL g, REAL param, REAL decay, bool decays) {
    const REAL sum = FMA(param, decay, g);
    return decays ? sum : g;
}

LOOP(sgd) {
    GRADIENT_TERMS;
    const REAL momentum = (REAL)o->momentum, step = (REAL)-o->lr, share = (REAL)(1 - o->dampening);
    const bool first = o->first, nesterov = o->nesterov;
    for (size_t i = 0; i < n; i++) {
        const REAL p = param[i];
        REAL g = GRADIENT(p);
        if (a) {
            const REAL moved = FMA(g, share, momentum * a[i]), buffer = first ? g : moved;
            a[i] = buffer;
            const REAL ahead = FMA(buffer, momentum, g);
            g = nesterov ? ahead : buffer;
        }
        param[i] = FMA(g, step, p);
    }
}

LOOP(adam) {
    const REAL sign = o->maximize ? -1 : 1, decay = (REAL)o->weight_decay;
    const REAL kept = (REAL)(1 - o->lr * o->weight_decay);
    const REAL share = (REAL)(1 - o->beta1), beta2 = (REAL)o->beta2, square_share = (REAL)(1 - o->beta2);
    const REAL correction = (REAL)sqrt(1 - pow(o->beta2, o->step)), eps = (REAL)o->eps;
    const REAL step = (REAL)(-o->lr / (1 - pow(o->beta1, o->step)));
    const bool decays = o->weight_decay != 0, decoupled = o->decoupled;
    for (size_t i = 0; i < n; i++) {
        REAL g = sign * grad[i], p = param[i];
        if (decays) {
            if (decoupled) p *= kept; else g = FMA(p, decay, g);
        }
        REAL m = a[i] = NAME(lerp)(a[i], g, share);
        REAL s = b[i] = FMA(square_share * g, g, b[i] * beta2);
        if (c) s = c[i] = MAXIMUM(c[i], s);
        param[i] = p + step * m / (SQRT(s) / correction + eps);
    }
}

LOOP(adadelta) {
    GRADIENT_TERMS;
    const REAL step = (REAL)-o->lr, rho = (REAL)o->rho, share = (REAL)(1 - o->rho), eps = (REAL)o->eps;
    for (size_t i = 0; i < n; i++) {
        REAL g = GRADIENT(param[i]);
        REAL square = a[i] = FMA(share * g, g, a[i] * rho);
        REAL delta = SQRT(b[i] + eps) / SQRT(square + eps) * g;
        b[i] = FMA(share * delta, delta, b[i] * rho);
        param[i] = FMA(delta, step, param[i]);
    }
}

LOOP(adagrad) {
    GRADIENT_TERMS;
    const REAL step = (REAL)-o->lr, eps = (REAL)o->eps;
    for (size_t i = 0; i < n; i++) {
        REAL g = GRADIENT(param[i]);
        REAL sum = a[i] = FMA(g, g, a[i]);
        param[i] += step * g / (SQRT(sum) + eps);
    }
}

LOOP(adamax) {
    GRADIENT_TERMS;
    const REAL step = (REAL)-o->lr, share = (REAL)(1 - o->beta1), beta2 = (REAL)o->beta2, eps = (REAL)o->eps;
    for (size_t i = 0; i < n; i++) {
        REAL g = GRADIENT(param[i]);
        REAL m = a[i] = NAME(lerp)(a[i], g, share);
        REAL decayed = b[i] * beta2, size = ABS(g) + eps;
        REAL largest = b[i] = MAXIMUM(decayed, size);
        param[i] += step * m / largest;
    }
}

LOOP(nadam) {
    const REAL sign = o->maximize ? -1 : 1, decay = (REAL)o->weight_decay;
    const REAL kept = (REAL)(1 - o->lr * o->weight_decay), eps = (REAL)o->eps;
    const REAL share = (REAL)(1 - o->beta1), beta2 = (REAL)o->beta2, square_share = (REAL)(1 - o->beta2);
    const REAL correction = (REAL)o->correction;
    const REAL grad_factor = (REAL)o->grad_factor, mean_factor = (REAL)o->mean_factor;
    const bool decays = o->weight_decay != 0, decoupled = o->decoupled;
    for (size_t i = 0; i < n; i++) {
        REAL g = sign * grad[i], p = param[i];
        if (decays) {
            if (decoupled) p *= kept; else g = FMA(p, decay, g);
        }
        REAL m = a[i] = NAME(lerp)(a[i], g, share);
        REAL s = b[i] = FMA(square_share * g, g, b[i] * beta2);
        REAL root = SQRT(s / correction) + eps;
        p += grad_factor * g / root;
        param[i] = p + mean_factor * m / root;
    }
}

LOOP(radam) {
    const REAL sign = o->maximize ? -1 : 1, decay = (REAL)o->weight_decay, lr = (REAL)o->lr;
    const REAL kept = (REAL)(1 - o->lr * o->weight_decay), eps = (REAL)o->eps;
    const REAL share = (REAL)(1 - o->beta1), beta2 = (REAL)o->beta2, square_share = (REAL)(1 - o->beta2);
    const REAL mean_correction = (REAL)o->mean_correction, root_correction = (REAL)o->root_correction;
    const REAL rectification = (REAL)o->rectification;
    const bool decays = o->weight_decay != 0, decoupled = o->decoupled, rectified = o->rectification != 0;
    for (size_t i = 0; i < n; i++) {
        REAL g = sign * grad[i], p = param[i];
        if (decays) {
            if (decoupled) p *= kept; else g = FMA(p, decay, g);
        }
        REAL m = a[i] = NAME(lerp)(a[i], g, share);
        REAL s = b[i] = FMA(square_share * g, g, b[i] * beta2);
        REAL step = m / mean_correction * lr;
        param[i] = p - (rectified ? step * (root_correction / (SQRT(s) + eps)) * rectification : step);
    }
}

LOOP(rmsprop) {
    GRADIENT_TERMS;
    const REAL step = (REAL)-o->lr, alpha = (REAL)o->alpha, share = (REAL)(1 - o->alpha), eps = (REAL)o->eps;
    const REAL momentum = (REAL)o->momentum;
    for (size_t i = 0; i < n; i++) {
        REAL g = GRADIENT(param[i]);
        REAL square = a[i] = FMA(share * g, g, a[i] * alpha);
        if (c) {
            REAL mean = c[i] = NAME(lerp)(c[i], g, share);
            square = FMA(-mean, mean, square);
        }
        REAL root = SQRT(square) + eps;
        if (b) {
            REAL buffer = b[i] = b[i] * momentum + g / root;
            param[i] = FMA(buffer, step, param[i]);
        } else {
            param[i] += step * g / root;
        }
    }
}

LOOP(rprop) {
    const REAL sign = o->maximize ? -1 : 1, minus = (REAL)o->eta_minus, plus = (REAL)o->eta_plus;
    const REAL smallest = (REAL)o->smallest, largest = (REAL)o->largest;
    for (size_t i = 0; i < n; i++) {
        REAL g = sign * grad[i], agreement = g * a[i];
        REAL size = b[i] * (agreement > 0 ? plus : agreement < 0 ? minus : 1);
        size = b[i] = size < smallest ? smallest : size > largest ? largest : size;
        // Where the gradient turned, this step is left out.
        if (agreement < 0) g = 0;
        a[i] = g;
        param[i] -= g > 0 ? size : g < 0 ? -size : 0;
    }
}

LOOP(asgd) {
    GRADIENT_TERMS;
    const REAL step = (REAL)-o->eta, kept = (REAL)(1 - o->lambd * o->eta), mu = (REAL)o->mu;
    const bool averages = o->mu != 1;
    for (size_t i = 0; i < n; i++) {
        REAL g = GRADIENT(param[i]);
        REAL p = param[i] = FMA(g, step, param[i] * kept);
        const REAL old = a[i], mean = old + (p - old) * mu;
        a[i] = averages ? mean : p;
    }
}

#undef LOOP
#undef GRADIENT_TERMS
#undef GRADIENT

typedef void NAME(step_loop)(const void *, size_t, REAL *, const REAL *, REAL *, REAL *, REAL *);

typedef struct NAME(step_work) {
    NAME(step_loop) *loop;
    const void *options;
    REAL *param;
    const REAL *grad;
    REAL *const *states;
} NAME(step_work);

static void NAME(step_body)(void *context, int64_t begin, int64_t end) {
    const NAME(step_work) *w = context;
    REAL *state[3];
    for (int i = 0; i < 3; i++) state[i] = w->states[i] ? w->states[i] + begin : NULL;
    w->loop(w->options, (size_t)(end - begin), w->param + begin, w->grad + begin, state[0], state[1], state[2]);
}

// A rule for each processor, and its public function. A state that is NULL for all elements is
// tested outside the loop.
#define ARRAYS const void *o, size_t n, REAL *param, const REAL *grad, REAL *a, REAL *b, REAL *c
#define RULE(rule, BODY)                                                                                  \
    static void NAME(rule##_portable)(ARRAYS) { BODY(rule) }                                              \
    FOR_AVX2(static void NAME(rule##_avx2)(ARRAYS) { BODY(rule) })                                        \
    void NAME(ck_##rule)(                                                                                 \
        const ck_##rule *o, size_t n, REAL *param, const REAL *grad, REAL *const *states                  \
    ) {                                                                                                   \
        NAME(step_work) work = {CHOOSE(rule), o, param, grad, states};                                    \
        ck_parallel((int64_t)n, GRAIN, NAME(step_body), &work);                                           \
    }
#define CALL(rule, a, b, c) NAME(rule##_loop)(o, n, param, grad, a, b, c);
#define ALL_STATES(rule) CALL(rule, a, b, c)
#define FIRST_OPTIONAL(rule) if (a) { CALL(rule, a, b, c) } else { CALL(rule, NULL, b, c) }
#define THIRD_OPTIONAL(rule) if (c) { CALL(rule, a, b, c) } else { CALL(rule, a, b, NULL) }
#define LAST_TWO_OPTIONAL(rule) if (b) { THIRD_OPTIONAL(rule) } else if (c) { CALL(rule, a, NULL, c) } else { CALL(rule, a, NULL, NULL) }

RULE(sgd, FIRST_OPTIONAL)
RULE(adam, THIRD_OPTIONAL)
RULE(adadelta, ALL_STATES)
RULE(adagrad, ALL_STATES)
RULE(adamax, ALL_STATES)
RULE(nadam, ALL_STATES)
RULE(radam, ALL_STATES)
RULE(rmsprop, LAST_TWO_OPTIONAL)
RULE(rprop, ALL_STATES)
RULE(asgd, ALL_STATES)

#undef ARRAYS
#undef RULE
#undef CALL
#undef ALL_STATES
#undef FIRST_OPTIONAL
#undef THIRD_OPTIONAL
#undef LAST_TWO_OPTIONAL
