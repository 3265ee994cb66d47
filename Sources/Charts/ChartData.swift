/// Numbers that a figure can show along an axis: arrays and ranges of numbers, and tensors.
public protocol PlotData {
    /// The numbers in order; what is missing is NaN.
    var plotValues: [Double] { get }
}

/// A number that a figure can show.
public protocol PlotNumber {
    var plotValue: Double { get }
}

extension Double: PlotNumber { public var plotValue: Double { self } }
extension Float: PlotNumber { public var plotValue: Double { Double(self) } }
extension Int: PlotNumber { public var plotValue: Double { Double(self) } }
extension Int32: PlotNumber { public var plotValue: Double { Double(self) } }
extension Int64: PlotNumber { public var plotValue: Double { Double(self) } }
extension UInt8: PlotNumber { public var plotValue: Double { Double(self) } }
extension Bool: PlotNumber { public var plotValue: Double { self ? 1 : 0 } }
extension Optional: PlotNumber where Wrapped: PlotNumber {
    public var plotValue: Double { self?.plotValue ?? .nan }
}

extension Array: PlotData where Element: PlotNumber {
    public var plotValues: [Double] { map(\.plotValue) }
}
extension ArraySlice: PlotData where Element: PlotNumber {
    public var plotValues: [Double] { map(\.plotValue) }
}
extension Range: PlotData where Bound == Int {
    public var plotValues: [Double] { map(Double.init) }
}
extension ClosedRange: PlotData where Bound == Int {
    public var plotValues: [Double] { map(Double.init) }
}
extension StrideTo: PlotData where Element: PlotNumber {
    public var plotValues: [Double] { map(\.plotValue) }
}
extension StrideThrough: PlotData where Element: PlotNumber {
    public var plotValues: [Double] { map(\.plotValue) }
}

/// Numbers in rows and columns that a figure can show: arrays of arrays, and 2-d tensors.
public protocol GridData {
    var plotGrid: Grid { get }
}

/// Numbers in rows and columns, the first row on top.
public struct Grid: GridData, Sendable, Equatable {
    public let rows: Int
    public let columns: Int
    /// Row after row.
    public let values: [Double]

    public init(rows: Int, columns: Int, values: [Double]) {
        require(values.count == rows * columns, "\(rows) × \(columns) values are needed, not \(values.count)")
        self.rows = rows
        self.columns = columns
        self.values = values
    }

    public subscript(row: Int, column: Int) -> Double { values[row * columns + column] }
    public var plotGrid: Grid { self }
}

extension Array: GridData where Element: PlotData {
    /// Shorter rows are filled with NaN.
    public var plotGrid: Grid {
        let rows = map(\.plotValues)
        let columns = rows.map(\.count).max() ?? 0
        return Grid(
            rows: rows.count, columns: columns,
            values: rows.flatMap { $0 + Array<Double>(repeating: .nan, count: columns - $0.count) })
    }
}

extension Sequence<Double> {
    /// The smallest and the largest of the finite numbers; nil where there are none.
    var finiteRange: ClosedRange<Double>? {
        var low = Double.infinity, high = -Double.infinity
        for value in self where value.isFinite {
            if value < low { low = value }
            if value > high { high = value }
        }
        return low <= high ? low...high : nil
    }
}
