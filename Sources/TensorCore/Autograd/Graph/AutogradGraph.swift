/// The graph that a tensor was computed by: a drawing of what a backward pass will walk.
///
/// Leaves that collect gradients are blue boxes with name and shape, operations carry the name of
/// their `gradFn`, the result is green. Shown as a picture where it is the value of a notebook's
/// cell.
public struct AutogradGraph: Sendable {
    enum Kind: Sendable {
        case leaf, operation, result
    }

    struct Vertex: Sendable {
        let kind: Kind
        /// One line each.
        let text: [String]
    }

    /// The result, then what it was computed from in the order of the walk.
    private(set) var vertices: [Vertex] = []
    /// From what is computed first to what is computed from it.
    private(set) var edges: [(from: Int, to: Int)] = []

    init(_ tensor: Tensor, names: [(String, Tensor)]) {
        var nameOfNode: [ObjectIdentifier: String] = [:]
        for (name, leaf) in names {
            if let node = leaf.node { nameOfNode[ObjectIdentifier(node)] = name }
        }
        var indexOfNode: [ObjectIdentifier: Int] = [:]
        vertices.append(Vertex(kind: .result, text: ["result", AutogradGraph.text(tensor.dims)]))
        guard let root = tensor.node else { return }
        var stack: [Node] = []
        func index(of node: Node) -> Int {
            if let known = indexOfNode[ObjectIdentifier(node)] { return known }
            let isLeaf = node is AccumulateGrad
            let dims = AutogradGraph.text(node.dims(ofResult: 0))
            vertices.append(
                isLeaf
                    ? Vertex(kind: .leaf, text: nameOfNode[ObjectIdentifier(node)].map { [$0, dims] } ?? [dims])
                    : Vertex(kind: .operation, text: [node.name]))
            indexOfNode[ObjectIdentifier(node)] = vertices.count - 1
            if !isLeaf { stack.append(node) }
            return vertices.count - 1
        }
        edges.append((index(of: root), 0))
        while let node = stack.popLast() {
            let target = indexOfNode[ObjectIdentifier(node)]!
            for i in 0..<node.edgeCount {
                if let next = node.edge(i).node { edges.append((index(of: next), target)) }
            }
        }
    }

    private static func text(_ dims: Dims) -> String {
        "(" + dims.array.map(String.init).joined(separator: ", ") + ")"
    }

    /// The graph in Graphviz's language.
    public var dot: String {
        var text = "digraph {\n    node [shape=box style=filled fontname=monospace fontsize=10]\n"
        for (i, vertex) in vertices.enumerated() {
            let label = vertex.text.map(AutogradGraph.quoted).joined(separator: "\\n")
            text += "    n\(i) [label=\"\(label)\" fillcolor=\"\(vertex.kind.fill)\"]\n"
        }
        for (from, to) in edges { text += "    n\(from) -> n\(to)\n" }
        return text + "}\n"
    }

    private static func quoted(_ text: String) -> String {
        text.map { $0 == "\"" || $0 == "\\" ? "\\\($0)" : String($0) }.joined()
    }
}

extension AutogradGraph.Kind {
    var fill: String {
        switch self {
        case .leaf: "#cfe3f7"
        case .operation: "#ececec"
        case .result: "#cdebc5"
        }
    }
}

extension AutogradGraph: CustomStringConvertible {
    /// The operations from the result back to the leaves, each with what it was computed from.
    public var description: String {
        var sources = [[Int]](repeating: [], count: vertices.count)
        for (from, to) in edges { sources[to].append(from) }
        func name(_ i: Int) -> String { vertices[i].text.joined(separator: " ") }
        return vertices.indices.filter { !sources[$0].isEmpty }
            .map { "\(name($0)) ← \(sources[$0].map(name).joined(separator: ", "))" }.joined(separator: "\n")
    }
}

extension Tensor {
    /// The graph by which this tensor was computed, to be looked at.
    ///
    ///     loss.graph(params: model.namedParameters())
    ///
    /// - Parameter params: names for leaves, as `namedParameters()` gives them.
    public func graph(params: [(String, Tensor)] = []) -> AutogradGraph { AutogradGraph(self, names: params) }

    /// The same with names from a dictionary: `["w": w, "b": b]`.
    public func graph(params: [String: Tensor]) -> AutogradGraph {
        AutogradGraph(self, names: params.map { ($0, $1) })
    }
}
