import TensorCore

extension nn {
    /// What convolutions of all ranks share, transposed or not: the weight, its bias, their first values and how they
    /// are printed.
    open class ConvolutionLayer: Module {
        /// `(outChannels, inChannels / groups, kernel)`; transposed `(inChannels, outChannels / groups, kernel)`.
        public var weight: Tensor
        /// `(outChannels)`.
        public var bias: Tensor!
        public let kernelSize: [Int], stride: [Int], dilation: [Int]
        public let padding: any ConvolutionPadding
        public let groups: Int
        /// What stands around the input: `"zeros"`, `"reflect"`, `"replicate"` or `"circular"`.
        public let paddingMode: String

        /// The number of spatial dimensions.
        class var rank: Int { 2 }
        class var isTransposed: Bool { false }

        public var inChannels: Int { Self.isTransposed ? weight.size(0) : weight.size(1) * groups }
        public var outChannels: Int { Self.isTransposed ? weight.size(1) * groups : weight.size(0) }

        init(
            _ inChannels: Int, _ outChannels: Int, _ kernelSize: any SpatialSizes, _ stride: any SpatialSizes,
            _ padding: any ConvolutionPadding, _ dilation: any SpatialSizes, _ groups: Int, _ bias: Bool,
            _ paddingMode: String, _ device: Device, _ dtype: DType
        ) {
            let rank = Self.rank
            if groups <= 0 { fail("groups must be a positive integer", .valueError) }
            if inChannels % groups != 0 { fail("in_channels must be divisible by groups", .valueError) }
            if outChannels % groups != 0 { fail("out_channels must be divisible by groups", .valueError) }
            self.stride = stride.sizes(rank)
            if let word = padding as? String {
                if word != "same" && word != "valid" {
                    fail("Invalid padding string '\(word)', should be one of {'same', 'valid'}", .valueError)
                }
                if word == "same" && self.stride.contains(where: { $0 != 1 }) {
                    fail("padding='same' is not supported for strided convolutions", .valueError)
                }
            }
            let modes = ["zeros", "reflect", "replicate", "circular"]
            if !modes.contains(paddingMode) {
                let listed = modes.map { "'\($0)'" }.joined(separator: ", ")
                fail("padding_mode must be one of {\(listed)}, but got padding_mode='\(paddingMode)'", .valueError)
            }
            self.kernelSize = kernelSize.sizes(rank)
            self.dilation = dilation.sizes(rank)
            (self.padding, self.groups, self.paddingMode) = (padding, groups, paddingMode)
            let channels = Self.isTransposed ? [inChannels, outChannels / groups] : [outChannels, inChannels / groups]
            weight = Parameter(torch.empty(channels + self.kernelSize, dtype: dtype, device: device))
            self.bias = bias ? Parameter(torch.empty([outChannels], dtype: dtype, device: device)) : nil
            super.init()
            resetParameters()
        }

        /// Draws new values, evenly distributed within ±1/√(weight.size(1) · kernel).
        open func resetParameters() {
            initializers.kaimingUniform_(weight, a: 5.0.squareRoot())
            guard let bias else { return }
            let fan = weight.shape.dropFirst().reduce(1, *)
            if fan > 0 { initializers.uniform_(bias, -1 / Double(fan).squareRoot(), 1 / Double(fan).squareRoot()) }
        }

        /// The zeros added to the size of a transposed convolution's result.
        var outputPaddings: [Int] { [] }

        open override func extraRepr() -> String {
            var text = "\(inChannels), \(outChannels), kernel_size=\(tuple(kernelSize)), stride=\(tuple(stride))"
            if let amounts = padding.amounts?.sizes(Self.rank) {
                if amounts.contains(where: { $0 != 0 }) { text += ", padding=\(tuple(amounts))" }
            } else {
                text += ", padding=\(padding)"
            }
            if dilation.contains(where: { $0 != 1 }) { text += ", dilation=\(tuple(dilation))" }
            if outputPaddings.contains(where: { $0 != 0 }) { text += ", output_padding=\(tuple(outputPaddings))" }
            if groups != 1 { text += ", groups=\(groups)" }
            if bias == nil { text += ", bias=False" }
            if paddingMode != "zeros" { text += ", padding_mode=\(paddingMode)" }
            return text
        }
    }

    /// Slides kernels over `(N, inChannels, *)` or `(inChannels, *)`; base of the classes for each rank.
    open class Convolution: ConvolutionLayer {
        public init(
            _ inChannels: Int, _ outChannels: Int, _ kernelSize: any SpatialSizes, stride: any SpatialSizes = 1,
            padding: any ConvolutionPadding = 0, dilation: any SpatialSizes = 1, groups: Int = 1, bias: Bool = true,
            paddingMode: String = "zeros", device: Device = .cpu, dtype: DType = .default
        ) {
            super.init(
                inChannels, outChannels, kernelSize, stride, padding, dilation, groups, bias, paddingMode, device, dtype)
        }

