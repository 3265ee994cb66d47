// Here and not where the types are declared: there every message of the compiler would name the alias.
extension torch {
    /// So that annotations read as in PyTorch: `let x: torch.Tensor`.
    public typealias Tensor = TensorCore.Tensor
    public typealias Generator = TensorCore.Generator
    public typealias Size = [Int]
}
