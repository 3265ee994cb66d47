/// What readers and writers of files need of a tensor's memory.
extension Tensor {
    /// The same for all tensors that share a storage, as long as one of them lives.
    package var storageIdentity: ObjectIdentifier { ObjectIdentifier(storage) }

    /// The whole storage as a row of elements of this tensor's type, without history.
    package var wholeStorage: Tensor {
        Tensor(viewing: self, dims: [storage.byteCount / dtype.size], steps: [1], offset: 0)
    }

    /// Another tensor over the same storage, without history. The caller has checked the bounds.
    package func arranged(_ shape: [Int], _ strides: [Int], offset: Int, as dtype: DType) -> Tensor {
        let view = Tensor(viewing: self, dims: Dims(shape), steps: Dims(strides), offset: offset)
        if dtype == self.dtype { return view }
        return Tensor(
            storage: storage, offset: offset, dims: view.dims, steps: view.steps, numel: view.numel, dtype: dtype,
            contiguous: view.contiguousFlag)
    }
}
