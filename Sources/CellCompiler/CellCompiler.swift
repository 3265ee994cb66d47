import Foundation

/// Compiles cells, one module each, and knows which of them a new cell must import.
///
/// Not safe for use from several threads at once, but for `cancel()`.
public final class CellCompiler: @unchecked Sendable {
    public struct Configuration: Sendable {
        public var toolchain: Toolchain
        /// Folders that hold the library's `.swiftmodule` files.
        public var moduleFolders: [String]
        /// Where this session's modules and images go; emptied by nobody else while it lives.
        public var workFolder: String
        /// What outlives the session: the compiler's module cache and compiled cells.
        public var cacheFolder: String
        /// Changes when the library was built anew, so that cells compiled against it are stale.
        public var libraryFingerprint: String

        public init(
            toolchain: Toolchain, moduleFolders: [String], workFolder: String,
            cacheFolder: String, libraryFingerprint: String
        ) {
            self.toolchain = toolchain
            self.moduleFolders = moduleFolders
            self.workFolder = workFolder
            self.cacheFolder = cacheFolder
            self.libraryFingerprint = libraryFingerprint
        }
    }

    /// What the compiler does for speed. `none` compiles fastest and traps say most; `speed` is
    /// the compiler's `-O`.
    public enum Optimization: String, Sendable { case none, speed }

    let configuration: Configuration
    /// For cells that do not say otherwise with `%opt`.
    public private(set) var optimization: Optimization
    private var history = CellHistory()
    private var loaded: [String: CompiledCell] = [:]
    private var moduleNames: Set<String> = []
    private var nextImage: UInt32 = 1
    private let cache: CompiledCellCache
    private let tools = ToolRunner()
    private let hiddenModules: HiddenModules

    public init(_ configuration: Configuration, optimization: Optimization = .none) throws {
        self.configuration = configuration
        self.optimization = optimization
        let folder = configuration.cacheFolder
        for path in [configuration.workFolder, folder + "/modules"] {
            try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
        }
        hiddenModules = HiddenModules(folder: folder + "/hidden-modules")
        cache = CompiledCellCache(
            folder: folder + "/cells",
            environment: configuration.toolchain.fingerprint + configuration.libraryFingerprint)
    }

    /// Removes this session's files, and the compiler that waits to write more of them.
    public func removeFiles() {
        tools.dismissStandby()
        try? FileManager.default.removeItem(atPath: configuration.workFolder)
    }

    /// Forgets every cell: their images went with the host.
    public func reset() {
        try? FileManager.default.createDirectory(
            atPath: configuration.workFolder, withIntermediateDirectories: true)
        history = CellHistory()
        loaded = [:]
        moduleNames = []
    }

    /// Ends a compilation that runs now.
    public func cancel() { tools.cancel() }

    /// Makes a cell's names visible to later cells.
    ///
    /// - Parameter line: for a cell that stopped half way, the top-level line it had reached: what
    ///   is declared later, or needs it, stays unknown.
    public func commit(_ cell: CompiledCell, reachedLine line: Int? = nil) {
        var declarations = cell.declarations
        if let line { declarations.drop(unreachedFrom: line) }
        history.commit(
            module: cell.module, declarations: declarations, imports: cell.cellImports, cellID: cell.cellID,
            isWhole: line == nil)
    }

    /// The functions that keep the values which variables lose because a cell runs: its own variables,
    /// when it runs again, and those of earlier cells that it declares anew.
    public func replaced(by cell: CompiledCell) -> (own: [String], others: [String]) {
        let (own, others) = history.replaced(by: cell.declarations, in: cell.module)
        return (
            own.map { ReplacedVariables.symbol(of: $0, entry: cell.entry) },
            others.map { ReplacedVariables.symbol(of: $0.name, entry: Self.entry(of: $0.owner)) }
        )
    }

    /// The symbol that runs a cell.
    private static func entry(of module: String) -> String { module + "_main" }

    /// The import statements that make every name of every cell visible.
    public var completePreamble: String { Self.preamble(history.imports(mentioning: history.names, for: CellDeclarations()).statements) }

