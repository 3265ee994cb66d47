import CKernels

/// Tensors of random numbers. Shapes are given as numbers or as a list, as in PyTorch.
extension torch {
    /// Numbers drawn evenly from [0, 1).
    public static func rand(
        _ size: Int..., generator: Generator? = nil, dtype: DType = .default, device: Device = .cpu,
        requiresGrad: Bool = false
    ) -> Tensor {
        rand(size, generator: generator, dtype: dtype, device: device, requiresGrad: requiresGrad)
    }
    public static func rand(
        _ size: [Int], generator: Generator? = nil, dtype: DType = .default, device: Device = .cpu,
        requiresGrad: Bool = false
    ) -> Tensor {
        Tensor(empty: checkedSize(size), dtype, device.backend).uniform_(generator: generator).madeToRequireGrad(requiresGrad)
    }

    /// Numbers of the normal distribution with mean 0 and deviation 1.
    public static func randn(
        _ size: Int..., generator: Generator? = nil, dtype: DType = .default, device: Device = .cpu,
        requiresGrad: Bool = false
    ) -> Tensor {
        randn(size, generator: generator, dtype: dtype, device: device, requiresGrad: requiresGrad)
    }
    public static func randn(
        _ size: [Int], generator: Generator? = nil, dtype: DType = .default, device: Device = .cpu,
        requiresGrad: Bool = false
    ) -> Tensor {
        Tensor(empty: checkedSize(size), dtype, device.backend).normal_(generator: generator).madeToRequireGrad(requiresGrad)
    }

    /// Integers drawn evenly from [`low`, `high`).
    public static func randint(
        _ low: Int, _ high: Int, _ size: [Int], generator: Generator? = nil, dtype: DType = .int64,
        device: Device = .cpu, requiresGrad: Bool = false
    ) -> Tensor {
        Tensor(empty: checkedSize(size), dtype, device.backend).random_(low, high, generator: generator)
            .madeToRequireGrad(requiresGrad)
    }
    /// Integers drawn evenly from [0, `high`).
    public static func randint(
        _ high: Int, _ size: [Int], generator: Generator? = nil, dtype: DType = .int64, device: Device = .cpu,
        requiresGrad: Bool = false
    ) -> Tensor {
        randint(0, high, size, generator: generator, dtype: dtype, device: device, requiresGrad: requiresGrad)
    }

    /// The numbers 0 to n - 1 in random order.
    public static func randperm(
        _ n: Int, generator: Generator? = nil, dtype: DType = .int64, device: Device = .cpu
    ) -> Tensor {
        let order = Tensor(empty: checkedSize([n]), .int64)
        (generator ?? defaultGenerator).draw { ck_random_permutation($0, order.address!.assumingMemoryBound(to: Int64.self), n) }
        if dtype == .int64 && device == .cpu { return order }
        let out = Tensor(empty: order.dims, dtype, device.backend)
        if out.address != nil { out.copyValues(from: order) }
        return out
    }

    /// `rand` of the shape, type and device of `x`.
    public static func randLike(_ x: Tensor, dtype: DType? = nil, requiresGrad: Bool = false) -> Tensor {
        if let room = permutedRoom(x, dtype ?? x.dtype) { return finished(room.uniform_(0, 1), requiresGrad) }
        return rand(x.shape, dtype: dtype ?? x.dtype, device: x.device, requiresGrad: requiresGrad)
    }
    /// `randn` of the shape, type and device of `x`.
    public static func randnLike(_ x: Tensor, dtype: DType? = nil, requiresGrad: Bool = false) -> Tensor {
        if let room = permutedRoom(x, dtype ?? x.dtype) { return finished(room.normal_(0, 1), requiresGrad) }
        return randn(x.shape, dtype: dtype ?? x.dtype, device: x.device, requiresGrad: requiresGrad)
    }
    /// Memory in the order of `x` where that is contiguous memory with its dimensions permuted, as of a
    /// transposed matrix: numbers are drawn in memory's order. Nil for other tensors.
    private static func permutedRoom(_ x: Tensor, _ dtype: DType) -> Tensor? {
        guard x.layout == .strided, !x.isContiguous(), dtype.isFloatingPoint, x.numel > 0 else { return nil }
        let strides = x.stride()
        let order = (0..<x.ndim).sorted { (strides[$0], x.shape[$0], $1) > (strides[$1], x.shape[$1], $0) }
        var step = 1
        for dim in order.reversed() where x.shape[dim] > 1 {
            if strides[dim] != step { return nil }
            step *= x.shape[dim]
        }
        let room = Tensor(empty: Dims(order.map { x.shape[$0] }), dtype, x.backend)
        return room.permute(x.shape.indices.map { order.firstIndex(of: $0)! })
    }
    /// `randint` of the shape, type and device of `x`.
    public static func randintLike(_ x: Tensor, _ high: Int, dtype: DType? = nil) -> Tensor {
        randintLike(x, 0, high, dtype: dtype)
    }
    public static func randintLike(_ x: Tensor, _ low: Int, _ high: Int, dtype: DType? = nil) -> Tensor {
        randint(low, high, x.shape, dtype: dtype ?? x.dtype, device: x.device)
    }

    /// Numbers of the normal distribution.
    public static func normal(_ mean: Double, _ std: Double, size: [Int], generator: Generator? = nil) -> Tensor {
        Tensor(empty: checkedSize(size), .default).normal_(mean, std, generator: generator)
    }

