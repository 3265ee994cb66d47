/// Einstein's summation convention.
extension torch {
    /// The sum of products of the operands' elements over the dimensions that `equation` names:
    /// `"bij,bjk->bik"`. Without `->` the result has the labels that occur once, in alphabetical
    /// order; `...` stands for dimensions that broadcast.
    public static func einsum(_ equation: String, _ operands: [Tensor]) -> Tensor {
        check(!operands.isEmpty, "einsum(): must provide at least one operand")
        return Einsum(equation, operands).contracted()
    }
    public static func einsum(_ equation: String, _ operands: Tensor...) -> Tensor { einsum(equation, operands) }

    /// The same with each operand followed by its subscripts, numbers from 0 to 51, and at the end,
    /// if wanted, those of the result: `torch.einsum(a, [0, 1], b, [1, 2], [0, 2])`.
    public static func einsum(_ arguments: any EinsumArgument...) -> Tensor {
        let operands = arguments.compactMap { $0 as? Tensor }
        let terms = arguments.compactMap(\.einsumTerm)
        check(
            terms.count == operands.count || terms.count == operands.count + 1,
            "einsum(): expected subscripts after each operand, but got \(operands.count) operands and \(terms.count) lists")
        let equation = terms.prefix(operands.count).joined(separator: ",")
        return einsum(terms.count > operands.count ? "\(equation)->\(terms[operands.count])" : equation, operands)
    }
}

/// An equation read against its operands.
private struct Einsum {
    /// A dimension's label: a letter, or a place in the ellipsis counted from its end.
    private enum Label: Hashable {
        case letter(Character)
        case ellipsis(Int)
    }

    private let operands: [Tensor]
    private var labels: [[Label]] = []
    /// The result's labels, then those summed over.
    private var order: [Label] = []
    private var outputCount = 0

    init(_ equation: String, _ operands: [Tensor]) {
        self.operands = operands
        let text = equation.filter { $0 != " " }
        let sides = Einsum.sides(text)
        let terms = sides.left.split(separator: ",", omittingEmptySubsequences: false)
        check(
            terms.count <= operands.count, "einsum(): fewer operands were provided than specified in the equation")
        check(
            terms.count >= operands.count, "einsum(): more operands were provided than specified in the equation")
        var ellipsisCount = 0
        for (i, term) in terms.enumerated() {
            let own = Einsum.labels(String(term), operand: i, rank: operands[i].ndim)
            ellipsisCount = Swift.max(ellipsisCount, own.count { if case .ellipsis = $0 { true } else { false } })
            labels.append(own)
        }
        let ellipsis = (0..<ellipsisCount).reversed().map { Label.ellipsis($0) }
        if let right = sides.right {
            order = Einsum.output(right, ellipsis, known: Set(labels.joined()))
        } else {
            var counts: [Label: Int] = [:]
            for label in labels.joined() { counts[label, default: 0] += 1 }
            let once = counts.filter { $0.value == 1 }.keys.compactMap { (label: Label) -> Character? in
                if case .letter(let letter) = label { letter } else { nil }
            }
            order = ellipsis + once.sorted().map { .letter($0) }
        }
        outputCount = order.count
        var known = Set(order)
        for label in labels.joined() where known.insert(label).inserted { order.append(label) }
    }

    private static func sides(_ text: String) -> (left: String, right: String?) {
        guard let arrow = text.firstIndex(of: "-") else { return (text, nil) }
        let after = text.index(after: arrow)
        check(
            after < text.endIndex && text[after] == ">", "einsum(): found '-' in the equation that is not part of an arrow '->'")
        return (String(text[..<arrow]), String(text[text.index(after: after)...]))
    }

