/// The windows along one dimension, each a range of positions with a step.
package struct WindowSpans: Sendable {
    /// The number of positions there are.
    let size: Int
    let step: Int
    /// The first position of each window, and what lies behind its last.
    let starts: [Int64], ends: [Int64]

    var count: Int { starts.count }

    package init(size: Int, _ windows: [Range<Int>], step: Int = 1) {
        (self.size, self.step) = (size, step)
        starts = windows.map { Int64($0.lowerBound) }
        ends = windows.map { Int64($0.upperBound) }
    }

    /// Windows of `kernel` positions, `dilation` apart, which start every `stride`; what lies in the
    /// padding is left out.
    package init(regular size: Int, count: Int, kernel: Int, stride: Int, padding: Int, dilation: Int) {
        self.init(
            size: size,
            (0..<count).map { (window: Int) -> Range<Int> in
                let start = window * stride - padding
                let end = Swift.min(start + (kernel - 1) * dilation + 1, size)
                // To the first place of the kernel that lies inside.
                let first = start < 0 ? start + (-start + dilation - 1) / dilation * dilation : start
                return first..<Swift.max(first, end)
            }, step: dilation)
    }

    /// Windows that share out a size among `count` of them.
    package init(adaptive size: Int, count: Int) {
        self.init(size: size, (0..<count).map { ($0 * size / count)..<(($0 + 1) * size + count - 1) / count })
    }

    func positions(_ window: Int) -> StrideTo<Int> { stride(from: Int(starts[window]), to: Int(ends[window]), by: step) }
}
