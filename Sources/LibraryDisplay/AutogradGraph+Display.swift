import NotebookDisplay
import TensorCore

extension AutogradGraph: Displayable {
    public var mimeBundle: MIMEBundle { MIMEBundle(["text/plain": description, "image/svg+xml": svg]) }
}
