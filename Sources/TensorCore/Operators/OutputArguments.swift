/// PyTorch's `out=`: the same functions with the result written into a given tensor, whose memory is used
/// again. (`torch.tanh` as a value is the function without it.) `out` must have the result's shape and a type that the result can be cast to.
extension torch {
    @discardableResult @_disfavoredOverload
    public static func add(_ a: Tensor, _ b: Tensor, alpha: Double = 1, out: Tensor) -> Tensor {
        Operators.add([a, b], KernelParameters(alpha), out: out)
    }
    @discardableResult @_disfavoredOverload
    public static func mul(_ a: Tensor, _ b: Tensor, out: Tensor) -> Tensor { Operators.mul([a, b], out: out) }
    @discardableResult @_disfavoredOverload
    public static func div(_ a: Tensor, _ b: Tensor, out: Tensor) -> Tensor { Operators.div([a, b], out: out) }

    @discardableResult @_disfavoredOverload
    public static func sqrt(_ x: Tensor, out: Tensor) -> Tensor { Operators.sqrt([x], out: out) }
    @discardableResult @_disfavoredOverload
    public static func rsqrt(_ x: Tensor, out: Tensor) -> Tensor { Operators.rsqrt([x], out: out) }
    @discardableResult @_disfavoredOverload
    public static func reciprocal(_ x: Tensor, out: Tensor) -> Tensor { Operators.reciprocal([x], out: out) }
    @discardableResult @_disfavoredOverload
    public static func exp(_ x: Tensor, out: Tensor) -> Tensor { Operators.exp([x], out: out) }
    @discardableResult @_disfavoredOverload
    public static func exp2(_ x: Tensor, out: Tensor) -> Tensor { Operators.exp2([x], out: out) }
    @discardableResult @_disfavoredOverload
    public static func expm1(_ x: Tensor, out: Tensor) -> Tensor { Operators.expm1([x], out: out) }
    @discardableResult @_disfavoredOverload
    public static func log(_ x: Tensor, out: Tensor) -> Tensor { Operators.log([x], out: out) }
    @discardableResult @_disfavoredOverload
    public static func log2(_ x: Tensor, out: Tensor) -> Tensor { Operators.log2([x], out: out) }
    @discardableResult @_disfavoredOverload
    public static func log10(_ x: Tensor, out: Tensor) -> Tensor { Operators.log10([x], out: out) }
    @discardableResult @_disfavoredOverload
    public static func log1p(_ x: Tensor, out: Tensor) -> Tensor { Operators.log1p([x], out: out) }
    @discardableResult @_disfavoredOverload
    public static func sin(_ x: Tensor, out: Tensor) -> Tensor { Operators.sin([x], out: out) }
    @discardableResult @_disfavoredOverload
    public static func cos(_ x: Tensor, out: Tensor) -> Tensor { Operators.cos([x], out: out) }
    @discardableResult @_disfavoredOverload
    public static func tan(_ x: Tensor, out: Tensor) -> Tensor { Operators.tan([x], out: out) }
    @discardableResult @_disfavoredOverload
    public static func asin(_ x: Tensor, out: Tensor) -> Tensor { Operators.asin([x], out: out) }
    @discardableResult @_disfavoredOverload
    public static func acos(_ x: Tensor, out: Tensor) -> Tensor { Operators.acos([x], out: out) }
    @discardableResult @_disfavoredOverload
    public static func atan(_ x: Tensor, out: Tensor) -> Tensor { Operators.atan([x], out: out) }
    @discardableResult @_disfavoredOverload
    public static func sinh(_ x: Tensor, out: Tensor) -> Tensor { Operators.sinh([x], out: out) }
    @discardableResult @_disfavoredOverload
    public static func cosh(_ x: Tensor, out: Tensor) -> Tensor { Operators.cosh([x], out: out) }
    @discardableResult @_disfavoredOverload
    public static func tanh(_ x: Tensor, out: Tensor) -> Tensor { Operators.tanh([x], out: out) }
    @discardableResult @_disfavoredOverload
    public static func asinh(_ x: Tensor, out: Tensor) -> Tensor { Operators.asinh([x], out: out) }
    @discardableResult @_disfavoredOverload
    public static func acosh(_ x: Tensor, out: Tensor) -> Tensor { Operators.acosh([x], out: out) }
    @discardableResult @_disfavoredOverload
    public static func atanh(_ x: Tensor, out: Tensor) -> Tensor { Operators.atanh([x], out: out) }
    @discardableResult @_disfavoredOverload
    public static func erf(_ x: Tensor, out: Tensor) -> Tensor { Operators.erf([x], out: out) }
    @discardableResult @_disfavoredOverload
    public static func erfc(_ x: Tensor, out: Tensor) -> Tensor { Operators.erfc([x], out: out) }
    @discardableResult @_disfavoredOverload
    public static func erfinv(_ x: Tensor, out: Tensor) -> Tensor { Operators.erfinv([x], out: out) }
    @discardableResult @_disfavoredOverload
    public static func sigmoid(_ x: Tensor, out: Tensor) -> Tensor { Operators.sigmoid([x], out: out) }
}
