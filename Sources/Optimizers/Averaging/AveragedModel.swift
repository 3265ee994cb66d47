import NeuralNetworks
import TensorCore

extension optim {
    /// PyTorch's `torch.optim.swa_utils`: averages of a model's parameters over training.
    public enum swaUtils {}
}

extension optim.swaUtils {
    /// The new average from the average so far, the parameter, and how many were averaged.
    public typealias AverageFunction = (_ averaged: Tensor, _ current: Tensor, _ numAveraged: Tensor) -> Tensor

    /// Changes the averages in place: those so far, the parameters, and how many were averaged.
    public typealias MultiAverageFunction = (_ averaged: [Tensor], _ current: [Tensor], _ numAveraged: Tensor) -> Void

    /// The running average of a model's parameters: SWA (Izmailov et al., 2018), or with `getEmaAvgFn`
    /// an exponential one.
    ///
    ///     let averaged = optim.swaUtils.AveragedModel(model, copy: Net(), avgFn: optim.swaUtils.getEmaAvgFn(0.99))
    ///     // after each step
    ///     averaged.updateParameters(model)
    open class AveragedModel: nn.Module {
        public let module: nn.Module
        private let multiAvgFn: MultiAverageFunction
        private let useBuffers: Bool

        /// - Parameters:
        ///   - copy: another model of the same construction, which becomes the average and starts with
        ///     `model`'s values. (Swift cannot copy an object of an unknown class, as PyTorch does here.)
        ///   - avgFn: the mean of all unless given.
        ///   - multiAvgFn: the same for all tensors at once.
        ///   - useBuffers: average buffers too, instead of taking the model's newest.
        public init(
            _ model: nn.Module, copy: nn.Module, avgFn: AverageFunction? = nil, multiAvgFn: MultiAverageFunction? = nil,
            useBuffers: Bool = false
        ) {
            if avgFn != nil && multiAvgFn != nil { fail("Only one of avg_fn and multi_avg_fn should be provided", .assertionError) }
            copy.loadStateDict(model.stateDict())
            copy.train(model.training)
            module = copy
            self.multiAvgFn = multiAvgFn ?? eachByItself(avgFn ?? getSwaAvgFn())
            self.useBuffers = useBuffers
            super.init()
            registerBuffer("n_averaged", torch.tensor(0))
        }

        /// How many times parameters were averaged.
        public var nAveraged: Tensor { namedBuffers().first { $0.name == "n_averaged" }!.buffer }

        open override func forward(_ input: Tensor) -> Tensor { module(input) }
        open override func forward(_ input1: Tensor, _ input2: Tensor) -> Tensor { module(input1, input2) }
        open override func forward(_ input1: Tensor, _ input2: Tensor, _ input3: Tensor) -> Tensor {
            module(input1, input2, input3)
        }

        /// Takes a model's parameters into the average. The first time they become the average.
        public func updateParameters(_ model: nn.Module) {
            torch.noGrad {
                let count = nAveraged
                let isFirst = (count.item() as Int) == 0
                let own = module.parameters() + (useBuffers ? module.buffers() : [])
                let new = model.parameters() + (useBuffers ? model.buffers() : [])
                let current = zip(own, new).map { $1.detach().to($0.device) }
                if isFirst {
                    for (averaged, current) in zip(own, current) { averaged.copy_(current) }
                } else {
                    multiAvgFn(own.map { $0.detach() }, current, count)
                }
                if !useBuffers {
                    for (averaged, current) in zip(module.buffers(), model.buffers()) { averaged.copy_(current) }
                }
                count.add_(1)
            }
        }
    }

    private static func eachByItself(_ avgFn: @escaping AverageFunction) -> MultiAverageFunction {
        { averaged, current, count in
            for (averaged, current) in zip(averaged, current) { averaged.copy_(avgFn(averaged, current, count)) }
        }
    }

    /// `getEmaAvgFn` for all tensors at once.
    public static func getEmaMultiAvgFn(_ decay: Double = 0.999) -> MultiAverageFunction { eachByItself(getEmaAvgFn(decay)) }

    /// `getSwaAvgFn` for all tensors at once.
    public static func getSwaMultiAvgFn() -> MultiAverageFunction { eachByItself(getSwaAvgFn()) }

    /// The exponential moving average, `decay · average + (1 - decay) · parameter`.
    public static func getEmaAvgFn(_ decay: Double = 0.999) -> AverageFunction {
        if !(0...1 ~= decay) {
            fail(
                "Invalid decay value \(optim.Option.text(decay)) provided. Please provide a value in [0,1] range.",
                .valueError)
        }
        return { averaged, current, _ in decay * averaged + (1 - decay) * current }
    }

    /// The mean of all parameters so far.
    public static func getSwaAvgFn() -> AverageFunction {
        { averaged, current, count in averaged + (current - averaged) / (count + 1) }
    }

    /// Sets the running statistics of a model's BatchNorm layers to those of all batches of `loader`,
    /// as averaged parameters need.
    public static func updateBn<Loader: Sequence>(_ loader: Loader, _ model: nn.Module) where Loader.Element == Tensor {
        let layers = model.modules().compactMap { $0 as? nn.BatchNorm }
        if layers.isEmpty { return }
        let (momenta, wasTraining) = (layers.map(\.momentum), model.training)
        model.train()
        for layer in layers {
            layer.resetRunningStats()
            layer.momentum = nil
        }
        torch.noGrad {
            for input in loader { _ = model(input) }
        }
        for (layer, momentum) in zip(layers, momenta) { layer.momentum = momentum }
        model.train(wasTraining)
    }

    /// The same for batches of inputs and targets.
    public static func updateBn<Loader: Sequence>(_ loader: Loader, _ model: nn.Module)
    where Loader.Element == (Tensor, Tensor) {
        updateBn(loader.lazy.map(\.0), model)
    }
}
