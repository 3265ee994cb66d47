import CellExecution
import Flambeau
import Glibc

guard CommandLine.arguments.count == 2, let descriptor = Int32(CommandLine.arguments[1]) else {
    print("flambeau-host is started by flambeau kernel.")
    exit(64)
}
// A programming error that the library finds stops the cell alone, by PyTorch's name for it.
failureHandler = { kind, message in CellHost.raise(kind: kind, message: message) }
CellHost.run(descriptor: descriptor)
