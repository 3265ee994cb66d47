import Glibc
import TensorCore

/// Digits drawn by program, in the files and the form of MNIST: 28×28 pixels, bright on dark.
///
/// Each image is one of several ways to write the digit, turned, slanted, stretched, moved, of varying
/// thickness and shakiness, with noise. The same seed gives the same images everywhere.
public enum SyntheticDigits {
    public static let side = 28

    /// Writes files that `datasets.MNIST(root)` reads. Files that are already there stay.
    ///
    /// - Returns: whether anything was written.
    @discardableResult
    public static func write(to root: String, train: Int = 6000, test: Int = 1000, seed: Int = 0) throws -> Bool {
        let folder = "\(root)/MNIST/raw"
        let names = ["train", "t10k"].flatMap { ["\(folder)/\($0)-images-idx3-ubyte", "\(folder)/\($0)-labels-idx1-ubyte"] }
        if names.allSatisfy(File.exists) { return false }
        if let present = names.first(where: File.exists) {
            throw DataFileError.unexpected(path: present, what: "data already, but its companions are missing")
        }
        try File.makeFolder(folder)
        let (images, labels) = draw(train + test, seed: seed)
        for (i, range) in [0..<train, train..<(train + test)].enumerated() {
            try IDX.write(images.narrow(0, range.lowerBound, range.count), to: names[2 * i])
            try IDX.write(labels.narrow(0, range.lowerBound, range.count).to(.uint8), to: names[2 * i + 1])
        }
        return true
    }

    /// Draws `count` images `(count, 28, 28)` uint8 and their digits `(count)` int64, in random order
    /// with each digit equally often.
    public static func draw(_ count: Int, seed: Int = 0) -> (images: Tensor, labels: Tensor) {
        let generator = Generator().manualSeed(seed)
        let order: [Int] = torch.randperm(count, generator: generator).array()
        let labels = order.map { $0 % 10 }
        let chances: [Float] = torch.rand([count, chancesPerImage], generator: generator).array()
        let noise: [Float] = torch.randn([count, side * side], generator: generator).array()
        let images = torch.empty([count, side, side], dtype: .uint8)
        images.withUnsafeMutableValues(as: UInt8.self) { pixels in
            for i in 0..<count {
                var dice = Dice(chances[(i * chancesPerImage)..<((i + 1) * chancesPerImage)])
                let strokes = placed(Glyphs.ways(labels[i]), &dice)
                let thickness = dice.between(0.8, 1.7)
                let grain = dice.between(2, 14)
                let canvas = Canvas(strokes, thickness)
                for p in 0..<(side * side) {
                    let value = 255 * canvas.coverage[p] + grain * noise[i * side * side + p]
                    pixels[i * side * side + p] = UInt8(Swift.max(0, Swift.min(255, value.rounded())))
                }
            }
        }
        return (images, Tensor(labels, shape: [count]))
    }

    private static let chancesPerImage = 96

    /// Random numbers that were drawn ahead.
    private struct Dice {
        private var rest: ArraySlice<Float>
        init(_ chances: ArraySlice<Float>) { rest = chances }
        mutating func between(_ low: Float, _ high: Float) -> Float { low + (high - low) * (rest.popFirst() ?? 0.5) }
        mutating func choice(_ count: Int) -> Int { Swift.min(count - 1, Int(between(0, Float(count)))) }
    }

    /// One of the ways to write a digit, as lines in pixels.
    private static func placed(_ ways: [[[Point]]], _ dice: inout Dice) -> [[Point]] {
        let strokes = ways[dice.choice(ways.count)]
        let angle = dice.between(-0.26, 0.26)
        let slant = dice.between(-0.25, 0.25)
        let (width, height) = (dice.between(11, 17), dice.between(16, 21))
        let center = Point(dice.between(12, 16), dice.between(12.5, 15.5))
        let (sine, cosine) = (sin(angle), cos(angle))
        return strokes.map { stroke in
            smooth(stroke).map { point in
                // A shaky hand: each point is a little off.
                let x = (point.x - 0.5 + dice.between(-0.025, 0.025)) * width
                let y = (point.y - 0.5 + dice.between(-0.025, 0.025)) * height
                let slanted = x - slant * y
                return Point(center.x + cosine * slanted - sine * y, center.y + sine * slanted + cosine * y)
            }
        }
    }

