/// What `print` takes beside optional tensors, so that `print("gradient", x.grad)` shows the tensor, or `nil`, and not
/// `Optional(tensor(…))` with a warning. Everything else is printed by Swift's `print`.
public protocol PrintedItem {}

extension Tensor: PrintedItem {}
extension Optional: PrintedItem where Wrapped == Tensor {}
extension String: PrintedItem {}
extension Int: PrintedItem {}
extension Double: PrintedItem {}
extension Float: PrintedItem {}
extension Bool: PrintedItem {}
extension Array: PrintedItem {}
extension DType: PrintedItem {}
extension Device: PrintedItem {}

/// Prints the items, an optional tensor as the tensor that it holds.
public func print(_ items: any PrintedItem..., separator: String = " ", terminator: String = "\n") {
    Swift.print(printedText(items, separator), terminator: terminator)
}

package func printedText(_ items: [any PrintedItem], _ separator: String) -> String {
    let texts = items.map { item in
        if let tensor = item as? Tensor? { "\(tensor)" } else { String(describing: item) }
    }
    return texts.joined(separator: separator)
}
