import TensorCore

extension nn {
    /// What surrounds an input with more elements: `(N, C, *)` or `(C, *)`; base of the padding layers.
    open class PaddingLayer: Module {
        /// How many elements before and after each dimension, the last dimension first.
        public let padding: [Int]

        class var rank: Int { 2 }
        /// PyTorch's name of what is added.
        class var mode: String { "constant" }

        /// - Parameter padding: one number for all sides, or two for each dimension, the last dimension first.
        public init(_ padding: any SpatialSizes) { self.padding = padding.sizes(2 * Self.rank) }

        open override func forward(_ input: Tensor) -> Tensor { functional.pad(input, padding, mode: Self.mode) }
        open override func extraRepr() -> String { tuple(padding) }
    }

    /// Pads with zeros.
    open class ZeroPad1d: PaddingLayer { override class var rank: Int { 1 } }
    /// Pads with zeros.
    open class ZeroPad2d: PaddingLayer {}
    /// Pads with zeros.
    open class ZeroPad3d: PaddingLayer { override class var rank: Int { 3 } }

    /// Pads with the input mirrored at its edge, without the edge itself.
    open class ReflectionPad1d: PaddingLayer {
        override class var rank: Int { 1 }
        override class var mode: String { "reflect" }
    }
    /// Pads with the input mirrored at its edges, without the edges themselves.
    open class ReflectionPad2d: PaddingLayer { override class var mode: String { "reflect" } }
    /// Pads with the input mirrored at its edges, without the edges themselves.
    open class ReflectionPad3d: ReflectionPad2d { override class var rank: Int { 3 } }

    /// Pads with the elements at the edge.
    open class ReplicationPad1d: PaddingLayer {
        override class var rank: Int { 1 }
        override class var mode: String { "replicate" }
    }
    /// Pads with the elements at the edges.
    open class ReplicationPad2d: PaddingLayer { override class var mode: String { "replicate" } }
    /// Pads with the elements at the edges.
    open class ReplicationPad3d: ReplicationPad2d { override class var rank: Int { 3 } }

    /// Pads with the elements of the other end.
    open class CircularPad1d: PaddingLayer {
        override class var rank: Int { 1 }
        override class var mode: String { "circular" }
    }
    /// Pads with the elements of the other end.
    open class CircularPad2d: PaddingLayer { override class var mode: String { "circular" } }
    /// Pads with the elements of the other end.
    open class CircularPad3d: CircularPad2d { override class var rank: Int { 3 } }

    /// Pads with one number; base of the classes for each rank.
    open class ConstantPadLayer: PaddingLayer {
        public let value: Scalar
        public init(_ padding: any SpatialSizes, _ value: some ScalarConvertible) {
            self.value = value.scalar
            super.init(padding)
        }
        open override func forward(_ input: Tensor) -> Tensor { functional.pad(input, padding, value: value) }
        open override func extraRepr() -> String { "padding=\(tuple(padding)), value=\(python(value))" }
    }
    /// Pads with one number.
    open class ConstantPad1d: ConstantPadLayer { override class var rank: Int { 1 } }
    /// Pads with one number.
    open class ConstantPad2d: ConstantPadLayer {}
    /// Pads with one number.
    open class ConstantPad3d: ConstantPadLayer { override class var rank: Int { 3 } }
}