    /// Points along a Catmull–Rom curve through the given ones; two points stay a line.
    private static func smooth(_ points: [Point]) -> [Point] {
        if points.count == 2 { return points }
        var result = [points[0]]
        for i in 0..<(points.count - 1) {
            let (a, b) = (points[Swift.max(i - 1, 0)], points[i])
            let (c, d) = (points[i + 1], points[Swift.min(i + 2, points.count - 1)])
            for t in [Float(0.5), 1] {
                func at(_ a: Float, _ b: Float, _ c: Float, _ d: Float) -> Float {
                    0.5 * (2 * b + (c - a) * t + (2 * a - 5 * b + 4 * c - d) * t * t + (3 * b - a - 3 * c + d) * t * t * t)
                }
                result.append(Point(at(a.x, b.x, c.x, d.x), at(a.y, b.y, c.y, d.y)))
            }
        }
        return result
    }
}

/// A place on the canvas: x to the right, y down.
struct Point {
    var x, y: Float
    init(_ x: Float, _ y: Float) { (self.x, self.y) = (x, y) }
}

/// How much of each pixel lines of a thickness cover.
private struct Canvas {
    private(set) var coverage = [Float](repeating: 0, count: SyntheticDigits.side * SyntheticDigits.side)

    init(_ strokes: [[Point]], _ thickness: Float) {
        for stroke in strokes {
            for (a, b) in zip(stroke, stroke.dropFirst()) { add(a, b, thickness) }
        }
    }

    /// Covers by the distance from the line; the edge is one pixel soft.
    private mutating func add(_ a: Point, _ b: Point, _ thickness: Float) {
        let side = SyntheticDigits.side
        let reach = thickness + 1
        let columns = range(Swift.min(a.x, b.x) - reach, Swift.max(a.x, b.x) + reach, side)
        let rows = range(Swift.min(a.y, b.y) - reach, Swift.max(a.y, b.y) + reach, side)
        let (dx, dy) = (b.x - a.x, b.y - a.y)
        let length = Swift.max(dx * dx + dy * dy, 1e-6)
        for row in rows {
            for column in columns {
                let (px, py) = (Float(column) + 0.5 - a.x, Float(row) + 0.5 - a.y)
                let t = Swift.max(0, Swift.min(1, (px * dx + py * dy) / length))
                let (ex, ey) = (px - t * dx, py - t * dy)
                let distance = (ex * ex + ey * ey).squareRoot()
                let cover = Swift.max(0, Swift.min(1, thickness + 0.5 - distance))
                coverage[row * side + column] = Swift.max(coverage[row * side + column], cover)
            }
        }
    }

    private func range(_ low: Float, _ high: Float, _ side: Int) -> Range<Int> {
        let first = Swift.max(0, Swift.min(side, Int(low.rounded(.down))))
        let last = Swift.max(first, Swift.min(side, Int(high.rounded(.up))))
        return first..<last
    }
}

/// The digits as strokes through points of the unit square.
private enum Glyphs {
    static func ways(_ digit: Int) -> [[[Point]]] { table[digit] }

    private static func stroke(_ numbers: Float...) -> [Point] {
        stride(from: 0, to: numbers.count, by: 2).map { Point(numbers[$0], numbers[$0 + 1]) }
    }

    private static let ring = stroke(0.5, 0, 0.15, 0.15, 0.03, 0.5, 0.15, 0.85, 0.5, 1, 0.85, 0.85, 0.97, 0.5, 0.85, 0.15, 0.5, 0)

