/// The Mersenne Twister (mt19937) and the distributions drawn from it, as PyTorch's CPU generator
/// draws them: the same seed gives the same numbers.
#pragma once
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum { CK_RANDOM_WORDS = 624 };

typedef struct ck_random {
    uint32_t words[CK_RANDOM_WORDS];
    /// Draws until the words are renewed, plus one; and the next word to use.
    uint32_t left, next;
    /// Box–Muller makes two numbers at a time: the second waits here.
    double spare;
    bool has_spare;
} ck_random;

void ck_random_seed(ck_random *r, uint64_t seed);
uint32_t ck_random_next(ck_random *r);
/// Two draws, the first one high.
uint64_t ck_random_next64(ck_random *r);

/// The low 24 bits as a fraction in [0, 1).
void ck_random_fractions(ck_random *r, float *out, size_t count);
/// Uniform in [low, high).
void ck_random_uniform_f32(ck_random *r, float *out, size_t count, float low, float high);
/// As float64, with 53 bits.
void ck_random_uniform_f64(ck_random *r, double *out, size_t count, double low, double high);

/// One normal number with mean 0 and deviation 1, by Box–Muller in float64.
double ck_random_normal(ck_random *r);
/// Turns 16 fractions into 16 normal numbers, the way PyTorch's vector code does: every block of 16
/// and, where the count is no multiple of 16, the last 16 once more from fresh draws.
/// `count` is at least 16.
void ck_random_normal_f32(ck_random *r, float *out, size_t count, float mean, float deviation);
void ck_random_normal_f64(ck_random *r, double *out, size_t count, double mean, double deviation);
/// 16-bit numbers are computed in float32, and drawn block by block: `out` gets them unrounded.
void ck_random_normal_blocks(ck_random *r, float *out, size_t count, float mean, float deviation);

/// `out[i]` is 1 with probability `p`, else 0.
void ck_random_bernoulli(ck_random *r, uint8_t *out, size_t count, double p);
/// Exponential numbers with rate `lambda`.
void ck_random_exponential(ck_random *r, double *out, size_t count, double lambda);
/// Integers in [low, low + range), by the remainder of a draw of 32 bits, or of 64 for large ranges.
void ck_random_integers(ck_random *r, int64_t *out, size_t count, int64_t low, uint64_t range);
/// A permutation of 0..<count.
void ck_random_permutation(ck_random *r, int64_t *out, size_t count);
