// Makes the kernels and tables of one element type. Included with T, FN(name), SUFFIX-free table
// names UNARY_TABLE, BINARY_TABLE, TERNARY_TABLE and the file of operators OPERATORS defined.

#define A ((T)q.a)
#define B ((T)q.b)
#define C ((T)q.c)

#define LOOP(...)                                                  \
    const ck_params q = *p;                                        \
    (void)q, (void)ya, (void)za;                                   \
    const T *xs = xa, *ys = ya, *zs = za;                          \
    (void)ys, (void)zs;                                            \
    CK_INDEPENDENT for (size_t i = 0; i < n; i++) __VA_ARGS__

#define ARGUMENTS const ck_params *p, size_t n, void *out, const void *xa, const void *ya, const void *za
#define UNARY(name, Result, expression)                                 \
    static CK_CLONES void FN(unary_##name)(ARGUMENTS) {            \
        Result *r = out;                                                \
        LOOP({ const T x = xs[i]; r[i] = (Result)(expression); })       \
    }
#define BINARY(name, Result, expression)                                \
    static CK_CLONES void FN(binary_##name)(ARGUMENTS) {           \
        Result *r = out;                                                \
        LOOP({ const T x = xs[i], y = ys[i]; r[i] = (Result)(expression); }) \
    }
#define TERNARY(name, Result, expression)                               \
    static CK_CLONES void FN(ternary_##name)(ARGUMENTS) {          \
        Result *r = out;                                                \
        LOOP({ const T x = xs[i], y = ys[i], z = zs[i]; r[i] = (Result)(expression); }) \
    }
#include OPERATORS
#undef UNARY
#undef BINARY
#undef TERNARY

#define BINARY(name, Result, expression)
#define TERNARY(name, Result, expression)
#define UNARY(name, Result, expression) [CK_##name] = FN(unary_##name),
const ck_kernel UNARY_TABLE[CK_UNARY_COUNT] = {
#include OPERATORS
#ifdef EXTRA_UNARY
    EXTRA_UNARY
#endif
};
#undef UNARY
#undef BINARY
#define UNARY(name, Result, expression)
#define BINARY(name, Result, expression) [CK_##name] = FN(binary_##name),
const ck_kernel BINARY_TABLE[CK_BINARY_TABLE_COUNT] = {
#include OPERATORS
};
#undef BINARY
#undef TERNARY
#define BINARY(name, Result, expression)
#define TERNARY(name, Result, expression) [CK_##name] = FN(ternary_##name),
const ck_kernel TERNARY_TABLE[CK_TERNARY_COUNT] = {
#include OPERATORS
};
#undef UNARY
#undef BINARY
#undef TERNARY
#undef LOOP
#undef ARGUMENTS
#undef A
#undef B
#undef C
