#include <cblas.h>

// LAPACK's routines in OpenBLAS, which Debian ships without a header. One line declares a routine
// for all four element types; matrices are passed untyped and lie column by column.
typedef const int *lapack_number;
typedef const char *lapack_flag;

#define LAPACK_REAL(name, ...) \
    void s##name##_(__VA_ARGS__); \
    void d##name##_(__VA_ARGS__);
#define LAPACK_COMPLEX(name, ...) \
    void c##name##_(__VA_ARGS__); \
    void z##name##_(__VA_ARGS__);
#define LAPACK_ALL(name, ...) LAPACK_REAL(name, __VA_ARGS__) LAPACK_COMPLEX(name, __VA_ARGS__)

LAPACK_ALL(potrf, lapack_flag uplo, lapack_number n, void *a, lapack_number lda, int *info)
LAPACK_ALL(getrf, lapack_number m, lapack_number n, void *a, lapack_number lda, int *pivots, int *info)
LAPACK_ALL(geqrf, lapack_number m, lapack_number n, void *a, lapack_number lda, void *tau, void *work, lapack_number lwork, int *info)
LAPACK_REAL(orgqr, lapack_number m, lapack_number n, lapack_number k, void *a, lapack_number lda, const void *tau, void *work, lapack_number lwork, int *info)
LAPACK_COMPLEX(ungqr, lapack_number m, lapack_number n, lapack_number k, void *a, lapack_number lda, const void *tau, void *work, lapack_number lwork, int *info)
LAPACK_REAL(gesdd, lapack_flag jobz, lapack_number m, lapack_number n, void *a, lapack_number lda, void *s, void *u, lapack_number ldu, void *vt, lapack_number ldvt, void *work, lapack_number lwork, int *iwork, int *info)
LAPACK_COMPLEX(gesdd, lapack_flag jobz, lapack_number m, lapack_number n, void *a, lapack_number lda, void *s, void *u, lapack_number ldu, void *vt, lapack_number ldvt, void *work, lapack_number lwork, void *rwork, int *iwork, int *info)
LAPACK_REAL(syevd, lapack_flag jobz, lapack_flag uplo, lapack_number n, void *a, lapack_number lda, void *w, void *work, lapack_number lwork, int *iwork, lapack_number liwork, int *info)
LAPACK_COMPLEX(heevd, lapack_flag jobz, lapack_flag uplo, lapack_number n, void *a, lapack_number lda, void *w, void *work, lapack_number lwork, void *rwork, lapack_number lrwork, int *iwork, lapack_number liwork, int *info)
LAPACK_COMPLEX(geev, lapack_flag jobvl, lapack_flag jobvr, lapack_number n, void *a, lapack_number lda, void *w, void *vl, lapack_number ldvl, void *vr, lapack_number ldvr, void *work, lapack_number lwork, void *rwork, int *info)
LAPACK_ALL(potrs, lapack_flag uplo, lapack_number n, lapack_number nrhs, const void *a, lapack_number lda, void *b, lapack_number ldb, int *info)
LAPACK_ALL(getrs, lapack_flag trans, lapack_number n, lapack_number nrhs, const void *a, lapack_number lda, const int *pivots, void *b, lapack_number ldb, int *info)
LAPACK_ALL(sytrf, lapack_flag uplo, lapack_number n, void *a, lapack_number lda, int *pivots, void *work, lapack_number lwork, int *info)
LAPACK_COMPLEX(hetrf, lapack_flag uplo, lapack_number n, void *a, lapack_number lda, int *pivots, void *work, lapack_number lwork, int *info)
LAPACK_ALL(sytrs, lapack_flag uplo, lapack_number n, lapack_number nrhs, const void *a, lapack_number lda, const int *pivots, void *b, lapack_number ldb, int *info)
LAPACK_COMPLEX(hetrs, lapack_flag uplo, lapack_number n, lapack_number nrhs, const void *a, lapack_number lda, const int *pivots, void *b, lapack_number ldb, int *info)
LAPACK_REAL(ormqr, lapack_flag side, lapack_flag trans, lapack_number m, lapack_number n, lapack_number k, const void *a, lapack_number lda, const void *tau, void *c, lapack_number ldc, void *work, lapack_number lwork, int *info)
LAPACK_COMPLEX(unmqr, lapack_flag side, lapack_flag trans, lapack_number m, lapack_number n, lapack_number k, const void *a, lapack_number lda, const void *tau, void *c, lapack_number ldc, void *work, lapack_number lwork, int *info)
LAPACK_REAL(geev, lapack_flag jobvl, lapack_flag jobvr, lapack_number n, void *a, lapack_number lda, void *wr, void *wi, void *vl, lapack_number ldvl, void *vr, lapack_number ldvr, void *work, lapack_number lwork, int *info)
LAPACK_ALL(gels, lapack_flag trans, lapack_number m, lapack_number n, lapack_number nrhs, void *a, lapack_number lda, void *b, lapack_number ldb, void *work, lapack_number lwork, int *info)
LAPACK_REAL(gelsy, lapack_number m, lapack_number n, lapack_number nrhs, void *a, lapack_number lda, void *b, lapack_number ldb, int *order, const void *rcond, int *rank, void *work, lapack_number lwork, int *info)
LAPACK_COMPLEX(gelsy, lapack_number m, lapack_number n, lapack_number nrhs, void *a, lapack_number lda, void *b, lapack_number ldb, int *order, const void *rcond, int *rank, void *work, lapack_number lwork, void *rwork, int *info)
LAPACK_REAL(gelsd, lapack_number m, lapack_number n, lapack_number nrhs, void *a, lapack_number lda, void *b, lapack_number ldb, void *s, const void *rcond, int *rank, void *work, lapack_number lwork, int *iwork, int *info)
LAPACK_COMPLEX(gelsd, lapack_number m, lapack_number n, lapack_number nrhs, void *a, lapack_number lda, void *b, lapack_number ldb, void *s, const void *rcond, int *rank, void *work, lapack_number lwork, void *rwork, int *iwork, int *info)
LAPACK_REAL(gelss, lapack_number m, lapack_number n, lapack_number nrhs, void *a, lapack_number lda, void *b, lapack_number ldb, void *s, const void *rcond, int *rank, void *work, lapack_number lwork, int *info)
LAPACK_COMPLEX(gelss, lapack_number m, lapack_number n, lapack_number nrhs, void *a, lapack_number lda, void *b, lapack_number ldb, void *s, const void *rcond, int *rank, void *work, lapack_number lwork, void *rwork, int *info)

#undef LAPACK_ALL
#undef LAPACK_COMPLEX
#undef LAPACK_REAL
