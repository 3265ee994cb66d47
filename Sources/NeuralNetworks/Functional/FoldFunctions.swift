import TensorCore

extension nn.functional {
    /// Each window's elements as a column: (N, C, H, W) to (N, C · KH · KW, L); without N too.
    public static func unfold(
        _ input: Tensor, _ kernelSize: any SpatialSizes, dilation: any SpatialSizes = 1, padding: any SpatialSizes = 0,
        stride: any SpatialSizes = 1
    ) -> Tensor {
        let form = ColumnForm(kernelSize, dilation, padding, stride, "im2col_out_cpu", input)
        if input.ndim < 3 { _ = input.size(2) }
        if input.ndim > 4 || input.shape.dropFirst(input.ndim == 4 ? 1 : 0).contains(0) {
            fail(
                "Expected 3D or 4D (batch mode) tensor with possibly 0 batch size and other non-zero dimensions for input, "
                    + "but got: \(input.shape)")
        }
        let x = input.ndim == 3 ? input.unsqueeze(0) : input
        let sizes = [x.size(2), x.size(3)]
        let counts = form.counts(sizes)
        if counts.contains(where: { $0 < 1 }) {
            fail(
                "Given input with spatial size (\(sizes[0]), \(sizes[1])), \(form.text(stride: false)), calculated shape of "
                    + "the array of sliding blocks as (\(counts[0]), \(counts[1])), but its components must be at least one.")
        }
        form.checkType()
        let view = form.windows.view(x.zeroPadded(before: form.padding, after: form.padding))
        let result = view.permute([0, 1, 4, 5, 2, 3]).reshape([x.size(0), x.size(1) * form.places, counts[0] * counts[1]])
        return input.ndim == 3 ? result.squeeze(0) : result
    }

    /// Adds columns up where `unfold` would take them from: (N, C · KH · KW, L) to (N, C, H, W); without
    /// N too.
    public static func fold(
        _ input: Tensor, _ outputSize: any SpatialSizes, _ kernelSize: any SpatialSizes, dilation: any SpatialSizes = 1,
        padding: any SpatialSizes = 0, stride: any SpatialSizes = 1
    ) -> Tensor {
        let form = ColumnForm(kernelSize, dilation, padding, stride, "col2im_out_cpu", input)
        let size = ColumnForm.pair(outputSize, "output_size")
        if input.ndim != 2 && input.ndim != 3 || input.shape.dropFirst(input.ndim == 3 ? 1 : 0).contains(0) {
            fail(
                "Expected 2D or 3D (batch mode) tensor for input with possibly 0 batch size and non-zero dimensions for "
                    + "input, but got: \(input.shape)")
        }
        let x = input.ndim == 2 ? input.unsqueeze(0) : input
        if x.size(1) % form.places != 0 {
            fail(
                "Expected size of input's dimension 1 to be divisible by the product of kernel_size, but got "
                    + "input.size(1)=\(x.size(1)) and kernel_size=(\(form.kernel[0]), \(form.kernel[1])).")
        }
        let counts = form.counts(size)
        if x.size(2) != counts[0] * counts[1] {
            fail(
                "Given output_size=(\(size[0]), \(size[1])), \(form.text(stride: true)), expected size of input's dimension 2 "
                    + "to match the calculated number of sliding blocks \(counts[0]) * \(counts[1]) = "
                    + "\(counts[0] * counts[1]), but got input.size(2)=\(x.size(2)).")
        }
        form.checkType()
        let channels = x.size(1) / form.places
        let spread = x.reshape([x.size(0), channels] + form.kernel + counts).permute([0, 1, 4, 5, 2, 3])
        let padded = [size[0] + 2 * form.padding[0], size[1] + 2 * form.padding[1]]
        let whole = form.windows.folded(spread, padded)
        let result = whole.narrow(2, form.padding[0], size[0]).narrow(3, form.padding[1], size[1])
        return input.ndim == 2 ? result.squeeze(0) : result
    }
}

/// How windows move over two dimensions.
private struct ColumnForm {
    let kernel: [Int], padding: [Int]
    private let dilation: [Int], stride: [Int]
    private let name: String
    private let input: Tensor

    init(
        _ kernel: any SpatialSizes, _ dilation: any SpatialSizes, _ padding: any SpatialSizes, _ stride: any SpatialSizes,
        _ name: String, _ input: Tensor
    ) {
        self.kernel = ColumnForm.pair(kernel, "kernel_size")
        self.dilation = ColumnForm.pair(dilation, "dilation")
        self.padding = ColumnForm.pair(padding, "padding")
        self.stride = ColumnForm.pair(stride, "stride")
        (self.name, self.input) = (name, input)
        func require(_ values: [Int], above bound: Int, _ words: String, _ label: String) {
            if values.allSatisfy({ $0 > bound }) { return }
            fail("\(words), but got \(label)_height: \(values[0]) \(label)_width: \(values[1])")
        }
        require(self.kernel, above: 0, "kernel size should be greater than zero", "kernel")
        require(self.dilation, above: 0, "dilation should be greater than zero", "dilation")
        require(self.padding, above: -1, "padding should be non-negative", "pad")
        require(self.stride, above: 0, "stride should be greater than zero", "stride")
    }

    static func pair(_ sizes: any SpatialSizes, _ name: String) -> [Int] {
        if let given = sizes.givenCount, given != 1 && given != 2 { fail("It is expected \(name) equals to 2, but got size \(given)") }
        return sizes.sizes(2)
    }

    var places: Int { kernel[0] * kernel[1] }
    var windows: Windows { Windows(kernel, stride: stride, dilation: dilation) }

    func counts(_ sizes: [Int]) -> [Int] {
        (0..<2).map { i in
            let free = sizes[i] + 2 * padding[i] - dilation[i] * (kernel[i] - 1) - 1
            return Int((Double(free) / Double(stride[i])).rounded(.down)) + 1
        }
    }

    func text(stride withStride: Bool) -> String {
        func pair(_ values: [Int]) -> String { "(\(values[0]), \(values[1]))" }
        return "kernel_size=\(pair(kernel)), dilation=\(pair(dilation)), padding=\(pair(padding))"
            + (withStride ? ", stride=\(pair(stride))" : "")
    }

    func checkType() {
        if input.dtype.isIntegral && input.dtype != .bool {
            fail("\"\(name)\" not implemented for '\(input.dtype.scalarName)'", .notImplemented)
        }
    }
}
