import CKernels

/// Convolutions of kernel 3 × 3 and stride 1 in float32 by Winograd's minimal filtering: a quarter of
/// the multiplications, and a rounding error some ten times that of sums of products.
struct TiledProduct {
    private let tiles: ck_tiles
    private let inputs: Int, outputs: Int
    private let count: Int
    private let turned: Bool

    /// Nil where the convolution has another form, or too little work for the transforms to pay.
    /// - Parameter turned: it is the transposed map.
    init?(_ x: Tensor, _ out: Tensor, _ sliding: ck_sliding, groups: Int, turned: Bool) {
        guard torch.backends.winograd, out.dtype == .float32, groups == 1, sliding.kernel == (1, 3, 3),
            sliding.stride == (1, 1, 1), sliding.dilation == (1, 1, 1), sliding.padding.0 == 0,
            sliding.padding.1 <= 2, sliding.padding.2 <= 2, sliding.sizes.0 == 1
        else { return nil }
        (inputs, outputs) = (x.dims[1], out.dims[1])
        let (height, width) = (x.dims[x.dims.count - 2], x.dims[x.dims.count - 1])
        let (outHeight, outWidth) = (out.dims[out.dims.count - 2], out.dims[out.dims.count - 1])
        let (rows, columns) = ((outHeight + 3) / 4, (outWidth + 3) / 4)
        count = x.dims[0] * rows * columns
        if inputs < 16 || outputs < 16 || count < 64 { return nil }
        tiles = ck_tiles(
            height: Int64(height), width: Int64(width), out_height: Int64(outHeight), out_width: Int64(outWidth),
            top: turned ? 2 - sliding.padding.1 : sliding.padding.1,
            left: turned ? 2 - sliding.padding.2 : sliding.padding.2, rows: Int64(rows), columns: Int64(columns))
        self.turned = turned
    }

    func run(_ x: Tensor, _ weight: Tensor, _ bias: Tensor?, _ out: Tensor, _ backend: CPUBackend) {
        _ = singleThreadedBLAS
        let transformed = Tensor(empty: [CK_TILE_PLACES, outputs, inputs], .float32, backend)
        let (u, w) = (Self.values(transformed), Self.values(weight))
        backend.parallel(outputs, grain: Swift.max(1, 1024 / inputs)) { range in
            ck_tile_weights(w, Int64(outputs), Int64(inputs), turned, Int64(range.lowerBound), Int64(range.upperBound), u)
        }
        let (source, target, added) = (Self.values(x), Self.values(out), bias.map(Self.values))
        // Where the weights are larger than the tiles, each is read once; otherwise tiles are.
        if count * (inputs + outputs) <= inputs * outputs {
            runByPlaces(source, u, added, target, backend)
        } else {
            runByTiles(source, u, added, target, backend)
        }
        withExtendedLifetime((x, weight, bias, transformed)) {}
    }

    private typealias Values = UnsafeMutablePointer<Float>

    private static func values(_ x: Tensor) -> Values { x.address!.assumingMemoryBound(to: Float.self) }

    private func runByTiles(_ x: Values, _ u: Values, _ bias: Values?, _ out: Values, _ backend: CPUBackend) {
        backend.parallel((count + step - 1) / step) { range in
            withRoom(step, backend) { v, m in
                var tiles = tiles
                for block in range {
                    let (first, last) = (block * step, Swift.min((block + 1) * step, count))
                    ck_tile_inputs(&tiles, x, Int64(inputs), Int64(first), Int64(last), v, Int64(step))
                    for place in 0..<CK_TILE_PLACES { multiply(u, v, m, place, last - first, step) }
                    ck_tile_outputs(&tiles, m, Int64(step), Int64(outputs), Int64(first), Int64(last), bias, out)
                }
            }
        }
    }

    private func runByPlaces(_ x: Values, _ u: Values, _ bias: Values?, _ out: Values, _ backend: CPUBackend) {
        let step = strips * CK_TILE_LANES
        withRoom(step, backend) { v, m in
            eachStrip(backend) { tiles, first, last in
                ck_tile_inputs(&tiles, x, Int64(inputs), Int64(first), Int64(last), v + first, Int64(step))
            }
            backend.parallel(CK_TILE_PLACES) { range in
                for place in range { multiply(u, v, m, place, count, step) }
            }
            eachStrip(backend) { tiles, first, last in
                ck_tile_outputs(&tiles, m + first, Int64(step), Int64(outputs), Int64(first), Int64(last), bias, out)
            }
        }
    }

    private func multiply(_ u: Values, _ v: Values, _ m: Values, _ index: Int, _ tiles: Int, _ step: Int) {
        Float.gemm(
            false, false, outputs, tiles, inputs, 1, u + index * outputs * inputs, inputs,
            v + index * place(inputs, step), step, false, m + index * place(outputs, step), step)
    }

