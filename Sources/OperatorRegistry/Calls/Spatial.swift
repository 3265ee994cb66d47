import Flambeau

extension Calls {
    /// Convolutions, pooling, and what rearranges space.
    static let spatial: [String: Call] = {
        var calls: [String: Call] = [:]
        func add(_ name: String, _ call: @escaping Call) { calls["nn.functional." + name] = call }

        add("conv1d") { a in try convolution(a) { F.conv1d($0, $1, $2, stride: $3, padding: $4, dilation: $5, groups: $6) } }
        add("conv2d") { a in try convolution(a) { F.conv2d($0, $1, $2, stride: $3, padding: $4, dilation: $5, groups: $6) } }
        add("conv3d") { a in try convolution(a) { F.conv3d($0, $1, $2, stride: $3, padding: $4, dilation: $5, groups: $6) } }
        add("conv_transpose1d") { a in
            try transposed(a) {
                F.convTranspose1d($0, $1, $2, stride: $3, padding: $4, outputPadding: $5, groups: $6, dilation: $7)
            }
        }
        add("conv_transpose2d") { a in
            try transposed(a) {
                F.convTranspose2d($0, $1, $2, stride: $3, padding: $4, outputPadding: $5, groups: $6, dilation: $7)
            }
        }
        add("conv_transpose3d") { a in
            try transposed(a) {
                F.convTranspose3d($0, $1, $2, stride: $3, padding: $4, outputPadding: $5, groups: $6, dilation: $7)
            }
        }

        add("max_pool1d") { a in
            try pooledMax(a) { x, k, s, p, d, c, both in
                both ? pair(F.maxPool1dWithIndices(x, k, stride: s, padding: p, dilation: d, ceilMode: c))
                    : [F.maxPool1d(x, k, stride: s, padding: p, dilation: d, ceilMode: c)]
            }
        }
        add("max_pool2d") { a in
            try pooledMax(a) { x, k, s, p, d, c, both in
                both ? pair(F.maxPool2dWithIndices(x, k, stride: s, padding: p, dilation: d, ceilMode: c))
                    : [F.maxPool2d(x, k, stride: s, padding: p, dilation: d, ceilMode: c)]
            }
        }
        add("max_pool3d") { a in
            try pooledMax(a) { x, k, s, p, d, c, both in
                both ? pair(F.maxPool3dWithIndices(x, k, stride: s, padding: p, dilation: d, ceilMode: c))
                    : [F.maxPool3d(x, k, stride: s, padding: p, dilation: d, ceilMode: c)]
            }
        }
        // The database pools itself, and asks for the gradient of a result's sum.
        calls["max_pool2d_with_indices_backward"] = { a in
            try pooledMax(a) { x, k, s, p, d, c, _ in
                let (values, indices) = F.maxPool2dWithIndices(x, k, stride: s, padding: p, dilation: d, ceilMode: c)
                return [
                    torch.maxPool2dWithIndicesBackward(
                        torch.onesLike(values), x, k.sizes(2), stride: s?.sizes(2), padding: p.sizes(2),
                        dilation: d.sizes(2), ceilMode: c, indices)
                ]
            }
        }
        add("max_unpool1d") { a in
            try unpooled(a) { F.maxUnpool1d($0, $1, $2, stride: $3, padding: $4, outputSize: $5) }
        }
        add("max_unpool2d") { a in
            try unpooled(a) { F.maxUnpool2d($0, $1, $2, stride: $3, padding: $4, outputSize: $5) }
        }
        add("max_unpool3d") { a in
            try unpooled(a) { F.maxUnpool3d($0, $1, $2, stride: $3, padding: $4, outputSize: $5) }
        }

        add("avg_pool1d") { a in
            try F.avgPool1d(
                a.input, a.numbers(1, "kernel_size"), stride: a.optionalNumbers(2, "stride"),
                padding: a.numbers(3, "padding", default: 0), ceilMode: a.bool(4, "ceil_mode", default: false),
                countIncludePad: a.bool(5, "count_include_pad", default: true))
        }
        add("avg_pool2d") { a in
            try F.avgPool2d(
                a.input, a.numbers(1, "kernel_size"), stride: a.optionalNumbers(2, "stride"),
                padding: a.numbers(3, "padding", default: 0), ceilMode: a.bool(4, "ceil_mode", default: false),
                countIncludePad: a.bool(5, "count_include_pad", default: true),
                divisorOverride: a.optionalInt(6, "divisor_override"))
        }
        add("avg_pool3d") { a in
            try F.avgPool3d(
                a.input, a.numbers(1, "kernel_size"), stride: a.optionalNumbers(2, "stride"),
                padding: a.numbers(3, "padding", default: 0), ceilMode: a.bool(4, "ceil_mode", default: false),
                countIncludePad: a.bool(5, "count_include_pad", default: true),
                divisorOverride: a.optionalInt(6, "divisor_override"))
        }
        add("lp_pool1d") { a in
            try F.lpPool1d(
                a.input, a.double(1, "norm_type"), a.int(2, "kernel_size"), stride: a.optionalNumbers(3, "stride"),
                ceilMode: a.bool(4, "ceil_mode", default: false))
        }
        add("lp_pool2d") { a in
            try F.lpPool2d(
                a.input, a.double(1, "norm_type"), a.numbers(2, "kernel_size"), stride: a.optionalNumbers(3, "stride"),
                ceilMode: a.bool(4, "ceil_mode", default: false))
        }
        add("lp_pool3d") { a in
            try F.lpPool3d(
                a.input, a.double(1, "norm_type"), a.numbers(2, "kernel_size"), stride: a.optionalNumbers(3, "stride"),
                ceilMode: a.bool(4, "ceil_mode", default: false))
        }
        add("adaptive_avg_pool1d") { a in try F.adaptiveAvgPool1d(a.input, a.adaptive()) }
        add("adaptive_avg_pool2d") { a in try F.adaptiveAvgPool2d(a.input, a.adaptive()) }
        add("adaptive_avg_pool3d") { a in try F.adaptiveAvgPool3d(a.input, a.adaptive()) }
        add("adaptive_max_pool1d") { a in
            let results = try F.adaptiveMaxPool1dWithIndices(a.input, a.adaptive())
            return try a.bool(2, "return_indices", default: false) ? pair(results) : results.values
        }
        add("adaptive_max_pool2d") { a in
            let results = try F.adaptiveMaxPool2dWithIndices(a.input, a.adaptive())
            return try a.bool(2, "return_indices", default: false) ? pair(results) : results.values
        }
        add("adaptive_max_pool3d") { a in
            let results = try F.adaptiveMaxPool3dWithIndices(a.input, a.adaptive())
            return try a.bool(2, "return_indices", default: false) ? pair(results) : results.values
        }

        add("unfold") { a in
            try F.unfold(
                a.input, a.numbers(1, "kernel_size"), dilation: a.numbers(2, "dilation", default: 1),
                padding: a.numbers(3, "padding", default: 0), stride: a.numbers(4, "stride", default: 1))
        }
        add("fold") { a in
            try F.fold(
                a.input, a.numbers(1, "output_size"), a.numbers(2, "kernel_size"),
                dilation: a.numbers(3, "dilation", default: 1), padding: a.numbers(4, "padding", default: 0),
                stride: a.numbers(5, "stride", default: 1))
        }
        add("pad") { a in
            try F.pad(
                a.input, a.ints(1, "pad"), mode: a.optionalString(2, "mode") ?? "constant",
                value: a.optionalScalar(3, "value"))
        }
        calls["constant_pad_nd"] = { a in
            try torch.constantPadNd(a.input, a.ints(1, "pad"), a.optionalScalar(2, "value") ?? .int(0))
        }
        add("interpolate") { a in
            try F.interpolate(
                a.input, a.optionalNumbers(1, "size"), scaleFactor: a.factors(2), mode: a.optionalString(3, "mode") ?? "nearest",
                alignCorners: a.optionalScalar(4, "align_corners")?.bool,
                recomputeScaleFactor: a.optionalScalar(5, "recompute_scale_factor")?.bool,
                antialias: a.bool(6, "antialias", default: false))
        }
        add("upsample_bilinear") { a in try F.upsampleBilinear(a.input, a.optionalNumbers(1, "size"), scaleFactor: a.factors(2)) }
        add("upsample_nearest") { a in try F.upsampleNearest(a.input, a.optionalNumbers(1, "size"), scaleFactor: a.factors(2)) }
        add("grid_sample") { a in
            try F.gridSample(
                a.input, a.tensor(1, "grid"), mode: a.optionalString(2, "mode") ?? "bilinear",
                paddingMode: a.optionalString(3, "padding_mode") ?? "zeros",
                alignCorners: a.optionalScalar(4, "align_corners")?.bool)
        }
        calls["grid_sampler_2d"] = { a in
            try torch.gridSampler2d(a.input, a.tensor(1, "grid"), a.int(2, "interpolation_mode"), a.int(3, "padding_mode"), a.bool(4, "align_corners", default: false))
        }
        calls["grid_sampler_3d"] = { a in
            try torch.gridSampler3d(a.input, a.tensor(1, "grid"), a.int(2, "interpolation_mode"), a.int(3, "padding_mode"), a.bool(4, "align_corners", default: false))
        }
        add("pixel_shuffle") { a in try F.pixelShuffle(a.input, a.int(1, "upscale_factor")) }
        add("pixel_unshuffle") { a in try F.pixelUnshuffle(a.input, a.int(1, "downscale_factor")) }
        add("channel_shuffle") { a in try F.channelShuffle(a.input, a.int(1, "groups")) }
        return calls
    }()

