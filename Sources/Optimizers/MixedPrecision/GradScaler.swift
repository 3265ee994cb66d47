import TensorCore

extension torch {
    /// PyTorch's `torch.amp`: automatic mixed precision.
    public enum amp {}
}

extension torch.amp {
    /// Scales the loss so that small gradients do not vanish in float16, and skips steps whose
    /// gradients are not finite.
    ///
    ///     let scaler = torch.amp.GradScaler("cpu")
    ///     scaler.scale(loss).backward()
    ///     scaler.step(optimizer)
    ///     scaler.update()
    ///
    /// The scale grows after `growthInterval` steps without such a gradient and shrinks after one with.
    public final class GradScaler {
        private enum Stage { case ready, unscaled, stepped }

        private let enabled: Bool
        private var initialScale: Double
        private var initialTracker = 0
        /// Nil until something was scaled.
        private var current: Double?
        private var tracker = 0
        private var growthFactor: Double
        private var backoffFactor: Double
        private var growthInterval: Int
        private var stages: [ObjectIdentifier: (stage: Stage, foundInf: Bool)] = [:]

        /// - Parameter enabled: false makes every call do what it would do without a scaler.
        public init(
            _ device: String = "cuda", initScale: Double = 65536, growthFactor: Double = 2, backoffFactor: Double = 0.5,
            growthInterval: Int = 2000, enabled: Bool = true
        ) {
            if enabled && device == "cuda" {
                warn("torch.cuda.amp.GradScaler is enabled, but CUDA is not available.  Disabling.")
            }
            self.enabled = enabled && device != "cuda"
            if self.enabled && growthFactor <= 1 { fail("The growth factor must be > 1.0.", .assertionError) }
            if self.enabled && backoffFactor >= 1 { fail("The backoff factor must be < 1.0.", .assertionError) }
            initialScale = initScale
            (self.growthFactor, self.backoffFactor, self.growthInterval) = (growthFactor, backoffFactor, growthInterval)
        }

        /// A result, usually the loss, times the scale.
        public func scale(_ outputs: Tensor) -> Tensor {
            if !enabled { return outputs }
            if current == nil { (current, tracker) = (initialScale, initialTracker) }
            return outputs * torch.tensor(Float(current!))
        }

        /// Results times the scale.
        public func scale(_ outputs: [Tensor]) -> [Tensor] { outputs.map { scale($0) } }

        private func knownScale(_ caller: String) -> Double {
            guard let current else {
                fail(
                    "Attempted \(caller) but _scale is None.  This may indicate your script did not use "
                        + "scaler.scale(loss or outputs) earlier in the iteration.", .assertionError)
            }
            return current
        }

        /// Divides the gradients of an optimizer's parameters by the scale, for instance to clip them
        /// before `step`.
        public func unscale_(_ optimizer: optim.Optimizer) {
            if !enabled { return }
            let scale = knownScale("unscale_")
            switch stages[ObjectIdentifier(optimizer)]?.stage ?? .ready {
            case .unscaled: fail("unscale_() has already been called on this optimizer since the last update().")
            case .stepped: fail("unscale_() is being called after step().")
            case .ready: break
            }
            var foundInf = false
            torch.noGrad {
                for grad in optimizer.paramGroups.flatMap(\.params).compactMap(\.grad) {
                    if grad.dtype == .float16 { fail("Attempting to unscale FP16 gradients.", .valueError) }
                    let values = grad.isSparse ? grad._values() : grad
                    if !values.isfinite().all().item() { foundInf = true }
                    values.mul_(Double(Float(1 / scale)))
                }
            }
            stages[ObjectIdentifier(optimizer)] = (.unscaled, foundInf)
        }

        /// Takes the optimizer's step with unscaled gradients, unless one of them is not finite.
        public func step(_ optimizer: optim.Optimizer) {
            if !enabled { return optimizer.step() }
            _ = knownScale("step")
            let key = ObjectIdentifier(optimizer)
            if stages[key]?.stage == .stepped { fail("step() has already been called since the last update().") }
            if stages[key] == nil { unscale_(optimizer) }
            let foundInf = stages[key]!.foundInf
            if !foundInf { optimizer.step() }
            stages[key] = (.stepped, foundInf)
        }

        /// The same with a closure, which only a scaler that is not enabled can take.
        @discardableResult
        public func step(_ optimizer: optim.Optimizer, _ closure: () throws -> Tensor) rethrows -> Tensor {
            if enabled { fail("Closure use is not currently supported if GradScaler is enabled.") }
            return try optimizer.step(closure)
        }

        /// Sets the scale of the next iteration.
        public func update(_ newScale: Double? = nil) {
            if !enabled { return }
            let scale = knownScale("update")
            if let newScale {
                current = Double(Float(newScale))
            } else {
                if stages.isEmpty { fail("No inf checks were recorded prior to update.", .assertionError) }
                if stages.values.contains(where: \.foundInf) {
                    current = Double(Float(scale * backoffFactor))
                    tracker = 0
                } else {
                    tracker += 1
                    if tracker == growthInterval {
                        let grown = Float(scale * growthFactor)
                        if grown.isFinite { current = Double(grown) }
                        tracker = 0
                    }
                }
            }
            stages = [:]
        }

        /// The scale; 1 where the scaler is not enabled.
        public func getScale() -> Double { enabled ? current ?? initialScale : 1 }
        public func isEnabled() -> Bool { enabled }
        public func getGrowthFactor() -> Double { growthFactor }
        public func setGrowthFactor(_ newFactor: Double) { growthFactor = newFactor }
        public func getBackoffFactor() -> Double { backoffFactor }
        public func setBackoffFactor(_ newFactor: Double) { backoffFactor = newFactor }
        public func getGrowthInterval() -> Int { growthInterval }
        public func setGrowthInterval(_ newInterval: Int) { growthInterval = newInterval }

        /// Everything the scaler needs to go on; empty where it is not enabled.
        public func stateDict() -> StateDictionary {
            var result = StateDictionary()
            if !enabled { return result }
            result["scale"] = .double(getScale())
            result["growth_factor"] = .double(growthFactor)
            result["backoff_factor"] = .double(backoffFactor)
            result["growth_interval"] = .int(growthInterval)
            result["_growth_tracker"] = .int(current == nil ? initialTracker : tracker)
            return result
        }

        /// Goes on where the scaler that gave the state stood.
        /// - Throws: `StateValueError` where a value is missing or of another kind.
        public func loadStateDict(_ saved: StateDictionary) throws {
            if !enabled { return }
            if saved.isEmpty {
                throw StateValueError(
                    "The source state dict is empty, possibly because it was saved from a disabled instance of GradScaler.")
            }
            initialScale = try saved.value(.string("scale")).double
            growthFactor = try saved.value(.string("growth_factor")).double
            backoffFactor = try saved.value(.string("backoff_factor")).double
            growthInterval = try saved.value(.string("growth_interval")).int
            initialTracker = try saved.value(.string("_growth_tracker")).int
            if current != nil { (current, tracker) = (initialScale, initialTracker) }
        }
    }
}

extension torch.amp {
    /// See `torch.autocast`.
    public static func autocast<R>(
        _ deviceType: Device.Kind, dtype: DType = .bfloat16, enabled: Bool = true, _ body: () throws -> R
    ) rethrows -> R { try torch.autocast(deviceType: deviceType, dtype: dtype, enabled: enabled, body) }
    public static func isAutocastAvailable(_ deviceType: Device.Kind) -> Bool { deviceType == .cpu }
}
