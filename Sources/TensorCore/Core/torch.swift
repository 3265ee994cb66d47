/// PyTorch's `torch` namespace: functions that make tensors and compute with them.
public enum torch {
    /// PyTorch's `torch.autograd`.
    public enum autograd {}
    /// PyTorch's `torch.linalg`.
    public enum linalg {}
    /// PyTorch's `torch.utils`.
    public enum utils {}
}

extension torch {
    public static let float32 = DType.float32, float = DType.float32
    public static let float64 = DType.float64, double = DType.float64
    public static let float16 = DType.float16, half = DType.float16
    public static let bfloat16 = DType.bfloat16
    public static let int8 = DType.int8, int16 = DType.int16, short = DType.int16
    public static let int32 = DType.int32, int = DType.int32
    public static let int64 = DType.int64, long = DType.int64
    public static let uint8 = DType.uint8
    public static let bool = DType.bool
    public static let qint8 = DType.qint8, quint8 = DType.quint8, qint32 = DType.qint32
    public static let complex64 = DType.complex64, cfloat = DType.complex64
    public static let complex128 = DType.complex128, cdouble = DType.complex128

    /// PyTorch's `torch.device("cuda:0")`.
    public static func device(_ name: String) -> Device { Device(name) }
    public static func device(_ type: String, _ index: Int) -> Device { Device("\(type):\(index)") }
}
