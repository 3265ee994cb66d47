import NotebookDisplay
import TensorCore

extension AutogradGraph: Displayable {
    public var mimeBundle: MIMEBundle {
        MIMEBundle(["text/plain": description, "text/html": pageSVG, "image/svg+xml": svg])
    }
}
