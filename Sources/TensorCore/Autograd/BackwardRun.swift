import Synchronization

/// One backward pass: delivers gradients through the graph in an order in which every node has
/// all it needs before its formula runs.
class BackwardRun {
    private struct Record {
        let node: Node
        /// How many gradients are still to come.
        var pending = 0
        var grad: Tensor?
        var moreGrads: [Tensor?]?
        /// The node leads to a tensor whose gradient was asked for.
        var isNeeded = true

        init(_ node: Node) { self.node = node }
    }

    private var records = ContiguousArray<Record>()
    private var ready = ContiguousArray<Int>()
    private let id: Int
    private let keepsGraph: Bool
    private let createsGraph: Bool
    /// Where nodes have their records, for a pass that may not write that into the nodes.
    private var recordOfNode: [ObjectIdentifier: Int]?
    /// Gradients are wanted of some inputs only.
    private var isPartial = false

    private static let lastID = Atomic<Int>(0)
    /// The pass that may write its record numbers into nodes. Others, inside it or on other
    /// threads, look them up in a dictionary: slower, but nobody ever waits for a pass whose
    /// thread was stopped half way.
    private static let owner = Atomic<Int>(0)

    init(keepsGraph: Bool, createsGraph: Bool) {
        id = BackwardRun.lastID.add(1, ordering: .relaxed).newValue
        self.keepsGraph = keepsGraph
        self.createsGraph = createsGraph
        let free = BackwardRun.owner.compareExchange(expected: 0, desired: id, ordering: .acquiring).exchanged
        if !free { recordOfNode = [:] }
    }

    deinit {
        _ = BackwardRun.owner.compareExchange(expected: id, desired: 0, ordering: .releasing)
    }

    /// The node's record in this pass; nil if the pass does not reach it.
    @inline(__always)
    private func record(of node: Node) -> Int? {
        if let recordOfNode { return recordOfNode[ObjectIdentifier(node)] }
        return node.visit == id ? node.record : nil
    }

    /// Runs from `roots`, each with its gradient. With `inputs`, only what leads to them is
    /// computed, nothing is accumulated, and their gradients are returned; or with `accumulates`,
    /// only they accumulate, and nothing is returned.
    @discardableResult
    func run(
        from roots: [(tensor: Tensor, grad: Tensor)], inputs: [Tensor]? = nil, accumulates: Bool = false
    ) -> [Tensor?] {
        for (tensor, _) in roots { discover(tensor.node!) }
        var wanted: [(record: Int, slot: Int32)?] = []
        if let inputs {
            wanted = inputs.map { input in
                guard let node = input.node, let record = record(of: node) else { return nil }
                return (record, input.outputIndex)
            }
            markNeeded(wanted.compactMap { $0?.record })
            isPartial = true
            if accumulates { wanted = [] }
        }
        var captured = [Tensor?](repeating: nil, count: wanted.count)
        let capturing = Set(wanted.compactMap { $0?.record })

        for (tensor, grad) in roots { deliver(grad, to: tensor.node!, tensor.outputIndex) }
        for i in records.indices where records[i].pending == 0 { ready.append(i) }
        GradMode.with(createsGraph) {
            while let index = ready.popLast() {
                process(index, isWanted: capturing.contains(index)) {
                    for (i, want) in wanted.enumerated() where want?.record == index {
                        captured[i] = self.gradient(index, want!.slot)
                    }
                }
            }
        }
        return captured
    }

    // MARK: The graph

    /// Gives every node that `root` was computed from a record, and counts the gradients it awaits.
    private func discover(_ root: Node) {
        if record(of: root) != nil { return }
        _ = add(root)
        var stack = [root]
        while let node = stack.popLast() {
            for i in 0..<node.edgeCount {
                guard let next = node.edge(i).node else { continue }
                if let known = record(of: next) {
                    records[known].pending += 1
                } else {
                    records[add(next)].pending += 1
                    stack.append(next)
                }
            }
        }
    }

