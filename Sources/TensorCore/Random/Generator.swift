import CKernels
import Synchronization

/// A source of random numbers: PyTorch's CPU generator (mt19937), number for number.
///
/// All random functions take one; without it they draw from `torch.defaultGenerator`.
public final class Generator: @unchecked Sendable {
    private let state: UnsafeMutablePointer<ck_random>
    private let lock = Mutex<UInt64>(Generator.defaultSeed)

    /// The seed a generator has before any is set.
    static let defaultSeed: UInt64 = 67_280_421_310_721

    /// - Parameter device: where numbers are wanted; they are always drawn on the CPU.
    public init(device: Device = .cpu) {
        state = .allocate(capacity: 1)
        state.initialize(to: ck_random())
        ck_random_seed(state, Generator.defaultSeed)
    }

    deinit { state.deallocate() }

    /// Starts the sequence that belongs to `seed`. Negative seeds count from 2⁶⁴, as in PyTorch.
    @discardableResult
    public func manualSeed(_ seed: Int) -> Generator {
        lock.withLock {
            $0 = UInt64(bitPattern: Int64(seed))
            ck_random_seed(state, $0)
        }
        return self
    }

    /// The seed of the running sequence.
    public func initialSeed() -> Int { lock.withLock { Int(truncatingIfNeeded: $0) } }

    /// Seeds with a number from the system, and returns it.
    @discardableResult
    public func seed() -> Int {
        let seed = Int.random(in: 0...Int.max)
        manualSeed(seed)
        return seed
    }

    /// Runs `body` on the raw generator; nobody else draws from it meanwhile.
    func draw<R>(_ body: (UnsafeMutablePointer<ck_random>) -> R) -> R {
        lock.withLock { _ in body(state) }
    }
}

// MARK: - State

extension Generator {
    /// The layout of PyTorch's state, in bytes: seed, `left`, whether seeded, `next`, 624 words of 64
    /// bits, and the number that the last pair of normal ones left over.
    private enum Layout {
        static let seed = 0, left = 8, seeded = 12, next = 16, words = 24
        static let spare = 24 + 624 * 8 + 8, hasSpare = spare + 16
        static let size = 5056
    }

    /// The whole state as a uint8 tensor of 5056 elements, which PyTorch's `set_state` accepts too.
    public func getState() -> Tensor {
        let out = Tensor(empty: [Layout.size], .uint8)
        let bytes = out.address!
        bytes.initializeMemory(as: UInt8.self, repeating: 0, count: Layout.size)
        lock.withLock { seed in
            bytes.storeBytes(of: seed, toByteOffset: Layout.seed, as: UInt64.self)
            bytes.storeBytes(of: state.pointee.left, toByteOffset: Layout.left, as: UInt32.self)
            bytes.storeBytes(of: 1, toByteOffset: Layout.seeded, as: UInt32.self)
            bytes.storeBytes(of: UInt64(state.pointee.next), toByteOffset: Layout.next, as: UInt64.self)
            withUnsafeBytes(of: &state.pointee.words) { words in
                for (i, word) in words.bindMemory(to: UInt32.self).enumerated() {
                    bytes.storeBytes(of: UInt64(word), toByteOffset: Layout.words + 8 * i, as: UInt64.self)
                }
            }
            if state.pointee.has_spare {
                bytes.storeBytes(of: state.pointee.spare, toByteOffset: Layout.spare, as: Double.self)
                bytes.storeBytes(of: 1, toByteOffset: Layout.hasSpare, as: UInt32.self)
            }
        }
        return out
    }

    /// Continues from a state that `getState()` gave, here or in PyTorch.
    public func setState(_ newState: Tensor) {
        check(newState.dtype == .uint8 && newState.device == .cpu, "RNG state must be a torch.ByteTensor", .typeError)
        check(newState.numel == Layout.size, "RNG state is wrong size")
        let contiguous = newState.contiguousFlag ? newState : newState.copied()
        let bytes = UnsafeRawPointer(contiguous.address!)
        let left = bytes.loadUnaligned(fromByteOffset: Layout.left, as: UInt32.self)
        let next = bytes.loadUnaligned(fromByteOffset: Layout.next, as: UInt64.self)
        check(
            left >= 1 && left <= 625 && next <= 624 && left + UInt32(next) <= 625, "Invalid mt19937 state")
        lock.withLock { seed in
            seed = bytes.loadUnaligned(fromByteOffset: Layout.seed, as: UInt64.self)
            state.pointee.left = left
            state.pointee.next = UInt32(next)
            withUnsafeMutableBytes(of: &state.pointee.words) { words in
                let words = words.bindMemory(to: UInt32.self)
                for i in 0..<words.count {
                    let word = bytes.loadUnaligned(fromByteOffset: Layout.words + 8 * i, as: UInt64.self)
                    words[i] = UInt32(truncatingIfNeeded: word)
                }
            }
            state.pointee.spare = bytes.loadUnaligned(fromByteOffset: Layout.spare, as: Double.self)
            state.pointee.has_spare = bytes.loadUnaligned(fromByteOffset: Layout.hasSpare, as: UInt32.self) != 0
        }
    }
}

extension torch {
    /// What random functions draw from when they are given no generator: one for the whole process,
    /// unless the thread runs inside `withDefaultGenerator`.
    public static var defaultGenerator: Generator {
        guard let own = ck_state().pointee.generator else { return processGenerator }
        return Unmanaged<Generator>.fromOpaque(own).takeUnretainedValue()
    }
    private static let processGenerator = Generator()

    /// Runs `body` with another default generator on this thread; the other threads keep theirs.
    public static func withDefaultGenerator<R>(_ generator: Generator, _ body: () throws -> R) rethrows -> R {
        let before = ck_state().pointee.generator
        return try withExtendedLifetime(generator) {
            ck_state().pointee.generator = Unmanaged.passUnretained(generator).toOpaque()
            defer { ck_state().pointee.generator = before }
            return try body()
        }
    }

    /// Seeds the default generator: the numbers that follow are those of PyTorch on the CPU.
    @discardableResult
    public static func manualSeed(_ seed: Int) -> Generator { defaultGenerator.manualSeed(seed) }

    /// The seed of the default generator.
    public static func initialSeed() -> Int { defaultGenerator.initialSeed() }

    /// Seeds the default generator with a number from the system, and returns it.
    @discardableResult
    public static func seed() -> Int { defaultGenerator.seed() }

    /// The state of the default generator; see `Generator.getState()`.
    public static func getRngState() -> Tensor { defaultGenerator.getState() }
    public static func setRngState(_ state: Tensor) { defaultGenerator.setState(state) }
}
