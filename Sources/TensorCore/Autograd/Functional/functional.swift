extension torch.autograd {
    /// PyTorch's `torch.autograd.functional`: derivatives of functions at a point.
    ///
    /// A function takes one tensor, or a list; it gives one, or a list. With `createGraph` the
    /// results can be differentiated; with `strict` it is an error if an output is independent of
    /// an input, where otherwise the derivative is zeros.
    public enum functional {}
}

extension torch.autograd.functional {
    /// The jacobian of `function` at `inputs`: sizes of the output, then those of the input.
    ///
    /// - Parameter vectorize: PyTorch's wish for one batched pass. The rows are computed one after
    ///   another here and are the same; together with `strict` it is refused as there.
    public static func jacobian(
        _ function: (Tensor) -> Tensor, _ inputs: Tensor, createGraph: Bool = false, strict: Bool = false,
        vectorize: Bool = false
    ) -> Tensor {
        checkVectorize(vectorize, strict)
        return Differentials.jacobian({ [function($0[0])] }, [inputs], createGraph: createGraph, strict: strict)[0][0]
    }

    /// The jacobian of one output by each of several inputs.
    public static func jacobian(
        _ function: ([Tensor]) -> Tensor, _ inputs: [Tensor], createGraph: Bool = false, strict: Bool = false,
        vectorize: Bool = false
    ) -> [Tensor] {
        checkVectorize(vectorize, strict)
        return Differentials.jacobian({ [function($0)] }, inputs, createGraph: createGraph, strict: strict)[0]
    }

    /// The jacobians of several outputs by one input.
    public static func jacobian(
        _ function: (Tensor) -> [Tensor], _ inputs: Tensor, createGraph: Bool = false, strict: Bool = false,
        vectorize: Bool = false
    ) -> [Tensor] {
        checkVectorize(vectorize, strict)
        return Differentials.jacobian({ function($0[0]) }, [inputs], createGraph: createGraph, strict: strict)
            .map { $0[0] }
    }

    /// The jacobian of each output by each input: `result[output][input]`.
    public static func jacobian(
        _ function: ([Tensor]) -> [Tensor], _ inputs: [Tensor], createGraph: Bool = false, strict: Bool = false,
        vectorize: Bool = false
    ) -> [[Tensor]] {
        checkVectorize(vectorize, strict)
        return Differentials.jacobian(function, inputs, createGraph: createGraph, strict: strict)
    }

    private static func checkVectorize(_ vectorize: Bool, _ strict: Bool) {
        check(
            !(vectorize && strict),
            "torch.autograd.functional.jacobian: `strict=True` and `vectorized=True` are not supported together. Please "
                + "either set `strict=False` or `vectorize=False`.")
    }

    /// The hessian of a function of one element: sizes of the input, twice.
    public static func hessian(
        _ function: (Tensor) -> Tensor, _ inputs: Tensor, createGraph: Bool = false, strict: Bool = false,
        vectorize: Bool = false
    ) -> Tensor {
        checkVectorize(vectorize, strict)
        return Differentials.hessian({ function($0[0]) }, [inputs], createGraph: createGraph, strict: strict)[0][0]
    }

    /// The blocks of the hessian by several inputs: `result[i][j]` differentiates by the i-th, then
    /// the j-th.
    public static func hessian(
        _ function: ([Tensor]) -> Tensor, _ inputs: [Tensor], createGraph: Bool = false, strict: Bool = false,
        vectorize: Bool = false
    ) -> [[Tensor]] {
        checkVectorize(vectorize, strict)
        return Differentials.hessian(function, inputs, createGraph: createGraph, strict: strict)
    }

    /// The function's output and `vᵀ · jacobian`. `v` has the output's shape and may be left out
    /// for an output of one element.
    public static func vjp(
        _ function: (Tensor) -> Tensor, _ inputs: Tensor, _ v: Tensor? = nil, createGraph: Bool = false,
        strict: Bool = false
    ) -> (Tensor, Tensor) {
        let (outputs, vjp) = Differentials.vjp(
            { [function($0[0])] }, [inputs], v.map { [$0] }, createGraph: createGraph, strict: strict, givesList: false)
        return (outputs[0], vjp[0])
    }

