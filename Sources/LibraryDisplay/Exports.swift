@_exported import NotebookDisplay
