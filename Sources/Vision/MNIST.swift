import DataLoading
import TensorCore

/// PyTorch's `torchvision`.
public enum torchvision {
    public enum datasets {}
    public enum transforms {}
}

/// The names that one usually imports.
public typealias datasets = torchvision.datasets
public typealias transforms = torchvision.transforms

extension torchvision.datasets {
    /// Images of handwritten digits, read from the original files (LeCun, Cortes and Burges).
    ///
    /// A sample is an image and its digit. The image is `(28, 28)` uint8, or what `transform` makes of
    /// it: `(1, 28, 28)` float32 with `transforms.ToTensor()`.
    ///
    ///     let train = try datasets.MNIST("data", train: true, transform: transforms.ToTensor())
    open class MNIST: Dataset {
        /// All images, `(n, 28, 28)` uint8.
        public let data: Tensor
        /// All digits, `(n)` int64.
        public let targets: Tensor
        public let transform: (any Transform)?
        private let labels: [Int]

        /// - Parameters:
        ///   - root: the folder that holds `MNIST/raw/train-images-idx3-ubyte` and its companions.
        ///   - train: the training images, else those for tests.
        /// - Throws: `DataFileError` where a file is missing or not what it should be.
        public init(_ root: String, train: Bool = true, transform: (any Transform)? = nil) throws {
            let folder = "\(root)/\(Self.folderName)/raw"
            let kind = train ? "train" : "t10k"
            let (imagePath, labelPath) = ("\(folder)/\(kind)-images-idx3-ubyte", "\(folder)/\(kind)-labels-idx1-ubyte")
            data = try IDX.read(imagePath)
            let raw = try IDX.read(labelPath)
            guard data.dtype == .uint8, data.ndim == 3 else {
                throw DataFileError.unexpected(path: imagePath, what: "\(data.dtype.name) of shape \(data.shape), not images")
            }
            guard raw.dtype == .uint8, raw.shape == [data.size(0)] else {
                throw DataFileError.unexpected(
                    path: labelPath, what: "\(raw.dtype.name) of shape \(raw.shape), not \(data.size(0)) labels")
            }
            targets = raw.to(.int64)
            labels = targets.array()
            self.transform = transform
        }

        /// The folder of the files within the root.
        open class var folderName: String { "MNIST" }
        /// The names of the classes.
        open var classes: [String] {
            ["0 - zero", "1 - one", "2 - two", "3 - three", "4 - four", "5 - five", "6 - six", "7 - seven", "8 - eight", "9 - nine"]
        }

        public var count: Int { labels.count }

        public subscript(_ index: Int) -> (Tensor, Int) {
            let image = data.select(0, index)
            return (transform.map { $0(image) } ?? image, labels[index])
        }
    }

    /// Images of clothes in MNIST's format (Xiao, Rasul and Vollgraf).
    open class FashionMNIST: MNIST {
        open override class var folderName: String { "FashionMNIST" }
        open override var classes: [String] {
            ["T-shirt/top", "Trouser", "Pullover", "Dress", "Coat", "Sandal", "Shirt", "Sneaker", "Bag", "Ankle boot"]
        }
    }
}
