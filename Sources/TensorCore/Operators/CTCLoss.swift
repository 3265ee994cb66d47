import Glibc

/// Connectionist temporal classification (Graves et al., 2006): the likelihood of label sequences
/// under all their alignments to a longer sequence of distributions.
extension Tensor {
    /// The negative log-likelihood of each sample, `(N)`.
    ///
    /// Self holds log-probabilities `(T, N, C)`. The gradient is that of PyTorch: by what went into
    /// the log-softmax from which self came.
    package func ctcLoss(
        _ targets: Tensor, _ inputLengths: [Int], _ targetLengths: [Int], blank: Int, zeroInfinity: Bool
    ) -> Tensor {
        check(
            dtype == .float32 || dtype == .float64, "\"ctc_loss_cpu\" not implemented for '\(dtype.scalarName)'",
            .notImplemented)
        let (steps, batch, classes) = (size(0), size(1), size(2))
        check((0..<classes).contains(blank), "blank must be in label range")
        check(inputLengths.count == batch, "input_lengths must be of size batch_size")
        check(targetLengths.count == batch, "target_lengths must be of size batch_size")
        let place = " (while checking arguments for ctc_loss_allocate_outputs)"
        check(
            targets.ndim == 1 || targets.ndim == 2,
            "Expected 1 to 2 dimensions, but got \(targets.ndim)-dimensional tensor for argument #2 'targets'" + place)
        for length in targetLengths where length < 0 {
            fail("Expected target_lengths to have value at least 0, but got value \(length)" + place)
        }
        if targets.ndim == 1 {
            let total = targetLengths.reduce(0, +)
            check(
                targets.size(0) == total,
                "Expected tensor to have size \(total) at dimension 0, but got size \(targets.size(0)) for argument #2 "
                    + "'targets'" + place)
        } else {
            let longest = targetLengths.max() ?? 0
            check(
                targets.size(1) >= longest,
                "Expected tensor to have size at least \(longest) at dimension 1, but got size \(targets.size(1)) for "
                    + "argument #2 'targets'" + place)
        }
        for length in inputLengths {
            check(length >= 0, "Expected input_lengths to have value at least 0, but got value \(length)" + place)
            check(length <= steps, "Expected input_lengths to have value at most \(steps), but got value \(length)" + place)
        }
        if device.type == .meta { return torch.empty([batch], dtype: dtype, device: device) }

        let alignments = Alignments(
            logarithms: detach().to(.float64).contiguous(), targets: targets.to(.int64).contiguous(),
            inputLengths: inputLengths, targetLengths: targetLengths, blank: blank)
        let losses = torch.empty([batch], dtype: .float64)
        losses.withUnsafeMutableValues(as: Double.self) { values in alignments.losses(into: values.baseAddress!) }
        let shape = shape
        return FormulaNode.record("CtcLossBackward0", [self], saving: []) {
            let result = losses.to(self.dtype)
            return zeroInfinity ? result.maskedFill(result == Double.infinity, 0) : result
        } gradients: { grad, _ in
            let slopes = torch.zeros(shape, dtype: .float64)
            slopes.withUnsafeMutableValues(as: Double.self) { values in alignments.slopes(into: values.baseAddress!) }
            if zeroInfinity { slopes.maskedFill_((losses == Double.infinity).reshape(1, batch, 1), 0) }
            return [slopes.to(grad.dtype) * grad.reshape(1, batch, 1)]
        }
    }
}

/// All alignments of a batch's label sequences. A sequence of S labels is read as 2 S + 1 symbols, with a
/// blank before, between and behind them.
private struct Alignments {
    /// (T, N, C), float64.
    private let logarithms: Tensor
    private let samples: [Sample]

    private var classes: Int { logarithms.size(2) }

    /// A sample's distributions and symbols.
    private struct Sample {
        let steps: Int
        let symbols: [Int]
        /// None where there are no steps.
        let values: UnsafePointer<Double>?
        let stride: Int

        func logarithm(_ t: Int, _ symbol: Int) -> Double { values![t * stride + symbol] }
        /// Whether an alignment may go on from symbol s - 2 to s: not over a blank, nor between equal labels.
        func maySkip(to s: Int) -> Bool { s >= 2 && symbols[s] != symbols[s - 2] }
    }

