import CKernels
internal import COpenBLAS

extension CPUBackend {
    func convolve(_ x: Tensor, _ weight: Tensor, _ bias: Tensor?, _ sliding: ck_sliding, groups: Int, _ out: Tensor) {
        if out.numel == 0 { return }
        if let filter = PlaneFilter(x, out, sliding, groups: groups, turned: false) {
            return filter.run(x, weight, bias, out, self)
        }
        if let tiled = TiledProduct(x, out, sliding, groups: groups, turned: false) {
            return tiled.run(x, weight, bias, out, self)
        }
        computed(out, [x, weight] + (bias.map { [$0] } ?? []), "slow_conv2d_cpu") { kind, operands, out in
            kind.forward(operands[0], operands[1], bias == nil ? nil : operands[2], out, sliding, groups, self)
        }
    }

    func convolveTransposed(
        _ y: Tensor, _ weight: Tensor, _ bias: Tensor?, _ sliding: ck_sliding, groups: Int, _ out: Tensor
    ) {
        if out.numel == 0 { return }
        if let filter = PlaneFilter(y, out, sliding, groups: groups, turned: true) {
            return filter.run(y, weight, bias, out, self)
        }
        if let tiled = TiledProduct(y, out, sliding, groups: groups, turned: true) {
            return tiled.run(y, weight, bias, out, self)
        }
        computed(out, [y, weight] + (bias.map { [$0] } ?? []), "slow_conv_transpose2d_out_cpu") { kind, operands, out in
            kind.transposed(operands[0], operands[1], bias == nil ? nil : operands[2], out, sliding, groups, self)
        }
    }

    func convolutionWeight(_ x: Tensor, _ y: Tensor, _ sliding: ck_sliding, groups: Int, _ out: Tensor) {
        if out.numel == 0 { return }
        if y.numel > 0, let tiled = TiledProduct(x, y, sliding, groups: groups, turned: false) {
            return tiled.runWeight(x, y, out, self)
        }
        computed(out, [x, y], "slow_conv2d_cpu") { kind, operands, out in
            kind.weight(operands[0], operands[1], out, sliding, groups, self)
        }
    }

    /// Calls the body with what BLAS computes in. The half types are computed in float32 and rounded
    /// once, integers in float64.
    private func computed(
        _ out: Tensor, _ operands: [Tensor], _ name: String, _ body: (any SlidingKind.Type, [Tensor], Tensor) -> Void
    ) {
        let wide: DType
        switch out.dtype {
        case .float32: return body(SlidingProduct<Float>.self, operands, out)
        case .float64: return body(SlidingProduct<Double>.self, operands, out)
        case .complex64: return body(SlidingProduct<ComplexFloat>.self, operands, out)
        case .complex128: return body(SlidingProduct<ComplexDouble>.self, operands, out)
        case .float16, .bfloat16: wide = .float32
        case .bool: fail("\"\(name)\" not implemented for 'Bool'", .notImplemented)
        default: wide = .float64
        }
        let result = Tensor(empty: out.dims, wide, self)
        computed(result, operands.map { denseCopy($0, wide) }, name, body)
        copy(to: out.dtype, from: wide, ElementwisePlan(out, result))
    }
}

/// The three products of a convolution in one element type.
private protocol SlidingKind {
    static func forward(
        _ x: Tensor, _ weight: Tensor, _ bias: Tensor?, _ out: Tensor, _ sliding: ck_sliding, _ groups: Int,
        _ backend: CPUBackend)
    static func transposed(
        _ y: Tensor, _ weight: Tensor, _ bias: Tensor?, _ out: Tensor, _ sliding: ck_sliding, _ groups: Int,
        _ backend: CPUBackend)
    static func weight(
        _ x: Tensor, _ y: Tensor, _ out: Tensor, _ sliding: ck_sliding, _ groups: Int, _ backend: CPUBackend)
}

/// Convolutions as products with matrices of columns, a piece of them at a time.
private struct SlidingProduct<Element: BLASElement> {
    typealias Values = UnsafeMutablePointer<Element>

    private let sliding: ck_sliding
    private let type: ck_dtype
    private let samples: Int, groups: Int
    /// The channels of one group on either side.
    private let inputs: Int, outputs: Int
    /// The elements of one channel on either side.
    private let plane: Int, count: Int
    /// The places of the kernel, and the rows of a matrix of columns.
    private let places: Int, depth: Int
    /// The columns are the input itself.
    private let isPlain: Bool

