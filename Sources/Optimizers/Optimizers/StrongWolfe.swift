import TensorCore

/// A line search for a step that satisfies the strong Wolfe conditions: the loss falls enough, and
/// the slope is flat enough (Nocedal and Wright, algorithms 3.5 and 3.6; steps by cubic
/// interpolation as in Schmidt's minFunc).
struct StrongWolfe {
    let direction: Tensor
    /// At the start of the line.
    let loss: Double
    let grad: Tensor
    let slope: Double

    private let sufficientDecrease = 1e-4
    private let curvature = 0.9
    private let toleranceChange = 1e-9

    init(direction: Tensor, loss: Double, grad: Tensor, slope: Double) {
        (self.direction, self.loss, self.grad, self.slope) = (direction, loss, grad, slope)
    }

    /// A place on the line.
    private struct Point {
        var step: Double
        var loss: Double
        var grad: Tensor
        var slope: Double
    }

    /// - Parameter evaluate: the loss and the gradient at a step.
    func run(
        from first: Double, evaluations limit: Int, _ evaluate: (Double) throws -> (loss: Double, grad: Tensor)
    ) rethrows -> (loss: Double, grad: Tensor, step: Double, evaluations: Int) {
        var evaluations = 0
        func point(_ step: Double) throws -> Point {
            evaluations += 1
            let (loss, grad) = try evaluate(step)
            return Point(step: step, loss: loss, grad: grad, slope: grad.dot(direction).item())
        }
        let start = Point(step: 0, loss: loss, grad: grad, slope: slope)
        var (previous, new) = (start, try point(first))

        // Widen until the interval holds such a step.
        var bracket: [Point] = []
        var isDone = false
        var iteration = 0
        while iteration < limit {
            if isTooHigh(new) || iteration > 1 && new.loss >= previous.loss || new.slope >= 0 && !isFlat(new) {
                bracket = [previous, new]
                break
            }
            if isFlat(new) {
                bracket = [new]
                isDone = true
                break
            }
            let (least, most) = (new.step + 0.01 * (new.step - previous.step), new.step * 10)
            let next = interpolate(previous, new, least, most)
            previous = new
            new = try point(next)
            iteration += 1
        }
        if iteration == limit { bracket = [start, new] }

        // Narrow it.
        var isStuck = false
        func order() -> (low: Int, high: Int) { bracket[0].loss <= bracket[bracket.count - 1].loss ? (0, 1) : (1, 0) }
        var (low, high) = order()
        let reach: Double = direction.abs().max().item()
        while !isDone && iteration < limit {
            let (least, most) = (min(bracket[0].step, bracket[1].step), max(bracket[0].step, bracket[1].step))
            if (most - least) * reach < toleranceChange { break }
            var step = interpolate(bracket[0], bracket[1], least, most)
            // A step near the end of the interval makes little progress: once is allowed.
            let margin = 0.1 * (most - least)
            if min(most - step, step - least) < margin {
                if isStuck || step >= most || step <= least {
                    step = abs(step - most) < abs(step - least) ? most - margin : least + margin
                    isStuck = false
                } else {
                    isStuck = true
                }
            } else {
                isStuck = false
            }
            let new = try point(step)
            iteration += 1
            if isTooHigh(new) || new.loss >= bracket[low].loss {
                bracket[high] = new
                (low, high) = order()
            } else {
                if isFlat(new) {
                    isDone = true
                } else if new.slope * (bracket[high].step - bracket[low].step) >= 0 {
                    bracket[high] = bracket[low]
                }
                bracket[low] = new
            }
        }
        let best = bracket[low]
        return (best.loss, best.grad, best.step, evaluations)
    }

    private func isTooHigh(_ point: Point) -> Bool { point.loss > loss + sufficientDecrease * point.step * slope }

    private func isFlat(_ point: Point) -> Bool { abs(point.slope) <= -curvature * slope }

    /// Where the cubic through two points and their slopes is least, within bounds.
    private func interpolate(_ a: Point, _ b: Point, _ least: Double, _ most: Double) -> Double {
        let d1 = a.slope + b.slope - 3 * (a.loss - b.loss) / (a.step - b.step)
        let square = d1 * d1 - a.slope * b.slope
        guard square >= 0 else { return (least + most) / 2 }
        let d2 = square.squareRoot()
        let place =
            a.step <= b.step
            ? b.step - (b.step - a.step) * ((b.slope + d2 - d1) / (b.slope - a.slope + 2 * d2))
            : a.step - (a.step - b.step) * ((a.slope + d2 - d1) / (a.slope - b.slope + 2 * d2))
        return min(max(place, least), most)
    }
}
