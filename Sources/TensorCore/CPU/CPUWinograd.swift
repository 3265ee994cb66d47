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
        func values(_ x: Tensor) -> UnsafeMutablePointer<Float> { x.address!.assumingMemoryBound(to: Float.self) }
        let transformed = Tensor(empty: [CK_TILE_PLACES, outputs, inputs], .float32, backend)
        let (u, w) = (values(transformed), values(weight))
        backend.parallel(outputs, grain: Swift.max(1, 1024 / inputs)) { range in
            ck_tile_weights(w, Int64(outputs), Int64(inputs), turned, Int64(range.lowerBound), Int64(range.upperBound), u)
        }
        let (source, target, added) = (values(x), values(out), bias.map(values))
        // Where the weights are larger than the tiles, each is read once; otherwise tiles are, as many
        // at a time as keep both sides of the products in the second cache.
        if count * (inputs + outputs) <= inputs * outputs {
            runByPlaces(source, u, added, target, backend)
        } else {
            runByTiles(source, u, added, target, backend)
        }
        withExtendedLifetime((x, weight, bias, transformed)) {}
    }

    private typealias Values = UnsafeMutablePointer<Float>

    private func runByTiles(_ x: Values, _ u: Values, _ bias: Values?, _ out: Values, _ backend: CPUBackend) {
        let step = Swift.max(64, 12288 / (inputs + outputs)) / CK_TILE_LANES * CK_TILE_LANES
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
        let strips = (count + CK_TILE_LANES - 1) / CK_TILE_LANES
        let step = strips * CK_TILE_LANES
        withRoom(step, backend) { v, m in
            func eachStrip(_ body: (inout ck_tiles, Int, Int) -> Void) {
                backend.parallel(strips) { range in
                    var tiles = tiles
                    body(&tiles, range.lowerBound * CK_TILE_LANES, Swift.min(range.upperBound * CK_TILE_LANES, count))
                }
            }
            eachStrip { tiles, first, last in
                ck_tile_inputs(&tiles, x, Int64(inputs), Int64(first), Int64(last), v + first, Int64(step))
            }
            backend.parallel(CK_TILE_PLACES) { range in
                for place in range { multiply(u, v, m, place, count, step) }
            }
            eachStrip { tiles, first, last in
                ck_tile_outputs(&tiles, m + first, Int64(step), Int64(outputs), Int64(first), Int64(last), bias, out)
            }
        }
    }

    /// Room for so many tiles' transformed elements and products.
    private func withRoom(_ step: Int, _ backend: CPUBackend, _ body: (Values, Values) -> Void) {
        let room = Tensor(empty: [CK_TILE_PLACES, inputs + outputs, step], .float32, backend)
        let v = room.address!.assumingMemoryBound(to: Float.self)
        body(v, v + CK_TILE_PLACES * inputs * step)
        withExtendedLifetime(room) {}
    }

    private func multiply(_ u: Values, _ v: Values, _ m: Values, _ place: Int, _ tiles: Int, _ step: Int) {
        Float.gemm(
            false, false, outputs, tiles, inputs, 1, u + place * outputs * inputs, inputs, v + place * inputs * step, step,
            false, m + place * outputs * step, step)
    }
}
