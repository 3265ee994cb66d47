/// A short list of integers stored inline: the sizes or the strides of a tensor.
///
/// No operator allocates memory for its shapes this way, which is most of what a small operator
/// would otherwise cost.
public struct Dims: Sendable {
    /// The largest number of dimensions a tensor can have.
    public static let maximum = 16

    @usableFromInline var values: InlineArray<16, Int>
    public private(set) var count: Int

    @inline(__always) public init() {
        values = InlineArray(repeating: 0)
        count = 0
    }

    @inline(__always) public init(repeating value: Int, count: Int) {
        values = InlineArray(repeating: value)
        self.count = count
    }

    public init(_ list: some Sequence<Int>) {
        self.init()
        for value in list { append(value) }
    }

    @inline(__always) public subscript(_ index: Int) -> Int {
        get { values[unchecked: index] }
        set { values[unchecked: index] = newValue }
    }

    @inline(__always) public mutating func append(_ value: Int) {
        if count == Dims.maximum {
            fail("tensors of more than \(Dims.maximum) dimensions are not supported")
        }
        values[unchecked: count] = value
        count += 1
    }

    public mutating func insert(_ value: Int, at index: Int) {
        append(value)
        var i = count - 1
        while i > index {
            self[i] = self[i - 1]
            i -= 1
        }
        self[index] = value
    }

    @discardableResult
    public mutating func remove(at index: Int) -> Int {
        let removed = self[index]
        for i in index..<(count - 1) { self[i] = self[i + 1] }
        count -= 1
        return removed
    }

    public mutating func removeLast() { count -= 1 }

    @inline(__always) public var isEmpty: Bool { count == 0 }

    /// The product of all values: the number of elements of a shape. Traps on overflow.
    @inline(__always) public var product: Int {
        var result = 1
        for i in 0..<count {
            let (value, overflow) = result.multipliedReportingOverflow(by: self[i])
            if overflow { fail("Storage size calculation overflowed with sizes=\(self)") }
            result = value
        }
        return result
    }

    public var array: [Int] { (0..<count).map { self[$0] } }
}

extension Dims: Equatable {
    @inline(__always) public static func == (a: Dims, b: Dims) -> Bool {
        if a.count != b.count { return false }
        for i in 0..<a.count where a[i] != b[i] { return false }
        return true
    }
}

extension Dims: ExpressibleByArrayLiteral {
    public init(arrayLiteral elements: Int...) { self.init(elements) }
}

extension Dims: CustomStringConvertible {
    /// PyTorch's form: `[2, 3]`.
    public var description: String { array.description }
}

extension Dims {
    /// The strides of a contiguous tensor of these sizes.
    @inline(__always) var contiguousStrides: Dims {
        var strides = Dims(repeating: 1, count: count)
        var step = 1
        var i = count - 1
        while i >= 0 {
            strides[i] = step
            step *= Swift.max(self[i], 1)
            i -= 1
        }
        return strides
    }
}
