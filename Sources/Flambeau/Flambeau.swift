/// The library: what a cell or a program imports.
@_exported import DataLoading
@_exported import LibraryDisplay
@_exported import Metrics
@_exported import ModelFiles
@_exported import NeuralNetworks
@_exported import Optimizers
@_exported import TensorCore
@_exported import TextProcessing
@_exported import Vision
