import TensorCore

extension nn {
    /// Recurrent layers over sequences; base of `RNN`, `GRU` and `LSTM`.
    ///
    /// Input `(L, N, inputSize)`, `(N, L, inputSize)` with `batchFirst`, or `(L, inputSize)`; the output has the last
    /// layer's states of all steps, both directions one behind the other.
    open class RNNBase: Module {
        public let inputSize: Int
        public let hiddenSize: Int
        public let numLayers: Int
        public let bias: Bool
        public let batchFirst: Bool
        /// The probability of dropping an output of all layers but the last, in training.
        public let dropout: Double
        public let bidirectional: Bool
        /// The size to which LSTM's hidden state is projected; 0 for none.
        public let projSize: Int
        let kind: RecurrentKind

        init(
            _ kind: RecurrentKind, _ inputSize: Int, _ hiddenSize: Int, _ numLayers: Int, bias: Bool, batchFirst: Bool,
            dropout: Double, bidirectional: Bool, projSize: Int = 0, dtype: DType
        ) {
            if !(0...1).contains(dropout) {
                fail("dropout should be a number in range [0, 1] representing the probability of an element being zeroed", .valueError)
            }
            if hiddenSize <= 0 { fail("hidden_size must be greater than zero", .valueError) }
            if numLayers <= 0 { fail("num_layers must be greater than zero", .valueError) }
            if projSize < 0 {
                fail("proj_size should be a positive integer or zero to disable projections", .valueError)
            }
            if projSize >= hiddenSize { fail("proj_size has to be smaller than hidden_size", .valueError) }
            if dropout > 0 && numLayers == 1 {
                warn(
                    "dropout option adds dropout after all but last recurrent layer, so non-zero dropout expects num_layers "
                        + "greater than 1, but got dropout=\(pythonFloat(dropout)) and num_layers=\(numLayers)")
            }
            self.kind = kind
            self.inputSize = inputSize
            self.hiddenSize = hiddenSize
            self.numLayers = numLayers
            self.bias = bias
            self.batchFirst = batchFirst
            self.dropout = dropout
            self.bidirectional = bidirectional
            self.projSize = projSize
            super.init()
            for layer in 0..<numLayers {
                for reverse in 0..<directions {
                    let width = layer == 0 ? inputSize : stateSize * directions
                    let rows = kind.gates * hiddenSize
                    func add(_ name: String, _ shape: [Int]) {
                        registerParameter(
                            RNNBase.name(name, layer, reverse), Parameter(torch.empty(shape, dtype: dtype)))
                    }
                    add("weight_ih", [rows, width])
                    add("weight_hh", [rows, stateSize])
                    if bias {
                        add("bias_ih", [rows])
                        add("bias_hh", [rows])
                    }
                    if projSize > 0 { add("weight_hr", [projSize, hiddenSize]) }
                }
            }
            resetParameters()
        }

        /// Draws new values, evenly within ±1/√hiddenSize.
        open func resetParameters() {
            let bound = 1 / Double(hiddenSize).squareRoot()
            for entry in registeredParameters { initializers.uniform_(entry.value!, -bound, bound) }
        }

        /// Does nothing, as in PyTorch on a CPU: it is there for programs that call it.
        public func flattenParameters() {}

        private var directions: Int { bidirectional ? 2 : 1 }
        /// The size of the hidden state that is passed on.
        var stateSize: Int { projSize > 0 ? projSize : hiddenSize }

        private static func name(_ part: String, _ layer: Int, _ reverse: Int) -> String {
            "\(part)_l\(layer)" + (reverse == 1 ? "_reverse" : "")
        }

        /// - Parameter state: the first states, `(layers · directions, N, size)` each; zeros unless given.
        func run(_ input: Tensor, _ state: [Tensor]?) -> (output: Tensor, state: [Tensor]) {
            if input.ndim != 2 && input.ndim != 3 {
                fail("\(typeName): Expected input to be 2D or 3D, got \(input.ndim)D instead", .valueError)
            }
            if input.size(-1) != inputSize {
                fail("input.size(-1) must be equal to input_size. Expected \(inputSize), got \(input.size(-1))")
            }
            let isBatched = input.ndim == 3
            let x = isBatched ? (batchFirst ? input.transpose(0, 1) : input) : input.unsqueeze(1)
            let first = firstState(x, state, batch: x.size(1), isBatched: isBatched)
            let (output, states) = runLayers(x, nil, first)
            if !isBatched { return (output.squeeze(1), states.map { $0.squeeze(1) }) }
            return (batchFirst ? output.transpose(0, 1) : output, states)
        }

