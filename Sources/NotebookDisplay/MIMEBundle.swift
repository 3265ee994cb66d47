/// One thing to show, in every form it is offered in: MIME type to content.
///
/// Text forms hold the text itself, binary forms (images) base64, and JSON forms
/// (`application/json` and types ending in `+json`) the JSON as text.
public struct MIMEBundle: Sendable, Equatable {
    /// Content by MIME type.
    public var data: [String: String]
    /// Metadata by MIME type, each value a JSON object as text.
    public var metadata: [String: String]

    public init(_ data: [String: String], metadata: [String: String] = [:]) {
        self.data = data
        self.metadata = metadata
    }
}
