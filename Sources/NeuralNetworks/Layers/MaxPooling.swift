import TensorCore

extension nn {
    /// A layer that finds the largest elements and can tell where they stood.
    ///
    ///     let pool = nn.MaxPool2d(2, returnIndices: true)
    ///     let (values, indices) = pool(x)
    open class IndexedPoolLayer: Module {
        /// Whether PyTorch's layer gives a pair. Here the call gives what it is assigned to: the values, or both.
        public let returnIndices: Bool

        init(returnIndices: Bool) { self.returnIndices = returnIndices }

        /// The largest elements, and their places in the flat spatial dimensions.
        open func forwardWithIndices(_ input: Tensor) -> (Tensor, Tensor) {
            fail("Module [\(typeName)] is missing the required \"forward\" function", .notImplemented)
        }
        open override func forward(_ input: Tensor) -> Tensor { forwardWithIndices(input).0 }

        public func callAsFunction(_ input: Tensor) -> Tensor { callWithHooks([input]) { [self.forward($0[0])] }[0] }
        @_disfavoredOverload
        public func callAsFunction(_ input: Tensor) -> (Tensor, Tensor) {
            let results = callWithHooks([input]) {
                let (values, indices) = self.forwardWithIndices($0[0])
                return [values, indices]
            }
            return (results[0], results[1])
        }
    }

    /// The largest element of each window of `(N, C, *)` or `(C, *)`; base of the classes for each rank.
    open class MaxPoolLayer: IndexedPoolLayer {
        public let kernelSize: any SpatialSizes, stride: any SpatialSizes
        public let padding: any SpatialSizes, dilation: any SpatialSizes
        public let ceilMode: Bool

        /// - Parameters:
        ///   - stride: the distance between windows; the kernel's size if not given.
        ///   - ceilMode: whether a window may hang over the end.
        public init(
            _ kernelSize: any SpatialSizes, stride: (any SpatialSizes)? = nil, padding: any SpatialSizes = 0,
            dilation: any SpatialSizes = 1, returnIndices: Bool = false, ceilMode: Bool = false
        ) {
            (self.kernelSize, self.stride, self.padding) = (kernelSize, stride ?? kernelSize, padding)
            (self.dilation, self.ceilMode) = (dilation, ceilMode)
            super.init(returnIndices: returnIndices)
        }

        open override func extraRepr() -> String {
            "kernel_size=\(python(kernelSize)), stride=\(python(stride)), padding=\(python(padding)), "
                + "dilation=\(python(dilation)), ceil_mode=\(python(ceilMode))"
        }
    }

    /// The largest element of each window of `(N, C, L)`.
    open class MaxPool1d: MaxPoolLayer {
        open override func forward(_ input: Tensor) -> Tensor {
            functional.maxPool1d(
                input, kernelSize, stride: stride, padding: padding, dilation: dilation, ceilMode: ceilMode)
        }
        open override func forwardWithIndices(_ input: Tensor) -> (Tensor, Tensor) {
            functional.maxPool1dWithIndices(
                input, kernelSize, stride: stride, padding: padding, dilation: dilation, ceilMode: ceilMode)
        }
    }
    /// The largest element of each window of `(N, C, H, W)`.
    open class MaxPool2d: MaxPoolLayer {
        open override func forwardWithIndices(_ input: Tensor) -> (Tensor, Tensor) {
            functional.maxPool2dWithIndices(
                input, kernelSize, stride: stride, padding: padding, dilation: dilation, ceilMode: ceilMode)
        }
    }
    /// The largest element of each window of `(N, C, D, H, W)`.
    open class MaxPool3d: MaxPoolLayer {
        open override func forwardWithIndices(_ input: Tensor) -> (Tensor, Tensor) {
            functional.maxPool3dWithIndices(
                input, kernelSize, stride: stride, padding: padding, dilation: dilation, ceilMode: ceilMode)
        }
    }

    /// Maxima of windows that share the input out among so many results; base of the classes for each rank.
    open class AdaptiveMaxPoolLayer: IndexedPoolLayer {
        public let outputSize: any AdaptiveSizes

        /// - Parameter outputSize: one number for all dimensions, or one for each; nil keeps the input's size.
        public init(_ outputSize: any AdaptiveSizes, returnIndices: Bool = false) {
            self.outputSize = outputSize
            super.init(returnIndices: returnIndices)
        }

        open override func extraRepr() -> String { "output_size=\(python(outputSize))" }
    }

    /// `F.adaptiveMaxPool1d`.
    open class AdaptiveMaxPool1d: AdaptiveMaxPoolLayer {
        open override func forwardWithIndices(_ input: Tensor) -> (Tensor, Tensor) {
            functional.adaptiveMaxPool1dWithIndices(input, outputSize)
        }
    }
    /// `F.adaptiveMaxPool2d`.
    open class AdaptiveMaxPool2d: AdaptiveMaxPoolLayer {
        open override func forwardWithIndices(_ input: Tensor) -> (Tensor, Tensor) {
            functional.adaptiveMaxPool2dWithIndices(input, outputSize)
        }
    }
    /// `F.adaptiveMaxPool3d`.
    open class AdaptiveMaxPool3d: AdaptiveMaxPoolLayer {
        open override func forwardWithIndices(_ input: Tensor) -> (Tensor, Tensor) {
            functional.adaptiveMaxPool3dWithIndices(input, outputSize)
        }
    }

