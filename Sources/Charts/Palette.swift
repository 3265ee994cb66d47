/// The colours of a figure's series: those of Okabe and Ito, which colour-blind people can tell
/// apart, in shades that stand out from white and from black.
enum Palette {
    static let colors = ["#2a84c6", "#e69f00", "#009e73", "#d55e00", "#cc79a7", "#56b4e9", "#94842a"]
    /// Patterns of lines, which change when the colours begin anew.
    static let dashes = ["", "6 3", "2 2", "8 3 2 3"]

    static func color(_ index: Int) -> String { colors[index % colors.count] }
    static func dash(_ index: Int) -> String { dashes[index / colors.count % dashes.count] }
}

/// How numbers become colours in heat maps, images and contours.
public enum Colormap: Sendable {
    /// From dark violet over green to yellow: matplotlib's default, evenly spaced for the eye and
    /// for colour-blind people.
    case viridis
    /// From black to white.
    case gray
    /// From blue over white to red, for numbers with a meaningful middle.
    case coolwarm

    private var stops: [(Double, Double, Double)] {
        switch self {
        case .viridis:
            [
                (68, 1, 84), (72, 40, 120), (62, 73, 137), (49, 104, 142), (38, 130, 142), (31, 158, 137),
                (53, 183, 121), (110, 206, 88), (181, 222, 43), (253, 231, 37),
            ]
        case .gray: [(0, 0, 0), (255, 255, 255)]
        case .coolwarm: [(33, 102, 172), (146, 197, 222), (247, 247, 247), (244, 165, 130), (178, 24, 43)]
        }
    }

    /// 256 colours from the lowest number to the highest.
    var table: [(UInt8, UInt8, UInt8)] {
        let stops = stops
        return (0..<256).map { i in
            let position = Double(i) / 255 * Double(stops.count - 1)
            let low = min(Int(position), stops.count - 2), part = position - Double(low)
            func mix(_ a: Double, _ b: Double) -> UInt8 { UInt8((a + (b - a) * part).rounded()) }
            let a = stops[low], b = stops[low + 1]
            return (mix(a.0, b.0), mix(a.1, b.1), mix(a.2, b.2))
        }
    }
}
