import TensorCore

extension nn {
    /// Means of windows of `(N, C, *)` or `(C, *)`; base of the classes for each rank.
    open class AvgPoolLayer: Module {
        public let kernelSize: any SpatialSizes, stride: any SpatialSizes, padding: any SpatialSizes
        public let ceilMode: Bool, countIncludePad: Bool
        public let divisorOverride: Int?

        /// - Parameters:
        ///   - stride: the distance between windows; the kernel's size if not given.
        ///   - ceilMode: whether a window may hang over the end.
        ///   - countIncludePad: whether the padding counts in the mean.
        ///   - divisorOverride: what the sum is divided by, instead of the window's size.
        init(
            _ kernelSize: any SpatialSizes, _ stride: (any SpatialSizes)?, _ padding: any SpatialSizes, _ ceilMode: Bool,
            _ countIncludePad: Bool, _ divisorOverride: Int?
        ) {
            (self.kernelSize, self.stride, self.padding) = (kernelSize, stride ?? kernelSize, padding)
            (self.ceilMode, self.countIncludePad, self.divisorOverride) = (ceilMode, countIncludePad, divisorOverride)
        }

        open override func extraRepr() -> String {
            "kernel_size=\(python(kernelSize)), stride=\(python(stride)), padding=\(python(padding))"
        }
    }

    /// The mean of each window of `(N, C, L)`.
    open class AvgPool1d: AvgPoolLayer {
        public init(
            _ kernelSize: any SpatialSizes, stride: (any SpatialSizes)? = nil, padding: any SpatialSizes = 0,
            ceilMode: Bool = false, countIncludePad: Bool = true
        ) {
            // PyTorch keeps these as lists of one number.
            super.init(
                kernelSize.sizes(1), stride?.sizes(1), padding.sizes(1), ceilMode, countIncludePad, nil)
        }
        open override func forward(_ input: Tensor) -> Tensor {
            functional.avgPool1d(
                input, kernelSize, stride: stride, padding: padding, ceilMode: ceilMode, countIncludePad: countIncludePad)
        }
    }

    /// The mean of each window of `(N, C, H, W)`.
    open class AvgPool2d: AvgPoolLayer {
        public init(
            _ kernelSize: any SpatialSizes, stride: (any SpatialSizes)? = nil, padding: any SpatialSizes = 0,
            ceilMode: Bool = false, countIncludePad: Bool = true, divisorOverride: Int? = nil
        ) {
            super.init(kernelSize, stride, padding, ceilMode, countIncludePad, divisorOverride)
        }
        open override func forward(_ input: Tensor) -> Tensor {
            functional.avgPool2d(
                input, kernelSize, stride: stride, padding: padding, ceilMode: ceilMode, countIncludePad: countIncludePad,
                divisorOverride: divisorOverride)
        }
    }

    /// The mean of each window of `(N, C, D, H, W)`.
    open class AvgPool3d: AvgPoolLayer {
        public init(
            _ kernelSize: any SpatialSizes, stride: (any SpatialSizes)? = nil, padding: any SpatialSizes = 0,
            ceilMode: Bool = false, countIncludePad: Bool = true, divisorOverride: Int? = nil
        ) {
            super.init(kernelSize, stride, padding, ceilMode, countIncludePad, divisorOverride)
        }
        open override func forward(_ input: Tensor) -> Tensor {
            functional.avgPool3d(
                input, kernelSize, stride: stride, padding: padding, ceilMode: ceilMode, countIncludePad: countIncludePad,
                divisorOverride: divisorOverride)
        }
    }

    /// The root of the sum of powers of each window: `(Σ xᵖ)^(1/p)`; base of the classes for each rank.
    open class LPPoolLayer: Module {
        public let normType: Double
        public let kernelSize: any SpatialSizes
        public let stride: (any SpatialSizes)?
        public let ceilMode: Bool

        public init(
            _ normType: Double, _ kernelSize: any SpatialSizes, stride: (any SpatialSizes)? = nil, ceilMode: Bool = false
        ) {
            (self.normType, self.kernelSize, self.stride, self.ceilMode) = (normType, kernelSize, stride, ceilMode)
        }

        open override func extraRepr() -> String {
            let power = normType == normType.rounded() ? "\(Int(normType))" : pythonFloat(normType)
            return "norm_type=\(power), kernel_size=\(python(kernelSize)), stride=\(stride.map { python($0) } ?? "None"), "
                + "ceil_mode=\(python(ceilMode))"
        }
    }

    /// `F.lpPool1d`.
    open class LPPool1d: LPPoolLayer {
        open override func forward(_ input: Tensor) -> Tensor {
            functional.lpPool1d(input, normType, kernelSize.sizes(1)[0], stride: stride, ceilMode: ceilMode)
        }
    }
    /// `F.lpPool2d`.
    open class LPPool2d: LPPoolLayer {
        open override func forward(_ input: Tensor) -> Tensor {
            functional.lpPool2d(input, normType, kernelSize, stride: stride, ceilMode: ceilMode)
        }
    }
    /// `F.lpPool3d`.
    open class LPPool3d: LPPoolLayer {
        open override func forward(_ input: Tensor) -> Tensor {
            functional.lpPool3d(input, normType, kernelSize, stride: stride, ceilMode: ceilMode)
        }
    }

    /// Windows that share the input out among so many results; base of the adaptive pools.
    open class AdaptivePoolLayer: Module {
        public let outputSize: any AdaptiveSizes

        /// - Parameter outputSize: one number for all dimensions, or one for each; nil keeps the input's size.
        public init(_ outputSize: any AdaptiveSizes) { self.outputSize = outputSize }

        open override func extraRepr() -> String { "output_size=\(python(outputSize))" }
    }

    /// The means of windows that share `(N, C, L)` out among so many results.
    open class AdaptiveAvgPool1d: AdaptivePoolLayer {
        open override func forward(_ input: Tensor) -> Tensor { functional.adaptiveAvgPool1d(input, outputSize) }
    }
    /// The means of windows that share `(N, C, H, W)` out among so many results.
    open class AdaptiveAvgPool2d: AdaptivePoolLayer {
        open override func forward(_ input: Tensor) -> Tensor { functional.adaptiveAvgPool2d(input, outputSize) }
    }
    /// The means of windows that share `(N, C, D, H, W)` out among so many results.
    open class AdaptiveAvgPool3d: AdaptivePoolLayer {
        open override func forward(_ input: Tensor) -> Tensor { functional.adaptiveAvgPool3d(input, outputSize) }
    }
}