    private static let table: [[[[Point]]]] = [
        [[ring], [stroke(0.6, 0.02, 0.25, 0.12, 0.08, 0.5, 0.2, 0.88, 0.5, 1, 0.82, 0.85, 0.93, 0.45, 0.8, 0.1, 0.45, 0.03)]],
        [
            [stroke(0.5, 0, 0.5, 1)],
            [stroke(0.25, 0.25, 0.55, 0), stroke(0.55, 0, 0.55, 1)],
            [stroke(0.25, 0.25, 0.52, 0), stroke(0.52, 0, 0.52, 1), stroke(0.22, 1, 0.82, 1)],
        ],
        [
            [stroke(0.08, 0.25, 0.25, 0.04, 0.6, 0, 0.9, 0.2, 0.8, 0.5, 0.4, 0.8, 0.05, 1), stroke(0.05, 1, 0.97, 1)],
            [stroke(0.1, 0.22, 0.4, 0, 0.85, 0.12, 0.85, 0.42, 0.5, 0.72, 0.15, 0.95, 0.2, 0.8, 0.45, 0.85, 0.95, 0.98)],
        ],
        [
            [stroke(0.1, 0.12, 0.45, 0, 0.85, 0.12, 0.82, 0.38, 0.4, 0.47), stroke(0.4, 0.47, 0.85, 0.57, 0.92, 0.8, 0.6, 1, 0.05, 0.9)],
            [stroke(0.08, 0.02, 0.9, 0.02), stroke(0.9, 0.02, 0.45, 0.4), stroke(0.45, 0.4, 0.88, 0.55, 0.9, 0.82, 0.55, 1, 0.06, 0.9)],
        ],
        [
            [stroke(0.62, 0, 0.03, 0.66), stroke(0.03, 0.66, 0.98, 0.66), stroke(0.7, 0.3, 0.7, 1)],
            [stroke(0.15, 0, 0.08, 0.5), stroke(0.08, 0.5, 0.85, 0.5), stroke(0.8, 0, 0.75, 1)],
        ],
        [
            [stroke(0.9, 0.02, 0.2, 0.02), stroke(0.2, 0.02, 0.13, 0.45), stroke(0.13, 0.45, 0.5, 0.36, 0.9, 0.52, 0.88, 0.85, 0.5, 1, 0.06, 0.9)],
            [stroke(0.88, 0.05, 0.3, 0, 0.15, 0.3, 0.5, 0.42, 0.9, 0.62, 0.75, 0.95, 0.3, 1, 0.08, 0.85)],
        ],
        [
            [stroke(0.75, 0, 0.35, 0.2, 0.1, 0.6, 0.2, 0.93, 0.55, 1, 0.88, 0.85, 0.85, 0.58, 0.5, 0.48, 0.15, 0.68)],
            [stroke(0.55, 0, 0.15, 0.4, 0.1, 0.8, 0.45, 1, 0.85, 0.9, 0.85, 0.62, 0.5, 0.55, 0.14, 0.75)],
        ],
        [
            [stroke(0.05, 0.02, 0.95, 0.02), stroke(0.95, 0.02, 0.6, 0.45, 0.38, 1)],
            [stroke(0.05, 0.02, 0.95, 0.02), stroke(0.95, 0.02, 0.4, 1), stroke(0.3, 0.5, 0.85, 0.5)],
            [stroke(0.08, 0.18, 0.1, 0.02), stroke(0.1, 0.02, 0.92, 0.02), stroke(0.92, 0.02, 0.55, 0.5, 0.4, 1)],
        ],
        [
            [stroke(0.5, 0.46, 0.15, 0.3, 0.25, 0.04, 0.5, 0, 0.8, 0.06, 0.85, 0.3, 0.5, 0.46, 0.1, 0.65, 0.12, 0.92, 0.5, 1, 0.88, 0.92, 0.9, 0.66, 0.5, 0.46)],
            [stroke(0.88, 0.12, 0.5, 0, 0.12, 0.14, 0.3, 0.42, 0.75, 0.6, 0.85, 0.88, 0.5, 1, 0.13, 0.86, 0.25, 0.6, 0.7, 0.4, 0.88, 0.12)],
        ],
        [
            [stroke(0.88, 0.3, 0.6, 0.5, 0.2, 0.42, 0.12, 0.18, 0.45, 0, 0.82, 0.08, 0.88, 0.3), stroke(0.88, 0.3, 0.82, 0.7, 0.6, 1)],
            [stroke(0.85, 0.12, 0.5, 0, 0.14, 0.15, 0.2, 0.42, 0.55, 0.5, 0.85, 0.3), stroke(0.85, 0.05, 0.85, 1)],
        ],
    ]
}
