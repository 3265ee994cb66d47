import TensorCore

extension nn {
    /// What convolutional layers of all ranks share: the weight, its bias and their first values.
    open class ConvolutionLayer: Module {
        /// `(outChannels, inChannels / groups, kernel)`.
        public var weight: Tensor
        /// `(outChannels)`.
        public var bias: Tensor?
        public let stride: [Int], dilation: [Int]
        public let padding: any ConvolutionPadding
        public let groups: Int

        init(
            _ inChannels: Int, _ outChannels: Int, _ kernel: [Int], _ stride: [Int],
            _ padding: any ConvolutionPadding, _ dilation: [Int], _ groups: Int, _ bias: Bool, _ device: Device,
            _ dtype: DType
        ) {
            if groups <= 0 { fail("groups must be a positive integer", .valueError) }
            if inChannels % groups != 0 { fail("in_channels must be divisible by groups", .valueError) }
            if outChannels % groups != 0 { fail("out_channels must be divisible by groups", .valueError) }
            let shape = [outChannels, inChannels / groups] + kernel
            weight = Parameter(torch.empty(shape, dtype: dtype, device: device))
            self.bias = bias ? Parameter(torch.empty([outChannels], dtype: dtype, device: device)) : nil
            (self.stride, self.padding, self.dilation, self.groups) = (stride, padding, dilation, groups)
            super.init()
            resetParameters()
        }

        /// Draws new values, evenly distributed within ±1/√(inChannels / groups · kernel).
        open func resetParameters() {
            initializers.kaimingUniform_(weight, a: 5.0.squareRoot())
            guard let bias else { return }
            let fan = weight.shape.dropFirst().reduce(1, *)
            let bound = fan > 0 ? 1 / Double(fan).squareRoot() : 0
            initializers.uniform_(bias, -bound, bound)
        }

        open override func extraRepr() -> String {
            func tuple(_ values: [Int]) -> String {
                "(" + values.map(String.init).joined(separator: ", ") + (values.count == 1 ? ",)" : ")")
            }
            let kernel = Array(weight.shape.dropFirst(2))
            let amounts = padding.amounts(kernel: kernel, stride: stride, dilation: dilation).before
            var text = "\(weight.size(1) * groups), \(weight.size(0)), kernel_size=\(tuple(kernel)), stride=\(tuple(stride))"
            if let name = padding as? String {
                text += ", padding=\(name)"
            } else if amounts.contains(where: { $0 != 0 }) {
                text += ", padding=\(tuple(amounts))"
            }
            if dilation.contains(where: { $0 != 1 }) { text += ", dilation=\(tuple(dilation))" }
            if groups != 1 { text += ", groups=\(groups)" }
            if bias == nil { text += ", bias=False" }
            return text
        }
    }

    /// Slides kernels over `(N, inChannels, L)`.
    open class Conv1d: ConvolutionLayer {
        public init(
            _ inChannels: Int, _ outChannels: Int, _ kernelSize: some SpatialSizes, stride: some SpatialSizes = 1,
            padding: some ConvolutionPadding = 0, dilation: some SpatialSizes = 1, groups: Int = 1, bias: Bool = true,
            device: Device = .cpu, dtype: DType = .float32
        ) {
            super.init(
                inChannels, outChannels, kernelSize.sizes(1), stride.sizes(1), padding, dilation.sizes(1),
                groups, bias, device, dtype)
        }
        open override func forward(_ input: Tensor) -> Tensor {
            functional.conv1d(input, weight, bias, stride: stride, padding: padding, dilation: dilation, groups: groups)
        }
    }

    /// Slides kernels over `(N, inChannels, H, W)`.
    open class Conv2d: ConvolutionLayer {
        public init(
            _ inChannels: Int, _ outChannels: Int, _ kernelSize: some SpatialSizes, stride: some SpatialSizes = 1,
            padding: some ConvolutionPadding = 0, dilation: some SpatialSizes = 1, groups: Int = 1, bias: Bool = true,
            device: Device = .cpu, dtype: DType = .float32
        ) {
            super.init(
                inChannels, outChannels, kernelSize.sizes(2), stride.sizes(2), padding, dilation.sizes(2),
                groups, bias, device, dtype)
        }
        open override func forward(_ input: Tensor) -> Tensor {
            functional.conv2d(input, weight, bias, stride: stride, padding: padding, dilation: dilation, groups: groups)
        }
    }
}
