import Charts
import NotebookDisplay
import TensorCore

/// The values of a tensor as a table: of a matrix the edges, of more dimensions the first matrix.
struct TensorTable {
    private static let mostRows = 40
    private static let mostColumns = 16

    let table: Table
    var html: String { table.html }

    /// Nil where there are no values.
    init?(_ tensor: Tensor) {
        if tensor.device.type == .meta || tensor.numel == 0 { return nil }
        if tensor.layout != .strided {
            table = TensorTable.stored(tensor.isSparse ? tensor : tensor.toSparse())
            return
        }
        var matrix = tensor, place: [String] = []
        while matrix.ndim > 2 {
            matrix = matrix.select(0, 0)
            place.append("0")
        }
        let title = place.isEmpty ? nil : "[" + (place + [":", ":"]).joined(separator: ", ") + "]"
        if matrix.ndim == 2 {
            let rows = TensorTable.edges(matrix.size(0), TensorTable.mostRows)
            let columns = TensorTable.edges(matrix.size(1), TensorTable.mostColumns)
            table = Table(
                title: title, columns: [""] + columns.map { $0.map(String.init) ?? "…" },
                rows: rows.map { row in
                    guard let row else { return ["⋮"] }
                    return [String(row)] + TensorTable.texts(matrix.select(0, row), columns)
                })
        } else {
            let places = matrix.ndim == 0 ? [0] : TensorTable.edges(matrix.size(0), TensorTable.mostRows)
            let texts = TensorTable.texts(matrix.ndim == 0 ? matrix.reshape([1]) : matrix, places)
            table = Table(
                columns: matrix.ndim == 0 ? ["value"] : ["", "value"],
                rows: zip(places, texts).map { place, text in
                    matrix.ndim == 0 ? [text] : [place.map(String.init) ?? "⋮", text]
                })
        }
    }

    /// The elements that a sparse tensor stores, with their places.
    private static func stored(_ tensor: Tensor) -> Table {
        let indices = tensor._indices(), values = tensor._values()
        let shown = edges(values.size(0), mostRows)
        let scalars = values.ndim == 1 ? texts(values, shown) : shown.map { place in
            place.map { "tensor of shape \(values.select(0, $0).shape)" } ?? "…"
        }
        return Table(
            columns: (0..<indices.size(0)).map { "dim \($0)" } + ["value"],
            rows: zip(shown, scalars).map { place, text in
                guard let place else { return ["⋮"] }
                return (indices.select(1, place).array() as [Int]).map(String.init) + [text]
            })
    }

    /// Positions, with nil in the place of those left out.
    private static func edges(_ count: Int, _ most: Int) -> [Int?] {
        count <= most ? Array(0..<count) : Array(0..<most / 2) + [nil] + Array(count - most / 2..<count)
    }

    private static func texts(_ vector: Tensor, _ places: [Int?]) -> [String] {
        // Before and after a gap each part is read at once.
        places.split(separator: nil, omittingEmptySubsequences: false).map { part -> [String] in
            guard let first = part.first else { return [] }
            return texts(vector.narrow(0, first!, part.count))
        }.reduce(into: []) { all, part in all += all.isEmpty ? part : ["…"] + part }
    }

    private static func texts(_ vector: Tensor) -> [String] {
        if vector.isQuantized { return texts(vector.dequantize()) }
        if vector.dtype == .bool { return (vector.array() as [Bool]).map { $0 ? "True" : "False" } }
        if vector.isComplex() {
            let real: [Double] = vector.real.to(.float64).array(), imaginary: [Double] = vector.imag.to(.float64).array()
            return zip(real, imaginary).map { a, b in
                "\(NumberText.short(a))\(b < 0 ? "-" : "+")\(NumberText.short(abs(b)))j"
            }
        }
        if vector.isFloatingPoint() { return (vector.to(.float64).array() as [Double]).map { NumberText.short($0, 5) } }
        return (vector.array() as [Int]).map(String.init)
    }
}