        /// All layers, over `(L, N, inputSize)`, or over packed steps of the given sizes.
        func runLayers(_ input: Tensor, _ sizes: [Int]?, _ first: [Tensor]) -> (output: Tensor, state: [Tensor]) {
            var x = input
            var last = first.map { _ in [Tensor]() }
            for layer in 0..<numLayers {
                var outputs: [Tensor] = []
                for reverse in 0..<directions {
                    let place = layer * directions + reverse
                    let (output, state) = runLayer(x, sizes, first.map { $0[place] }, layer, reverse)
                    outputs.append(output)
                    for i in state.indices { last[i].append(state[i]) }
                }
                x = outputs.count == 1 ? outputs[0] : torch.cat(outputs, dim: -1)
                if dropout > 0 && training && layer < numLayers - 1 { x = functional.dropout(x, p: dropout, training: true) }
            }
            return (x, last.map { torch.stack($0, dim: 0) })
        }

        /// The same between the module's hooks: the output and the last states.
        func runWithHooks(_ input: Tensor, _ state: [Tensor]?) -> [Tensor] {
            callWithHooks([input] + (state ?? [])) { given in
                let (output, last) = self.run(given[0], state == nil ? nil : Array(given.dropFirst()))
                return [output] + last
            }
        }

        private func runLayer(
            _ x: Tensor, _ sizes: [Int]?, _ first: [Tensor], _ layer: Int, _ reverse: Int
        ) -> (output: Tensor, state: [Tensor]) {
            func part(_ name: String) -> Tensor? { registeredParameter(RNNBase.name(name, layer, reverse)) }
            // The inputs of all steps in one product, whose rows may not lie apart.
            let product = functional.linear(sizes == nil ? x.contiguous() : x, part("weight_ih")!, part("bias_ih"))
            let (weight, bias, projection) = (part("weight_hh")!, part("bias_hh"), part("weight_hr"))
            if kind == .lstm, sizes == nil, projection == nil {
                let kind = kind
                let fused = product.lstmSteps(weight, bias, state: first, isReversed: reverse == 1) { inputs in
                    let (output, state) = kind.run(
                        inputs[0], nil, inputs[1], inputs.count > 4 ? inputs[4] : nil, nil, [inputs[2], inputs[3]],
                        isReversed: reverse == 1)
                    return [output, state[1]]
                }
                if let fused { return (fused[0], [fused[0][reverse == 1 ? 0 : -1], fused[1]]) }
            }
            return kind.run(product, sizes, weight, bias, projection, first, isReversed: reverse == 1)
        }

        func firstState(_ x: Tensor, _ state: [Tensor]?, batch: Int, isBatched: Bool) -> [Tensor] {
            let sizes = kind == .lstm ? [stateSize, hiddenSize] : [stateSize]
            guard let state else {
                return sizes.map { torch.zeros([numLayers * directions, batch, $0], dtype: x.dtype, device: x.device) }
            }
            return zip(state, sizes).enumerated().map { i, pair in
                let (given, size) = pair
                if given.ndim != (isBatched ? 3 : 2) {
                    let what = kind == .lstm ? "hx and cx" : "hx"
                    let got = kind == .lstm ? "(\(state[0].ndim)-D, \(state[1].ndim)-D) tensors" : "\(given.ndim)-D tensor"
                    fail(
                        isBatched
                            ? "For batched 3-D input, \(what) should also be 3-D but got \(got)"
                            : "For unbatched 2-D input, \(what) should also be 2-D but got \(got)")
                }
                let full = isBatched ? given : given.unsqueeze(1)
                let expected = [numLayers * directions, batch, size]
                if full.shape != expected {
                    let name = kind == .lstm ? "Expected hidden[\(i)] size" : "Expected hidden size"
                    fail("\(name) \(tuple(expected)), got \(full.shape)")
                }
                return full
            }
        }

