/// Which colour a number has: what a mark is drawn with and its colour bar explains.
struct ColorScale {
    let range: ClosedRange<Double>
    /// Numbers between two of these have the colour of the middle; empty where each has its own.
    let levels: [Double]
    private let middles: [Double]
    private let table: [(UInt8, UInt8, UInt8)]
    /// The part of the map that is used.
    private let part: ClosedRange<Double>

    init(_ colormap: Colormap, _ range: ClosedRange<Double>) {
        self.init(colormap, range, levels: [], part: 0...1)
    }

    /// - Parameter isFilled: bands between the levels; lines leave out the ends of the map, which
    ///   are too dark or too bright for them.
    init(contours grid: Grid, levels: [Double], _ colormap: Colormap, isFilled: Bool) {
        let heights = grid.values.finiteRange ?? 0...1
        var range = levels.finiteRange ?? heights
        if range.lowerBound == range.upperBound {
            range = min(range.lowerBound, heights.lowerBound)...max(range.upperBound, heights.upperBound)
        }
        self.init(
            colormap, range, levels: isFilled ? levels : [],
            middles: isFilled ? Contours.middles(levels, of: heights) : [], part: isFilled ? 0...1 : 0.235...0.945)
    }

    private init(
        _ colormap: Colormap, _ range: ClosedRange<Double>, levels: [Double], middles: [Double] = [],
        part: ClosedRange<Double>
    ) {
        table = colormap.table
        (self.range, self.levels, self.middles, self.part) = (range, levels, middles, part)
    }

    /// Where a number lies in the range, from 0 to 1, and in the middle where the range is a point.
    private func position(_ value: Double) -> Double {
        let span = range.upperBound - range.lowerBound
        return span > 0 ? min(max((value - range.lowerBound) / span, 0), 1) : 0.5
    }

    func color(_ value: Double) -> (r: UInt8, g: UInt8, b: UInt8) {
        let shown = levels.isEmpty ? value : middles[Contours.band(value, levels)]
        return table[Int((part.lowerBound + position(shown) * (part.upperBound - part.lowerBound)) * 255)]
    }

    /// The colours from the largest number down to the smallest.
    func ramp(_ count: Int) -> Raster {
        let span = range.upperBound - range.lowerBound
        let rgba = (0..<count).flatMap { i -> [UInt8] in
            let (r, g, b) = color(range.upperBound - span * (Double(i) + 0.5) / Double(count))
            return [r, g, b, 255]
        }
        return Raster(width: 1, height: count, rgba: rgba)
    }
}

extension Figure {
    /// The colours that the colour bar explains.
    var colorScale: ColorScale? {
        for mark in marks {
            switch mark.shape {
            case .cells(_, let colormap, let range, _): return ColorScale(colormap, range)
            case .contours(let grid, _, _, let levels, let colormap, let isFilled):
                if !levels.isEmpty { return ColorScale(contours: grid, levels: levels, colormap, isFilled: isFilled) }
            case .points(_, _, _, let values?):
                if let range = values.finiteRange { return ColorScale(.viridis, range) }
            default: continue
            }
        }
        return nil
    }
}
