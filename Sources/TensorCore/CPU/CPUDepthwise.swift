import CKernels

/// Convolutions of stride 1 in float32 in which each channel has its own kernel: there is nothing for a
/// matrix product to use again, so each plane is filtered where it lies.
struct PlaneFilter {
    private var filter: ck_filter
    private let channels: Int, planes: Int
    private let turned: Bool

    /// Nil where the convolution has another form.
    /// - Parameter turned: it is the transposed map.
    init?(_ x: Tensor, _ out: Tensor, _ sliding: ck_sliding, groups: Int, turned: Bool) {
        guard out.dtype == .float32, groups > 1, x.dims[1] == groups, out.dims[1] == groups,
            sliding.stride == (1, 1, 1), sliding.sizes.0 == 1, sliding.kernel.0 == 1, sliding.padding.0 == 0,
            sliding.kernel.1 * sliding.kernel.2 <= CK_FILTER_PLACES
        else { return nil }
        let (from, to) = turned ? (sliding.counts, sliding.sizes) : (sliding.sizes, sliding.counts)
        // The transposed map needs the zeros that make each place of the kernel meet each element.
        let top = turned ? sliding.dilation.1 * (sliding.kernel.1 - 1) - sliding.padding.1 : sliding.padding.1
        let left = turned ? sliding.dilation.2 * (sliding.kernel.2 - 1) - sliding.padding.2 : sliding.padding.2
        if top < 0 || left < 0 || x.numel == 0 { return nil }
        filter = ck_filter(
            height: from.1, width: from.2, out_height: to.1, out_width: to.2, top: top, left: left,
            rows: sliding.kernel.1, columns: sliding.kernel.2, row_step: sliding.dilation.1,
            column_step: sliding.dilation.2)
        (channels, planes, self.turned) = (groups, x.dims[0] * groups, turned)
    }

    func run(_ x: Tensor, _ weight: Tensor, _ bias: Tensor?, _ out: Tensor, _ backend: CPUBackend) {
        func values(_ x: Tensor) -> UnsafeMutablePointer<Float> { x.address!.assumingMemoryBound(to: Float.self) }
        let (source, kernels, added, target) = (values(x), values(weight), bias.map(values), values(out))
        let work = Int(filter.out_height * filter.out_width * filter.rows * filter.columns)
        backend.parallel(planes, grain: Swift.max(1, (1 << 17) / work)) { range in
            var filter = filter
            let room = Tensor(empty: [Int(ck_filter_room(&filter))], .float32, backend)
            ck_filter_planes(
                &filter, source, kernels, turned, added, Int64(channels), Int64(range.lowerBound),
                Int64(range.upperBound), values(room), target)
            withExtendedLifetime(room) {}
        }
        withExtendedLifetime((x, weight, bias, out)) {}
    }
}