    /// Lets the compiler build its caches of the modules that cells use before the first cell
    /// waits for it, which takes seconds once per toolchain, and starts it for the first cell.
    public func warmUp() {
        prepareNext(after: 0)
        let key = (configuration.toolchain.fingerprint + configuration.libraryFingerprint).utf8
            .reduce(UInt64(5381)) { $0 &* 33 &+ UInt64($1) }
        let mark = "\(configuration.cacheFolder)/warm-\(key)"
        if FileManager.default.fileExists(atPath: mark) { return }
        for module in ["", "import Foundation", "import Flambeau"] {
            let arguments = ["-frontend", "-typecheck", Subprocess.inputPath, "-disable-objc-interop"] + searchArguments
            var missed: [String]? = []
            while let declared = missed {
                let output = Subprocess(configuration.toolchain.frontend, arguments)?
                    .finish(input: Self.preamble([]) + "\(module)\n")
                missed = hiddenModules.declareMissing(in: output?.text ?? "", besides: declared)
            }
        }
        _ = FileManager.default.createFile(atPath: mark, contents: nil)
    }

    /// Has a compiler ready for the cell that will probably come next.
    public func prepareNext(after number: Int) {
        tools.prepare(
            configuration.toolchain.frontend,
            frontendArguments(module: "Cell\(number + 1)", isLibrary: false, optimization))
    }

    /// Arguments with which `swift-frontend` or SourceKit understands cells.
    public var searchArguments: [String] {
        var arguments = ["-target", Toolchain.target, "-module-cache-path", configuration.cacheFolder + "/modules"]
        arguments += ["-I", configuration.workFolder] + (configuration.moduleFolders + [hiddenModules.folder]).flatMap { ["-I", $0] }
        arguments += ["-swift-version", "5", "-enable-upcoming-feature", "MemberImportVisibility"]
        arguments += ["-enable-upcoming-feature", "BareSlashRegexLiterals"]
        return arguments
    }

    private static func preamble(_ statements: [String]) -> String {
        (["import NotebookDisplay"] + statements).joined(separator: "\n") + "\n"
    }

