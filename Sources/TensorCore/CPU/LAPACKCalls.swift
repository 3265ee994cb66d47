internal import COpenBLAS

/// What every call of a LAPACK routine needs: a batch's matrices shared among the threads, memory
/// to work in, and the routine for the element type.
extension CPUBackend {
    /// Calls `body` for each matrix of a batch with what is to hold its status: an element of
    /// `info`, or nowhere if the routine cannot fail.
    func eachMatrix(
        _ a: Tensor, _ info: Tensor? = nil, _ body: (MatrixPlace, UnsafeMutablePointer<Int32>) -> Void
    ) {
        _ = singleThreadedBLAS
        if let info { fill(info, .int(0)) }
        if a.dims[0] == 0 || a.dims[1] == 0 || a.dims[2] == 0 { return }
        let size = a.dims[1] * a.dims[2] * a.dtype.size
        let work = a.dims[1] * a.dims[2] * Swift.min(a.dims[1], a.dims[2])
        parallel(a.dims[0], grain: Swift.max(1, 65536 / work)) { range in
            for i in range {
                let place = MatrixPlace(index: i, address: a.address! + i * size, rows: a.dims[2], columns: a.dims[1])
                var unused: Int32 = 0
                if let info { body(place, info.int32s(i)) } else { body(place, &unused) }
            }
        }
    }

    /// Calls the routine twice: to ask how much memory it works best with, and with that.
    func withWorkspace(_ type: DType, _ call: (UnsafeMutableRawPointer, Int32) -> Void) {
        withUnsafeTemporaryAllocation(byteCount: 16, alignment: 16) { answer in
            call(answer.baseAddress!, -1)
            let best =
                type.real == .float32
                ? Int(answer.load(as: Float.self).rounded(.up)) : Int(answer.load(as: Double.self))
            let work = UnsafeMutableRawPointer.allocate(byteCount: Swift.max(best, 1) * type.size, alignment: 16)
            call(work, Int32(Swift.max(best, 1)))
            work.deallocate()
        }
    }
}

/// One matrix of a batch, column by column.
struct MatrixPlace {
    let index: Int
    let address: UnsafeMutableRawPointer
    let rows: Int, columns: Int
    /// The distance between columns.
    var leading: Int32 { Int32(Swift.max(rows, 1)) }
}

func routine<Routine>(
    _ type: DType, _ float: Routine, _ double: Routine, _ complexFloat: Routine, _ complexDouble: Routine
) -> Routine {
    switch type {
    case .float32: float
    case .float64: double
    case .complex64: complexFloat
    default: complexDouble
    }
}

func letter(_ character: Unicode.Scalar) -> CChar { CChar(character.value) }
func triangle(_ upper: Bool) -> CChar { letter(upper ? "U" : "L") }

extension Tensor {
    /// The address of a part, of type int32, along the first dimension.
    func int32s(_ index: Int) -> UnsafeMutablePointer<Int32> { row(index).assumingMemoryBound(to: Int32.self) }

    /// The address of a part along the first dimension; of an empty tensor, one that is never read.
    func row(_ index: Int) -> UnsafeMutableRawPointer {
        (address ?? UnsafeMutableRawPointer(bitPattern: 16)!) + index * dims.product(1..<dims.count) * dtype.size
    }
}
