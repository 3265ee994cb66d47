import Foundation

/// Folders for what tests write, which go when the run ends.
public enum TemporaryFolder {
    private static let ofRun: URL = {
        let folder = FileManager.default.temporaryDirectory.appendingPathComponent("flambeau-tests-\(UUID())")
        atexit { try? FileManager.default.removeItem(at: TemporaryFolder.ofRun) }
        return folder
    }()

    /// A new folder.
    public static func make() throws -> URL {
        let folder = ofRun.appendingPathComponent(UUID().uuidString)
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        return folder
    }
}