    private static func pair(_ results: (values: Tensor, indices: Tensor)) -> [Tensor] { [results.values, results.indices] }

    private static func convolution(
        _ a: Arguments,
        _ call: (Tensor, Tensor, Tensor?, [Int], any ConvolutionPadding, [Int], Int) -> Tensor
    ) throws -> Tensor {
        let padding: any ConvolutionPadding =
            try a.value(4, "padding")?.string ?? a.optionalInts(4, "padding") ?? [0]
        return try call(
            a.input, a.tensor(1, "weight"), a.optionalTensor(2, "bias"), a.optionalInts(3, "stride") ?? [1], padding,
            a.optionalInts(5, "dilation") ?? [1], a.int(6, "groups", default: 1))
    }

    private static func transposed(
        _ a: Arguments, _ call: (Tensor, Tensor, Tensor?, [Int], [Int], [Int], Int, [Int]) -> Tensor
    ) throws -> Tensor {
        try call(
            a.input, a.tensor(1, "weight"), a.optionalTensor(2, "bias"), a.optionalInts(3, "stride") ?? [1],
            a.optionalInts(4, "padding") ?? [0], a.optionalInts(5, "output_padding") ?? [0],
            a.int(6, "groups", default: 1), a.optionalInts(7, "dilation") ?? [1])
    }

