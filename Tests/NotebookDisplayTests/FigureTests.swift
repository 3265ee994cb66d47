import Foundation
import FoundationXML
import NotebookDisplay
import Testing

@Suite struct FigureTests {
    /// Every way to draw, each in a figure of its own.
    private static let figures: [(String, Figure)] = {
        let x = (0..<50).map { Double($0) / 10 }
        let waves = x.map { a in x.map { b in sin(a) * cos(b) } }
        return [
            ("plot", Figure().plot(x, x.map(sin), label: "a < b & \"c\"")),
            ("values alone", Figure().plot([1, 3, 2])),
            ("function", Figure().plot(over: 0...1) { $0 * $0 }),
            ("scatter", Figure().scatter(x, x.map(cos), values: x)),
            ("hist", Figure().hist(x.map(sin), bins: 7)),
            ("bar", Figure().bar(["a", "b"], [1, -2])),
            ("barh", Figure().barh(["a", "b"], [1.5, 2])),
            ("fillBetween", Figure().fillBetween(x, x.map { $0 - 1 }, x.map { $0 + 1 })),
            ("lines", Figure().axhline(1).axvline(2).text(0, 0, "here")),
            ("heatmap", Figure().heatmap(waves, annotate: true)),
            ("imshow", Figure().imshow(waves, colormap: .coolwarm)),
            ("raster", Figure().imshow(Raster(width: 1, height: 1, rgba: [255, 0, 0, 255]))),
            ("contour", Figure().contour(x, x, waves)),
            ("contourf", Figure().contourf(x, x, waves, levels: [-0.5, 0, 0.5])),
            ("empty", Figure()),
            ("no data", Figure().plot([Double]()).hist([Double]()).scatter([Double](), [Double]()).heatmap([[Double]]())),
            ("all missing", Figure().plot([Double.nan, Double.nan]).heatmap([[Double.nan]]).hist([Double.infinity])),
            ("one value", Figure().plot([5]).hist([5])),
            ("logarithmic", Figure().plot([1, 10, 0, -1, 1000]).bar([0, 1], [1, 100]).xscale(.log).yscale(.log)),
            ("many points", Figure().plot((0..<100_000).map { sin(Double($0)) }).scatter(0..<100_000, 0..<100_000)),
            ("words", Figure().title("<t>").xlabel("x & y").ylabel("\u{3b8}").xlim(0, 1).ylim(2, 1)),
        ]
    }()

    @Test func drawingsAreWellFormedWithoutBackground() {
        for (name, figure) in FigureTests.figures {
            let parser = XMLParser(data: Data(figure.svg.utf8))
            #expect(parser.parse(), "\(name): \(String(describing: parser.parserError))")
            #expect(!figure.svg.contains("nan"), "\(name)")
            #expect(figure.svg.contains("currentColor"), "\(name)")
            #expect(figure.svg.utf8.count < 1_200_000, "\(name)")
        }
        #expect(XMLParser(data: Data(Panels(FigureTests.figures.map(\.1), columns: 3, title: "all").svg.utf8)).parse())
    }

    @Test func figureIsAValue() {
        let base = Figure().plot([1, 2])
        let more = base.scatter([0, 1], [2, 1])
        #expect(base.description != more.description)
        #expect(base.mimeBundle.data["image/svg+xml"] == base.svg)
        #expect(base.mimeBundle.data["text/html"] == base.svg)
    }

    /// The words in a drawing.
    private func labels(_ figure: Figure) -> [String] {
        figure.svg.split(separator: "\n").filter { $0.hasPrefix("<text") }.map { line in
            String(line[line.index(after: line.firstIndex(of: ">")!)...].prefix { $0 != "<" })
        }
    }

