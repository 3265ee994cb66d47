/// Kernels over windows of one to three spatial dimensions. Memory has no gaps; a plane is what one
/// channel of one sample holds, and where there are fewer dimensions the leading ones have size 1.
#pragma once

enum { CK_SPATIAL_RANK = 3 };

/// The windows along one dimension: window i covers `starts[i]`, `starts[i] + step`, … below
/// `ends[i]`, at least one position.
typedef struct ck_windows {
    int64_t size, count, step;
    const int64_t *starts, *ends;
} ck_windows;

/// The largest value of each window of each plane, and where in the plane it is: the first of equal
/// ones, the last NaN. Real types of at least 8 bits, the half types excepted.
ck_status ck_run_max_pool(
    ck_dtype type, const void *x, int64_t planes, const ck_windows windows[CK_SPATIAL_RANK], void *values,
    int64_t *indices);

/// `out[plane, indices[plane, i]] += grad[plane, i]` in planes of `size` elements, which are set whole;
/// float32 and float64. Indices have been checked.
ck_status ck_run_plane_scatter(
    ck_dtype type, const void *grad, const int64_t *indices, int64_t planes, int64_t count, int64_t size, void *out);

/// A linear map along a dimension: result i is the sum of `weights[t]` times the element at
/// `positions[t]`, for t from `starts[i]` to before `starts[i + 1]`.
typedef struct ck_taps {
    int64_t count;
    const int64_t *starts, *positions;
    const double *weights;
} ck_taps;

/// Applies the map to (outer, size, inner), giving (outer, taps->count, inner); float32 and float64.
ck_status ck_run_resample(
    ck_dtype type, const void *x, int64_t outer, int64_t size, int64_t inner, const ck_taps *taps, void *out);

/// How a convolution's kernel moves over a plane of `sizes` with zeros around it.
typedef struct ck_sliding {
    int64_t sizes[CK_SPATIAL_RANK], counts[CK_SPATIAL_RANK], kernel[CK_SPATIAL_RANK], stride[CK_SPATIAL_RANK],
        padding[CK_SPATIAL_RANK], dilation[CK_SPATIAL_RANK];
} ck_sliding;

/// Lays out the windows `first` to before `last` of one sample's channels: a row for each channel and
/// place in the kernel, `step` elements from the next, a column for each window. `width` is an
/// element's: 4, 8 or 16 bytes.
void ck_columns(
    size_t width, const ck_sliding *sliding, const void *x, int64_t channels, int64_t first, int64_t last,
    void *columns, int64_t step);
/// Adds such columns up where they came from. Floating and complex types, the half types excepted.
void ck_add_columns(
    ck_dtype type, const ck_sliding *sliding, const void *columns, int64_t step, int64_t channels, int64_t first,
    int64_t last, void *x);


/// Winograd's minimal filtering, F(4 × 4, 3 × 3): a convolution of kernel 3 × 3 and stride 1 in float32
/// as 36 matrix products (Lavin and Gray, "Fast Algorithms for Convolutional Neural Networks").
/// Results come in tiles of 4 × 4, numbered through all samples.
typedef struct ck_tiles {
    int64_t height, width, out_height, out_width;
    /// The zeros before the first row and column.
    int64_t top, left;
    /// The tiles of one plane.
    int64_t rows, columns;
} ck_tiles;
enum { CK_TILE_PLACES = 36, CK_TILE_LANES = 16 };

/// The transformed weights of outputs `first` to before `last`: `u[place, output, input]` from
/// `w[output, input, 3, 3]`; with `turned`, from `w[input, output, 3, 3]` turned by half a turn.
void ck_tile_weights(
    const float *w, int64_t outputs, int64_t inputs, bool turned, int64_t first, int64_t last, float *u);
/// How far apart two places lie: one strip more than they need, or all would meet in one set of the cache.
static inline int64_t ck_tile_place(int64_t channels, int64_t step) { return channels * step + CK_TILE_LANES; }
/// The transformed elements that tiles `first` to before `last` are made of: `v[place, channel, tile]`
/// with room for `step` tiles, a multiple of CK_TILE_LANES, and `ck_tile_place` between places.
void ck_tile_inputs(
    const ck_tiles *tiles, const float *x, int64_t channels, int64_t first, int64_t last, float *v, int64_t step);
/// Such tiles' results from the products `m[place, channel, tile]`, laid out alike, plus `bias` unless NULL.
void ck_tile_outputs(
    const ck_tiles *tiles, const float *m, int64_t step, int64_t channels, int64_t first, int64_t last,
    const float *bias, float *out);
/// What tiles `first` to before `last` of a result's gradient give to the gradient of the weights:
/// `z[place, channel, tile]`, laid out alike.
void ck_tile_gradients(
    const ck_tiles *tiles, const float *y, int64_t channels, int64_t first, int64_t last, float *z, int64_t step);
/// The gradient of the weights, `w[output, input, 3, 3]`, of outputs `first` to before `last` from
/// `u[place, output, input]`, the products of `z` and `v` summed over all tiles.
void ck_tile_weight_sums(
    const float *u, int64_t outputs, int64_t inputs, int64_t first, int64_t last, float *w);

/// A kernel that moves over single planes in steps of one, with `top` and `left` zeros before the
/// first row and column; its elements lie `row_step` and `column_step` apart.
typedef struct ck_filter {
    int64_t height, width, out_height, out_width, top, left, rows, columns, row_step, column_step;
} ck_filter;
enum { CK_FILTER_PLACES = 64 };

/// The floats that `ck_filter_planes` needs room for.
int64_t ck_filter_room(const ck_filter *filter);
/// Filters planes `first` to before `last`, float32; plane i by kernel i modulo `channels`, with `turned`
/// turned by half a turn, and plus its `bias` unless NULL. A kernel has at most CK_FILTER_PLACES elements.
void ck_filter_planes(
    const ck_filter *filter, const float *x, const float *weight, bool turned, const float *bias, int64_t channels,
    int64_t first, int64_t last, float *room, float *out);
