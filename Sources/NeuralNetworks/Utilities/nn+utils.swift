extension nn {
    /// PyTorch's `torch.nn.utils`.
    public enum utils {}
}
