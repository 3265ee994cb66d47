import Charts
import NotebookDisplay
import TensorCore

/// Tensors as data of figures: `Figure().plot(x, y)`, `Figure().heatmap(weights)`.
extension Tensor: PlotData, GridData {
    /// All values, row by row, of complex numbers their absolute values.
    public var plotValues: [Double] { displayValues }

    /// A matrix's values; a vector is one row. Dimensions of size 1 are left out.
    public var plotGrid: Grid {
        let plain = ndim > 2 ? detach().squeeze() : detach()
        if plain.ndim > 2 {
            fail("a figure shows matrices, but got a tensor of shape \(shape)", .valueError)
        }
        let rows = plain.ndim == 2 ? plain.size(0) : 1
        return Grid(rows: rows, columns: plain.ndim == 0 ? 1 : plain.size(-1), values: plain.displayValues)
    }
}

extension Tensor: MonitorValue {
    /// The value of a tensor of one element.
    public var monitorValue: Double { item() }
}

extension Tensor {
    /// All values as numbers that can be drawn.
    var displayValues: [Double] {
        var plain = detach()
        if plain.isSparse || plain.isSparseCsr { plain = plain.toDense() }
        if plain.isQuantized { plain = plain.dequantize() }
        if plain.isComplex() { plain = plain.abs() }
        return plain.to(Device.cpu).to(.float64).array()
    }
}