    /// Maxima of windows at random places (Graham, 2014); base of the classes for each rank.
    open class FractionalMaxPoolLayer: IndexedPoolLayer {
        public let kernelSize: any SpatialSizes
        public let outputSize: (any SpatialSizes)?
        public let outputRatio: [Double]?

        class var rank: Int { 2 }

        /// - Parameters:
        ///   - outputSize: the number of windows along each dimension.
        ///   - outputRatio: that number as a share of the input's size, between 0 and 1.
        ///   - _randomSamples: `(N, C, rank)`, the draws to use instead of random ones.
        public init(
            _ kernelSize: any SpatialSizes, outputSize: (any SpatialSizes)? = nil,
            outputRatio: (any ScaleFactors)? = nil, returnIndices: Bool = false, _randomSamples: Tensor? = nil
        ) {
            self.kernelSize = kernelSize
            self.outputSize = outputSize
            self.outputRatio = outputRatio?.factors(Self.rank)
            super.init(returnIndices: returnIndices)
            registerBuffer("_random_samples", _randomSamples)
            if outputSize == nil && outputRatio == nil {
                fail("\(typeName) requires specifying either an output size, or a pooling ratio", .valueError)
            }
            if outputSize != nil && outputRatio != nil {
                fail("only one of output_size and output_ratio may be specified", .valueError)
            }
            if let ratio = self.outputRatio, !ratio.allSatisfy({ 0 < $0 && $0 < 1 }) {
                let text = ratio.map(pythonFloat).joined(separator: ", ")
                fail("output_ratio must be between 0 and 1 (got (\(text)))", .valueError)
            }
        }
    }

    /// `F.fractionalMaxPool2d`.
    open class FractionalMaxPool2d: FractionalMaxPoolLayer {
        open override func forwardWithIndices(_ input: Tensor) -> (Tensor, Tensor) {
            functional.fractionalMaxPool2dWithIndices(
                input, kernelSize, outputSize: outputSize, outputRatio: outputRatio,
                _randomSamples: buffer("_random_samples"))
        }
    }
    /// `F.fractionalMaxPool3d`.
    open class FractionalMaxPool3d: FractionalMaxPoolLayer {
        override class var rank: Int { 3 }
        open override func forwardWithIndices(_ input: Tensor) -> (Tensor, Tensor) {
            functional.fractionalMaxPool3dWithIndices(
                input, kernelSize, outputSize: outputSize, outputRatio: outputRatio,
                _randomSamples: buffer("_random_samples"))
        }
    }

    /// Puts the values of a maximum pool back to their places, with zeros elsewhere; base of the classes for each rank.
    open class MaxUnpoolLayer: Module {
        public let kernelSize: [Int], stride: [Int], padding: [Int]

        class var rank: Int { 2 }

        public init(_ kernelSize: any SpatialSizes, stride: (any SpatialSizes)? = nil, padding: any SpatialSizes = 0) {
            self.kernelSize = kernelSize.sizes(Self.rank)
            self.stride = (stride ?? kernelSize).sizes(Self.rank)
            self.padding = padding.sizes(Self.rank)
        }

        open override func forward(_ input: Tensor, _ indices: Tensor) -> Tensor { unpool(input, indices, nil) }

        /// - Parameter outputSize: the size before pooling, where the formula's is not meant.
        public func callAsFunction(_ input: Tensor, _ indices: Tensor, outputSize: [Int]?) -> Tensor {
            callWithHooks([input, indices]) { [self.unpool($0[0], $0[1], outputSize)] }[0]
        }

        private func unpool(_ input: Tensor, _ indices: Tensor, _ outputSize: [Int]?) -> Tensor {
            switch Self.rank {
            case 1:
                functional.maxUnpool1d(
                    input, indices, kernelSize, stride: stride, padding: padding, outputSize: outputSize)
            case 2:
                functional.maxUnpool2d(
                    input, indices, kernelSize, stride: stride, padding: padding, outputSize: outputSize)
            default:
                functional.maxUnpool3d(
                    input, indices, kernelSize, stride: stride, padding: padding, outputSize: outputSize)
            }
        }

        open override func extraRepr() -> String {
            "kernel_size=\(tuple(kernelSize)), stride=\(tuple(stride)), padding=\(tuple(padding))"
        }
    }

    /// The inverse of `MaxPool1d`.
    open class MaxUnpool1d: MaxUnpoolLayer { override class var rank: Int { 1 } }
    /// The inverse of `MaxPool2d`.
    open class MaxUnpool2d: MaxUnpoolLayer {}
    /// The inverse of `MaxPool3d`.
    open class MaxUnpool3d: MaxUnpoolLayer { override class var rank: Int { 3 } }
}
