import CKernels

/// An LSTM's steps over a sequence, in parts of the hidden units: what a part needs of the weight stays in the cache of
/// one core. The parts do not depend on the number of threads.
struct LSTMSteps<Element: AttentionElement> {
    private typealias Numbers = UnsafeMutablePointer<Element>

    private let steps: Int, rows: Int, hidden: Int
    /// The order of the steps in memory is the reverse of that in time.
    private let isReversed: Bool
    private let partSize = 128

    /// - Parameter out: (steps, rows, hidden)
    init(_ out: Tensor, isReversed: Bool) {
        _ = singleThreadedBLAS
        (steps, rows, hidden) = (out.dims[0], out.dims[1], out.dims[2])
        self.isReversed = isReversed
    }

    /// All operands are contiguous. `gates` (steps, rows, 4 · hidden) and `cells` (steps, rows, hidden) get what the
    /// gradients need.
    func forward(
        _ x: Tensor, _ weight: Tensor, _ bias: Tensor, _ hidden0: Tensor, _ cell0: Tensor, gates: Tensor, cells: Tensor,
        _ out: Tensor
    ) {
        let turned = turnedParts(of: weight)
        let products = Tensor(empty: [rows, 4 * hidden], x.dtype, x.backend)
        for step in 0..<steps {
            forEachPart { part in
                let before = place(step - 1), here = place(step)
                let product = numbers(products) + part.lowerBound * 4 * rows
                Element.gemm(
                    false, false, rows, 4 * part.count, hidden, 1, before.map { numbers(out) + $0 * width } ?? numbers(hidden0),
                    hidden, numbers(turned) + part.lowerBound * 4 * hidden, 4 * part.count, false, product, 4 * part.count)
                var units = units(part)
                ck_lstm_step(
                    &units, numbers(x) + here! * 4 * width, numbers(bias), product,
                    before.map { numbers(cells) + $0 * width } ?? numbers(cell0), numbers(gates) + here! * 4 * width,
                    numbers(cells) + here! * width, numbers(out) + here! * width)
            }
        }
    }

    /// - Parameters:
    ///   - byCell: the gradient of the last cell; becomes that of the first.
    ///   - byGates: gets the gradients of `forward`'s `x`, of its shape.
    ///   - byHidden: gets the gradient of the first hidden state.
    func backward(
        _ byOut: Tensor, byCell: Tensor, _ weight: Tensor, _ cell0: Tensor, gates: Tensor, cells: Tensor, byGates: Tensor,
        byHidden: Tensor
    ) {
        let products = torch.zeros([rows, hidden], dtype: byOut.dtype)
        for step in Swift.stride(from: steps - 1, through: 0, by: -1) {
            forEachPart { part in
                let before = place(step - 1), here = place(step)
                let product = numbers(products) + part.lowerBound * rows
                if let after = place(step + 1) {
                    hiddenGradient(part, numbers(byGates) + after * 4 * width, weight, product, part.count)
                }
                var units = units(part)
                ck_lstm_step_backward(
                    &units, numbers(gates) + here! * 4 * width, before.map { numbers(cells) + $0 * width } ?? numbers(cell0),
                    numbers(cells) + here! * width, numbers(byOut) + here! * width, product, numbers(byCell),
                    numbers(byGates) + here! * 4 * width)
            }
        }
        forEachPart { part in
            hiddenGradient(
                part, numbers(byGates) + place(0)! * 4 * width, weight, numbers(byHidden) + part.lowerBound, hidden)
        }
    }

    /// The gradient of a part of the hidden state before a step, given that of the step's gates.
    private func hiddenGradient(_ part: Range<Int>, _ byGates: Numbers, _ weight: Tensor, _ out: Numbers, _ rowStep: Int) {
        Element.gemm(
            false, false, rows, part.count, 4 * hidden, 1, byGates, 4 * hidden, numbers(weight) + part.lowerBound, hidden,
            false, out, rowStep)
    }

    /// The numbers of one step's state.
    private var width: Int { rows * hidden }

    private func numbers(_ x: Tensor) -> Numbers { x.address!.assumingMemoryBound(to: Element.self) }

    /// Where a step is in memory; nil before the first and after the last.
    private func place(_ step: Int) -> Int? {
        (0..<steps).contains(step) ? (isReversed ? steps - 1 - step : step) : nil
    }

    private func units(_ part: Range<Int>) -> ck_units {
        ck_units(
            type: Element.kernelType, rows: Int64(rows), hidden: Int64(hidden), first: Int64(part.lowerBound),
            count: Int64(part.count))
    }

    /// The hidden units, in the parts that threads share.
    private var parts: [Range<Int>] {
        Swift.stride(from: 0, to: hidden, by: partSize).map { $0..<Swift.min($0 + partSize, hidden) }
    }

    private func forEachPart(_ body: (Range<Int>) -> Void) {
        let parts = parts
        CPUBackend.shared.parallel(parts.count) { range in
            for i in range { body(parts[i]) }
        }
    }

    /// The weight turned, as the products of all steps read it: for each part a matrix (hidden, 4 · part).
    private func turnedParts(of weight: Tensor) -> Tensor {
        let turned = Tensor(empty: [4 * hidden * hidden], weight.dtype, weight.backend)
        GradMode.with(false) {
            for part in parts {
                let block = turned.narrow(0, part.lowerBound * 4 * hidden, 4 * part.count * hidden).view(hidden, 4 * part.count)
                for gate in 0..<4 {
                    block.narrow(1, gate * part.count, part.count)
                        .copyValues(from: weight.narrow(0, gate * hidden + part.lowerBound, part.count).t())
                }
            }
        }
        return turned
    }
}