    private static func pooledMax(
        _ a: Arguments,
        _ call: (Tensor, any SpatialSizes, (any SpatialSizes)?, any SpatialSizes, any SpatialSizes, Bool, Bool) -> [Tensor]
    ) throws -> [Tensor] {
        try call(
            a.input, a.numbers(1, "kernel_size"), a.optionalNumbers(2, "stride"), a.numbers(3, "padding", default: 0),
            a.numbers(4, "dilation", default: 1), a.bool(5, "ceil_mode", default: false),
            a.bool(6, "return_indices", default: false))
    }

    private static func unpooled(
        _ a: Arguments, _ call: (Tensor, Tensor, any SpatialSizes, (any SpatialSizes)?, any SpatialSizes, [Int]?) -> Tensor
    ) throws -> Tensor {
        try call(
            a.input, a.tensor(1, "indices"), a.numbers(2, "kernel_size"), a.optionalNumbers(3, "stride"),
            a.numbers(4, "padding", default: 0), a.optionalInts(5, "output_size"))
    }
}

extension Arguments {
    /// One number, or a list of them, as it was given.
    fileprivate func optionalNumbers(_ position: Int, _ name: String) throws -> (any SpatialSizes)? {
        guard let value = value(position, name) else { return nil }
        if let number = value.int { return number }
        return try ints(position, name)
    }

    fileprivate func numbers(_ position: Int, _ name: String, default number: Int? = nil) throws -> any SpatialSizes {
        if let given = try optionalNumbers(position, name) { return given }
        guard let number else { throw Unsupported(reason: "a call without \(name)") }
        return number
    }

    fileprivate func factors(_ position: Int) throws -> (any ScaleFactors)? {
        guard let value = value(position, "scale_factor") else { return nil }
        return value.scalar?.double ?? (value.elements ?? []).compactMap(\.scalar?.double)
    }

    /// Sizes of which some may be None.
    fileprivate func adaptive() throws -> any AdaptiveSizes {
        guard let value = value(1, "output_size") else { throw Unsupported(reason: "a call without output_size") }
        return value.int ?? (value.elements ?? []).map(\.int)
    }
}
