import TensorCore

/// A step that turns one image into another.
public protocol Transform {
    func callAsFunction(_ image: Tensor) -> Tensor
}

extension torchvision.transforms {
    /// Steps one after the other.
    public struct Compose: Transform, CustomStringConvertible {
        public let transforms: [any Transform]
        public init(_ transforms: [any Transform]) { self.transforms = transforms }
        public func callAsFunction(_ image: Tensor) -> Tensor { transforms.reduce(image) { $1($0) } }
        public var description: String {
            "Compose(\n" + transforms.map { "    \($0)\n" }.joined() + ")"
        }
    }

    /// Images `(H, W)` or `(H, W, C)` of uint8 to `(C, H, W)` of float32 from 0 to 1. Other types keep
    /// their values.
    public struct ToTensor: Transform, CustomStringConvertible {
        public init() {}
        public func callAsFunction(_ image: Tensor) -> Tensor {
            if image.ndim != 2 && image.ndim != 3 {
                fail("pic should be 2/3 dimensional. Got \(image.ndim) dimensions.", .valueError)
            }
            let planes = image.ndim == 2 ? image.unsqueeze(0) : image.permute(2, 0, 1).contiguous()
            return image.dtype == .uint8 ? planes.to(.float32).div_(255) : planes
        }
        public var description: String { "ToTensor()" }
    }

    /// Subtracts a mean and divides by a deviation, one of each per channel of `(…, C, H, W)`.
    public struct Normalize: Transform, CustomStringConvertible {
        public let mean: [Double]
        public let std: [Double]
        private let means: Tensor
        private let deviations: Tensor

        public init(_ mean: [Double], _ std: [Double]) {
            if std.contains(0) { fail("std evaluated to zero, leading to division by zero.", .valueError) }
            self.mean = mean
            self.std = std
            means = Tensor(mean, shape: [mean.count, 1, 1])
            deviations = Tensor(std, shape: [std.count, 1, 1])
        }
        public init(mean: [Double], std: [Double]) { self.init(mean, std) }

        public func callAsFunction(_ image: Tensor) -> Tensor {
            if !image.isFloatingPoint() {
                fail("Input tensor should be a float tensor. Got \(image.dtype).", .typeError)
            }
            if image.ndim < 3 {
                fail("Expected tensor to be a tensor image of size (..., C, H, W). Got tensor.size() = torch.Size(\(image.shape))", .valueError)
            }
            return (image - means.to(image.dtype)).div_(deviations.to(image.dtype))
        }
        public var description: String { "Normalize(mean=\(mean), std=\(std))" }
    }

    /// A function as a step.
    public struct Lambda: Transform, CustomStringConvertible {
        private let body: (Tensor) -> Tensor
        public init(_ body: @escaping (Tensor) -> Tensor) { self.body = body }
        public func callAsFunction(_ image: Tensor) -> Tensor { body(image) }
        public var description: String { "Lambda()" }
    }
}
