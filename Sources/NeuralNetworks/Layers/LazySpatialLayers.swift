import TensorCore

extension nn {
    /// `Conv1d` that learns `inChannels` from its first input.
    open class LazyConv1d: Conv1d, LazyModule {
        public static let finalName = "Conv1d"

        public init(
            _ outChannels: Int, _ kernelSize: any SpatialSizes, stride: any SpatialSizes = 1,
            padding: any ConvolutionPadding = 0, dilation: any SpatialSizes = 1, groups: Int = 1, bias: Bool = true,
            paddingMode: String = "zeros", device: Device = .cpu, dtype: DType = .default
        ) {
            super.init(
                0, outChannels, kernelSize, stride: stride, padding: padding, dilation: dilation, groups: groups, bias: bias,
                paddingMode: paddingMode, device: device, dtype: dtype)
        }

        open override func resetParameters() {
            if inChannels > 0 { super.resetParameters() }
        }
        open override func forward(_ input: Tensor) -> Tensor {
            prepare(input)
            return super.forward(input)
        }
        override var typeName: String { currentName }
    }

    /// `ConvTranspose1d` that learns `inChannels` from its first input.
    open class LazyConvTranspose1d: ConvTranspose1d, LazyModule {
        public static let finalName = "ConvTranspose1d"

        public init(
            _ outChannels: Int, _ kernelSize: any SpatialSizes, stride: any SpatialSizes = 1,
            padding: any SpatialSizes = 0, outputPadding: any SpatialSizes = 0, groups: Int = 1, bias: Bool = true,
            dilation: any SpatialSizes = 1, device: Device = .cpu, dtype: DType = .default
        ) {
            super.init(
                0, outChannels, kernelSize, stride: stride, padding: padding, outputPadding: outputPadding, groups: groups,
                bias: bias, dilation: dilation, device: device, dtype: dtype)
        }

        open override func resetParameters() {
            if inChannels > 0 { super.resetParameters() }
        }
        open override func forward(_ input: Tensor) -> Tensor {
            prepare(input)
            return super.forward(input)
        }
        override var typeName: String { currentName }
    }

    /// `BatchNorm1d` that learns `numFeatures` from its first input.
    open class LazyBatchNorm1d: BatchNorm1d, LazyModule {
        public static let finalName = "BatchNorm1d"

        public init(
            eps: Double = 1e-5, momentum: Double? = 0.1, affine: Bool = true, trackRunningStats: Bool = true,
            dtype: DType = .default, bias: Bool = true
        ) {
            super.init(
                0, eps: eps, momentum: momentum, affine: affine, trackRunningStats: trackRunningStats, dtype: dtype,
                bias: bias)
        }

        open override func forward(_ input: Tensor) -> Tensor {
            prepare(input)
            return super.forward(input)
        }
        override var typeName: String { currentName }
    }

    /// `InstanceNorm1d` that learns `numFeatures` from its first input.
    open class LazyInstanceNorm1d: InstanceNorm1d, LazyModule {
        public static let finalName = "InstanceNorm1d"

        public init(
            eps: Double = 1e-5, momentum: Double? = 0.1, affine: Bool = true, trackRunningStats: Bool = true,
            dtype: DType = .default, bias: Bool = true
        ) {
            super.init(
                0, eps: eps, momentum: momentum, affine: affine, trackRunningStats: trackRunningStats, dtype: dtype,
                bias: bias)
        }

        open override func forward(_ input: Tensor) -> Tensor {
            prepare(input)
            return super.forward(input)
        }
        override var typeName: String { currentName }
    }

    /// `Conv2d` that learns `inChannels` from its first input.
    open class LazyConv2d: Conv2d, LazyModule {
        public static let finalName = "Conv2d"

        public init(
            _ outChannels: Int, _ kernelSize: any SpatialSizes, stride: any SpatialSizes = 1,
            padding: any ConvolutionPadding = 0, dilation: any SpatialSizes = 1, groups: Int = 1, bias: Bool = true,
            paddingMode: String = "zeros", device: Device = .cpu, dtype: DType = .default
        ) {
            super.init(
                0, outChannels, kernelSize, stride: stride, padding: padding, dilation: dilation, groups: groups, bias: bias,
                paddingMode: paddingMode, device: device, dtype: dtype)
        }

        open override func resetParameters() {
            if inChannels > 0 { super.resetParameters() }
        }
        open override func forward(_ input: Tensor) -> Tensor {
            prepare(input)
            return super.forward(input)
        }
        override var typeName: String { currentName }
    }

    /// `ConvTranspose2d` that learns `inChannels` from its first input.
    open class LazyConvTranspose2d: ConvTranspose2d, LazyModule {
        public static let finalName = "ConvTranspose2d"

        public init(
            _ outChannels: Int, _ kernelSize: any SpatialSizes, stride: any SpatialSizes = 1,
            padding: any SpatialSizes = 0, outputPadding: any SpatialSizes = 0, groups: Int = 1, bias: Bool = true,
            dilation: any SpatialSizes = 1, device: Device = .cpu, dtype: DType = .default
        ) {
            super.init(
                0, outChannels, kernelSize, stride: stride, padding: padding, outputPadding: outputPadding, groups: groups,
                bias: bias, dilation: dilation, device: device, dtype: dtype)
        }