    private static func labels(_ term: String, operand: Int, rank: Int) -> [Label] {
        let parts = split(term, operand: operand)
        let named = parts.before.count + (parts.after?.count ?? 0)
        if let after = parts.after {
            check(
                named <= rank,
                "einsum(): the number of subscripts in the equation (\(named)) is more than the number of "
                    + "dimensions (\(rank)) for operand \(operand)")
            let middle = (0..<(rank - named)).reversed().map { Label.ellipsis($0) }
            return parts.before.map { .letter($0) } + middle + after.map { .letter($0) }
        }
        check(
            named == rank,
            "einsum(): the number of subscripts in the equation (\(named)) \(named > rank ? "is more than" : "does not match") "
                + "the number of dimensions (\(rank)) for operand \(operand)\(named > rank ? "" : " and no ellipsis was given")")
        return parts.before.map { .letter($0) }
    }

    /// The letters before an ellipsis and after it, if there is one.
    private static func split(_ term: String, operand: Int?) -> (before: [Character], after: [Character]?) {
        var (before, after): ([Character], [Character]?) = ([], nil)
        var rest = Array(term)[...]
        while let letter = rest.first {
            if letter == "." {
                let place = operand.map { "for operand \($0)" } ?? "in the output"
                check(
                    rest.starts(with: "..."),
                    "einsum(): found '.' \(place) that is not part of any ellipsis")
                check(after == nil, "einsum(): found '.' \(place) for which an ellipsis was already found")
                after = []
                rest = rest.dropFirst(3)
                continue
            }
            check(
                letter.isASCII && letter.isLetter,
                "einsum(): invalid subscript given at index \(term.count - rest.count) in the equation string, "
                    + "subscripts must be in [a-zA-Z]")
            if after == nil { before.append(letter) } else { after!.append(letter) }
            rest = rest.dropFirst()
        }
        return (before, after)
    }

    private static func output(_ term: String, _ ellipsis: [Label], known: Set<Label>) -> [Label] {
        let parts = split(term, operand: nil)
        var seen: Set<Character> = []
        for letter in parts.before + (parts.after ?? []) {
            check(
                seen.insert(letter).inserted,
                "einsum(): output subscript \(letter) appears more than once in the output")
            check(
                known.contains(.letter(letter)),
                "einsum(): output subscript \(letter) does not appear in the equation for any input operand")
        }
        let middle = parts.after == nil ? [] : ellipsis
        return parts.before.map { .letter($0) } + middle + (parts.after ?? []).map { .letter($0) }
    }

    /// The operand with one dimension for each label of `order`, of size 1 where it has none.
    private func aligned(_ index: Int) -> Tensor {
        var (x, own) = (operands[index], labels[index])
        // A label that occurs twice stands for the diagonal.
        var i = 0
        while i < own.count {
            if let j = own[(i + 1)...].firstIndex(of: own[i]) {
                check(
                    x.size(i) == x.size(j),
                    "einsum(): subscript \(own[i]) is repeated for operand \(index) but the sizes don't match, "
                        + "\(x.size(j)) != \(x.size(i))")
                x = x.diagonal(offset: 0, dim1: i, dim2: j).movedim(-1, i)
                own.remove(at: j)
            } else {
                i += 1
            }
        }
        x = x.permute(order.compactMap { own.firstIndex(of: $0) })
        for (axis, label) in order.enumerated() where !own.contains(label) { x = x.unsqueeze(axis) }
        return x
    }

    func contracted() -> Tensor {
        let all = operands.indices.map { aligned($0) }
        checkSizes(all)
        var result = all[0]
        for (i, next) in all.enumerated().dropFirst() {
            // A summed dimension goes with the last operands that have it.
            let last = (outputCount..<order.count).filter { axis in
                (result.size(axis) != 1 || next.size(axis) != 1) && all[(i + 1)...].allSatisfy { $0.size(axis) == 1 }
            }
            result = sumOfProducts(result, next, last)
        }
        let rest = Array(outputCount..<order.count)
        if rest.isEmpty { return result }
        if all.count > 1 {
            for axis in rest.reversed() {
                result = result.size(axis) == 1 ? result.squeeze(axis) : result.sum(dim: axis)
            }
            return result
        }
        return result.sum(dim: rest)
    }

