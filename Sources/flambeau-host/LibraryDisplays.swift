import Flambeau
import NotebookDisplay

// How values of the library show themselves as the value of a cell. Neither module knows the
// other: they meet here.

extension AutogradGraph: Displayable {
    public var mimeBundle: MIMEBundle { MIMEBundle(["text/plain": description, "image/svg+xml": svg]) }
}
