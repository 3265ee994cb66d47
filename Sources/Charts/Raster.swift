internal import CZlib

/// A picture of pixels, which can be written as a PNG.
public struct Raster: Sendable, Equatable {
    public let width: Int
    public let height: Int
    /// Four bytes a pixel: red, green, blue and opacity; row after row from the top.
    public var rgba: [UInt8]

    public init(width: Int, height: Int, rgba: [UInt8]) {
        require(rgba.count == width * height * 4, "\(width) × \(height) pixels need \(width * height * 4) bytes")
        self.width = width
        self.height = height
        self.rgba = rgba
    }

    /// A grid as a picture, one pixel for each number; NaN is transparent.
    public init(_ grid: Grid, colormap: Colormap, range: ClosedRange<Double>) {
        let table = colormap.table
        let span = range.upperBound - range.lowerBound
        var rgba = [UInt8](repeating: 0, count: grid.values.count * 4)
        for (i, value) in grid.values.enumerated() where !value.isNaN {
            let part = span > 0 ? min(max((value - range.lowerBound) / span, 0), 1) : 0.5
            let color = table[Int(part * 255)]
            (rgba[4 * i], rgba[4 * i + 1], rgba[4 * i + 2], rgba[4 * i + 3]) = (color.0, color.1, color.2, 255)
        }
        self.init(width: grid.columns, height: grid.rows, rgba: rgba)
    }

    /// The picture as a PNG file.
    public var png: [UInt8] {
        var file: [UInt8] = [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A]
        let eightBitRGBA: [UInt8] = [8, 6, 0, 0, 0]
        Raster.append("IHDR", Raster.bigEndian(width) + Raster.bigEndian(height) + eightBitRGBA, to: &file)
        var rows: [UInt8] = []
        rows.reserveCapacity(height * (1 + 4 * width))
        for row in 0..<height {
            rows.append(0)  // no filter
            rows += rgba[row * width * 4 ..< (row + 1) * width * 4]
        }
        Raster.append("IDAT", Raster.deflated(rows), to: &file)
        Raster.append("IEND", [], to: &file)
        return file
    }

    /// The PNG as an address that HTML and SVG take for an image.
    public var dataURI: String { "data:image/png;base64," + base64(png) }

    private static func deflated(_ bytes: [UInt8]) -> [UInt8] {
        var count = compressBound(uLong(bytes.count))
        return [UInt8](unsafeUninitializedCapacity: Int(count)) { buffer, filled in
            let status = compress2(buffer.baseAddress!, &count, bytes, uLong(bytes.count), 6)
            require(status == Z_OK, "zlib could not compress an image")
            filled = Int(count)
        }
    }

    private static func append(_ type: String, _ content: [UInt8], to file: inout [UInt8]) {
        file += bigEndian(content.count)
        let body = Array(type.utf8) + content
        file += body
        file += bigEndian(Int(crc32(0, body, uInt(body.count))))
    }

    private static func bigEndian(_ value: Int) -> [UInt8] {
        withUnsafeBytes(of: UInt32(truncatingIfNeeded: value).bigEndian) { Array($0) }
    }
}

/// Bytes in the letters of base64.
package func base64(_ bytes: [UInt8]) -> String {
    let letters = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/".utf8)
    var text: [UInt8] = []
    text.reserveCapacity((bytes.count + 2) / 3 * 4)
    for start in stride(from: 0, to: bytes.count, by: 3) {
        let count = min(3, bytes.count - start)
        var group = 0
        for i in 0..<3 { group = group << 8 | (i < count ? Int(bytes[start + i]) : 0) }
        for i in 0..<4 {
            text.append(i <= count ? letters[group >> (18 - 6 * i) & 63] : UInt8(ascii: "="))
        }
    }
    return String(decoding: text, as: UTF8.self)
}