    private func checkSizes(_ all: [Tensor]) {
        for (axis, label) in order.enumerated() {
            var seen = 1
            for (i, x) in all.enumerated() where x.size(axis) != 1 {
                let size = x.size(axis)
                if seen != 1, seen != size { failSizes(label, i, size, seen) }
                seen = size
            }
        }
    }

    private func failSizes(_ label: Label, _ operand: Int, _ size: Int, _ seen: Int) -> Never {
        switch label {
        case .letter(let letter):
            fail(
                "einsum(): subscript \(letter) has size \(size) for operand \(operand) which does not broadcast with "
                    + "previously seen size \(seen)")
        case .ellipsis(let place):
            let count = order.count { if case .ellipsis = $0 { true } else { false } }
            fail(
                "einsum(): dimension \(count - 1 - place) covered by ellipsis in operand \(operand)has size \(size) "
                    + "which does not broadcast with previously seen ellipsis with size \(seen) for the respective "
                    + "dimension")
        }
    }
}

/// The products of two tensors of one rank, broadcast, summed over `axes` (which stay with size 1),
/// as one batched matrix product.
func sumOfProducts(_ left: Tensor, _ right: Tensor, _ axes: [Int]) -> Tensor {
    var (left, right) = (left, right)
    var (batch, onlyLeft, onlyRight, summed): ([Int], [Int], [Int], [Int]) = ([], [], [], [])
    for axis in 0..<left.ndim {
        let (l, r) = (left.size(axis) != 1, right.size(axis) != 1)
        if axes.contains(axis) {
            if l, r {
                summed.append(axis)
            } else if l {
                left = left.sum(dim: axis, keepdim: true)
            } else if r {
                right = right.sum(dim: axis, keepdim: true)
            }
        } else if l, r {
            batch.append(axis)
        } else if l {
            onlyLeft.append(axis)
        } else {
            onlyRight.append(axis)
        }
    }
    let gone = axes.filter { !summed.contains($0) }
    if summed.isEmpty { return left * right }
    func count(_ x: Tensor, _ axes: [Int]) -> Int { axes.reduce(1) { $0 * x.size($1) } }
    let (n, m, p, k) = (count(left, batch), count(left, onlyLeft), count(right, onlyRight), count(left, summed))
    let a = left.permute(batch + onlyLeft + summed + onlyRight + gone).reshape([n, m, k])
    let b = right.permute(batch + summed + onlyRight + onlyLeft + gone).reshape([n, k, p])
    let arranged = batch + onlyLeft + onlyRight + summed + gone
    let sizes =
        batch.map { left.size($0) } + onlyLeft.map { left.size($0) } + onlyRight.map { right.size($0) }
        + (summed + gone).map { _ in 1 }
    var back = arranged
    for (place, axis) in arranged.enumerated() { back[axis] = place }
    return a.bmm(b).reshape(sizes).permute(back)
}

/// An operand of `torch.einsum`, or a list of its subscripts.
public protocol EinsumArgument {
    /// The subscripts as letters; nil for an operand.
    var einsumTerm: String? { get }
}

/// A subscript in a list of them: a number, or `.ellipsis` for dimensions that broadcast.
public enum EinsumSubscript: ExpressibleByIntegerLiteral {
    case number(Int)
    case ellipsis

    public init(integerLiteral value: Int) { self = .number(value) }

    fileprivate var text: String {
        guard case .number(let number) = self else { return "..." }
        check(
            (0..<52).contains(number), "einsum(): subscript in subscript list is not within the valid range [0, 52)",
            .valueError)
        let first = number < 26 ? Unicode.Scalar("A").value : Unicode.Scalar("a").value - 26
        return String(Unicode.Scalar(first + UInt32(number))!)
    }
}

extension Tensor: EinsumArgument {
    public var einsumTerm: String? { nil }
}

extension Array: EinsumArgument {
    /// The letters for integers, or for `EinsumSubscript`s.
    public var einsumTerm: String? {
        map { element in
            if let number = element as? Int { return EinsumSubscript.number(number).text }
            guard let label = element as? EinsumSubscript else {
                fail("einsum(): subscripts must be integers", .typeError)
            }
            return label.text
        }.joined()
    }
}
