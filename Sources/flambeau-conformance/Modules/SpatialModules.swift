import Flambeau
import OperatorRegistry

extension Modules {
    /// Convolutions, pools and pads.
    static let spatial: [String: Constructor] = {
        var table: [String: Constructor] = [:]
        for (name, make) in [
            ("Conv1d", nn.Conv1d.init(_:_:_:stride:padding:dilation:groups:bias:paddingMode:device:dtype:)),
            ("Conv2d", nn.Conv2d.init(_:_:_:stride:padding:dilation:groups:bias:paddingMode:device:dtype:)),
            ("Conv3d", nn.Conv3d.init(_:_:_:stride:padding:dilation:groups:bias:paddingMode:device:dtype:)),
        ] as [(String, (
            Int, Int, any SpatialSizes, any SpatialSizes, any ConvolutionPadding, any SpatialSizes, Int, Bool, String, Device, DType
        ) -> nn.Convolution)] {
            table["nn." + name] = { a in
                try make(
                    a.int(0, "in_channels"), a.int(1, "out_channels"), a.kernel(2), a.spatial(3, "stride") ?? 1, a.padding(),
                    a.spatial(5, "dilation") ?? 1, a.int(6, "groups", default: 1), a.bool(7, "bias", default: true),
                    a.optionalString(8, "padding_mode") ?? "zeros", .cpu, .float32)
            }
        }
        for (name, make) in [
            ("ConvTranspose1d", nn.ConvTranspose1d.init(_:_:_:stride:padding:outputPadding:groups:bias:dilation:paddingMode:device:dtype:)),
            ("ConvTranspose2d", nn.ConvTranspose2d.init(_:_:_:stride:padding:outputPadding:groups:bias:dilation:paddingMode:device:dtype:)),
            ("ConvTranspose3d", nn.ConvTranspose3d.init(_:_:_:stride:padding:outputPadding:groups:bias:dilation:paddingMode:device:dtype:)),
        ] as [(String, (
            Int, Int, any SpatialSizes, any SpatialSizes, any SpatialSizes, any SpatialSizes, Int, Bool, any SpatialSizes, String, Device, DType
        ) -> nn.TransposedConvolution)] {
            table["nn." + name] = { a in
                try make(
                    a.int(0, "in_channels"), a.int(1, "out_channels"), a.kernel(2), a.spatial(3, "stride") ?? 1,
                    a.spatial(4, "padding") ?? 0, a.spatial(5, "output_padding") ?? 0, a.int(6, "groups", default: 1),
                    a.bool(7, "bias", default: true), a.spatial(8, "dilation") ?? 1, "zeros", .cpu, .float32)
            }
        }
        for (name, make) in [
            ("MaxPool1d", nn.MaxPool1d.init(_:stride:padding:dilation:returnIndices:ceilMode:)),
            ("MaxPool2d", nn.MaxPool2d.init(_:stride:padding:dilation:returnIndices:ceilMode:)),
            ("MaxPool3d", nn.MaxPool3d.init(_:stride:padding:dilation:returnIndices:ceilMode:)),
        ] as [(String, (
            any SpatialSizes, (any SpatialSizes)?, any SpatialSizes, any SpatialSizes, Bool, Bool
        ) -> nn.MaxPoolLayer)] {
            table["nn." + name] = { a in
                try make(
                    a.kernel(0), a.spatial(1, "stride"), a.spatial(2, "padding") ?? 0, a.spatial(3, "dilation") ?? 1,
                    a.bool(4, "return_indices", default: false), a.bool(5, "ceil_mode", default: false))
            }
        }
        table["nn.AvgPool1d"] = { a in
            try nn.AvgPool1d(
                a.kernel(0), stride: a.spatial(1, "stride"), padding: a.spatial(2, "padding") ?? 0,
                ceilMode: a.bool(3, "ceil_mode", default: false),
                countIncludePad: a.bool(4, "count_include_pad", default: true))
        }
        table["nn.AvgPool2d"] = { a in
            try nn.AvgPool2d(
                a.kernel(0), stride: a.spatial(1, "stride"), padding: a.spatial(2, "padding") ?? 0,
                ceilMode: a.bool(3, "ceil_mode", default: false),
                countIncludePad: a.bool(4, "count_include_pad", default: true),
                divisorOverride: a.optionalInt(5, "divisor_override"))
        }
        table["nn.AvgPool3d"] = { a in
            try nn.AvgPool3d(
                a.kernel(0), stride: a.spatial(1, "stride"), padding: a.spatial(2, "padding") ?? 0,
                ceilMode: a.bool(3, "ceil_mode", default: false),
                countIncludePad: a.bool(4, "count_include_pad", default: true),
                divisorOverride: a.optionalInt(5, "divisor_override"))
        }
        for (name, make) in [
            ("LPPool1d", nn.LPPool1d.init(_:_:stride:ceilMode:)),
            ("LPPool2d", nn.LPPool2d.init(_:_:stride:ceilMode:)),
            ("LPPool3d", nn.LPPool3d.init(_:_:stride:ceilMode:)),
        ] as [(String, (Double, any SpatialSizes, (any SpatialSizes)?, Bool) -> nn.LPPoolLayer)] {
            table["nn." + name] = { a in
                try make(
                    a.double(0, "norm_type"), a.kernel(1), a.spatial(2, "stride"), a.bool(3, "ceil_mode", default: false))
            }
        }
        for (name, make) in [
            ("AdaptiveAvgPool1d", nn.AdaptiveAvgPool1d.init(_:)),
            ("AdaptiveAvgPool2d", nn.AdaptiveAvgPool2d.init(_:)),
            ("AdaptiveAvgPool3d", nn.AdaptiveAvgPool3d.init(_:)),
        ] as [(String, (any AdaptiveSizes) -> nn.AdaptivePoolLayer)] {
            table["nn." + name] = { a in try make(a.adaptiveSizes()) }
        }
        for (name, make) in [
            ("AdaptiveMaxPool1d", nn.AdaptiveMaxPool1d.init(_:returnIndices:)),
            ("AdaptiveMaxPool2d", nn.AdaptiveMaxPool2d.init(_:returnIndices:)),
            ("AdaptiveMaxPool3d", nn.AdaptiveMaxPool3d.init(_:returnIndices:)),
        ] as [(String, (any AdaptiveSizes, Bool) -> nn.AdaptiveMaxPoolLayer)] {
            table["nn." + name] = { a in
                try make(a.adaptiveSizes(), a.bool(1, "return_indices", default: false))
            }
        }
        for (name, make) in [
            ("ZeroPad1d", nn.ZeroPad1d.init(_:)),
            ("ZeroPad2d", nn.ZeroPad2d.init(_:)),
            ("ZeroPad3d", nn.ZeroPad3d.init(_:)),
            ("ReflectionPad1d", nn.ReflectionPad1d.init(_:)),
            ("ReflectionPad2d", nn.ReflectionPad2d.init(_:)),
            ("ReflectionPad3d", nn.ReflectionPad3d.init(_:)),
            ("ReplicationPad1d", nn.ReplicationPad1d.init(_:)),
            ("ReplicationPad2d", nn.ReplicationPad2d.init(_:)),
            ("ReplicationPad3d", nn.ReplicationPad3d.init(_:)),
            ("CircularPad1d", nn.CircularPad1d.init(_:)),
            ("CircularPad2d", nn.CircularPad2d.init(_:)),
            ("CircularPad3d", nn.CircularPad3d.init(_:)),
        ] as [(String, (any SpatialSizes) -> nn.PaddingLayer)] {
            table["nn." + name] = { a in try make(a.spatial(0, "padding") ?? 0) }
        }
        for (name, make) in [
            ("ConstantPad1d", nn.ConstantPad1d.init(_:_:)),
            ("ConstantPad2d", nn.ConstantPad2d.init(_:_:)),
            ("ConstantPad3d", nn.ConstantPad3d.init(_:_:)),
        ] as [(String, (any SpatialSizes, Scalar) -> nn.ConstantPadLayer)] {
            table["nn." + name] = { a in try make(a.spatial(0, "padding") ?? 0, a.scalar(1, "value")) }
        }
        return table
    }()
}

extension Arguments {
    /// A number or one for each dimension; nil for None.
    fileprivate func spatial(_ position: Int, _ name: String) throws -> (any SpatialSizes)? {
        if let value = value(position, name), value.int == nil { return try optionalInts(position, name) }
        return try optionalInt(position, name)
    }

    /// Sizes, or a word.
    fileprivate func padding() throws -> any ConvolutionPadding {
        guard let value = value(4, "padding") else { return 0 }
        if let word = value.string { return word }
        if let sizes = value.elements { return sizes.compactMap(\.int) }
        return value.int ?? 0
    }

    fileprivate func kernel(_ position: Int) throws -> any SpatialSizes {
        guard let sizes = try spatial(position, "kernel_size") else { throw Unsupported(reason: "no kernel_size") }
        return sizes
    }

    /// The output size of an adaptive pool, with None for sizes that stay.
    fileprivate func adaptiveSizes() throws -> any AdaptiveSizes {
        if let elements = value(0, "output_size")?.elements { return elements.map(\.int) }
        return try int(0, "output_size")
    }
}
