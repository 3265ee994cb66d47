import TensorCore

/// How `F.embeddingBag` joins the rows of a bag. Written `.sum` or `"sum"`.
public enum EmbeddingBagMode: String, Sendable, ExpressibleByStringLiteral {
    case sum, mean, max

    public init(stringLiteral value: String) {
        guard let known = EmbeddingBagMode(rawValue: value) else { fail("mode has to be one of sum, mean or max", .valueError) }
        self = known
    }
}

/// Tables of rows, read at integer positions.
extension nn.functional {
    /// The rows of `weight` at the positions in `input` (integers of any shape `(*)`): `(*, width)`.
    ///
    /// - Parameters:
    ///   - paddingIdx: the row that gets no gradient.
    ///   - maxNorm: rows that are read and have a larger `normType`-norm are scaled down to it, in `weight` itself.
    ///   - scaleGradByFreq: whether a row's gradient is divided by how often the row is read.
    public static func embedding(
        _ input: Tensor, _ weight: Tensor, paddingIdx: Int? = nil, maxNorm: Double? = nil, normType: Double = 2,
        scaleGradByFreq: Bool = false, sparse: Bool = false
    ) -> Tensor {
        if let paddingIdx, !paddingRange(weight).contains(paddingIdx) {
            fail("Padding_idx must be within num_embeddings", .assertionError)
        }
        let padding = fromStart(paddingIdx, weight)
        if let maxNorm { renormalize(weight, input, maxNorm, normType) }
        return weight.embedding(input, paddingIndex: padding, scalesByFrequency: scaleGradByFreq, isSparse: sparse)
    }

    /// Sums, means or maxima of bags of rows of `weight`, without the rows in between.
    ///
    /// - Parameters:
    ///   - input: positions of rows: `(B, N)` for bags of N each, or `(N)` with `offsets`.
    ///   - offsets: where each bag starts in a one-dimensional input.
    ///   - perSampleWeights: factors of the rows, in the input's shape; for sums only.
    ///   - includeLastOffset: whether `offsets` ends with the input's size.
    ///   - paddingIdx: the position that takes no part.
    /// - Returns: `(B, width)`; zero for an empty bag.
    public static func embeddingBag(
        _ input: Tensor, _ weight: Tensor, offsets: Tensor? = nil, maxNorm: Double? = nil, normType: Double = 2,
        scaleGradByFreq: Bool = false, mode: EmbeddingBagMode = .mean, perSampleWeights: Tensor? = nil,
        includeLastOffset: Bool = false, paddingIdx: Int? = nil
    ) -> Tensor {
        if let perSampleWeights, perSampleWeights.shape != input.shape {
            fail(
                "embedding_bag: If per_sample_weights (torch.Size(\(perSampleWeights.shape))) is not None, then it must have "
                    + "the same shape as the input (torch.Size(\(input.shape)))", .valueError)
        }
        if weight.ndim != 2 {
            fail("weight has to be a 2D Tensor, but got Tensor of dimension \(weight.ndim)", .valueError)
        }
        let starts = bagStarts(input, offsets)
        if mode == .max && scaleGradByFreq {
            fail("max mode does not support scaling the gradient by the frequency", .valueError)
        }
        if perSampleWeights != nil && mode != .sum {
            fail(
                "embedding_bag: per_sample_weights was not None. per_sample_weights is only supported for mode='sum' (got "
                    + "mode='\(mode.rawValue)'). Please open a feature request on GitHub.", .notImplemented)
        }
        let range = paddingRange(weight)
        if let paddingIdx, !range.contains(paddingIdx) {
            fail(
                "padding_idx must be within the number of embeddings, \(range.lowerBound) through \(range.upperBound - 1), "
                    + "but got \(paddingIdx)")
        }
        let padding = fromStart(paddingIdx, weight)
        let positions = input.reshape(-1)
        if let maxNorm { renormalize(weight, positions, maxNorm, normType) }
        let bags = Bags(starts: starts, positions: positions, includesLast: includeLastOffset, padding: padding)
        let rows = weight.embedding(positions, paddingIndex: padding, scalesByFrequency: scaleGradByFreq)
        return bags.join(rows, mode, perSampleWeights?.reshape(-1))
    }

    private static func bagStarts(_ input: Tensor, _ offsets: Tensor?) -> Tensor {
        switch (input.ndim, offsets) {
        case (2, nil):
            return torch.arange(0, input.size(0), dtype: .int64, device: input.device) * input.size(1)
        case (2, _):
            fail(
                "if input is 2D, then offsets has to be None, as input is treated is a mini-batch of fixed length sequences. "
                    + "However, found offsets of type <class 'torch.Tensor'>", .valueError)
        case (1, nil): fail("offsets has to be a 1D Tensor but got None", .valueError)
        case (1, let offsets?):
            if offsets.ndim != 1 { fail("offsets has to be a 1D Tensor", .valueError) }
            return offsets.to(.int64)
        default: fail("input has to be 1D or 2D Tensor, but got Tensor of dimension \(input.ndim)", .valueError)
        }
    }