    @Test func everyNameIsDrawnWhereThereIsRoom() {
        let grid = (0..<9).map { _ in [Double](repeating: 1, count: 9) }
        let names = (0..<9).map { "row number \($0)" }
        let figure = Figure(width: 300, height: 260).heatmap(grid, rows: names, columns: names).title("all").xlabel("x")
        for name in names { #expect(labels(figure).count { $0 == name } == 2, "\(name)") }
        #expect(figure.svg.contains("rotate(-90"))
        let short = Figure(width: 300, height: 200).heatmap(grid, columns: (0..<9).map(String.init))
        #expect(!short.svg.contains("rotate(-90"))
        // Where they do not fit, some.
        let many = (0..<100).map { "row number \($0)" }
        let shown = labels(Figure(height: 300).barh(many, 0..<100)).filter(many.contains)
        #expect(shown.count > 15 && shown.count < 30)
    }

    @Test func picturesHaveTicksAtWholeNumbers() {
        let words = labels(Figure(width: 600, height: 300).heatmap([[1, 2], [3, 4]], range: 1...9))
        #expect(words.filter { $0.contains(".") } == [])
        #expect(words.filter { $0 == "1" }.count >= 2)
    }

    @Test func legendLeavesCurvesFree() {
        /// Upper left corner of the legend's ground; nil where it stands below.
        func corner(_ figure: Figure) -> (x: Double, y: Double)? {
            guard let line = figure.svg.split(separator: "\n").first(where: { $0.contains("rx=\"4\"") }) else { return nil }
            let numbers = line.split(separator: "\"").compactMap { Double($0) }
            return (numbers[0], numbers[1])
        }
        let small = Figure(width: 260, height: 180)
        // A line from end to end, without points between them: under the upper right corner or the lower left.
        let rising = corner(small.plot([0, 1], [0, 1], label: "rising"))!
        #expect(rising.x < 100 && rising.y < 60)
        let falling = corner(small.plot([0, 1], [1, 0], label: "falling"))!
        #expect(falling.x > 100 && falling.y < 60)
        // Curves everywhere.
        let waves = (0..<200).map { Double($0 % 2) }
        let crowded = small.plot(waves, label: "waves").plot(waves.map { 1 - $0 }, label: "others")
        #expect(corner(crowded) == nil)
        #expect(labels(crowded).suffix(2) == ["waves", "others"])
    }

    @Test func ticksAreRound() {
        let linear = labels(Figure().plot([0, 0.1], [0, 7]).xlim(0, 0.1).ylim(0, 7))
        #expect(linear.contains("0.05") || linear.contains("0.04"))
        #expect(linear.contains("5") || linear.contains("4"))
        let logarithmic = labels(Figure().plot([0, 1], [0.0001, 100000]).yscale(.log))
        #expect(logarithmic.contains { $0.hasPrefix("10⁻") || $0 == "1" })
    }

    /// One notation for all ticks of an axis, and more than one tick where it spans little more than a power of ten.
    @Test func logarithmicTicksAreAlikeAndEnough() {
        func ticks(_ low: Double, _ high: Double) -> [String] {
            labels(Figure(height: 260).plot([0, 1], [low, high]).yscale(.log).ylim(low, high).xticks([])).filter { !$0.isEmpty }
        }
        #expect(ticks(1e-3, 1) == ["0.001", "0.01", "0.1", "1"])
        #expect(ticks(1e-4, 10) == ["10⁻⁴", "10⁻³", "10⁻²", "10⁻¹", "10⁰", "10¹"])
        #expect(ticks(0.05, 0.7) == ["0.05", "0.1", "0.2", "0.5"])
        #expect(ticks(3e-6, 4e-5) == ["5·10⁻⁶", "10⁻⁵", "2·10⁻⁵"])
        #expect(ticks(64, 1024) == ["100", "200", "500", "1000"])
        #expect(ticks(1e-20, 1).count <= 7)
    }

    @Test func legendHasRoomForWideLetters() {
        func width(_ label: String) -> Double {
            let line = Figure().plot([0, 1], label: label).svg.split(separator: "\n").first { $0.contains("rx=\"4\"") }!
            return line.split(separator: "\"").compactMap { Double($0) }[2]
        }
        #expect(width("mmmmmmmmmm") > width("iiiiiiiiii") + 60)
        #expect(width("SGD, momentum 0.9") > 34 + 17 * 6.5)
    }

    @Test func summarySaysWhatIsDrawn() {
        let text = Figure().plot([0, 1, 2], [1, 4, 9], label: "squares").title("Growth").description
        #expect(text.hasPrefix("Growth\n  squares: line of 3 points, x 0 … 2, y 1 … 9"))
        #expect(text.hasSuffix("▁▄█"))
    }

    /// Each band has the colour of its middle, in the drawing and in the colour bar.
    @Test func bandsHaveTheColoursOfTheirMiddles() {
        let svg = Figure().contourf([0, 1], [0, 1], [[0.0, 3], [0, 3]], levels: [0, 1, 3]).svg
        func picture(_ heights: [Double], _ size: (width: Int, height: Int)) -> Raster {
            let middles = heights.map { $0 < 1 ? 0.5 : 2 }
            return Raster(
                Grid(rows: size.height, columns: size.width, values: middles), colormap: .viridis, range: 0...3)
        }
        let row = (0..<240).map { (Double($0) + 0.5) / 240 * 3 }
        let drawn = picture((0..<180).flatMap { _ in row }, (240, 180))
        let bar = picture((0..<256).map { 3 - 3 * (Double($0) + 0.5) / 256 }, (1, 256))
        #expect(svg.contains(drawn.dataURI))
        #expect(svg.contains(bar.dataURI))
    }

    @Test func whatDoesNotFitIsSaid() {
        // Stops the thread that would otherwise go on with what does not fit.
        final class Message: @unchecked Sendable { var text = "" }
        func message(_ body: @escaping @Sendable () -> Void) -> String {
            let message = Message(), said = DispatchSemaphore(value: 0)
            chartFailureHandler = { text in
                message.text = text
                said.signal()
                while true { sleep(1000) }
            }
            Thread.detachNewThread {
                body()
                said.signal()
            }
            said.wait()
            chartFailureHandler = nil
            return message.text
        }
        #expect(message { _ = Figure().plot(0..<3, [1, 2]) } == "x and y must be of the same length, but have 3 and 2 values")
        #expect(message { _ = Figure().scatter([1], [1], values: [1, 2]) } == "values must be as many as points, but are 2 for 1 point")
        #expect(message { _ = Figure().fillBetween([1], [1], [1, 2]) } == "x, low and high must be of the same length, but have 1, 1 and 2 values")
        let heights = [[0.0, 3, 1], [0, 3, 2]]
        #expect(Figure().contour(heights).svg == Figure().contour([0, 1, 2], [0, 1], heights).svg)
        #expect(Figure().contourf(heights).svg == Figure().contourf([0, 1, 2], [0, 1], heights).svg)
        #expect(message { _ = Figure().contour([1], [1], [[1, 2]]) } == "1 × 2 heights need 2 x and 1 y, not 1 and 1")
        #expect(message { _ = Figure().xlim(.nan, 1) } == "limits must be numbers, but are nan and 1")
        #expect(message { _ = Panels([], columns: 0) } == "at least one column is needed")
        #expect(message { _ = Monitor(smoothing: 1) } == "smoothing must be at least 0 and less than 1")
    }

    @Test func histogramCountsEachValueOnce() {
        let text = Figure().hist([0, 0.5, 1, 1, .nan], bins: 2).description
        #expect(text.contains("2 bins"))
        let counts = Figure().hist([0, 0.5, 1, 1, .nan], bins: 2).svg
        // A bar of one and a bar of three.
        #expect(counts.components(separatedBy: "fill-opacity=\"0.75\"").count - 1 == 2)
    }
}

@Suite struct RasterTests {
    @Test func pngIsOne() throws {
        let red: [UInt8] = [255, 0, 0, 255], blue: [UInt8] = [0, 0, 255, 255]
        let png = Raster(width: 2, height: 1, rgba: red + blue).png
        #expect(png.prefix(8) == [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A])
        #expect(Array(png[12..<16]) == Array("IHDR".utf8))
        #expect(Array(png[16..<26]) == [0, 0, 0, 2, 0, 0, 0, 1, 8, 6])
        // The end that every PNG has, with its checksum.
        #expect(png.suffix(12) == [0, 0, 0, 0, 0x49, 0x45, 0x4E, 0x44, 0xAE, 0x42, 0x60, 0x82])
    }

    @Test(arguments: 0..<7) func base64IsFoundations(count: Int) {
        let raster = Raster(width: 1 + count, height: 1, rgba: (0..<4 * (1 + count)).map { UInt8($0 * 37 % 256) })
        let text = raster.mimeBundle.data["image/png"]!
        #expect(Data(base64Encoded: text).map(Array.init) == raster.png)
    }
}