    /// 1 with probability `p`, else 0, in the shape of `x`.
    public static func bernoulli(_ x: Tensor, _ p: Double, generator: Generator? = nil) -> Tensor {
        emptyLike(x).bernoulli_(p, generator: generator)
    }
    /// 1 with the probability that `p` gives for each element, else 0.
    public static func bernoulli(_ p: Tensor, generator: Generator? = nil) -> Tensor {
        check(
            p.dtype.isFloatingPoint, "\"bernoulli_tensor_cpu_p_\" not implemented for '\(p.dtype.scalarName)'",
            .notImplemented)
        let chances = p.converted(.float64).copied()
        let out = Tensor(empty: p.dims, p.dtype, p.backend)
        guard let source = chances.address?.assumingMemoryBound(to: Double.self), let target = out.address else { return out }
        for i in 0..<p.numel {
            check(source[i] >= 0 && source[i] <= 1, "Expected p_in >= 0 && p_in <= 1 to be true, but got false.")
        }
        // Probabilities of 53 bits are compared with as many, those of 24 or fewer with 24.
        let fine = p.dtype == .float64
        (generator ?? defaultGenerator).draw { state in
            for i in 0..<p.numel {
                let u =
                    fine
                    ? Double(ck_random_next64(state) & (1 << 53 - 1)) * 0x1p-53
                    : Double(ck_random_next(state) & (1 << 24 - 1)) * 0x1p-24
                storeNumber(.float(u < source[i] ? 1 : 0), p.dtype, target + i * p.dtype.size)
            }
        }
        return out
    }

    /// Indices drawn with the weights that each row of `input` gives: `(n)` or `(rows, n)` to
    /// `(numSamples)` or `(rows, numSamples)`, int64.
    ///
    /// Weights are not negative and need not sum to one. Without replacement no index comes twice.
    public static func multinomial(
        _ input: Tensor, _ numSamples: Int, replacement: Bool = false, generator: Generator? = nil
    ) -> Tensor {
        check(input.ndim == 1 || input.ndim == 2, "prob_dist must be 1 or 2 dim")
        check(
            input.dtype.isFloatingPoint,
            "multinomial only supports floating-point dtypes for input, got: \(input.dtype.scalarName)")
        check(numSamples > 0, "cannot sample n_sample <= 0 samples")
        let count = input.size(-1)
        let rows = input.ndim == 2 ? input.size(0) : 1
        check(
            replacement || numSamples <= count,
            "cannot sample n_sample > prob_dist.size(-1) samples without replacement")
        let weights = input.converted(.float64).copied()
        let source = weights.address!.assumingMemoryBound(to: Double.self)
        for i in 0..<weights.numel {
            check(
                source[i] >= 0 && source[i].isFinite, "probability tensor contains either `inf`, `nan` or element < 0")
        }
        for row in 0..<rows {
            let total = (0..<count).reduce(0) { $0 + source[row * count + $1] }
            check(total > 0, "invalid multinomial distribution (sum of probabilities <= 0)")
        }
        let out = Tensor(empty: input.ndim == 2 ? [rows, numSamples] : [numSamples], .int64)
        let target = out.address!.assumingMemoryBound(to: Int.self)
        let single = input.dtype != .float64
        (generator ?? defaultGenerator).draw { state in
            if replacement {
                for row in 0..<rows {
                    sampleWithReplacement(state, source + row * count, count, single, target + row * numSamples, numSamples)
                }
            } else {
                sampleDistinct(state, source, rows, count, single, target, numSamples)
            }
        }
        return out
    }

    private static func sampleWithReplacement(
        _ state: UnsafeMutablePointer<ck_random>, _ weights: UnsafePointer<Double>, _ count: Int, _ single: Bool,
        _ out: UnsafeMutablePointer<Int>, _ samples: Int
    ) {
        let round = { (x: Double) in single ? Double(Float(x)) : x }
        var cumulative = [Double](repeating: 0, count: count)
        var sum = 0.0
        for i in 0..<count {
            sum = round(sum + weights[i])
            cumulative[i] = sum
        }
        for i in 0..<count { cumulative[i] = round(cumulative[i] / sum) }
        cumulative[count - 1] = 1
        for i in 0..<samples {
            let u = Double(ck_random_next64(state) & (1 << 53 - 1)) * 0x1p-53
            var (low, high) = (0, count)
            while low < high {
                let middle = low + (high - low) / 2
                if cumulative[middle] < u { low = middle + 1 } else { high = middle }
            }
            out[i] = low
        }
    }

    /// The `samples` indices with the largest ratio of weight to an exponential number.
    private static func sampleDistinct(
        _ state: UnsafeMutablePointer<ck_random>, _ weights: UnsafePointer<Double>, _ rows: Int, _ count: Int,
        _ single: Bool, _ out: UnsafeMutablePointer<Int>, _ samples: Int
    ) {
        var keys = [Double](repeating: 0, count: rows * count)
        ck_random_exponential(state, &keys, keys.count, 1)
        for i in keys.indices {
            keys[i] = single ? Double(Float(weights[i]) / Float(keys[i])) : weights[i] / keys[i]
        }
        for row in 0..<rows {
            let order = (0..<count).sorted { keys[row * count + $0] > keys[row * count + $1] }
            for i in 0..<samples { out[row * samples + i] = order[i] }
        }
    }

    private static func checkedSize(_ size: [Int]) -> Dims {
        if let negative = size.first(where: { $0 < 0 }) {
            fail("Trying to create tensor with negative dimension \(negative): \(size)")
        }
        return Dims(size)
    }
}

extension Tensor {
    /// Draws for each element with itself as the probability: see `torch.bernoulli`.
    public func bernoulli(generator: Generator? = nil) -> Tensor { torch.bernoulli(self, generator: generator) }
    /// See `torch.multinomial`.
    public func multinomial(_ numSamples: Int, replacement: Bool = false, generator: Generator? = nil) -> Tensor {
        torch.multinomial(self, numSamples, replacement: replacement, generator: generator)
    }
}