    private static func paddingRange(_ weight: Tensor) -> Range<Int> { -weight.size(0)..<weight.size(0) }

    private static func fromStart(_ paddingIdx: Int?, _ weight: Tensor) -> Int? {
        paddingIdx.map { $0 < 0 ? $0 + weight.size(0) : $0 }
    }

    /// Scales the rows of `weight` at `positions` to a norm of at most `maxNorm`.
    private static func renormalize(_ weight: Tensor, _ positions: Tensor, _ maxNorm: Double, _ normType: Double) {
        torch.noGrad {
            let read = positions.reshape(-1).unique()
            let rows = weight.indexSelect(0, read)
            // The factor in double, as in PyTorch.
            let norms = rows.norm(normType, dim: 1, keepdim: true).to(.float64)
            weight.indexCopy_(0, read, torch.where(norms > maxNorm, rows * (maxNorm / (norms + 1e-7)).to(rows.dtype), rows))
        }
    }
}

/// Which bag each of a row of positions belongs to.
private struct Bags {
    /// The bag of each position.
    private let bag: Tensor
    /// The number of bags.
    private let count: Int
    /// Whether a position takes part; nil where all do.
    private let used: Tensor?

    init(starts: Tensor, positions: Tensor, includesLast: Bool, padding: Int?) {
        let total = positions.numel
        if includesLast && starts.numel == 0 { fail("include_last_offset: number of offset should be at least 1") }
        count = starts.numel - (includesLast ? 1 : 0)
        if starts.device.type != .meta && starts.numel > 0 {
            let (first, last): (Int, Int) = (starts[0].item(), starts[-1].item())
            if first != 0 {
                fail("offsets[0] has to be 0, i.e., the first sequence in the mini-batch has to start from position 0. However, got \(first)")
            }
            if last > total {
                fail("offsets[-1] can not be greater than input's length \(total) but got offsets[-1] of \(last)")
            }
        }
        // One more bag has begun at each start.
        let begun = torch.zeros([total + 1], dtype: .int64, device: starts.device)
            .indexAdd(0, starts.narrow(0, 0, count), torch.ones([count], dtype: .int64, device: starts.device))
        bag = begun.cumsum(0).narrow(0, 0, total) - 1
        used = padding.map { positions != $0 }
    }

    func join(_ rows: Tensor, _ mode: EmbeddingBagMode, _ factors: Tensor?) -> Tensor {
        let zeros = torch.zeros([count, rows.size(1)], dtype: rows.dtype, device: rows.device)
        if mode == .max { return maxima(rows, zeros) }
        let mask = used.map { $0.to(rows.dtype) }
        var weighted = rows
        if let factors { weighted = weighted * factors.unsqueeze(1) }
        if let mask { weighted = weighted * mask.unsqueeze(1) }
        let sums = zeros.indexAdd(0, bag, weighted)
        if mode == .sum { return sums }
        let sizes = torch.zeros([count], dtype: rows.dtype, device: rows.device)
            .indexAdd(0, bag, mask ?? torch.ones([rows.size(0)], dtype: rows.dtype, device: rows.device))
        return sums / sizes.clampMin(1).unsqueeze(1)
    }

    /// The first row of each bag that has the largest number, column by column, gets the gradient.
    private func maxima(_ rows: Tensor, _ zeros: Tensor) -> Tensor {
        if rows.numel == 0 || count == 0 { return zeros }
        let source = torch.noGrad { () -> Tensor in
            let places = bag.unsqueeze(1).expand(rows.shape)
            let values = used.map { rows.detach().maskedFill($0.logicalNot().unsqueeze(1), -Double.infinity) } ?? rows.detach()
            let largest = torch.fullLike(zeros, -Double.infinity).scatterReduce(0, places, values, reduce: "amax")
            let isLargest = values == largest.gather(0, places)
            let row = torch.arange(0, rows.size(0), dtype: .int64, device: rows.device).unsqueeze(1).expand(rows.shape)
            let candidates = torch.where(isLargest.logicalAnd(values > -Double.infinity), row, torch.fullLike(row, rows.size(0)))
            return torch.full(zeros.shape, rows.size(0), dtype: .int64, device: rows.device)
                .scatterReduce(0, places, candidates, reduce: "amin")
        }
        let isEmpty = source == rows.size(0)
        return rows.gather(0, source.maskedFill(isEmpty, 0)).maskedFill(isEmpty, 0)
    }
}