        open override func extraRepr() -> String {
            "\(inputSize), \(hiddenSize)" + (projSize == 0 ? "" : ", proj_size=\(projSize)")
                + (numLayers == 1 ? "" : ", num_layers=\(numLayers)") + (bias ? "" : ", bias=False")
                + (batchFirst ? ", batch_first=True" : "") + (dropout == 0 ? "" : ", dropout=\(pythonFloat(dropout))")
                + (bidirectional ? ", bidirectional=True" : "")
        }
    }

    /// `h' = tanh(W x + b + U h + c)`, or with `nonlinearity: "relu"`; Elman's network.
    open class RNN: RNNBase {
        public init(
            _ inputSize: Int, _ hiddenSize: Int, numLayers: Int = 1, nonlinearity: String = "tanh", bias: Bool = true,
            batchFirst: Bool = false, dropout: Double = 0, bidirectional: Bool = false, dtype: DType = .default
        ) {
            super.init(
                elmanKind(nonlinearity), inputSize, hiddenSize, numLayers, bias: bias, batchFirst: batchFirst,
                dropout: dropout, bidirectional: bidirectional, dtype: dtype)
        }

        /// - Returns: the outputs of all steps, and each layer's last hidden state.
        public func callAsFunction(_ input: Tensor, _ hx: Tensor? = nil) -> (Tensor, Tensor) {
            let results = runWithHooks(input, hx.map { [$0] })
            return (results[0], results[1])
        }
    }

    /// Gated recurrent units (Cho et al., 2014).
    open class GRU: RNNBase {
        public init(
            _ inputSize: Int, _ hiddenSize: Int, numLayers: Int = 1, bias: Bool = true, batchFirst: Bool = false,
            dropout: Double = 0, bidirectional: Bool = false, dtype: DType = .default
        ) {
            super.init(
                .gru, inputSize, hiddenSize, numLayers, bias: bias, batchFirst: batchFirst, dropout: dropout,
                bidirectional: bidirectional, dtype: dtype)
        }

        /// - Returns: the outputs of all steps, and each layer's last hidden state.
        public func callAsFunction(_ input: Tensor, _ hx: Tensor? = nil) -> (Tensor, Tensor) {
            let results = runWithHooks(input, hx.map { [$0] })
            return (results[0], results[1])
        }
    }

    /// Long short-term memory (Hochreiter and Schmidhuber, 1997); with `projSize` its hidden state is projected.
    open class LSTM: RNNBase {
        public init(
            _ inputSize: Int, _ hiddenSize: Int, numLayers: Int = 1, bias: Bool = true, batchFirst: Bool = false,
            dropout: Double = 0, bidirectional: Bool = false, projSize: Int = 0, dtype: DType = .default
        ) {
            super.init(
                .lstm, inputSize, hiddenSize, numLayers, bias: bias, batchFirst: batchFirst, dropout: dropout,
                bidirectional: bidirectional, projSize: projSize, dtype: dtype)
        }

        /// - Returns: the outputs of all steps, and each layer's last hidden state and cell.
        public func callAsFunction(_ input: Tensor, _ hx: (Tensor, Tensor)? = nil) -> (Tensor, (Tensor, Tensor)) {
            let results = runWithHooks(input, hx.map { [$0.0, $0.1] })
            return (results[0], (results[1], results[2]))
        }
    }

    /// One step of a recurrent network; base of the cells.
    open class RNNCellBase: Module {
        public let inputSize: Int
        public let hiddenSize: Int
        public let bias: Bool
        let kind: RecurrentKind

        init(_ kind: RecurrentKind, _ inputSize: Int, _ hiddenSize: Int, bias: Bool, dtype: DType) {
            self.kind = kind
            self.inputSize = inputSize
            self.hiddenSize = hiddenSize
            self.bias = bias
            super.init()
            let rows = kind.gates * hiddenSize
            registerParameter("weight_ih", Parameter(torch.empty([rows, inputSize], dtype: dtype)))
            registerParameter("weight_hh", Parameter(torch.empty([rows, hiddenSize], dtype: dtype)))
            registerParameter("bias_ih", bias ? Parameter(torch.empty([rows], dtype: dtype)) : nil)
            registerParameter("bias_hh", bias ? Parameter(torch.empty([rows], dtype: dtype)) : nil)
            resetParameters()
        }