        open override func forward(_ input: Tensor) -> Tensor {
            if paddingMode == "zeros" { return convolve(input, padding) }
            let (before, after) = padding.amounts(kernel: kernelSize, stride: stride, dilation: dilation)
            // The last dimension comes first.
            let amounts = zip(before, after).reversed().flatMap { [$0, $1] }
            return convolve(functional.pad(input, amounts, mode: paddingMode), 0)
        }

        private func convolve(_ input: Tensor, _ padding: any ConvolutionPadding) -> Tensor {
            switch Self.rank {
            case 1:
                functional.conv1d(
                    input, weight, bias, stride: stride, padding: padding, dilation: dilation, groups: groups)
            case 2:
                functional.conv2d(
                    input, weight, bias, stride: stride, padding: padding, dilation: dilation, groups: groups)
            default:
                functional.conv3d(
                    input, weight, bias, stride: stride, padding: padding, dilation: dilation, groups: groups)
            }
        }
    }

    /// Slides kernels over `(N, inChannels, L)`.
    open class Conv1d: Convolution { override class var rank: Int { 1 } }
    /// Slides kernels over `(N, inChannels, H, W)`.
    open class Conv2d: Convolution {}
    /// Slides kernels over `(N, inChannels, D, H, W)`.
    open class Conv3d: Convolution { override class var rank: Int { 3 } }

    /// The gradient of a convolution as a layer: `(N, inChannels, *)` to a larger `(N, outChannels, *)`; base of the
    /// classes for each rank.
    open class TransposedConvolution: ConvolutionLayer {
        public let outputPadding: [Int]
        override class var isTransposed: Bool { true }
        override var outputPaddings: [Int] { outputPadding }

        /// - Parameter outputPadding: what is added to one side of the result.
        public init(
            _ inChannels: Int, _ outChannels: Int, _ kernelSize: any SpatialSizes, stride: any SpatialSizes = 1,
            padding: any SpatialSizes = 0, outputPadding: any SpatialSizes = 0, groups: Int = 1, bias: Bool = true,
            dilation: any SpatialSizes = 1, paddingMode: String = "zeros", device: Device = .cpu, dtype: DType = .default
        ) {
            if paddingMode != "zeros" {
                fail("Only \"zeros\" padding mode is supported for \(Self.self)", .valueError)
            }
            self.outputPadding = outputPadding.sizes(Self.rank)
            super.init(
                inChannels, outChannels, kernelSize, stride, padding.sizes(Self.rank), dilation, groups, bias, paddingMode,
                device, dtype)
        }

        open override func forward(_ input: Tensor) -> Tensor { transposed(input, outputPadding) }

        /// - Parameter outputSize: the size of the result; the spatial ones, or all dimensions.
        public func callAsFunction(_ input: Tensor, outputSize: [Int]) -> Tensor {
            callWithHooks([input]) { [self.transposed($0[0], self.outputPadding(for: $0[0], outputSize))] }[0]
        }

        private func transposed(_ input: Tensor, _ outputPadding: [Int]) -> Tensor {
            let padding = paddings
            return switch Self.rank {
            case 1:
                functional.convTranspose1d(
                    input, weight, bias, stride: stride, padding: padding, outputPadding: outputPadding, groups: groups,
                    dilation: dilation)
            case 2:
                functional.convTranspose2d(
                    input, weight, bias, stride: stride, padding: padding, outputPadding: outputPadding, groups: groups,
                    dilation: dilation)
            default:
                functional.convTranspose3d(
                    input, weight, bias, stride: stride, padding: padding, outputPadding: outputPadding, groups: groups,
                    dilation: dilation)
            }
        }

        private var paddings: [Int] { padding.amounts(kernel: kernelSize, stride: stride, dilation: dilation).before }

        private func outputPadding(for input: Tensor, _ outputSize: [Int]) -> [Int] {
            let rank = Self.rank
            let others = input.ndim - rank
            if outputSize.count != rank && outputSize.count != input.ndim {
                fail(
                    "ConvTranspose\(rank)D: for \(input.ndim)D input, output_size must have \(rank) or \(others + rank) "
                        + "elements (got \(outputSize.count))", .valueError)
            }
            let wanted = Array(outputSize.suffix(rank))
            let smallest = (0..<rank).map {
                (input.size(others + $0) - 1) * stride[$0] - 2 * paddings[$0] + dilation[$0] * (kernelSize[$0] - 1) + 1
            }
            let largest = zip(smallest, stride).map { $0 + $1 - 1 }
            for i in 0..<rank where wanted[i] < smallest[i] || wanted[i] > largest[i] {
                fail(
                    "requested an output size of \(wanted), but valid sizes range from \(smallest) to \(largest) (for an "
                        + "input of torch.Size(\(Array(input.shape.suffix(rank)))))", .valueError)
            }
            return zip(wanted, smallest).map { $0 - $1 }
        }
    }

    /// The transpose of `Conv1d`.
    open class ConvTranspose1d: TransposedConvolution { override class var rank: Int { 1 } }
    /// The transpose of `Conv2d`.
    open class ConvTranspose2d: TransposedConvolution {}
    /// The transpose of `Conv3d`.
    open class ConvTranspose3d: TransposedConvolution { override class var rank: Int { 3 } }
}
