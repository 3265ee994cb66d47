import TensorCore

extension torch.utils {
    /// PyTorch's `torch.utils.data`.
    public enum data {
        public typealias DataLoader = DataLoading.DataLoader
        public typealias Dataset = DataLoading.Dataset
        public typealias IterableDataset = DataLoading.IterableDataset
        public typealias TensorDataset = DataLoading.TensorDataset
        public typealias Subset = DataLoading.Subset
        public typealias ConcatDataset = DataLoading.ConcatDataset
        public typealias StackDataset = DataLoading.StackDataset
        public typealias ChainDataset = DataLoading.ChainDataset
        public typealias Sampler = DataLoading.Sampler
        public typealias SequentialSampler = DataLoading.SequentialSampler
        public typealias RandomSampler = DataLoading.RandomSampler
        public typealias SubsetRandomSampler = DataLoading.SubsetRandomSampler
        public typealias WeightedRandomSampler = DataLoading.WeightedRandomSampler
        public typealias BatchSampler = DataLoading.BatchSampler

        /// PyTorch's `torch.utils.data.distributed`.
        public enum distributed {
            public typealias DistributedSampler = DataLoading.DistributedSampler
        }

        /// See `DataLoading.getWorkerInfo()`.
        public static func getWorkerInfo() -> WorkerInfo? { DataLoading.getWorkerInfo() }

        /// See `DataLoading.randomSplit`.
        public static func randomSplit<Base: DataLoading.Dataset>(
            _ dataset: Base, _ lengths: [Int], generator: Generator? = nil
        ) -> [DataLoading.Subset<Base>] {
            DataLoading.randomSplit(dataset, lengths, generator: generator)
        }
        public static func randomSplit<Base: DataLoading.Dataset>(
            _ dataset: Base, _ fractions: [Double], generator: Generator? = nil
        ) -> [DataLoading.Subset<Base>] {
            DataLoading.randomSplit(dataset, fractions, generator: generator)
        }
        @_disfavoredOverload
        public static func randomSplit<Base: DataLoading.Dataset, Length: SplitLength>(
            _ dataset: Base, _ lengths: [Length], generator: Generator? = nil
        ) -> (DataLoading.Subset<Base>, DataLoading.Subset<Base>) {
            DataLoading.randomSplit(dataset, lengths, generator: generator)
        }
        @_disfavoredOverload
        public static func randomSplit<Base: DataLoading.Dataset, Length: SplitLength>(
            _ dataset: Base, _ lengths: [Length], generator: Generator? = nil
        ) -> (DataLoading.Subset<Base>, DataLoading.Subset<Base>, DataLoading.Subset<Base>) {
            DataLoading.randomSplit(dataset, lengths, generator: generator)
        }
    }
}