    /// - Parameter targets: (N, S), or all sequences one after the other; int64, contiguous.
    init(logarithms: Tensor, targets: Tensor, inputLengths: [Int], targetLengths: [Int], blank: Int) {
        self.logarithms = logarithms
        let (batch, classes) = (logarithms.size(1), logarithms.size(2))
        let values = logarithms.address.map { UnsafePointer($0.assumingMemoryBound(to: Double.self)) }
        let labels = targets.address?.assumingMemoryBound(to: Int.self)
        var start = 0
        samples = (0..<batch).map { b in
            let length = targetLengths[b]
            var symbols = [Int](repeating: blank, count: 2 * length + 1)
            for i in 0..<length {
                let label = labels![start + i]
                check((0..<classes).contains(label), "Target \(label) is out of bounds.", .indexError)
                symbols[2 * i + 1] = label
            }
            start += targets.ndim == 2 ? targets.size(1) : length
            return Sample(
                steps: inputLengths[b], symbols: symbols, values: values.map { $0 + b * classes }, stride: batch * classes)
        }
    }

    /// Runs `body` for each sample, several at a time.
    private func forEachSample(_ body: (Int, Sample) -> Void) {
        CPUBackend.shared.parallel(samples.count) { range in
            for b in range { body(b, samples[b]) }
        }
    }

    /// The logarithm of the sum of what `a`, `b` and `c` are the logarithms of.
    private static func logSum(_ a: Double, _ b: Double, _ c: Double = -.infinity) -> Double {
        let most = max(a, b, c)
        if most == -.infinity { return most }
        return most + log(exp(a - most) + exp(b - most) + exp(c - most))
    }

    /// The logarithm of what all ways of reading symbols 0...s in steps 0...t add up to, row by row.
    private func forward(_ sample: Sample) -> [Double] {
        let count = sample.symbols.count
        var table = [Double](repeating: -.infinity, count: Swift.max(sample.steps, 1) * count)
        for s in 0..<Swift.min(2, count) { table[s] = sample.logarithm(0, sample.symbols[s]) }
        for t in stride(from: 1, to: sample.steps, by: 1) {
            let (row, last) = (t * count, (t - 1) * count)
            for s in 0..<count {
                let before = s > 0 ? table[last + s - 1] : -.infinity
                let skipped = sample.maySkip(to: s) ? table[last + s - 2] : -.infinity
                table[row + s] = Alignments.logSum(table[last + s], before, skipped) + sample.logarithm(t, sample.symbols[s])
            }
        }
        return table
    }

    /// The same from the end: symbols s... in steps t....
    private func backward(_ sample: Sample) -> [Double] {
        let (count, steps) = (sample.symbols.count, sample.steps)
        var table = [Double](repeating: -.infinity, count: steps * count)
        for s in Swift.max(count - 2, 0)..<count {
            table[(steps - 1) * count + s] = sample.logarithm(steps - 1, sample.symbols[s])
        }
        for t in stride(from: steps - 2, through: 0, by: -1) {
            let (row, next) = (t * count, (t + 1) * count)
            for s in 0..<count {
                let after = s + 1 < count ? table[next + s + 1] : -.infinity
                let skipped = s + 2 < count && sample.maySkip(to: s + 2) ? table[next + s + 2] : -.infinity
                table[row + s] = Alignments.logSum(table[next + s], after, skipped) + sample.logarithm(t, sample.symbols[s])
            }
        }
        return table
    }

    private func loss(_ sample: Sample, _ forward: [Double]) -> Double {
        let count = sample.symbols.count
        let last = (sample.steps - 1) * count
        return -Alignments.logSum(forward[last + count - 1], count > 1 ? forward[last + count - 2] : -.infinity)
    }

    func losses(into result: UnsafeMutablePointer<Double>) {
        forEachSample { b, sample in
            if sample.steps == 0 {
                result[b] = sample.symbols.count == 1 ? 0 : .infinity
            } else {
                result[b] = loss(sample, forward(sample))
            }
        }
    }

    /// The derivatives of each sample's loss, (T, N, C); the memory holds zeros.
    func slopes(into result: UnsafeMutablePointer<Double>) {
        forEachSample { b, sample in
            if sample.steps == 0 { return }
            let (forward, backward) = (forward(sample), backward(sample))
            let loss = loss(sample, forward)
            let count = sample.symbols.count
            for t in 0..<sample.steps {
                let row = result + (t * samples.count + b) * classes
                for c in 0..<classes { row[c] = -.infinity }
                for s in 0..<count {
                    let symbol = sample.symbols[s]
                    row[symbol] = Alignments.logSum(row[symbol], forward[t * count + s] + backward[t * count + s])
                }
                for c in 0..<classes {
                    let logarithm = sample.logarithm(t, c)
                    row[c] = exp(logarithm) - exp(row[c] + loss - logarithm)
                }
            }
        }
    }
}