    /// Compiles a cell, or finds it compiled.
    ///
    /// - Parameters:
    ///   - label: names the cell in diagnostics and fault messages (`cell 3`).
    ///   - number: names the cell's module, if no cell has that number already.
    ///   - cellID: tells which earlier cells are versions of this one.
    ///   - showsResult: whether the last expression is shown.
    /// - Returns: nil for a cell without code.
    /// - Throws: `CompileFailure`.
    public func compile(_ source: String, label: String, number: Int, cellID: String? = nil, showsResult: Bool = true) throws -> CompiledCell? {
        tools.begin()
        let directives = CellDirectives(source)
        if let (value, isForAll) = directives.optimization, isForAll { optimization = value }
        var source = directives.source
        var syntax = CellSyntax(source)
        if source.utf8.contains(UInt8(ascii: "$")) {
            source = PropertyWrappers.withProjections(source, in: syntax.file, isDeclared: history.declares)
            syntax = CellSyntax(source)
        }
        guard !syntax.items.isEmpty || syntax.file.hasError else { return nil }
        var declarations = CellDeclarations(syntax)
        let mentions = CellSyntax.mentions(in: syntax.file)
        let operators = declarations.adoptOperators(from: history, mentioning: mentions)
        let imports = history.imports(mentioning: mentions, for: declarations, cellID: cellID)
        let preamble = Self.preamble(imports.statements + operators)
        let optimization = directives.optimization?.0 ?? self.optimization
        // The same text with the same imports is the same code: run it again where it lies.
        let identity = "\(optimization.rawValue) \(showsResult)\n\(preamble)\n\(source)"
        if var cell = loaded[identity], cell.isRepeatable {
            cell.cellID = cellID
            return cell
        }

        let module = newModuleName(number)
        let entry = Self.entry(of: module)
        var releasesReplaced = true
        func lower(_ source: String, showsConditional: Bool = false) -> LoweredCell {
            LoweredCell(
                source, syntax: CellSyntax(source), label: label, entry: entry, showsResult: showsResult,
                showsConditional: showsConditional, releasesReplaced: releasesReplaced)
        }
        let lowered = lower(source)
        let text = preamble + lowered.text
        var cell = CompiledCell(
            module: module, image: nextImage, path: "\(configuration.workFolder)/\(module).so", entry: entry,
            label: label, libraries: [], warnings: [], declarations: declarations, cellImports: imports.modules,
            isLibrary: lowered.isLibrary,
            isRepeatable: !syntax.hasStaticVariables && !(lowered.isLibrary && declarations.haveStoredVariables),
            identity: identity, cellID: cellID)
        let key = cache.key(
            for: "\(Self.compilerOptions)\(Self.linkerOptions)\(optimization.rawValue)\n\(module)\n\(text)",
            dependencies: imports.modules.compactMap { name in loaded.values.first { $0.module == name }?.cacheKey })
        cell.cacheKey = key
        if let libraries = cache.restore(key, module: module, into: configuration.workFolder) {
            cell.libraries = libraries
        } else {
            var isLasting = true
            do {
                cell.warnings = try compile(text, lowered, cell, optimization)
            } catch let failure as CompileFailure {
                func compile(_ repaired: String) throws {
                    let lowered = lower(repaired)
                    cell.warnings = try self.compile(preamble + lowered.text, lowered, cell, optimization)
                }
                // A variable that cannot be copied.
                releasesReplaced = !failure.isAbout(file: entry)
                if !releasesReplaced {
                    try compile(source)
                    // A conformance that a later cell adds to an earlier cell's type.
                } else if let repaired = failure.makingWitnessesPublic(in: source, syntax, label: label) {
                    try compile(repaired)
                } else if var wrappers = PropertyWrappers(failure, in: source, syntax) {
                    let repaired = try wrappers.resolve(by: compile)
                    cell.declarations.declarations = CellDeclarations(CellSyntax(repaired)).declarations
                    // Restored, it would lack these declarations.
                    isLasting = false
                } else {
                    throw failure
                }
            }
            if showsResult, let value = syntax.items.last?.conditionalValue, cell.warnings.contains(where: {
                $0.line >= syntax.line(of: value) && $0.message.contains("unused")
            }) {
                // Whether an `if` or `switch` at the end is a value is known now: one that nobody uses.
                let shown = lower(source, showsConditional: true)
                do {
                    cell.warnings = try compile(preamble + shown.text, shown, cell, optimization)
                } catch let failure as CompileFailure {
                    guard case .diagnostics = failure.reason else { throw failure }
                    let plain = lower(source)
                    _ = try compile(preamble + plain.text, plain, cell, optimization)
                }
            }
            cell.libraries = try link(cell)
            // Warnings would be lost in the cache.
            if cell.warnings.isEmpty, isLasting {
                cache.store(key, module: module, from: configuration.workFolder, libraries: cell.libraries)
            }
        }
        moduleNames.insert(module)
        nextImage += 1
        loaded[identity] = cell
        return cell
    }

    /// Forgets a compiled cell that could not be loaded.
    public func discard(_ cell: CompiledCell) { loaded[cell.identity] = nil }

    /// Debug information gives faults their lines, and traps in optimised code their reason.
    private static let compilerOptions = ["-enable-testing", "-disable-objc-interop", "-g"]
    /// The table of frames lets the host walk a faulted thread's stack.
    private static let linkerOptions = ["-shared", "--threads=1", "--eh-frame-hdr"]

    private func newModuleName(_ number: Int) -> String {
        var name = "Cell\(number)"
        var copy = 2
        while moduleNames.contains(name) {
            name = "Cell\(number)_\(copy)"
            copy += 1
        }
        return name
    }