    private init(_ x: [Int], _ y: [Int], _ type: DType, _ sliding: ck_sliding, _ groups: Int) {
        func product(_ v: (Int64, Int64, Int64)) -> Int { Int(v.0 * v.1 * v.2) }
        (self.sliding, self.groups, samples) = (sliding, groups, x[0])
        self.type = type.kernel
        (inputs, outputs) = (x[1] / groups, y[1] / groups)
        (plane, count, places) = (product(sliding.sizes), product(sliding.counts), product(sliding.kernel))
        depth = inputs * places
        isPlain = places == 1 && sliding.padding == (0, 0, 0) && sliding.stride == (1, 1, 1)
            && sliding.sizes == sliding.counts
        _ = singleThreadedBLAS
    }

    // MARK: Pieces

    /// A part of the windows: a range in one sample, or several whole samples.
    private struct Piece {
        var samples: Range<Int>, windows: Range<Int>
        var columns: Int { samples.count * windows.count }
        /// The values of a channel in one piece lie one after the other.
        var isSingle: Bool { samples.count == 1 }
    }

    /// Columns enough to fill the registers' tiles, few enough for the second cache.
    private var columnsWanted: Int { Swift.max(256, (1 << 17) / Swift.max(depth, 1)) }

    private var samplesPerPiece: Int {
        // The columns of one sample are enough for the product, and need not be moved together.
        if count >= 128 { return 1 }
        let threads = Int(ck_thread_count())
        return Swift.max(1, Swift.min(columnsWanted / count, (samples + threads - 1) / threads))
    }

    private var piecesPerSample: Int { samplesPerPiece > 1 ? 1 : (count + columnsWanted - 1) / columnsWanted }

    private var pieceCount: Int { (samples + samplesPerPiece - 1) / samplesPerPiece * piecesPerSample }

    private func piece(_ index: Int) -> Piece {
        let (block, part) = (index / piecesPerSample, index % piecesPerSample)
        let first = block * samplesPerPiece
        let width = ((count + piecesPerSample - 1) / piecesPerSample + 15) / 16 * 16
        return Piece(
            samples: first..<Swift.min(first + samplesPerPiece, samples),
            windows: Swift.min(part * width, count)..<Swift.min((part + 1) * width, count))
    }

    private var largestPiece: Int { Swift.max(samplesPerPiece * count, Swift.min(count, columnsWanted + 16)) }

    /// Work below which threads do not pay is not shared.
    private func grain(_ tasks: Int) -> Int { samples * count * depth * outputs * groups < 1 << 18 ? tasks : 1 }

    // MARK: Memory

    private static func values(_ x: Tensor) -> Values { x.address!.assumingMemoryBound(to: Element.self) }

    /// Room for `count` elements during `body`.
    private func withRoom(_ count: Int, _ body: (Values) -> Void) {
        let bytes = Swift.max(count, 1) * MemoryLayout<Element>.stride
        guard let room = ck_allocate(bytes) else { CPUBackend.shared.outOfMemory(bytes) }
        body(room.assumingMemoryBound(to: Element.self))
        ck_deallocate(room, bytes)
    }

    /// The columns of a piece for channels of one group: where they are, and their step.
    private func columns(
        _ x: Values, _ group: Int, _ channels: Range<Int>, _ piece: Piece, _ room: Values
    ) -> (Values, Int) {
        func start(_ sample: Int) -> Values { x + ((sample * groups + group) * inputs + channels.lowerBound) * plane }
        if isPlain && piece.isSingle { return (start(piece.samples.lowerBound) + piece.windows.lowerBound, count) }
        var sliding = sliding
        for (i, sample) in piece.samples.enumerated() {
            ck_columns(
                MemoryLayout<Element>.size, &sliding, start(sample), Int64(channels.count),
                Int64(piece.windows.lowerBound), Int64(piece.windows.upperBound), room + i * piece.windows.count,
                Int64(piece.columns))
        }
        return (room, piece.columns)
    }

    /// The values of a group's outputs in a piece: where they are, and their step. Those of several
    /// samples are moved together.
    private func gathered(_ y: Values, _ group: Int, _ piece: Piece, _ room: Values) -> (Values, Int) {
        func start(_ sample: Int) -> Values { y + (sample * groups + group) * outputs * count }
        if piece.isSingle { return (start(piece.samples.lowerBound) + piece.windows.lowerBound, count) }
        for (i, sample) in piece.samples.enumerated() {
            for output in 0..<outputs {
                (room + output * piece.columns + i * count).update(from: start(sample) + output * count, count: count)
            }
        }
        return (room, piece.columns)
    }

