import TensorCore

extension nn {
    /// An approximation of softmax for many classes of very different frequency (Grave et al., 2016): the frequent ones
    /// stand in the head, the others in clusters of ever narrower projections.
    ///
    /// Classes are sorted by frequency, the most frequent first.
    open class AdaptiveLogSoftmaxWithLoss: Module {
        public let inFeatures: Int
        public let nClasses: Int
        /// The first class of each cluster, and the number of classes.
        public let cutoffs: [Int]
        public let divValue: Double
        public let head: Linear
        public let tail = ModuleList()

        private var shortlistSize: Int { cutoffs[0] }

        /// - Parameters:
        ///   - cutoffs: the first class of each cluster.
        ///   - divValue: how many times narrower each cluster's projection is than the one before.
        public init(
            _ inFeatures: Int, _ nClasses: Int, _ cutoffs: [Int], divValue: Double = 4, headBias: Bool = false,
            dtype: DType = .default
        ) {
            if cutoffs.isEmpty { fail("cutoffs should be a sequence of length larger than 0", .valueError) }
            let isIncreasing = zip(cutoffs, cutoffs.dropFirst()).allSatisfy { $0 < $1 }
            if !isIncreasing || cutoffs[0] <= 0 || cutoffs.last! > nClasses - 1 {
                fail(
                    "cutoffs should be a sequence of unique, positive integers sorted in an increasing order, where each "
                        + "value is between 1 and n_classes-1", .valueError)
            }
            (self.inFeatures, self.nClasses, self.divValue) = (inFeatures, nClasses, divValue)
            self.cutoffs = cutoffs + [nClasses]
            head = Linear(inFeatures, cutoffs[0] + cutoffs.count, bias: headBias, dtype: dtype)
            super.init()
            var width = Double(inFeatures)
            for (start, end) in zip(self.cutoffs, self.cutoffs.dropFirst()) {
                width = (width / divValue).rounded(.down)
                tail.append(
                    Sequential(
                        Linear(inFeatures, Int(width), bias: false, dtype: dtype),
                        Linear(Int(width), end - start, bias: false, dtype: dtype)))
            }
        }

        /// The log-probability of each target, and the mean of their negatives. Input `(N, inFeatures)` with targets
        /// `(N)`, or `(inFeatures)` with one target.
        public func callAsFunction(_ input: Tensor, _ target: Tensor) -> (output: Tensor, loss: Tensor) {
            let results = callWithHooks([input, target]) { given in
                let output = self.targetLogProb(given[0], given[1])
                return [output, -output.mean()]
            }
            return (results[0], results[1])
        }

        private func targetLogProb(_ input: Tensor, _ target: Tensor) -> Tensor {
            switch target.ndim {
            case 1:
                if input.size(0) != target.size(0) {
                    fail("Input and target should have the same size in the batch dimension.")
                }
                if input.ndim != 2 {
                    fail("1D target tensor expects 2D input tensors, but found inputs with size torch.Size(\(input.shape))")
                }
            case 0:
                if input.ndim != 1 {
                    fail("0D target tensor expects 1D input tensors, but found inputs with size torch.Size(\(input.shape))")
                }
                return targetLogProb(input.unsqueeze(0), target.unsqueeze(0)).squeeze(0)
            default: fail("0D or 1D target tensor expected, multi-target not supported")
            }
            let (least, greatest): (Int, Int) = (target.min().item(), target.max().item())
            if least < 0 || greatest >= nClasses {
                fail(
                    "Target values should be in [0, \(nClasses - 1)], but values in range [\(least), \(greatest)] were found. ")
            }
            // The places in the head: classes of the shortlist, then clusters.
            var places = target
            var inCluster = torch.zeros([target.size(0)], dtype: input.dtype, device: input.device)
            for (i, layer) in tail.enumerated() {
                let belongs = (target >= cutoffs[i]).logicalAnd(target < cutoffs[i + 1])
                let rows = belongs.nonzero().squeeze(1)
                if rows.numel == 0 { continue }
                let relative = target.indexSelect(0, rows) - cutoffs[i]
                let logProb = layer(input.indexSelect(0, rows)).logSoftmax(1).gather(1, relative.unsqueeze(1))
                inCluster = inCluster.indexCopy(0, rows, logProb.squeeze(1))
                places = places.maskedFill(belongs, shortlistSize + i)
            }
            return inCluster + head(input).logSoftmax(1).gather(1, places.unsqueeze(1)).squeeze(1)
        }

        /// The log-probabilities of all classes: `(N, inFeatures)` to `(N, nClasses)`.
        public func logProb(_ input: Tensor) -> Tensor {
            let headLogProb = head(input).logSoftmax(1)
            let clusters = tail.enumerated().map { i, layer in
                layer(input).logSoftmax(1) + headLogProb.narrow(1, shortlistSize + i, 1)
            }
            return torch.cat([headLogProb.narrow(1, 0, shortlistSize)] + clusters, dim: 1)
        }

        /// The most probable class of each sample: `(N, inFeatures)` to `(N)`.
        public func predict(_ input: Tensor) -> Tensor { logProb(input).argmax(1) }
    }
}
