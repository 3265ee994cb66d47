import SwiftSyntax

extension CompileFailure {
    /// The cell with `public` on the members that the compiler wants public.
    ///
    /// To the compiler an earlier cell's type is another module's, whose conformances must be
    /// public; to the user it is their own, where the word would be noise. Nil where the failure
    /// is another one.
    func makingWitnessesPublic(in source: String, _ syntax: CellSyntax, label: String) -> String? {
        guard case .diagnostics(let diagnostics) = reason else { return nil }
        let errors = diagnostics.filter { $0.severity == .error }
        guard !errors.isEmpty,
            errors.allSatisfy({
                $0.file == label && $0.message.contains("must be declared public because it matches a requirement")
            })
        else { return nil }
        var offsets: Set<Int> = []
        for error in errors {
            let position = syntax.converter.position(ofLine: error.line, column: error.column)
            guard let member = syntax.file.token(at: position)?.enclosingMember else { return nil }
            offsets.insert(member.utf8Offset)
        }
        var bytes = Array(source.utf8)
        for offset in offsets.sorted(by: >) { bytes.insert(contentsOf: "public ".utf8, at: offset) }
        return String(decoding: bytes, as: UTF8.self)
    }
}

extension TokenSyntax {
    /// Where the modifiers of the extension's member begin that this token belongs to.
    fileprivate var enclosingMember: AbsolutePosition? {
        var node: Syntax? = Syntax(self)
        while let current = node, !current.is(MemberBlockItemSyntax.self) { node = current.parent }
        guard let declaration = node?.as(MemberBlockItemSyntax.self)?.decl else { return nil }
        let attributes = declaration.asProtocol((any WithAttributesSyntax).self)?.attributes
        guard let attributes, !attributes.isEmpty else { return declaration.positionAfterSkippingLeadingTrivia }
        return attributes.lastToken(viewMode: .sourceAccurate)?
            .nextToken(viewMode: .sourceAccurate)?.positionAfterSkippingLeadingTrivia
    }
}
