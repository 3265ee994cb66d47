import TensorCore

/// Splits a dataset at random into parts of the given sizes, which add up to its size. PyTorch's
/// parts for the same seed.
public func randomSplit<Base: Dataset>(
    _ dataset: Base, _ lengths: [Int], generator: Generator? = nil
) -> [Subset<Base>] {
    let total = lengths.reduce(0, +)
    // A single part of length 1 is PyTorch's fraction 1.
    if lengths == [1] { return randomSplit(dataset, [1.0], generator: generator) }
    if total != dataset.count {
        fail("Sum of input lengths does not equal the length of the input dataset!", .valueError)
    }
    return parts(dataset, lengths, generator)
}

/// The same by fractions that add up to 1: each part gets its share rounded down, and what is left
/// over goes to the first parts, one sample each.
public func randomSplit<Base: Dataset>(
    _ dataset: Base, _ fractions: [Double], generator: Generator? = nil
) -> [Subset<Base>] {
    let sum = fractions.reduce(0, +)
    if (sum - 1).magnitude > 1e-9 || sum > 1 {
        fail("Sum of input lengths does not equal the length of the input dataset!", .valueError)
    }
    for (i, fraction) in fractions.enumerated() where !(0...1).contains(fraction) {
        fail("Fraction at index \(i) is not between 0 and 1", .valueError)
    }
    var lengths = fractions.map { Int((Double(dataset.count) * $0).rounded(.down)) }
    let rest = dataset.count - lengths.reduce(0, +)
    for i in 0..<rest { lengths[i % lengths.count] += 1 }
    for (i, length) in lengths.enumerated() where length == 0 {
        warn("Length of split at index \(i) is 0. This might result in an empty dataset.")
    }
    return parts(dataset, lengths, generator)
}

/// What the parts of a split are given by: sizes, or fractions.
public protocol SplitLength {
    static func parts<Base: Dataset>(of dataset: Base, _ lengths: [Self], _ generator: Generator?) -> [Subset<Base>]
}
extension Int: SplitLength {
    public static func parts<Base: Dataset>(of dataset: Base, _ lengths: [Int], _ generator: Generator?) -> [Subset<Base>] {
        randomSplit(dataset, lengths, generator: generator)
    }
}
extension Double: SplitLength {
    public static func parts<Base: Dataset>(of dataset: Base, _ lengths: [Double], _ generator: Generator?) -> [Subset<Base>] {
        randomSplit(dataset, lengths, generator: generator)
    }
}

/// Two parts taken apart: `let (train, validation) = randomSplit(dataset, [0.8, 0.2])`.
@_disfavoredOverload
public func randomSplit<Base: Dataset, Length: SplitLength>(
    _ dataset: Base, _ lengths: [Length], generator: Generator? = nil
) -> (Subset<Base>, Subset<Base>) {
    let parts = unpacked(Length.parts(of: dataset, lengths, generator), 2)
    return (parts[0], parts[1])
}

/// Three parts taken apart: `let (train, validation, test) = randomSplit(dataset, [80, 10, 10])`.
@_disfavoredOverload
public func randomSplit<Base: Dataset, Length: SplitLength>(
    _ dataset: Base, _ lengths: [Length], generator: Generator? = nil
) -> (Subset<Base>, Subset<Base>, Subset<Base>) {
    let parts = unpacked(Length.parts(of: dataset, lengths, generator), 3)
    return (parts[0], parts[1], parts[2])
}

private func parts<Base: Dataset>(_ dataset: Base, _ lengths: [Int], _ generator: Generator?) -> [Subset<Base>] {
    let order: [Int] = torch.randperm(dataset.count, generator: generator).array()
    var start = 0
    return lengths.map { length in
        defer { start += length }
        return Subset(dataset, Array(order[start..<(start + length)]))
    }
}
