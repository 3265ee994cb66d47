/// Attention computed block by block: what happens between the matrix products.
#pragma once

/// A block of scores, queries by keys, and what was made of the blocks of keys before; float32 or float64.
typedef struct ck_scores {
    ck_dtype type;
    /// `rows` × `columns` without gaps.
    void *scores;
    int64_t rows, columns;
    /// Numbers to add, `mask_row` elements from row to row; NULL for none.
    const void *mask;
    int64_t mask_row;
    /// How many columns the first row sees; each row after it sees one more.
    int64_t visible;
} ck_scores;

/// Turns scores into weights that are not normalized yet. For each row: `most` is the largest score so far, `total` the sum
/// of the weights so far; `out` (rows × width), the weighted sum so far, is brought to the new scale.
void ck_attention_fold(const ck_scores *block, void *most, void *total, void *out, int64_t width);

/// Divides each row of `out` by its total, 0 where nothing was seen, and puts the logarithm of the sum of the
/// exponentials of all scores into `most`.
void ck_attention_finish(ck_dtype type, int64_t rows, void *most, const void *total, void *out, int64_t width);

/// Turns scores into weights, given the logarithm of each row's sum, and the gradient of the weights into that of the
/// products of queries and keys: weight · (grad − slope) · scale.
void ck_attention_slopes(const ck_scores *block, const void *log_sum, const void *slope, double scale, void *grad);
