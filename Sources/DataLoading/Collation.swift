import TensorCore

/// What the default rule can make a batch of: PyTorch's `default_collate`.
///
/// Tensors are stacked, numbers become tensors, strings stay a list; arrays and dictionaries are
/// collated entry by entry. Types of your own conform to take part.
public protocol Collatable {
    associatedtype Batch
    static func collate(_ samples: [Self]) -> Batch
}

extension Tensor: Collatable {
    /// Stacked along a new first dimension.
    public static func collate(_ samples: [Tensor]) -> Tensor {
        if samples[0].layout != .strided {
            fail(
                "Batches of sparse tensors are not currently supported by the default collate_fn; "
                    + "please provide a custom collate_fn to handle them appropriately.")
        }
        return torch.stack(samples)
    }
}
extension Int: Collatable {
    public static func collate(_ samples: [Int]) -> Tensor { Tensor(samples, shape: [samples.count]) }
}
extension Float: Collatable {
    public static func collate(_ samples: [Float]) -> Tensor { Tensor(samples, shape: [samples.count]) }
}
extension Double: Collatable {
    /// float64, as PyTorch makes of Python's floats.
    public static func collate(_ samples: [Double]) -> Tensor { torch.tensor(samples, dtype: .float64) }
}
extension Bool: Collatable {
    public static func collate(_ samples: [Bool]) -> Tensor { torch.tensor(samples) }
}
extension String: Collatable {
    public static func collate(_ samples: [String]) -> [String] { samples }
}
extension Array: Collatable where Element: Collatable {
    /// One batch for each position; the arrays have one length.
    public static func collate(_ samples: [[Element]]) -> [Element.Batch] {
        if samples.contains(where: { $0.count != samples[0].count }) {
            fail("each element in list of batch should be of equal size")
        }
        return samples[0].indices.map { i in Element.collate(samples.map { $0[i] }) }
    }
}
extension Dictionary: Collatable where Value: Collatable {
    /// One batch for each key of the first sample.
    public static func collate(_ samples: [[Key: Value]]) -> [Key: Value.Batch] {
        Dictionary<Key, Value.Batch>(
            uniqueKeysWithValues: samples[0].keys.map { key in
                (key, Value.collate(samples.map { sample in
                    guard let value = sample[key] else { fail("KeyError: '\(key)'") }
                    return value
                }))
            })
    }
}

/// A batch of samples by the default rule.
public func defaultCollate<Sample: Collatable>(_ samples: [Sample]) -> Sample.Batch { Sample.collate(samples) }

/// A batch of tuples by the default rule: a tuple of batches.
public func defaultCollate<A: Collatable, B: Collatable, each Part: Collatable>(
    _ samples: [(A, B, repeat each Part)]
) -> (A.Batch, B.Batch, repeat (each Part).Batch) {
    collateColumns(samples)
}

private func collateColumns<each Part: Collatable>(
    _ samples: [(repeat each Part)]
) -> (repeat (each Part).Batch) {
    let columns = (repeat Column<each Part>())
    for sample in samples { repeat (each columns).append(each sample) }
    return (repeat (each Part).collate((each columns).values))
}

/// A batch of dictionaries whose values are of several types, by the default rule.
///
///     DataLoader(dataset, batchSize: 4, collateFn: defaultCollate)  // Sample == [String: Any]
public func defaultCollate(_ samples: [[String: Any]]) -> [String: Any] {
    collateAny(samples) as! [String: Any]
}

private func collateAny(_ samples: [Any]) -> Any {
    func batch<Part: Collatable>(like first: Part) -> Any {
        Part.collate(samples.map { sample in
            guard let part = sample as? Part else {
                fail(
                    "default_collate: the samples of a batch are of one type; found \(Part.self) and "
                        + "\(type(of: sample))", .typeError)
            }
            return part
        })
    }
    // Dictionaries and lists of values of any types come before the uniform ones, which they include.
    switch samples[0] {
    case let first as [String: Any]:
        return Dictionary(
            uniqueKeysWithValues: first.keys.map { key in
                (key, collateAny(samples.map { sample -> Any in
                    guard let value = (sample as? [String: Any])?[key] else { fail("KeyError: '\(key)'") }
                    return value
                }))
            })
    case let first as [Any]:
        let lists = samples.map { $0 as? [Any] ?? [] }
        if lists.contains(where: { $0.count != first.count }) {
            fail("each element in list of batch should be of equal size")
        }
        return first.indices.map { i in collateAny(lists.map { $0[i] }) }
    case let first as any Collatable:
        return batch(like: first)
    default:
        fail(
            "default_collate: batch must contain tensors, numpy arrays, numbers, dicts or lists; found "
                + "<class '\(type(of: samples[0]))'>", .typeError)
    }
}

/// The values of one part of the samples.
private final class Column<Part> {
    private(set) var values: [Part] = []
    func append(_ part: Part) { values.append(part) }
}