    private func add(_ node: Node) -> Int {
        let index = records.count
        records.append(Record(node))
        if recordOfNode == nil {
            node.visit = id
            node.record = index
        } else {
            recordOfNode![ObjectIdentifier(node)] = index
        }
        return index
    }

    /// Leaves as needed only the nodes from which one of `targets` can be reached.
    private func markNeeded(_ targets: [Int]) {
        let isTarget = Set(targets)
        var state = [UInt8](repeating: 0, count: records.count)
        for i in records.indices { records[i].isNeeded = isTarget.contains(i) }
        for start in records.indices where state[start] == 0 {
            var stack: [(record: Int, edge: Int)] = [(start, 0)]
            state[start] = 1
            while let (record, edge) = stack.last {
                let node = records[record].node
                if edge < node.edgeCount {
                    stack[stack.count - 1].edge += 1
                    if let next = node.edge(edge).node, let index = self.record(of: next), state[index] == 0 {
                        state[index] = 1
                        stack.append((index, 0))
                    }
                    continue
                }
                for i in 0..<node.edgeCount {
                    if let next = node.edge(i).node, records[self.record(of: next)!].isNeeded {
                        records[record].isNeeded = true
                    }
                }
                stack.removeLast()
            }
        }
    }

    // MARK: One node

    private func process(_ index: Int, isWanted: Bool, capture: () -> Void) {
        let node = records[index].node
        if let extras = node.extras {
            call(extras.tensorHooks, index)
            call(extras.retainHooks, index)
        }
        if isWanted { capture() }
        if leadsOn(index, isWanted) {
            if node.isReleased { failReleased() }
            if node.extras == nil, !AnomalyMode.isOn {
                evaluate(index, node, self)
            } else {
                evaluateObserved(index, node)
            }
            if !keepsGraph, !(node is AccumulateGrad) {
                node.releaseSaved()
                node.isReleased = true
            }
        }
        records[index].grad = nil
        records[index].moreGrads = nil
        for i in 0..<node.edgeCount {
            guard let next = node.edge(i).node else { continue }
            let record = record(of: next)!
            records[record].pending -= 1
            if records[record].pending == 0 { ready.append(record) }
        }
    }

    /// Whether the node is to compute: something wanted lies behind it.
    private func leadsOn(_ index: Int, _ isWanted: Bool) -> Bool {
        if !isPartial { return true }
        let node = records[index].node
        if node is AccumulateGrad { return records[index].isNeeded && !isWanted }
        return (0..<node.edgeCount).contains { wants(node, $0) }
    }

    /// Has the node compute from its gradients and send what it gets to `receiver`.
    @inline(__always)
    private func evaluate(_ index: Int, _ node: Node, _ receiver: BackwardRun) {
        if node.resultCount == 1 {
            if let grad = takeGradient(index) { node.apply(grad, receiver) }
        } else if records[index].grad != nil || records[index].moreGrads != nil {
            node.apply(gradients(index), receiver)
        }
    }

    /// The same with the node's hooks, and with the checks of anomaly mode.
    private func evaluateObserved(_ index: Int, _ node: Node) {
        if let hooks = node.extras?.preHooks, !hooks.isEmpty {
            hooks.forEach { hook in
                guard let replaced = hook(gradients(index)) else { return }
                setGradients(index, replaced)
            }
        }
        let hooks = node.extras?.postHooks
        if !AnomalyMode.isOn, hooks?.isEmpty != false {
            evaluate(index, node, self)
            return
        }
        let collector = GradientCollector(node) { self.wants(node, $0) }
        let given = gradients(index)
        AnomalyMode.evaluating(node) {
            evaluate(index, node, collector)
            if AnomalyMode.isOn, AnomalyMode.checksNaN { AnomalyMode.checkForNaN(collector.gradients, node) }
        }
        hooks?.forEach { hook in
            // The hook sees gradients as their receivers will.
            let inputs = (0..<node.operandCount).map { i -> Tensor? in
                let (next, slot) = node.edge(i)
                return next.flatMap { next in
                    collector.gradients[i]?.conformed(to: next.dims(ofResult: slot), next.dtype(ofResult: slot))
                }
            }
            guard let replaced = hook(inputs, given) else { return }
            check(
                replaced.count == inputs.count,
                "hook has returned an incorrect number of values (got \(replaced.count), but expected "
                    + "\(inputs.count))")
            collector.gradients = replaced
        }
        for (i, gradient) in collector.gradients.enumerated() where i < node.edgeCount {
            if let gradient { send(gradient, to: i, of: node) }
        }
    }

