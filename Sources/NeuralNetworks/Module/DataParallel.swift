import TensorCore

extension nn {
    /// A module whose input would be split among several GPUs. Where there is none, as PyTorch does, the
    /// module itself computes everything.
    open class DataParallel<M: Module>: Module {
        public let module: M

        override var typeName: String { "DataParallel" }

        public init(_ module: M) { self.module = module }

        open override func forward(_ input: Tensor) -> Tensor { module(input) }
    }
}