    /// The same for several inputs.
    public static func vjp(
        _ function: ([Tensor]) -> Tensor, _ inputs: [Tensor], _ v: Tensor? = nil, createGraph: Bool = false,
        strict: Bool = false
    ) -> (Tensor, [Tensor]) {
        let (outputs, vjp) = Differentials.vjp(
            { [function($0)] }, inputs, v.map { [$0] }, createGraph: createGraph, strict: strict, givesList: false)
        return (outputs[0], vjp)
    }

    /// The same for several inputs and outputs.
    public static func vjp(
        _ function: ([Tensor]) -> [Tensor], _ inputs: [Tensor], _ v: [Tensor]? = nil, createGraph: Bool = false,
        strict: Bool = false
    ) -> ([Tensor], [Tensor]) {
        Differentials.vjp(function, inputs, v, createGraph: createGraph, strict: strict, givesList: true)
    }

    /// The function's output and `jacobian · v`. `v` has the input's shape and may be left out for
    /// an input of one element.
    public static func jvp(
        _ function: (Tensor) -> Tensor, _ inputs: Tensor, _ v: Tensor? = nil, createGraph: Bool = false,
        strict: Bool = false
    ) -> (Tensor, Tensor) {
        let (outputs, jvp) = Differentials.jvp(
            { [function($0[0])] }, [inputs], v.map { [$0] }, createGraph: createGraph, strict: strict, takesList: false)
        return (outputs[0], jvp[0])
    }

    /// The same for several inputs.
    public static func jvp(
        _ function: ([Tensor]) -> Tensor, _ inputs: [Tensor], _ v: [Tensor]? = nil, createGraph: Bool = false,
        strict: Bool = false
    ) -> (Tensor, Tensor) {
        let (outputs, jvp) = Differentials.jvp(
            { [function($0)] }, inputs, v, createGraph: createGraph, strict: strict, takesList: true)
        return (outputs[0], jvp[0])
    }

    /// The same for several inputs and outputs.
    public static func jvp(
        _ function: ([Tensor]) -> [Tensor], _ inputs: [Tensor], _ v: [Tensor]? = nil, createGraph: Bool = false,
        strict: Bool = false
    ) -> ([Tensor], [Tensor]) {
        Differentials.jvp(function, inputs, v, createGraph: createGraph, strict: strict, takesList: true)
    }

    /// The output of a function of one element, and `vᵀ · hessian`.
    public static func vhp(
        _ function: (Tensor) -> Tensor, _ inputs: Tensor, _ v: Tensor? = nil, createGraph: Bool = false,
        strict: Bool = false
    ) -> (Tensor, Tensor) {
        let (output, product) = Differentials.hessianProduct(
            "vhp", { function($0[0]) }, [inputs], v.map { [$0] }, createGraph: createGraph, strict: strict,
            takesList: false, fromLeft: true)
        return (output, product[0])
    }

    /// The same for several inputs.
    public static func vhp(
        _ function: ([Tensor]) -> Tensor, _ inputs: [Tensor], _ v: [Tensor]? = nil, createGraph: Bool = false,
        strict: Bool = false
    ) -> (Tensor, [Tensor]) {
        Differentials.hessianProduct(
            "vhp", function, inputs, v, createGraph: createGraph, strict: strict, takesList: true, fromLeft: true)
    }

    /// The output of a function of one element, and `hessian · v`. The hessian being symmetric,
    /// `vhp` gives the same at less cost.
    public static func hvp(
        _ function: (Tensor) -> Tensor, _ inputs: Tensor, _ v: Tensor? = nil, createGraph: Bool = false,
        strict: Bool = false
    ) -> (Tensor, Tensor) {
        let (output, product) = Differentials.hessianProduct(
            "hvp", { function($0[0]) }, [inputs], v.map { [$0] }, createGraph: createGraph, strict: strict,
            takesList: false, fromLeft: false)
        return (output, product[0])
    }

    /// The same for several inputs.
    public static func hvp(
        _ function: ([Tensor]) -> Tensor, _ inputs: [Tensor], _ v: [Tensor]? = nil, createGraph: Bool = false,
        strict: Bool = false
    ) -> (Tensor, [Tensor]) {
        Differentials.hessianProduct(
            "hvp", function, inputs, v, createGraph: createGraph, strict: strict, takesList: true, fromLeft: false)
    }
}