        open override func resetParameters() {
            if inChannels > 0 { super.resetParameters() }
        }
        open override func forward(_ input: Tensor) -> Tensor {
            prepare(input)
            return super.forward(input)
        }
        override var typeName: String { currentName }
    }

    /// `BatchNorm2d` that learns `numFeatures` from its first input.
    open class LazyBatchNorm2d: BatchNorm2d, LazyModule {
        public static let finalName = "BatchNorm2d"

        public init(
            eps: Double = 1e-5, momentum: Double? = 0.1, affine: Bool = true, trackRunningStats: Bool = true,
            dtype: DType = .default, bias: Bool = true
        ) {
            super.init(
                0, eps: eps, momentum: momentum, affine: affine, trackRunningStats: trackRunningStats, dtype: dtype,
                bias: bias)
        }

        open override func forward(_ input: Tensor) -> Tensor {
            prepare(input)
            return super.forward(input)
        }
        override var typeName: String { currentName }
    }

    /// `InstanceNorm2d` that learns `numFeatures` from its first input.
    open class LazyInstanceNorm2d: InstanceNorm2d, LazyModule {
        public static let finalName = "InstanceNorm2d"

        public init(
            eps: Double = 1e-5, momentum: Double? = 0.1, affine: Bool = true, trackRunningStats: Bool = true,
            dtype: DType = .default, bias: Bool = true
        ) {
            super.init(
                0, eps: eps, momentum: momentum, affine: affine, trackRunningStats: trackRunningStats, dtype: dtype,
                bias: bias)
        }

        open override func forward(_ input: Tensor) -> Tensor {
            prepare(input)
            return super.forward(input)
        }
        override var typeName: String { currentName }
    }

    /// `Conv3d` that learns `inChannels` from its first input.
    open class LazyConv3d: Conv3d, LazyModule {
        public static let finalName = "Conv3d"

        public init(
            _ outChannels: Int, _ kernelSize: any SpatialSizes, stride: any SpatialSizes = 1,
            padding: any ConvolutionPadding = 0, dilation: any SpatialSizes = 1, groups: Int = 1, bias: Bool = true,
            paddingMode: String = "zeros", device: Device = .cpu, dtype: DType = .default
        ) {
            super.init(
                0, outChannels, kernelSize, stride: stride, padding: padding, dilation: dilation, groups: groups, bias: bias,
                paddingMode: paddingMode, device: device, dtype: dtype)
        }

        open override func resetParameters() {
            if inChannels > 0 { super.resetParameters() }
        }
        open override func forward(_ input: Tensor) -> Tensor {
            prepare(input)
            return super.forward(input)
        }
        override var typeName: String { currentName }
    }

    /// `ConvTranspose3d` that learns `inChannels` from its first input.
    open class LazyConvTranspose3d: ConvTranspose3d, LazyModule {
        public static let finalName = "ConvTranspose3d"

        public init(
            _ outChannels: Int, _ kernelSize: any SpatialSizes, stride: any SpatialSizes = 1,
            padding: any SpatialSizes = 0, outputPadding: any SpatialSizes = 0, groups: Int = 1, bias: Bool = true,
            dilation: any SpatialSizes = 1, device: Device = .cpu, dtype: DType = .default
        ) {
            super.init(
                0, outChannels, kernelSize, stride: stride, padding: padding, outputPadding: outputPadding, groups: groups,
                bias: bias, dilation: dilation, device: device, dtype: dtype)
        }

        open override func resetParameters() {
            if inChannels > 0 { super.resetParameters() }
        }
        open override func forward(_ input: Tensor) -> Tensor {
            prepare(input)
            return super.forward(input)
        }
        override var typeName: String { currentName }
    }

    /// `BatchNorm3d` that learns `numFeatures` from its first input.
    open class LazyBatchNorm3d: BatchNorm3d, LazyModule {
        public static let finalName = "BatchNorm3d"

        public init(
            eps: Double = 1e-5, momentum: Double? = 0.1, affine: Bool = true, trackRunningStats: Bool = true,
            dtype: DType = .default, bias: Bool = true
        ) {
            super.init(
                0, eps: eps, momentum: momentum, affine: affine, trackRunningStats: trackRunningStats, dtype: dtype,
                bias: bias)
        }

        open override func forward(_ input: Tensor) -> Tensor {
            prepare(input)
            return super.forward(input)
        }
        override var typeName: String { currentName }
    }

    /// `InstanceNorm3d` that learns `numFeatures` from its first input.
    open class LazyInstanceNorm3d: InstanceNorm3d, LazyModule {
        public static let finalName = "InstanceNorm3d"

        public init(
            eps: Double = 1e-5, momentum: Double? = 0.1, affine: Bool = true, trackRunningStats: Bool = true,
            dtype: DType = .default, bias: Bool = true
        ) {
            super.init(
                0, eps: eps, momentum: momentum, affine: affine, trackRunningStats: trackRunningStats, dtype: dtype,
                bias: bias)
        }

        open override func forward(_ input: Tensor) -> Tensor {
            prepare(input)
            return super.forward(input)
        }
        override var typeName: String { currentName }
    }
}
