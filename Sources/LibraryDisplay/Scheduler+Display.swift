import Charts
import NotebookDisplay
import Optimizers
import TensorCore

/// A scheduler as the value of a cell: its settings, and the learning rates to come.
extension optim.lrScheduler.LRScheduler: Displayable {
    /// The learning rates of this epoch and of those to come, a curve for each parameter group.
    ///
    /// - Parameter epochs: how many; fewer where the schedule ends before.
    public func figure(epochs: Int = 100) -> Figure {
        let rates = upcomingLrs(epochs)
        let x = rates.indices.map { Double(lastEpoch + $0) }
        var figure = Figure(width: 380, height: 220).title("learning rate to come").xlabel("epoch").ylabel("lr")
        for group in optimizer.paramGroups.indices {
            let label = optimizer.paramGroups.count > 1 ? "group \(group)" : nil
            figure = figure.plot(x, rates.map { $0[group] }, label: label)
        }
        return figure
    }

    /// The settings that the state dict holds by names of their own.
    public var table: Table {
        var rows: [[String]] = [["lr", getLastLr().map { "\($0)" }.joined(separator: ", ")]]
        for (key, value) in stateDict().entries {
            guard case .string(let name) = key, !name.hasPrefix("_") else { continue }
            rows.append([name, "\(value)"])
        }
        return Table(title: "\(type(of: self))", columns: ["setting", "value"], rows: rows)
    }

    public var mimeBundle: MIMEBundle {
        let curve = upcomingLrs(2).count > 1 ? figure().svg : ""
        let html = "<div style=\"display:flex;flex-wrap:wrap;gap:16px;align-items:flex-start\">\(table.html)<div>\(curve)</div></div>"
        return MIMEBundle(["text/plain": "\(table)", "text/html": html])
    }
}