    /// Sets a channel's values to its bias, or to zero.
    private func begin(_ out: Values, _ count: Int, _ bias: Values?, _ channel: Int) {
        var value = bias.map { $0[channel] } ?? .zero
        ck_repeat(MemoryLayout<Element>.size, &value, out, Int64(count))
    }

}

extension SlidingProduct: SlidingKind {
    static func forward(
        _ x: Tensor, _ weight: Tensor, _ bias: Tensor?, _ out: Tensor, _ sliding: ck_sliding, _ groups: Int,
        _ backend: CPUBackend
    ) {
        let p = SlidingProduct(x.shape, out.shape, out.dtype, sliding, groups)
        let (x, weight, bias, out) = (values(x), values(weight), bias.map(values), values(out))
        let tasks = p.pieceCount * groups
        backend.parallel(tasks, grain: p.grain(tasks)) { range in
            p.withRoom(p.depth * p.largestPiece) { room in
                p.withRoom(p.samplesPerPiece > 1 ? p.outputs * p.largestPiece : 0) { together in
                    for task in range {
                        p.forward(x, weight, bias, out, task % groups, p.piece(task / groups), room, together)
                    }
                }
            }
        }
    }

    private func forward(
        _ x: Values, _ weight: Values, _ bias: Values?, _ out: Values, _ group: Int, _ piece: Piece, _ room: Values,
        _ together: Values
    ) {
        if piece.windows.isEmpty { return }
        let (columns, step) = columns(x, group, 0..<inputs, piece, room)
        let own = weight + group * outputs * depth
        func target(_ sample: Int) -> Values { out + (sample * groups + group) * outputs * count + piece.windows.lowerBound }
        let (result, resultStep) = piece.isSingle ? (target(piece.samples.lowerBound), count) : (together, piece.columns)
        let adds = bias != nil || outputs == 1
        if adds {
            for output in 0..<outputs { begin(result + output * resultStep, piece.columns, bias, group * outputs + output) }
        }
        if outputs == 1 {
            // BLAS multiplies a matrix of one row slowly.
            Element.gemv(CblasTrans, Int32(depth), Int32(piece.columns), columns, Int32(step), own, 1, result)
        } else {
            Element.gemm(false, false, outputs, piece.columns, depth, .one, own, depth, columns, step, adds, result, resultStep)
        }
        if piece.isSingle { return }
        for (i, sample) in piece.samples.enumerated() {
            for output in 0..<outputs {
                (target(sample) + output * count).update(from: result + output * resultStep + i * count, count: count)
            }
        }
    }

    static func transposed(
        _ y: Tensor, _ weight: Tensor, _ bias: Tensor?, _ out: Tensor, _ sliding: ck_sliding, _ groups: Int,
        _ backend: CPUBackend
    ) {
        let p = SlidingProduct(out.shape, y.shape, out.dtype, sliding, groups)
        let (weight, bias, out) = (values(weight), bias.map(values), values(out))
        if y.numel == 0 {
            for i in 0..<p.samples * groups * p.inputs { p.begin(out + i * p.plane, p.plane, bias, i % (groups * p.inputs)) }
            return
        }
        let y = values(y)
        // A sample's windows overlap, so one task has them all; few samples are shared by channels.
        let blocks = (p.samples + p.samplesPerPiece - 1) / p.samplesPerPiece
        let shares = Swift.max(1, Swift.min(p.inputs, Int(ck_thread_count()) / Swift.max(1, blocks * groups)))
        let tasks = blocks * groups * shares
        backend.parallel(tasks, grain: p.grain(tasks)) { range in
            p.withRoom(p.depth * p.largestPiece) { room in
                p.withRoom(p.samplesPerPiece > 1 ? p.outputs * p.largestPiece : 0) { together in
                    for task in range {
                        let (share, group, block) = (task % shares, task / shares % groups, task / shares / groups)
                        let channels = (share * p.inputs / shares)..<((share + 1) * p.inputs / shares)
                        p.transposed(y, weight, bias, out, group, channels, block, room, together)
                    }
                }
            }
        }
    }

