import Charts
import NeuralNetworks
import NotebookDisplay
import Optimizers
import TensorCore

/// A state dict as the value of a cell: a row for each tensor.
extension StateDict: Displayable {
    public var mimeBundle: MIMEBundle {
        var table = Table(columns: ["name", "shape", "dtype", "elements", "memory"], rows: map { name, tensor in
            [name, "\(tensor.shape)", tensor.dtype.name, NumberText.grouped(tensor.numel), NumberText.bytes(tensor.nbytes)]
        })
        table.footer = [
            [
                NumberText.counted(count, "tensor"), "", "", NumberText.grouped(values.reduce(0) { $0 + $1.numel }),
                NumberText.bytes(values.reduce(0) { $0 + $1.nbytes }),
            ]
        ]
        return MIMEBundle(["text/plain": description, "text/html": table.html])
    }
}

/// A checkpoint as the value of a cell: a row for each entry, with what it holds.
extension StateDictionary: Displayable {
    public var mimeBundle: MIMEBundle {
        let table = Table(columns: ["key", "kind", "value"], rows: entries.map { key, value in
            let name = switch key {
            case .string(let text): text
            default: "\(key)"
            }
            return [name, value.kind, StateDictionary.summary(value)]
        })
        return MIMEBundle(["text/plain": description, "text/html": table.html])
    }

    private static func summary(_ value: StateValue) -> String {
        switch value {
        case .tensor(let tensor): return "\(tensor.shape) \(tensor.dtype.name)"
        case .dictionary(let entries): return NumberText.counted(entries.count, "entry", "entries")
        case .list(let values), .tuple(let values): return NumberText.counted(values.count, "value")
        default:
            let text = "\(value)"
            return text.count > 80 ? text.prefix(79) + "…" : text
        }
    }
}

/// An optimizer as the value of a cell: a column for each parameter group, a row for each setting.
extension optim.Optimizer: Displayable {
    public var mimeBundle: MIMEBundle {
        let settings = Set(paramGroups.flatMap { $0.options.keys }).sorted()
        var rows = settings.map { name in
            [name] + paramGroups.map { group in group.options[name].map { "\($0)" } ?? "" }
        }
        rows.append(["tensors"] + paramGroups.map { String($0.params.count) })
        rows.append(["elements"] + paramGroups.map { NumberText.grouped($0.params.reduce(0) { $0 + $1.numel }) })
        let table = Table(
            title: "\(type(of: self))", columns: ["setting"] + paramGroups.indices.map { "group \($0)" }, rows: rows)
        return MIMEBundle(["text/plain": description, "text/html": table.html])
    }
}
