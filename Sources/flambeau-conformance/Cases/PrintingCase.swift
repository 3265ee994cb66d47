import Flambeau
import OperatorRegistry

/// A tensor with the text that PyTorch prints for it.
struct PrintingCase {
    let json: JSONValue
    let values: ValueReader

    func run() -> Verdict {
        let expected = json["repr"]?.string ?? ""
        let ending = ending { () -> String in
            guard let reference = json["tensor"] else { throw Unsupported(reason: "no tensor") }
            return "\(try values.tensor(reference))"
        }
        return Verdict.of(ending) { $0 == expected ? .passed : .failed("\($0)\n    instead of \(expected)") }
    }
}
