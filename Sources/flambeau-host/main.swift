import CellExecution
import Flambeau
import Glibc

guard CommandLine.arguments.count == 2, let descriptor = Int32(CommandLine.arguments[1]) else {
    print("flambeau-host is started by flambeau kernel.")
    exit(64)
}
CellHost.run(descriptor: descriptor)
