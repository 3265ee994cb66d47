import Flambeau
import Foundation

extension Suite {
    /// Batches of a dataset, and checkpoints.
    mutating func addData() {
        add("dataloader_60k_b64_shuffle", "TensorDataset 60000x(1,28,28), whole epoch, num_workers=0") {
            let loader = DataLoader(imagesAndLabels(), batchSize: 64, shuffle: true)
            return { for (x, y) in loader { _ = (x, y) } }
        }
        add("dataloader_60k_b64_shuffle_w2", "num_workers=2") {
            let loader = DataLoader(imagesAndLabels(), batchSize: 64, shuffle: true, numWorkers: 2)
            return { for (x, y) in loader { _ = (x, y) } }
        }
        add("manual_index_60k_b64", "x[perm[i:i+64]] epoch (fast idiom)") {
            let (x, y) = (torch.rand(60000, 1, 28, 28), torch.randint(0, 10, [60000]))
            return {
                let p = torch.randperm(60000)
                for i in stride(from: 0, to: 60000, by: 64) {
                    let j: Tensor = p[i..<(i + 64)]
                    _ = (x[j] as Tensor, y[j] as Tensor)
                }
            }
        }
        add("save_load_25MB", "torch.save+load of state dict (6 x 1024x1024) to /tmp") {
            let state = Dictionary(uniqueKeysWithValues: (0..<6).map { ("w\($0)", torch.randn(1024, 1024)) })
            let path = FileManager.default.temporaryDirectory.appendingPathComponent("flambeau_bench.pt").path
            return {
                do {
                    try torch.save(state, path)
                    return try torch.load(path) as [String: Tensor]
                } catch {
                    fatalError("\(path): \(error)")
                }
            }
        }
    }
}

private func imagesAndLabels() -> TensorDataset<(Tensor, Tensor)> {
    TensorDataset(torch.rand(60000, 1, 28, 28), torch.randint(0, 10, [60000]))
}
