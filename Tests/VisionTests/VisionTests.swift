import Flambeau
import Foundation
import TestSupport
import Testing

/// Files in MNIST's format, transforms, and the digits drawn by program.
@Suite(.serialized) struct VisionTests {
    private func temporaryFolder() throws -> String { try TemporaryFolder.make().path }

    private func write(_ bytes: [UInt8], _ path: String) throws {
        try Data(bytes).write(to: URL(fileURLWithPath: path))
    }

    @Test func idxFilesKeepTypeShapeAndValues() throws {
        let path = try temporaryFolder() + "/x"
        for type in [DType.uint8, .int8, .int16, .int32, .float32, .float64] {
            let x = (torch.arange(12).view(3, 4) - (type == .uint8 ? 0 : 5)).to(type)
            try IDX.write(x.t(), to: path)
            let y = try IDX.read(path)
            #expect(y.dtype == type && y.shape == [4, 3] && y.hex == x.t().hex)
        }
    }

    @Test func idxIsBigEndian() throws {
        let path = try temporaryFolder() + "/x"
        try write([0, 0, 0x0B, 1, 0, 0, 0, 2, 1, 2, 0xFF, 0xFE], path)
        let values: [Int] = try IDX.read(path).array()
        #expect(values == [258, -2])
    }

    @Test func brokenFiles() throws {
        let path = try temporaryFolder() + "/x"
        #expect(throws: DataFileError.missing(path: path)) { try IDX.read(path) }
        try write([0x1F, 0x8B, 8, 0, 0, 0], path)
        #expect(throws: DataFileError.notIDX(path: path, magic: 0x1F8B_0800)) { try IDX.read(path) }
        try write([0, 0, 8, 1, 0, 0, 0, 5, 1, 2], path)
        #expect(throws: DataFileError.truncated(path: path, expected: 13, found: 10)) { try IDX.read(path) }
        try write([0, 0, 8], path)
        #expect(throws: DataFileError.truncated(path: path, expected: 4, found: 3)) { try IDX.read(path) }
        try write([0, 0, 8, 2, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF], path)
        #expect(throws: DataFileError.self) { try IDX.read(path) }
        #expect(throws: DataFileError.self) { try IDX.write(torch.zeros(2, dtype: .int64), to: path) }
    }

    @Test func labelsMustFitTheImages() throws {
        let root = try temporaryFolder()
        try SyntheticDigits.write(to: root, train: 20, test: 10)
        try IDX.write(torch.zeros(19, dtype: .uint8), to: root + "/MNIST/raw/train-labels-idx1-ubyte")
        #expect(throws: DataFileError.self) { try datasets.MNIST(root, train: true) }
        let test = try datasets.MNIST(root, train: false)
        #expect(test.count == 10)
    }

    @Test func transformsEqualTorchvision() {
        let image = torch.tensor([[0, 51], [102, 255]], dtype: .uint8)
        let tensor = transforms.ToTensor()(image)
        #expect(tensor.description == "tensor([[[0.0000, 0.2000],\n         [0.4000, 1.0000]]])")
        #expect(transforms.ToTensor()(torch.zeros(4, 5, 3, dtype: .uint8)).shape == [3, 4, 5])
        let normalized = transforms.Compose([transforms.ToTensor(), transforms.Normalize([0.5], [0.5])])(image)
        #expect(normalized.description == "tensor([[[-1.0000, -0.6000],\n         [-0.2000,  1.0000]]])")
        #expect(transforms.Lambda { $0 * 2 }(torch.tensor(2)).item() as Int == 4)
    }

    @Test func digitsAreTheSameForASeed() {
        let (a, labels) = SyntheticDigits.draw(50, seed: 4)
        #expect(a.hex == SyntheticDigits.draw(50, seed: 4).images.hex)
        #expect(a.hex != SyntheticDigits.draw(50, seed: 5).images.hex)
        #expect(torch.stack((0..<10).map { (labels == $0).sum() }).array() == [Int](repeating: 5, count: 10))
    }

    @Test func existingFilesStay() throws {
        let root = try temporaryFolder()
        let first = try SyntheticDigits.write(to: root, train: 20, test: 10, seed: 1)
        let before = try datasets.MNIST(root).data.hex
        let second = try SyntheticDigits.write(to: root, train: 20, test: 10, seed: 2)
        let after = try datasets.MNIST(root).data.hex
        #expect(first && !second && after == before)
    }

    /// The whole way: files, loader, model, optimizer, accuracy on images not trained on.
    @Test func aClassifierLearnsTheDigits() throws {
        let root = try temporaryFolder()
        try SyntheticDigits.write(to: root, train: 3000, test: 500)
        let transform = transforms.Compose([transforms.ToTensor(), transforms.Normalize([0.13], [0.31])])
        let train = try datasets.MNIST(root, train: true, transform: transform)
        let test = try datasets.MNIST(root, train: false, transform: transform)
        torch.manualSeed(0)
        let model = nn.Sequential(nn.Flatten(), nn.Linear(784, 64), nn.ReLU(), nn.Dropout(0.1), nn.Linear(64, 10))
        let optimizer = optim.Adam(model.parameters(), lr: 2e-3)
        for _ in 0..<3 {
            for (x, y) in DataLoader(train, batchSize: 50, shuffle: true) {
                optimizer.zeroGrad()
                F.crossEntropy(model(x), y).backward()
                optimizer.step()
            }
        }
        model.eval()
        var correct = 0
        torch.noGrad {
            for (x, y) in DataLoader(test, batchSize: 100) { correct += (model(x).argmax(1) == y).sum().item() }
        }
        #expect(Double(correct) / Double(test.count) > 0.95)
    }
}