    private func call(_ hooks: HookList<NodeExtras.TensorHook>, _ index: Int) {
        hooks.forEach { slot, hook in
            guard let grad = gradient(index, Int32(slot)), let replaced = hook(grad) else { return }
            checkReplacement(replaced, for: grad)
            if slot == 0 {
                records[index].grad = replaced
            } else {
                records[index].moreGrads![slot - 1] = replaced
            }
        }
    }

    /// The gradients of all results of a node.
    private func gradients(_ index: Int) -> [Tensor?] {
        (0..<records[index].node.resultCount).map { gradient(index, Int32($0)) }
    }

    private func setGradients(_ index: Int, _ gradients: [Tensor?]) {
        let node = records[index].node
        check(
            gradients.count == node.resultCount,
            "hook has returned an incorrect number of values (got \(gradients.count), but expected "
                + "\(node.resultCount))")
        records[index].grad = gradients[0]
        records[index].moreGrads = gradients.count > 1 ? Array(gradients.dropFirst()) : nil
    }

    private func gradient(_ index: Int, _ slot: Int32) -> Tensor? {
        if slot == 0 { return records[index].grad }
        guard let more = records[index].moreGrads, Int(slot) - 1 < more.count else { return nil }
        return more[Int(slot) - 1]
    }

    /// The gradient with the record's reference given up, so that its receiver may be its only owner.
    private func takeGradient(_ index: Int) -> Tensor? {
        var grad: Tensor?
        swap(&grad, &records[index].grad)
        return grad
    }

    // MARK: Delivery

    /// Whether input `index` of `node` wants a gradient in this pass.
    @inline(__always)
    func wants(_ node: Node, _ index: Int) -> Bool {
        guard let next = node.edge(index).node else { return false }
        return records[record(of: next)!].isNeeded
    }

    /// Hands on the gradient of input `index` of `node`.
    @inline(__always)
    func send(_ grad: Tensor, to index: Int, of node: Node) {
        let (next, slot) = node.edge(index)
        guard let next else { return }
        deliver(grad, to: next, slot)
    }

    private func deliver(_ delivered: Tensor, to node: Node, _ slot: Int32) {
        let grad = delivered.conformed(to: node.dims(ofResult: slot), node.dtype(ofResult: slot))
        let index = record(of: node)!
        if slot == 0 {
            if records[index].grad == nil {
                records[index].grad = grad
            } else {
                accumulate(&records[index].grad, grad)
            }
            return
        }
        if records[index].moreGrads == nil {
            records[index].moreGrads = [Tensor?](repeating: nil, count: node.resultCount - 1)
        }
        if records[index].moreGrads![Int(slot) - 1] == nil {
            records[index].moreGrads![Int(slot) - 1] = grad
        } else {
            accumulate(&records[index].moreGrads![Int(slot) - 1], grad)
        }
    }

    /// Adds to a gradient, in place where nobody else can see it.
    private func accumulate(_ sum: inout Tensor?, _ grad: Tensor) {
        if !createsGraph, isKnownUniquelyReferenced(&sum), sum!.ownsItsMemory {
            Operators.add.write(into: sum!, sum!, grad)
        } else {
            sum = Tensor.gradientSum(sum!, grad)
        }
    }
}
