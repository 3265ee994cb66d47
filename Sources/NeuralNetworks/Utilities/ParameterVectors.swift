import TensorCore

extension nn.utils {
    /// All parameters behind one another in one tensor; gradients pass through.
    public static func parametersToVector(_ parameters: [Tensor]) -> Tensor {
        torch.cat(parameters.map { $0.reshape(-1) }, dim: 0)
    }

    /// Writes the pieces of a vector, as `parametersToVector` makes it, into the parameters.
    public static func vectorToParameters(_ vector: Tensor, _ parameters: [Tensor]) {
        var start = 0
        torch.noGrad {
            for parameter in parameters {
                parameter.copy_(vector.narrow(0, start, parameter.numel).reshape(parameter.shape))
                start += parameter.numel
            }
        }
    }
}
