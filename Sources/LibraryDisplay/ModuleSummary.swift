import Charts
import NotebookDisplay
import NeuralNetworks
import TensorCore

/// What a model is made of: a row for each module, with the shape of its result, its parameters
/// and how many of them are trained; sums below.
///
/// ```swift
/// summary(model, inputShape: [1, 3, 224, 224])
/// ```
///
/// - Parameters:
///   - inputShape: with it the model is run on the `meta` device, which computes shapes alone: it
///     takes no time and leaves the model as it is.
///   - inputType: of the input's elements; models that begin with an embedding want `.int64`.
public func summary(_ model: nn.Module, inputShape: [Int]? = nil, inputType: DType = .float32) -> Table {
    let results = inputShape.map { resultsOnMeta(model, torch.zeros($0, dtype: inputType, device: .meta)) }
    var rows: [[String]] = []
    for (name, module) in model.namedModules() {
        let own = module.parameters(recurse: false)
        let depth = name.isEmpty ? 0 : name.split(separator: ".").count
        let label = String(repeating: "  ", count: depth) + (name.split(separator: ".").last.map(String.init) ?? "(model)")
        var row = [label, "\(type(of: module))"]
        if let results { row.append(results[ObjectIdentifier(module)].map { "\($0.shape)" } ?? "") }
        let count = own.reduce(0) { $0 + $1.numel }, trained = own.reduce(0) { $0 + ($1.requiresGrad ? $1.numel : 0) }
        rows.append(row + [count == 0 ? "" : NumberText.grouped(count), count == 0 ? "" : share(trained, of: count)])
    }
    let shapeColumns = results == nil ? [] : ["output shape"]
    var table = Table(
        title: "\(type(of: model))", columns: ["module", "type"] + shapeColumns + ["parameters", "trainable"], rows: rows)
    table.footer = footer(model, results?.values.map { $0 }, columns: table.columns.count)
    return table
}

private func share(_ part: Int, of whole: Int) -> String {
    whole == 0 ? "" : "\(NumberText.short(Double(part) / Double(whole) * 100, 3)) %"
}

private func footer(_ model: nn.Module, _ results: [ModuleResult]?, columns: Int) -> [[String]] {
    let parameters = model.parameters(), buffers = model.buffers()
    let count = parameters.reduce(0) { $0 + $1.numel }
    let trained = parameters.reduce(0) { $0 + ($1.requiresGrad ? $1.numel : 0) }
    func line(_ label: String, _ number: String, _ share: String = "") -> [String] {
        [label] + Array(repeating: "", count: columns - 3) + [number, share]
    }
    var lines = [
        line("parameters", NumberText.grouped(count), share(trained, of: count)),
        line("memory of parameters and buffers", NumberText.bytes((parameters + buffers).reduce(0) { $0 + $1.nbytes })),
    ]
    if let results {
        lines.append(line("memory of results", NumberText.bytes(results.filter(\.isLeaf).reduce(0) { $0 + $1.bytes })))
    }
    return lines
}

/// What a module gave when the model was run.
private struct ModuleResult {
    let shape: [Int]
    let bytes: Int
    let isLeaf: Bool
}

/// Runs a model whose parameters stand on `meta` for as long, and notes each module's result.
private func resultsOnMeta(_ model: nn.Module, _ input: Tensor) -> [ObjectIdentifier: ModuleResult] {
    let tensors = model.parameters() + model.buffers()
    let originals = tensors.map { $0.detach() }
    var results: [ObjectIdentifier: ModuleResult] = [:]
    let hooks = model.modules().map { module in
        module.registerForwardHook { module, _, result in
            results[ObjectIdentifier(module)] = ModuleResult(
                shape: result.shape, bytes: result.nbytes, isLeaf: module.children().isEmpty)
            return nil
        }
    }
    let handler = failureHandler
    func restore() {
        for (tensor, original) in zip(tensors, originals) { tensor.replaceData(original) }
        for hook in hooks { hook.remove() }
        failureHandler = handler
    }
    // A shape that does not fit stops the cell: the model must be whole by then.
    failureHandler = { kind, message in
        restore()
        handler?(kind, message)
    }
    defer { restore() }
    for tensor in tensors { tensor.replaceData(tensor.detach().to(Device.meta)) }
    torch.noGrad { _ = model(input) }
    return results
}

/// A model as the value of a cell: the text that `print` gives, and its table.
extension nn.Module: Displayable {
    public var mimeBundle: MIMEBundle {
        MIMEBundle(["text/plain": description, "text/html": summary(self).html])
    }
}
