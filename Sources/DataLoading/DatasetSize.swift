/// The number of samples behind a loader, as in `Double(correct) / Double(loader.dataset.count)`: PyTorch's
/// `len(loader.dataset)`.
public struct DatasetSize {
    public let count: Int
}

/// A loader whose dataset may be of any kind, which has no size of its own. (A property of one name and two types can only
/// come from a protocol.)
public protocol LoaderOfDataset {
    var dataset: any SampleSource { get }
}

extension LoaderOfDataset {
    /// Taken where the size is asked for. Stops for a dataset that only gives its samples in sequence and has no size.
    @_disfavoredOverload
    public var dataset: DatasetSize {
        let source: any SampleSource = self.dataset
        return DatasetSize(count: size(of: source))
    }
}

extension DataLoader: LoaderOfDataset {}

private func size(of source: some SampleSource) -> Int {
    switch source.sampleAccess {
    case .byIndex(let count, _), .inSequence(let count, _): count()
    }
}
