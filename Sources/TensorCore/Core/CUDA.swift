extension torch {
    /// PyTorch's `torch.cuda`, as far as it can answer without a backend for GPUs: there are none, and
    /// what needs one stops with PyTorch's message.
    public enum cuda {
        public static func isAvailable() -> Bool { deviceCount() > 0 }
        public static func deviceCount() -> Int { 0 }
        /// The ordinal of the current GPU.
        public static func currentDevice() -> Int { failWithoutBackend() }
        public static func getDeviceName(_ device: Int? = nil) -> String { failWithoutBackend() }
        public static func setDevice(_ device: Int) { failWithoutBackend() }
        /// Runs `body` with that GPU as the current one. PyTorch's `with torch.cuda.device(1):`.
        @discardableResult
        public static func device<R>(_ device: Int, _ body: () throws -> R) rethrows -> R { failWithoutBackend() }
        /// Waits until the GPU's work is done.
        public static func synchronize() { failWithoutBackend() }
        /// Bytes that tensors on GPUs hold.
        public static func memoryAllocated() -> Int { 0 }
        public static func maxMemoryAllocated(_ device: Int? = nil) -> Int { 0 }
        public static func memoryReserved(_ device: Int? = nil) -> Int { 0 }
        public static func maxMemoryReserved(_ device: Int? = nil) -> Int { 0 }
        public static func resetPeakMemoryStats(_ device: Int? = nil) {}
        public static func emptyCache() {}
        public static func isInitialized() -> Bool { false }
        /// Seeds the GPU's generator; without a GPU there is nothing to seed, which is no error.
        public static func manualSeed(_ seed: Int) {}
        public static func manualSeedAll(_ seed: Int) {}

        static func failWithoutBackend() -> Never { fail("Torch not compiled with CUDA enabled", .runtimeError) }
    }
}

extension Tensor {
    /// This tensor on a GPU, by default the current one.
    public func cuda(_ device: Int? = nil) -> Tensor { to(Device(.cuda, device)) }
}
