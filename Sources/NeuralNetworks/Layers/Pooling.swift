import TensorCore

extension nn {
    /// The largest element of each window of `(N, C, H, W)`.
    open class MaxPool2d: Module {
        public let kernelSize: [Int], stride: [Int], padding: [Int], dilation: [Int]
        public let ceilMode: Bool

        /// - Parameter stride: the distance between windows; the kernel's size if not given.
        public init(
            _ kernelSize: some SpatialSizes, stride: (any SpatialSizes)? = nil, padding: some SpatialSizes = 0,
            dilation: some SpatialSizes = 1, ceilMode: Bool = false
        ) {
            self.kernelSize = kernelSize.sizes(2)
            self.stride = stride?.sizes(2) ?? kernelSize.sizes(2)
            (self.padding, self.dilation, self.ceilMode) = (padding.sizes(2), dilation.sizes(2), ceilMode)
        }

        open override func forward(_ input: Tensor) -> Tensor {
            functional.maxPool2d(
                input, kernelSize, stride: stride, padding: padding, dilation: dilation, ceilMode: ceilMode)
        }

        open override func extraRepr() -> String {
            "kernel_size=\(sizesText(kernelSize)), stride=\(sizesText(stride)), padding=\(sizesText(padding)), "
                + "dilation=\(sizesText(dilation)), ceil_mode=\(ceilMode ? "True" : "False")"
        }
    }

    /// The mean of each window of `(N, C, H, W)`.
    open class AvgPool2d: Module {
        public let kernelSize: [Int], stride: [Int], padding: [Int]
        public let ceilMode: Bool, countIncludePad: Bool

        public init(
            _ kernelSize: some SpatialSizes, stride: (any SpatialSizes)? = nil, padding: some SpatialSizes = 0,
            ceilMode: Bool = false, countIncludePad: Bool = true
        ) {
            self.kernelSize = kernelSize.sizes(2)
            self.stride = stride?.sizes(2) ?? kernelSize.sizes(2)
            (self.padding, self.ceilMode, self.countIncludePad) = (padding.sizes(2), ceilMode, countIncludePad)
        }

        open override func forward(_ input: Tensor) -> Tensor {
            functional.avgPool2d(
                input, kernelSize, stride: stride, padding: padding, ceilMode: ceilMode, countIncludePad: countIncludePad)
        }

        open override func extraRepr() -> String {
            "kernel_size=\(sizesText(kernelSize)), stride=\(sizesText(stride)), padding=\(sizesText(padding))"
        }
    }

    /// The means of windows that share `(N, C, H, W)` out among so many results.
    open class AdaptiveAvgPool2d: Module {
        public let outputSize: [Int]
        public init(_ outputSize: some SpatialSizes) { self.outputSize = outputSize.sizes(2) }
        open override func forward(_ input: Tensor) -> Tensor { functional.adaptiveAvgPool2d(input, outputSize) }
        open override func extraRepr() -> String { "output_size=\(sizesText(outputSize))" }
    }
}

/// Sizes as PyTorch prints them: one number where all are equal.
private func sizesText(_ sizes: [Int]) -> String {
    Set(sizes).count == 1 ? "\(sizes[0])" : "(" + sizes.map(String.init).joined(separator: ", ") + ")"
}
