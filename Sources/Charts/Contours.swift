/// Lines of equal height through a grid, by marching squares.
enum Contours {
    typealias Point = (x: Double, y: Double)

    /// Pieces of lines in the coordinates of `x` and `y`.
    static func segments(_ grid: Grid, x: [Double], y: [Double], level: Double) -> [(Point, Point)] {
        var result: [(Point, Point)] = []
        guard grid.rows > 1, grid.columns > 1 else { return result }
        for row in 0..<grid.rows - 1 {
            for column in 0..<grid.columns - 1 {
                let corners = [
                    (row, column), (row, column + 1), (row + 1, column + 1), (row + 1, column),
                ].map { (place: (x: x[$0.1], y: y[$0.0]), height: grid[$0.0, $0.1]) }
                if corners.contains(where: { !$0.height.isFinite }) { continue }
                var crossings: [Point] = []
                for i in 0..<4 {
                    let a = corners[i], b = corners[(i + 1) % 4]
                    guard (a.height < level) != (b.height < level) else { continue }
                    let part = (level - a.height) / (b.height - a.height)
                    crossings.append(
                        (a.place.x + (b.place.x - a.place.x) * part, a.place.y + (b.place.y - a.place.y) * part))
                }
                if crossings.count == 2 {
                    result.append((crossings[0], crossings[1]))
                } else if crossings.count == 4 {
                    // A saddle: its middle tells which corners belong together.
                    let middle = corners.reduce(0) { $0 + $1.height } / 4
                    let isSplit = (middle < level) == (corners[0].height < level)
                    result.append((crossings[0], crossings[isSplit ? 1 : 3]))
                    result.append((crossings[2], crossings[isSplit ? 3 : 1]))
                }
            }
        }
        return result
    }

    /// The middle of each band between two levels, of the one below the lowest level and of the one
    /// above the highest: bands are coloured by these, as matplotlib does.
    static func middles(_ levels: [Double], of heights: ClosedRange<Double>) -> [Double] {
        let edges = [min(heights.lowerBound, levels.first ?? .infinity)] + levels
            + [max(heights.upperBound, levels.last ?? -.infinity)]
        return zip(edges, edges.dropFirst()).map { ($0 + $1) / 2 }
    }

    /// In which band a height lies: how many levels are not above it.
    static func band(_ height: Double, _ levels: [Double]) -> Int { levels.count { $0 <= height } }

    /// The grid as a picture, finer than the grid, with the middle of each pixel's band.
    static func bands(
        _ grid: Grid, x: [Double], y: [Double], levels: [Double], pixels: (width: Int, height: Int)
    ) -> Grid {
        let middles = middles(levels, of: grid.values.finiteRange ?? 0...1)
        let xRange = x.finiteRange ?? 0...1, yRange = y.finiteRange ?? 0...1
        let columns = places(x, xRange, pixels.width), rows = places(y, yRange, pixels.height)
        var values: [Double] = []
        values.reserveCapacity(pixels.width * pixels.height)
        for row in rows.reversed() {
            for column in columns {
                let top = mix(grid[row.index, column.index], grid[row.index, column.next], column.part)
                let bottom = mix(grid[row.next, column.index], grid[row.next, column.next], column.part)
                let height = mix(top, bottom, row.part)
                values.append(height.isNaN ? .nan : middles[band(height, levels)])
            }
        }
        return Grid(rows: pixels.height, columns: pixels.width, values: values)
    }

    private static func mix(_ a: Double, _ b: Double, _ part: Double) -> Double { part == 0 ? a : a + (b - a) * part }

    /// For each of `count` pixels between which numbers of a sorted list it lies.
    private static func places(
        _ numbers: [Double], _ range: ClosedRange<Double>, _ count: Int
    ) -> [(index: Int, next: Int, part: Double)] {
        let isRising = numbers.count < 2 || numbers[0] < numbers[numbers.count - 1]
        return (0..<count).map { pixel in
            let value = range.lowerBound + (Double(pixel) + 0.5) / Double(count) * (range.upperBound - range.lowerBound)
            var index = 0
            while index + 2 < numbers.count, isRising ? numbers[index + 1] <= value : numbers[index + 1] >= value { index += 1 }
            let next = min(index + 1, numbers.count - 1)
            let span = numbers[next] - numbers[index]
            return (index, next, span == 0 ? 0 : min(max((value - numbers[index]) / span, 0), 1))
        }
    }
}
