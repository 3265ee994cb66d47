/// Switches that programs written for PyTorch set, and questions they ask, whatever computes here.
extension torch {
    /// What computes, and how: PyTorch's `torch.backends`.
    public enum backends {
        /// Whether convolutions of kernel 3 × 3 may be computed by Winograd's minimal filtering, which is
        /// faster and less exact (some 1e-5 of the result's size). PyTorch has no such switch.
        nonisolated(unsafe) public static var winograd = true

        /// NVIDIA's library of layers.
        public enum cudnn {
            public static func isAvailable() -> Bool { cuda.isAvailable() }
            nonisolated(unsafe) public static var enabled = true
            nonisolated(unsafe) public static var benchmark = false
            nonisolated(unsafe) public static var deterministic = false
            nonisolated(unsafe) public static var allowTf32 = true
        }

        /// Apple's GPUs.
        public enum mps {
            public static func isAvailable() -> Bool { false }
            public static func isBuilt() -> Bool { false }
        }
    }

    private nonisolated(unsafe) static var wantsDeterminism = false
    private nonisolated(unsafe) static var matmulPrecision = "highest"

    /// Asks for operators that give the same numbers every time. Those of the CPU always do, whatever the
    /// number of threads.
    public static func useDeterministicAlgorithms(_ mode: Bool, warnOnly: Bool = false) { wantsDeterminism = mode }
    public static func areDeterministicAlgorithmsEnabled() -> Bool { wantsDeterminism }

    /// How exactly matrices of float32 are multiplied: `"highest"`, `"high"` or `"medium"`. The CPU computes all
    /// of them in float32.
    public static func setFloat32MatmulPrecision(_ precision: String) {
        check(
            ["highest", "high", "medium"].contains(precision),
            "Expected one of ['highest', 'high', 'medium'], but got '\(precision)'")
        matmulPrecision = precision
    }
    public static func getFloat32MatmulPrecision() -> String { matmulPrecision }
}