    private func frontendArguments(module: String, isLibrary: Bool, _ optimization: Optimization) -> [String] {
        let toolchain = configuration.toolchain
        let base = "\(configuration.workFolder)/\(module)"
        var arguments = ["-frontend", "-c", "-primary-file", Subprocess.inputPath, "-module-name", module]
        arguments += ["-o", base + ".o", "-emit-module-path", base + ".swiftmodule"] + searchArguments
        arguments += ["-emit-module-doc-path", base + ".swiftdoc"]
        arguments += ["-in-process-plugin-server-path", toolchain.pluginServer, "-plugin-path", toolchain.plugins]
        arguments += Self.compilerOptions + ["-diagnostic-style", "llvm", "-no-color-diagnostics"]
        arguments += isLibrary ? ["-parse-as-library"] : ["-entry-point-function-name", module + "_main"]
        return arguments + [optimization == .speed ? "-O" : "-Onone"]
    }

    private func compile(
        _ text: String, _ lowered: LoweredCell, _ cell: CompiledCell, _ optimization: Optimization,
        declared: [String] = []
    ) throws -> [Diagnostic] {
        let arguments = frontendArguments(module: cell.module, isLibrary: lowered.isLibrary, optimization)
        // An earlier session's link into the cache must not be written through.
        for suffix in CompiledCellCache.suffixes { unlink("\(configuration.workFolder)/\(cell.module)\(suffix)") }
        guard let output = tools.run(configuration.toolchain.frontend, arguments, input: text) else {
            throw CompileFailure(reason: .cancelled)
        }
        if !output.isSuccess, let missed = hiddenModules.declareMissing(in: output.text, besides: declared) {
            return try compile(text, lowered, cell, optimization, declared: missed)
        }
        let diagnostics = Diagnostic.parse(output.text, of: lowered, label: cell.label)
        guard output.isSuccess else {
            let said = diagnostics.contains { $0.severity == .error }
                ? diagnostics : [.general("The compiler failed (status \(output.status)).\n\(output.text)")]
            throw CompileFailure(reason: .diagnostics(said))
        }
        return diagnostics.filter { $0.file == cell.label && $0.severity != .remark }
    }

    private func link(_ cell: CompiledCell) throws -> [String] {
        let toolchain = configuration.toolchain
        let object = "\(configuration.workFolder)/\(cell.module).o"
        // The C library is named so that symbols get its current versions; everything else is
        // found in the host at load time.
        let output = tools.run(
            toolchain.linker,
            Self.linkerOptions + ["-o", cell.path, object, toolchain.runtimeObject] + SystemLibraries.paths)
        guard let output else { throw CompileFailure(reason: .cancelled) }
        guard output.isSuccess else {
            throw CompileFailure(reason: .diagnostics([.general("The linker failed.\n\(output.text)")]))
        }
        defer { unlink(object) }
        return AutolinkEntries.libraries(inObject: object).map { "\(toolchain.runtimeLibraries)/lib\($0).so" }
            .filter { FileManager.default.fileExists(atPath: $0) }
    }
}

/// A cell as machine code.
public struct CompiledCell: Sendable {
    public var module: String
    /// Names the image to the host.
    public var image: UInt32
    public var path: String
    public var entry: String
    public var label: String
    /// Shared libraries its imports ask for.
    public var libraries: [String]
    public var warnings: [Diagnostic]
    var declarations: CellDeclarations
    var cellImports: [String]
    /// Whether the cell awaits and was rebuilt as a library.
    public var isLibrary: Bool
    /// Whether it can run again where it lies: the static variables of types, and all variables of
    /// a cell that awaits, are initialised once in a process.
    var isRepeatable: Bool
    var identity: String
    var cellID: String?
    var cacheKey = ""
}

/// Why there is no compiled cell.
public struct CompileFailure: Error, Sendable {
    public enum Reason: Sendable {
        case diagnostics([Diagnostic])
        case cancelled
    }
    public var reason: Reason
}

extension CompileFailure {
    /// Whether some error is in a file that the lowering names, rather than in the cell.
    fileprivate func isAbout(file: String) -> Bool {
        guard case .diagnostics(let diagnostics) = reason else { return false }
        return diagnostics.contains { $0.severity == .error && $0.file == file }
    }
}

extension Diagnostic {
    /// An error without a place in the cell.
    static func general(_ message: String) -> Diagnostic {
        Diagnostic(severity: .error, file: "", line: 0, column: 0, message: message, excerpt: [])
    }
}
