/// The cells that ran, and what a new cell must import to see their names.
///
/// A cell imports only what it needs, so that its cost does not grow with the session: the cells
/// that declare the names it mentions, those that extend types of others or declare operators,
/// and whatever these needed themselves. Where several cells declare a name, the newest wins by
/// an import of exactly that name.
package struct CellHistory {
    struct Entry {
        var module: String
        var declarations: CellDeclarations
        /// Modules of the cells that this one imports.
        var imports: [String]
        /// Counts the runs of cells: the highest is the newest.
        var age: Int
        /// The notebook's name of the cell, where it is known.
        var cellID: String?
        /// The variables whose values can be released, of those that have any.
        var held: Set<String> = []
    }

    private(set) var entries: [String: Entry] = [:]
    private var definers: [String: [String]] = [:]
    private var extenders: [String] = []
    private(set) var libraryImports: [String] = []
    private var clock = 0

    package init() {}

    /// Every name that some cell declares.
    var names: Set<String> { Set(definers.keys) }

    /// Whether some cell declares a name.
    func declares(_ name: String) -> Bool { definers[name] != nil }

    /// Makes a cell's names visible, in front of older ones.
    ///
    /// - Parameters:
    ///   - cellID: an earlier cell of this name was edited into the new one.
    ///   - isWhole: whether the cell ran to its end.
    package mutating func commit(
        module: String, declarations: CellDeclarations, imports: [String], cellID: String? = nil, isWhole: Bool = true
    ) {
        clock += 1
        // Released, or, where the cell stopped, perhaps released.
        for (owner, name) in unreachable(after: declarations, in: module) { entries[owner]!.held.remove(name) }
        entries[module] = Entry(
            module: module, declarations: declarations, imports: imports, age: clock, cellID: cellID,
            held: isWhole ? declarations.replaced?.whenRunAgain ?? [] : [])
        for name in declarations.names {
            definers[name, default: []].removeAll { $0 == module }
            definers[name, default: []].append(module)
        }
        extenders.removeAll { $0 == module }
        if !declarations.contributions.isEmpty {
            // A later version of the same extensions and operators takes their place.
            extenders.removeAll { older in
                let isEdited = cellID != nil && entries[older]!.cellID == cellID
                return isEdited || entries[older]!.declarations.contributions.isSubset(of: declarations.contributions)
            }
            extenders.append(module)
        }
        for statement in declarations.imports where !libraryImports.contains(statement) {
            libraryImports.append(statement)
        }
    }

    /// The import statements for a cell, and the modules of the cells among them.
    package func imports(
        mentioning mentions: Set<String>, for cell: CellDeclarations, cellID: String? = nil
    ) -> (statements: [String], modules: [String]) {
        var needed: Set<String> = []
        let own = cell.names
        var scoped: [String] = []
        var pending = extenders
        var visible: [String: [String]] = [:]
        for name in mentions.sorted() {
            guard let modules = definers[name], let newest = modules.last else { continue }
            let isOwn = own.contains(name)
            let chosen = overloads(of: name, in: modules, besides: isOwn ? cell : nil, cellID)
            pending += chosen
            visible[name] = chosen
            for module in chosen {
                guard let kind = entries[module]!.declarations.declarations.last(where: { $0.name == name })?.importKind
                else { continue }
                scoped.append("@testable import \(kind) \(module).\(quoted(name))")
            }
            if !isOwn { pending.append(newest) }
        }
        let superseded = supersededExtenders.union(extenders.filter { declaresConformance(of: cell, $0) })
            .union(hiddenExtenders(from: mentions))
        while let module = pending.popLast() {
            guard !superseded.contains(module), needed.insert(module).inserted else { continue }
            pending += entries[module]?.imports ?? []
        }
        let modules = needed.sorted { entries[$0]!.age < entries[$1]!.age }
        let whole = modules.flatMap { module in
            let replaced = replacedFunctions(of: module, mentioned: visible)
            return replaced.isEmpty ? ["@testable import \(module)"] : importsOfOthers(than: replaced.union(own), in: module)
        }
        return (libraryImports + whole + scoped, modules)
    }

    /// The functions of a cell that newer ones replace. These would hide them if their types were
    /// the same; a type of one name that both cells declare makes them two.
    ///
    /// - Parameter mentioned: the cells whose overloads are visible, by the names that matter.
    private func replacedFunctions(of module: String, mentioned: [String: [String]]) -> Set<String> {
        let declarations = entries[module]!.declarations
        return Set(mentioned.filter { name, visible in
            !visible.contains(module) && definers[name]!.contains(module) && declarations.signatures(of: name) != nil
        }.keys)
    }

    /// Imports, one by one, of a cell's names that no newer cell has declared, but for some.
    private func importsOfOthers(than names: Set<String>, in module: String) -> [String] {
        var seen = names
        return entries[module]!.declarations.declarations.compactMap { declaration in
            guard let kind = declaration.importKind, definers[declaration.name]?.last == module,
                seen.insert(declaration.name).inserted
            else { return nil }
            return "@testable import \(kind) \(module).\(quoted(declaration.name))"
        }
    }

    /// The variables that nothing can reach when a cell has declared their names anew: no function,
    /// closure or type that sees them mentions them.
    private func unreachable(after declarations: CellDeclarations, in module: String) -> [(owner: String, name: String)] {
        declarations.names.sorted().flatMap { name in
            (definers[name] ?? []).filter { owner in
                let entry = entries[owner]!
                guard owner != module, entry.held.contains(name), entry.declarations.replaced!.whenDeclaredAnew.contains(name)
                else { return false }
                return !isCaptured(name, of: owner)
            }.map { ($0, name) }
        }
    }

    /// Whether functions, closures or types of other cells mention a cell's variable.
    private func isCaptured(_ name: String, of owner: String, inBackground: Bool = false) -> Bool {
        entries.values.contains { entry in
            guard entry.imports.contains(owner), let replaced = entry.declarations.replaced else { return false }
            return replaced.captured.contains(name) && (replaced.hasBackground || !inBackground)
        }
    }

    /// What running a cell takes values from: its own variables, which it initialises anew, and
    /// those that it makes unreachable.
    func replaced(by declarations: CellDeclarations, in module: String) -> (own: [String], others: [(owner: String, name: String)]) {
        let own = (entries[module]?.held ?? []).sorted().filter { !isCaptured($0, of: module, inBackground: true) }
        return (own, unreachable(after: declarations, in: module))
    }

    /// The cells whose declarations of a name are visible together: for functions every overload
    /// that no newer one replaces, otherwise the newest alone.
    ///
    /// - Parameters:
    ///   - cell: a cell that declares the name itself.
    ///   - cellID: that cell's, whose earlier versions do not count any more.
    private func overloads(
        of name: String, in modules: [String], besides cell: CellDeclarations?, _ cellID: String?
    ) -> [String] {
        var chosen: [String] = []
        var seen: Set<String> = []
        var edited: Set<String> = []
        if let cell {
            guard let own = cell.signatures(of: name) else { return [] }
            seen = own
            if let cellID { edited.insert(cellID) }
        }
        for module in modules.reversed() {
            if let id = entries[module]!.cellID, !edited.insert(id).inserted { continue }
            guard let signatures = entries[module]!.declarations.signatures(of: name) else {
                if chosen.isEmpty, cell == nil { chosen.append(module) }
                break
            }
            if !seen.isDisjoint(with: signatures) { break }
            seen.formUnion(signatures)
            chosen.append(module)
        }
        return chosen
    }

    /// Cells whose extensions a newer cell declares again: seeing both would be ambiguous.
    private var supersededExtenders: Set<String> {
        var superseded: Set<String> = []
        for (module, entry) in entries where !entry.declarations.contributions.isEmpty && !extenders.contains(module) {
            superseded.insert(module)
        }
        return superseded
    }

    /// Cells of whose extensions and operators a newer cell declares again what is mentioned, while
    /// nothing else of them is.
    private func hiddenExtenders(from mentions: Set<String>) -> Set<String> {
        var newer: Set<String> = []
        var hidden: Set<String> = []
        for module in extenders.reversed() {
            let declarations = entries[module]!.declarations
            let needed = declarations.contributions.filter { key in
                declarations.mentionedNames[key].map(mentions.contains) ?? true
            }
            if !needed.isEmpty, needed.isSubset(of: newer) { hidden.insert(module) }
            newer.formUnion(declarations.contributions)
        }
        return hidden
    }

    /// Whether a cell has this function of an operator.
    func declaresOperator(_ key: String) -> Bool {
        extenders.contains { entries[$0]!.declarations.operators.contains(key) }
    }

    /// The newest declaration of an operator or a precedence group.
    func operatorText(_ key: String) -> String? {
        extenders.reversed().lazy.compactMap { [entries] in entries[$0]!.declarations.operatorTexts[key] }.first
    }

    /// Whether an earlier cell states a conformance that the new one states again: an error if
    /// both were visible.
    private func declaresConformance(of cell: CellDeclarations, _ module: String) -> Bool {
        !entries[module]!.declarations.extensions.isDisjoint(with: cell.extensions.filter { $0.contains(": ") })
    }

    private func quoted(_ name: String) -> String { "`\(name)`" }
}