        /// Draws new values, evenly within ±1/√hiddenSize.
        open func resetParameters() {
            let bound = 1 / Double(hiddenSize).squareRoot()
            for case let parameter? in registeredParameters.map(\.value) { initializers.uniform_(parameter, -bound, bound) }
        }

        /// The next state of `(N, inputSize)` or `(inputSize)`.
        func step(_ input: Tensor, _ state: [Tensor]?) -> [Tensor] {
            if input.ndim != 1 && input.ndim != 2 {
                fail("\(typeName): Expected input to be 1D or 2D, got \(input.ndim)D instead", .valueError)
            }
            for (i, given) in (state ?? []).enumerated() where given.ndim != 1 && given.ndim != 2 {
                let name = kind == .lstm ? "hx[\(i)]" : "hidden"
                fail("\(typeName): Expected \(name) to be 1D or 2D, got \(given.ndim)D instead", .valueError)
            }
            let zero = torch.zeros(input.shape.dropLast() + [hiddenSize], dtype: input.dtype, device: input.device)
            let first = state ?? [zero, zero]
            return kind.step(
                functional.linear(input, registeredParameter("weight_ih")!, registeredParameter("bias_ih")),
                functional.linear(first[0], registeredParameter("weight_hh")!, registeredParameter("bias_hh")), first)
        }

        open override func extraRepr() -> String { "\(inputSize), \(hiddenSize)" + (bias ? "" : ", bias=False") }
    }

    /// One step of `RNN`.
    open class RNNCell: RNNCellBase {
        public let nonlinearity: String
        public init(
            _ inputSize: Int, _ hiddenSize: Int, bias: Bool = true, nonlinearity: String = "tanh", dtype: DType = .default
        ) {
            self.nonlinearity = nonlinearity
            super.init(elmanKind(nonlinearity), inputSize, hiddenSize, bias: bias, dtype: dtype)
        }
        open override func forward(_ input: Tensor) -> Tensor { step(input, nil)[0] }
        open override func forward(_ input: Tensor, _ hx: Tensor) -> Tensor { step(input, [hx])[0] }
        open override func extraRepr() -> String {
            super.extraRepr() + (nonlinearity == "tanh" ? "" : ", nonlinearity=\(nonlinearity)")
        }
    }

    /// One step of `GRU`.
    open class GRUCell: RNNCellBase {
        public init(_ inputSize: Int, _ hiddenSize: Int, bias: Bool = true, dtype: DType = .default) {
            super.init(.gru, inputSize, hiddenSize, bias: bias, dtype: dtype)
        }
        open override func forward(_ input: Tensor) -> Tensor { step(input, nil)[0] }
        open override func forward(_ input: Tensor, _ hx: Tensor) -> Tensor { step(input, [hx])[0] }
    }

    /// One step of `LSTM`: gives the hidden state and the cell.
    open class LSTMCell: RNNCellBase {
        public init(_ inputSize: Int, _ hiddenSize: Int, bias: Bool = true, dtype: DType = .default) {
            super.init(.lstm, inputSize, hiddenSize, bias: bias, dtype: dtype)
        }
        public func callAsFunction(_ input: Tensor, _ hx: (Tensor, Tensor)? = nil) -> (Tensor, Tensor) {
            let first = hx.map { [$0.0, $0.1] }
            let state = callWithHooks([input] + (first ?? [])) { given in
                self.step(given[0], first == nil ? nil : Array(given.dropFirst()))
            }
            return (state[0], state[1])
        }
    }

    private static func elmanKind(_ nonlinearity: String) -> RecurrentKind {
        switch nonlinearity {
        case "tanh": return .tanh
        case "relu": return .relu
        default: fail("Unknown nonlinearity '\(nonlinearity)'. Select from 'tanh' or 'relu'.", .valueError)
        }
    }
}
