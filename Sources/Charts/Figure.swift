/// A chart: data drawn in one pair of axes.
///
/// Each call returns the figure with one thing more, by matplotlib's names; the value of a cell is
/// shown as SVG, elsewhere `print` gives a summary.
///
/// ```swift
/// Figure()
///     .plot(steps, loss, label: "loss")
///     .scatter(steps, accuracy, label: "accuracy")
///     .title("Training").xlabel("step").yscale(.log)
/// ```
///
/// Data are arrays or ranges of numbers, or tensors; NaN leaves a gap. Several figures side by
/// side are `Panels`.
public struct Figure: Sendable {
    var marks: [Mark] = []
    var titleText = ""
    var xlabelText = ""
    var ylabelText = ""
    var xAxisScale = AxisScale.linear
    var yAxisScale = AxisScale.linear
    var xLimits: ClosedRange<Double>?
    var yLimits: ClosedRange<Double>?
    var xNames: [String]?
    var yNames: [String]?
    var showsGrid = true
    var showsLegend = true
    var hasSquareUnits = false
    var isYInverted = false
    var countsAlongAxes = false
    /// In pixels.
    public private(set) var width: Double
    public private(set) var height: Double

    /// - Parameters:
    ///   - width: in pixels.
    ///   - height: in pixels.
    public init(width: Double = 560, height: Double = 340) {
        self.width = width
        self.height = height
    }

    func with(_ change: (inout Figure) -> Void) -> Figure {
        var figure = self
        change(&figure)
        return figure
    }

    // MARK: Around the data

    public func title(_ text: String) -> Figure { with { $0.titleText = text } }
    public func xlabel(_ text: String) -> Figure { with { $0.xlabelText = text } }
    public func ylabel(_ text: String) -> Figure { with { $0.ylabelText = text } }
    public func xscale(_ scale: AxisScale) -> Figure { with { $0.xAxisScale = scale } }
    public func yscale(_ scale: AxisScale) -> Figure { with { $0.yAxisScale = scale } }
    /// What the axis spans; by default all data and a little more.
    public func xlim(_ low: Double, _ high: Double) -> Figure { with { $0.xLimits = Figure.limits(low, high) } }
    public func ylim(_ low: Double, _ high: Double) -> Figure { with { $0.yLimits = Figure.limits(low, high) } }
    private static func limits(_ low: Double, _ high: Double) -> ClosedRange<Double> {
        require(!low.isNaN && !high.isNaN, "limits must be numbers, but are \(NumberText.short(low)) and \(NumberText.short(high))")
        return min(low, high)...max(low, high)
    }
    /// Names for the positions 0, 1, 2, … of the axis.
    public func xticks(_ names: [String]) -> Figure { with { $0.xNames = names } }
    public func yticks(_ names: [String]) -> Figure { with { $0.yNames = names } }
    /// Whether lines run through the ticks.
    public func grid(_ isShown: Bool = true) -> Figure { with { $0.showsGrid = isShown } }
    /// Whether labels of series are shown; without labels there is no legend.
    public func legend(_ isShown: Bool = true) -> Figure { with { $0.showsLegend = isShown } }
    /// Makes a unit of both axes the same length, as images have it.
    public func equalAspect() -> Figure { with { $0.hasSquareUnits = true } }
    /// Turns the y axis: what was on top is below.
    public func invertYAxis() -> Figure { with { $0.isYInverted.toggle() } }
    /// Ticks at whole numbers only, for axes that count rows and columns.
    package func countedAxes() -> Figure { with { $0.countsAlongAxes = true } }
    public func size(width: Double, height: Double) -> Figure {
        with { ($0.width, $0.height) = (width, height) }
    }

    /// The color of the next series.
    var nextColor: Int { marks.filter(\.takesColor).count }
}

/// One thing drawn in a figure.
struct Mark: Sendable {
    enum Shape: Sendable {
        case line([Double], [Double], isDashed: Bool)
        case points([Double], [Double], radius: Double, values: [Double]?)
        /// Rectangles from `base` to `base + heights`, around positions.
        case bars([Double], [Double], base: [Double], width: Double, isHorizontal: Bool)
        /// Bars between edges, one more than there are heights.
        case histogram(edges: [Double], counts: [Double])
        case band([Double], [Double], [Double])
        case rule(Double, isVertical: Bool)
        case text(Double, Double, String)
        case cells(Grid, Colormap, ClosedRange<Double>, showsValues: Bool)
        case raster(Raster)
        case contours(Grid, x: [Double], y: [Double], levels: [Double], Colormap, isFilled: Bool)
    }

    let shape: Shape
    var label: String?
    /// A number in the palette, or CSS.
    var color: Color

    enum Color: Sendable {
        case palette(Int)
        case css(String)
    }

    init(_ shape: Shape, label: String?, color: String?, index: Int) {
        self.shape = shape
        self.label = label
        self.color = color.map(Color.css) ?? .palette(index)
    }

    /// It uses up one color of the palette.
    var takesColor: Bool {
        guard case .palette = color else { return false }
        switch shape {
        case .line, .points, .bars, .histogram: return true
        case .band, .rule, .text, .cells, .raster, .contours: return false
        }
    }

    var css: String {
        switch color {
        case .palette(let index): Palette.color(index)
        case .css(let text): text
        }
    }

    var dash: String {
        if case .line(_, _, isDashed: true) = shape { return Palette.dashes[1] }
        if case .palette(let index) = color { return Palette.dash(index) }
        return ""
    }
}
