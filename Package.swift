// swift-tools-version: 6.2
import PackageDescription

let package = Package(
    name: "flambeau",
    products: [
        .library(name: "Flambeau", targets: ["Flambeau"]),
        .executable(name: "flambeau", targets: ["flambeau"]),
        .executable(name: "flambeau-host", targets: ["flambeau-host"]),
        .executable(name: "flambeau-conformance", targets: ["flambeau-conformance"]),
        .executable(name: "flambeau-bench", targets: ["flambeau-bench"]),
    ],
    dependencies: [
        .package(url: "https://github.com/swiftlang/swift-syntax", from: "603.0.1"),
        .package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.2"),
    ],
    targets: [
        // Ground: system libraries and C.
        .systemLibrary(name: "CZeroMQ", providers: [.apt(["libzmq3-dev"])]),
        .systemLibrary(name: "COpenSSL", providers: [.apt(["libssl-dev"])]),
        .systemLibrary(name: "COpenBLAS", providers: [.apt(["libopenblas-dev"])]),
        .systemLibrary(name: "CZlib", providers: [.apt(["zlib1g-dev"])]),
        .systemLibrary(name: "CSourceKit"),
        .target(name: "CKernels"),
        .target(name: "CCellHost"),

        // Library.
        .target(name: "TensorCore", dependencies: ["CKernels", "COpenBLAS"]),
        .target(name: "NeuralNetworks", dependencies: ["TensorCore"]),
        .target(name: "Optimizers", dependencies: ["TensorCore", "NeuralNetworks", "CKernels"]),
        .target(name: "DataLoading", dependencies: ["TensorCore", "CKernels"]),
        .target(name: "TextProcessing", dependencies: ["TensorCore"]),
        .target(name: "Metrics", dependencies: ["TensorCore", "NeuralNetworks"]),
        .target(name: "Vision", dependencies: ["TensorCore", "DataLoading"]),
        .target(name: "ModelFiles", dependencies: ["TensorCore", "NeuralNetworks", "CZlib"]),
        .target(
            name: "Flambeau",
            dependencies: [
                "TensorCore", "NeuralNetworks", "Optimizers", "DataLoading", "Metrics", "TextProcessing", "Vision",
                "ModelFiles", "LibraryDisplay",
            ]),

        // Display: what a cell uses to show things; Foundation-free, so that cells compile quickly.
        .target(name: "Charts", dependencies: ["CZlib"]),
        .target(name: "NotebookDisplay", dependencies: ["Charts"]),
        // How the library's values show themselves.
        .target(
            name: "LibraryDisplay",
            dependencies: [
                "NotebookDisplay", "Charts", "TensorCore", "NeuralNetworks", "Optimizers", "DataLoading", "Metrics",
            ]),

        // Kernel.
        .target(name: "HostProtocol"),
        .target(name: "JupyterProtocol", dependencies: ["CZeroMQ", "COpenSSL"]),
        .target(
            name: "CellCompiler",
            dependencies: [
                .product(name: "SwiftSyntax", package: "swift-syntax"),
                .product(name: "SwiftParser", package: "swift-syntax"),
                .product(name: "SwiftParserDiagnostics", package: "swift-syntax"),
            ]),
        .target(name: "CellExecution", dependencies: ["CCellHost", "HostProtocol", "NotebookDisplay"]),
        .target(name: "LanguageService", dependencies: ["CSourceKit", "NotebookDisplay"]),
        .target(
            name: "CellSession", dependencies: ["CellCompiler", "HostProtocol", "LanguageService", "NotebookDisplay"]),
        .target(
            name: "NotebookKernel",
            dependencies: ["JupyterProtocol", "CellSession", "LanguageService", "NotebookDisplay"]),

        // Commands.
        .executableTarget(
            name: "flambeau",
            dependencies: [
                "NotebookKernel", "JupyterProtocol", "CellSession", "CellCompiler", "LanguageService",
                .product(name: "ArgumentParser", package: "swift-argument-parser"),
            ]),
        .executableTarget(
            name: "flambeau-host",
            dependencies: ["CellExecution", "NotebookDisplay", "Flambeau"],
            // Cells bind to the library inside the host, so the host exports its symbols.
            linkerSettings: [.unsafeFlags(["-Xlinker", "--export-dynamic"])]),

        // Every operator by its name in PyTorch's database, for what walks over all of them.
        .target(name: "OperatorRegistry", dependencies: ["Flambeau"]),
        .executableTarget(name: "flambeau-conformance", dependencies: ["Flambeau", "OperatorRegistry"]),
        // The workloads of a benchmark that PyTorch runs too.
        .executableTarget(name: "flambeau-bench", dependencies: ["Flambeau"]),

        .target(name: "TestSupport", dependencies: ["TensorCore"], path: "Tests/TestSupport"),
        .testTarget(
            name: "TensorCoreTests", dependencies: ["Flambeau", "TestSupport"], resources: [.copy("Goldens")]),
        .testTarget(
            name: "NeuralNetworksTests", dependencies: ["Flambeau", "TestSupport"], resources: [.copy("Goldens")]),
        .testTarget(
            name: "OptimizersTests", dependencies: ["Flambeau", "TestSupport"], exclude: ["make_goldens.py"],
            resources: [.copy("Goldens")]),
        .testTarget(
            name: "OperatorTests", dependencies: ["Flambeau", "OperatorRegistry", "TestSupport"],
            exclude: ["make_goldens.py"],
            resources: [.copy("Goldens")]),
        .testTarget(name: "DataLoadingTests", dependencies: ["Flambeau", "TestSupport"]),
        .testTarget(
            name: "MetricsTests", dependencies: ["Flambeau", "TestSupport"], exclude: ["make_goldens.py"],
            resources: [.copy("Goldens")]),
        .testTarget(name: "TextProcessingTests", dependencies: ["Flambeau", "TestSupport"]),
        .testTarget(name: "VisionTests", dependencies: ["Flambeau", "TestSupport"]),
        .testTarget(name: "NotebookDisplayTests", dependencies: ["NotebookDisplay", "Charts"]),
        .testTarget(name: "LibraryDisplayTests", dependencies: ["Flambeau", "TestSupport"]),
        .testTarget(name: "CellCompilerTests", dependencies: ["CellCompiler"]),
        .testTarget(name: "CellSessionTests", dependencies: ["CellSession"]),
        .testTarget(
            name: "ModelFilesTests", dependencies: ["ModelFiles", "TestSupport"], resources: [.copy("Goldens")]),
        .testTarget(name: "JupyterProtocolTests", dependencies: ["JupyterProtocol"]),
        .testTarget(name: "NotebookKernelTests", dependencies: ["NotebookKernel"]),
        .testTarget(name: "LanguageServiceTests", dependencies: ["LanguageService"]),
    ],
    swiftLanguageModes: [.v5]
)