    // MARK: The gradient of the weights

    /// - Parameters:
    ///   - y: the gradient of the result that was planned for.
    ///   - out: `[outputs, inputs, 3, 3]`.
    func runWeight(_ x: Tensor, _ y: Tensor, _ out: Tensor, _ backend: CPUBackend) {
        _ = singleThreadedBLAS
        let size = CK_TILE_PLACES * outputs * inputs
        // Small sums are each thread's own, added in order at the end; large ones are shared by place.
        let isShared = count * (inputs + outputs) <= 4 * inputs * outputs
        let shares = isShared ? 1 : Swift.min(Int(ck_thread_count()), (count + step - 1) / step)
        let sums = Tensor(empty: [shares, size], .float32, backend)
        let (u, w) = (Self.values(sums), Self.values(out))
        if isShared {
            sumByPlaces(Self.values(x), Self.values(y), u, backend)
        } else {
            backend.parallel(shares) { range in
                for share in range { sumByTiles(Self.values(x), Self.values(y), u + share * size, share, shares, backend) }
            }
            for share in 1..<shares { Float.add(u, u + share * size, size) }
        }
        backend.parallel(outputs, grain: Swift.max(1, 1024 / inputs)) { range in
            ck_tile_weight_sums(u, Int64(outputs), Int64(inputs), Int64(range.lowerBound), Int64(range.upperBound), w)
        }
        withExtendedLifetime((x, y, out, sums)) {}
    }

    private func sumByTiles(_ x: Values, _ y: Values, _ u: Values, _ share: Int, _ shares: Int, _ backend: CPUBackend) {
        let blocks = (count + step - 1) / step
        withRoom(step, backend) { v, z in
            var tiles = tiles
            for block in (share * blocks / shares)..<((share + 1) * blocks / shares) {
                let (first, last) = (block * step, Swift.min((block + 1) * step, count))
                ck_tile_inputs(&tiles, x, Int64(inputs), Int64(first), Int64(last), v, Int64(step))
                ck_tile_gradients(&tiles, y, Int64(outputs), Int64(first), Int64(last), z, Int64(step))
                let adds = block > share * blocks / shares
                for place in 0..<CK_TILE_PLACES { sum(v, z, u, place, last - first, step, adds) }
            }
        }
    }

    private func sumByPlaces(_ x: Values, _ y: Values, _ u: Values, _ backend: CPUBackend) {
        let step = strips * CK_TILE_LANES
        withRoom(step, backend) { v, z in
            eachStrip(backend) { tiles, first, last in
                ck_tile_inputs(&tiles, x, Int64(inputs), Int64(first), Int64(last), v + first, Int64(step))
                ck_tile_gradients(&tiles, y, Int64(outputs), Int64(first), Int64(last), z + first, Int64(step))
            }
            backend.parallel(CK_TILE_PLACES) { range in
                for place in range { sum(v, z, u, place, count, step, false) }
            }
        }
    }

    private func sum(_ v: Values, _ z: Values, _ u: Values, _ index: Int, _ tiles: Int, _ step: Int, _ adds: Bool) {
        Float.gemm(
            false, true, outputs, inputs, tiles, 1, z + index * place(outputs, step), step, v + index * place(inputs, step),
            step, adds, u + index * outputs * inputs, inputs)
    }

    // MARK: Tiles in memory

    /// As many tiles as keep both sides of the products in the second cache.
    private var step: Int { Swift.max(64, 12288 / (inputs + outputs)) / CK_TILE_LANES * CK_TILE_LANES }

    private var strips: Int { (count + CK_TILE_LANES - 1) / CK_TILE_LANES }

    private func eachStrip(_ backend: CPUBackend, _ body: (inout ck_tiles, Int, Int) -> Void) {
        backend.parallel(strips) { range in
            var tiles = tiles
            body(&tiles, range.lowerBound * CK_TILE_LANES, Swift.min(range.upperBound * CK_TILE_LANES, count))
        }
    }

    /// Room for so many tiles' transformed elements and products.
    private func withRoom(_ step: Int, _ backend: CPUBackend, _ body: (Values, Values) -> Void) {
        let (size, products) = (CK_TILE_PLACES * place(inputs, step), CK_TILE_PLACES * place(outputs, step))
        let room = Tensor(empty: [size + products], .float32, backend)
        let v = room.address!.assumingMemoryBound(to: Float.self)
        body(v, v + size)
        withExtendedLifetime(room) {}
    }

    private func place(_ channels: Int, _ step: Int) -> Int { Int(ck_tile_place(Int64(channels), Int64(step))) }
}