    private func transposed(
        _ y: Values, _ weight: Values, _ bias: Values?, _ out: Values, _ group: Int, _ channels: Range<Int>,
        _ block: Int, _ room: Values, _ together: Values
    ) {
        let rows = channels.count * places
        let own = weight + group * outputs * depth + channels.lowerBound * places
        func target(_ sample: Int) -> Values { out + ((sample * groups + group) * inputs + channels.lowerBound) * plane }
        for part in 0..<piecesPerSample {
            let piece = piece(block * piecesPerSample + part)
            if part == 0 {
                for sample in piece.samples {
                    for (i, channel) in channels.enumerated() {
                        begin(target(sample) + i * plane, plane, bias, group * inputs + channel)
                    }
                }
            }
            if piece.windows.isEmpty { continue }
            let (values, step) = gathered(y, group, piece, together)
            if isPlain && piece.isSingle {
                let result = target(piece.samples.lowerBound) + piece.windows.lowerBound
                Element.gemm(true, false, rows, piece.columns, outputs, .one, own, depth, values, step, true, result, plane)
                continue
            }
            Element.gemm(true, false, rows, piece.columns, outputs, .one, own, depth, values, step, false, room, piece.columns)
            var sliding = sliding
            for (i, sample) in piece.samples.enumerated() {
                ck_add_columns(
                    type, &sliding, room + i * piece.windows.count, Int64(piece.columns), Int64(channels.count),
                    Int64(piece.windows.lowerBound), Int64(piece.windows.upperBound), target(sample))
            }
        }
    }

    static func weight(
        _ x: Tensor, _ y: Tensor, _ out: Tensor, _ sliding: ck_sliding, _ groups: Int, _ backend: CPUBackend
    ) {
        let p = SlidingProduct(x.shape, y.shape, out.dtype, sliding, groups)
        let (size, result) = (out.numel, values(out))
        p.begin(result, size, nil, 0)
        if x.numel == 0 || y.numel == 0 { return }
        let (x, y) = (values(x), values(y))
        if groups == 1 && size >= 1 << 18 && p.inputs >= 2 * channelsPerBlock {
            return p.weightByChannels(x, y, result, backend)
        }
        // Each task sums up its share of the pieces; the shares are added in order at the end, so that
        // the result does not depend on which was done first.
        let pieces = p.pieceCount
        let shares = p.grain(pieces) == 1 ? Swift.min(pieces, Int(ck_thread_count())) : 1
        p.withRoom((shares - 1) * size) { others in
            backend.parallel(shares) { range in
                p.withRoom(p.depth * p.largestPiece) { room in
                    p.withRoom(p.samplesPerPiece > 1 ? p.outputs * p.largestPiece : 0) { together in
                        for share in range {
                            let sums = share == 0 ? result : others + (share - 1) * size
                            if share > 0 { p.begin(sums, size, nil, 0) }
                            for index in (share * pieces / shares)..<((share + 1) * pieces / shares) {
                                for group in 0..<groups {
                                    p.weight(x, y, sums, group, 0..<p.inputs, p.piece(index), room, together)
                                }
                            }
                        }
                    }
                }
            }
            for share in 1..<Swift.max(shares, 1) { Element.add(result, others + (share - 1) * size, size) }
        }
    }

    /// Enough for the products to be large.
    private static var channelsPerBlock: Int { 64 }

    /// The gradient of a large weight, shared by channels: sums of it for each thread would not fit
    /// into a cache.
    private func weightByChannels(_ x: Values, _ y: Values, _ result: Values, _ backend: CPUBackend) {
        let size = Self.channelsPerBlock
        backend.parallel((inputs + size - 1) / size) { range in
            withRoom(size * places * largestPiece) { room in
                withRoom(samplesPerPiece > 1 ? outputs * largestPiece : 0) { together in
                    for block in range {
                        let channels = (block * size)..<Swift.min((block + 1) * size, inputs)
                        for index in 0..<pieceCount { weight(x, y, result, 0, channels, piece(index), room, together) }
                    }
                }
            }
        }
    }

    private func weight(
        _ x: Values, _ y: Values, _ sums: Values, _ group: Int, _ channels: Range<Int>, _ piece: Piece, _ room: Values,
        _ together: Values
    ) {
        if piece.windows.isEmpty { return }
        let (columns, step) = columns(x, group, channels, piece, room)
        let (values, valueStep) = gathered(y, group, piece, together)
        let own = sums + group * outputs * depth + channels.lowerBound * places
        let rows = channels.count * places
        if outputs == 1 {
            Element.gemv(CblasNoTrans, Int32(rows), Int32(piece.columns), columns, Int32(step), values, 1, own)
        } else {
            Element.gemm(false, true, outputs, rows, piece.columns, .one, values, valueStep, columns, step, true, own, depth)
        }
    }
}
