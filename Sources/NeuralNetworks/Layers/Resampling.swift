import TensorCore

extension nn {
    /// Enlarges or shrinks `(N, C, *)` to a size or by a factor: `F.interpolate`.
    open class Upsample: Module {
        public let size: (any SpatialSizes)?
        public let scaleFactor: (any ScaleFactors)?
        public let mode: String
        public let alignCorners: Bool?
        public let recomputeScaleFactor: Bool?

        /// - Parameters:
        ///   - mode: `"nearest"`, `"linear"`, `"bilinear"`, `"bicubic"` or `"trilinear"`.
        ///   - alignCorners: whether the corner elements keep their values; not for `"nearest"`.
        public init(
            size: (any SpatialSizes)? = nil, scaleFactor: (any ScaleFactors)? = nil, mode: String = "nearest",
            alignCorners: Bool? = nil, recomputeScaleFactor: Bool? = nil
        ) {
            (self.size, self.scaleFactor, self.mode) = (size, scaleFactor, mode)
            (self.alignCorners, self.recomputeScaleFactor) = (alignCorners, recomputeScaleFactor)
        }

        open override func forward(_ input: Tensor) -> Tensor {
            functional.interpolate(
                input, size, scaleFactor: scaleFactor, mode: mode, alignCorners: alignCorners,
                recomputeScaleFactor: recomputeScaleFactor)
        }

        open override func extraRepr() -> String {
            let target: String
            if let scaleFactor {
                let factors = (scaleFactor as? [Double])?.map(pythonFloat).joined(separator: ", ")
                target = "scale_factor=" + (factors.map { "(\($0))" } ?? pythonFloat(scaleFactor.factors(1)[0]))
            } else {
                target = "size=" + (size.map { python($0) } ?? "None")
            }
            return "\(target), mode='\(mode)'"
        }
    }

    /// Enlarges images by repeating pixels.
    open class UpsamplingNearest2d: Upsample {
        public init(size: (any SpatialSizes)? = nil, scaleFactor: (any ScaleFactors)? = nil) {
            super.init(size: size, scaleFactor: scaleFactor, mode: "nearest")
        }
    }

    /// Enlarges images by mixing neighbours; the corners keep their values.
    open class UpsamplingBilinear2d: Upsample {
        public init(size: (any SpatialSizes)? = nil, scaleFactor: (any ScaleFactors)? = nil) {
            super.init(size: size, scaleFactor: scaleFactor, mode: "bilinear", alignCorners: true)
        }
    }

    /// `(*, C·r², H, W)` to `(*, C, H·r, W·r)`: channels become pixels.
    open class PixelShuffle: Module {
        public let upscaleFactor: Int
        public init(_ upscaleFactor: Int) { self.upscaleFactor = upscaleFactor }
        open override func forward(_ input: Tensor) -> Tensor { functional.pixelShuffle(input, upscaleFactor) }
        open override func extraRepr() -> String { "upscale_factor=\(upscaleFactor)" }
    }

    /// `(*, C, H·r, W·r)` to `(*, C·r², H, W)`: the inverse of `PixelShuffle`.
    open class PixelUnshuffle: Module {
        public let downscaleFactor: Int
        public init(_ downscaleFactor: Int) { self.downscaleFactor = downscaleFactor }
        open override func forward(_ input: Tensor) -> Tensor { functional.pixelUnshuffle(input, downscaleFactor) }
        open override func extraRepr() -> String { "downscale_factor=\(downscaleFactor)" }
    }

    /// Deals the channels of `groups` groups out in turn.
    open class ChannelShuffle: Module {
        public let groups: Int
        public init(_ groups: Int) { self.groups = groups }
        open override func forward(_ input: Tensor) -> Tensor { functional.channelShuffle(input, groups) }
        open override func extraRepr() -> String { "groups=\(groups)" }
    }

    /// The windows of `(N, C, H, W)` as columns: `(N, C · kernel, L)`.
    open class Unfold: Module {
        public let kernelSize: any SpatialSizes, dilation: any SpatialSizes
        public let padding: any SpatialSizes, stride: any SpatialSizes

        public init(
            _ kernelSize: any SpatialSizes, dilation: any SpatialSizes = 1, padding: any SpatialSizes = 0,
            stride: any SpatialSizes = 1
        ) {
            (self.kernelSize, self.dilation, self.padding, self.stride) = (kernelSize, dilation, padding, stride)
        }

        open override func forward(_ input: Tensor) -> Tensor {
            functional.unfold(input, kernelSize, dilation: dilation, padding: padding, stride: stride)
        }

        open override func extraRepr() -> String {
            "kernel_size=\(python(kernelSize)), dilation=\(python(dilation)), padding=\(python(padding)), "
                + "stride=\(python(stride))"
        }
    }

    /// Adds windows, given as columns `(N, C · kernel, L)`, up to `(N, C, outputSize)`.
    open class Fold: Unfold {
        public let outputSize: any SpatialSizes

        public init(
            _ outputSize: any SpatialSizes, _ kernelSize: any SpatialSizes, dilation: any SpatialSizes = 1,
            padding: any SpatialSizes = 0, stride: any SpatialSizes = 1
        ) {
            self.outputSize = outputSize
            super.init(kernelSize, dilation: dilation, padding: padding, stride: stride)
        }

        open override func forward(_ input: Tensor) -> Tensor {
            functional.fold(input, outputSize, kernelSize, dilation: dilation, padding: padding, stride: stride)
        }

        open override func extraRepr() -> String { "output_size=\(python(outputSize)), " + super.extraRepr() }
    }
}
