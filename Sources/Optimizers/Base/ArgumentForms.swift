import TensorCore

/// PyTorch takes the learning rate, and a scheduler's first settings, by position as well as by name:
/// `optim.SGD(net.parameters(), 0.01)`, `optim.lrScheduler.StepLR(optimizer, 30, 0.1)`.
extension optim.SGD {
    public convenience init<Parameter: OptimizerParameter>(
        _ params: [Parameter], _ lr: Double, momentum: Double = 0, dampening: Double = 0, weightDecay: Double = 0,
        nesterov: Bool = false, maximize: Bool = false, foreach: Bool? = nil, fused: Bool? = nil
    ) {
        self.init(
            params, lr: lr, momentum: momentum, dampening: dampening, weightDecay: weightDecay, nesterov: nesterov,
            maximize: maximize, foreach: foreach, fused: fused)
    }
    public convenience init<Parameter: OptimizerParameter>(
        _ params: [Parameter], _ lr: Double, _ momentum: Double, dampening: Double = 0, weightDecay: Double = 0,
        nesterov: Bool = false, maximize: Bool = false, foreach: Bool? = nil, fused: Bool? = nil
    ) {
        self.init(
            params, lr: lr, momentum: momentum, dampening: dampening, weightDecay: weightDecay, nesterov: nesterov,
            maximize: maximize, foreach: foreach, fused: fused)
    }
    /// Groups as PyTorch writes them: `[["params": a, "lr": 0.1], ["params": b]]`.
    public convenience init(
        _ params: [[String: Any]], lr: Double = 1e-3, momentum: Double = 0, dampening: Double = 0,
        weightDecay: Double = 0, nesterov: Bool = false, maximize: Bool = false, foreach: Bool? = nil, fused: Bool? = nil
    ) {
        self.init(
            params.map(optim.ParamGroup.init(settings:)), lr: lr, momentum: momentum, dampening: dampening,
            weightDecay: weightDecay, nesterov: nesterov, maximize: maximize, foreach: foreach, fused: fused)
    }
}

extension optim.Adam {
    public convenience init<Parameter: OptimizerParameter>(
        _ params: [Parameter], _ lr: Double, betas: (Double, Double) = (0.9, 0.999), eps: Double = 1e-8,
        weightDecay: Double = 0, amsgrad: Bool = false, foreach: Bool? = nil, maximize: Bool = false, fused: Bool? = nil,
        decoupledWeightDecay: Bool = false
    ) {
        self.init(
            params, lr: lr, betas: betas, eps: eps, weightDecay: weightDecay, amsgrad: amsgrad, foreach: foreach,
            maximize: maximize, fused: fused, decoupledWeightDecay: decoupledWeightDecay)
    }
    /// Groups as PyTorch writes them: `[["params": a, "lr": 0.1], ["params": b]]`.
    public convenience init(
        _ params: [[String: Any]], lr: Double = 1e-3, betas: (Double, Double) = (0.9, 0.999),
        eps: Double = 1e-8, weightDecay: Double = 0, amsgrad: Bool = false, foreach: Bool? = nil, maximize: Bool = false,
        fused: Bool? = nil, decoupledWeightDecay: Bool = false
    ) {
        self.init(
            params.map(optim.ParamGroup.init(settings:)), lr: lr, betas: betas, eps: eps, weightDecay: weightDecay,
            amsgrad: amsgrad, foreach: foreach, maximize: maximize, fused: fused,
            decoupledWeightDecay: decoupledWeightDecay)
    }
}

extension optim.AdamW {
    public convenience init<Parameter: OptimizerParameter>(
        _ params: [Parameter], _ lr: Double, betas: (Double, Double) = (0.9, 0.999), eps: Double = 1e-8,
        weightDecay: Double = 1e-2, amsgrad: Bool = false, maximize: Bool = false, foreach: Bool? = nil, fused: Bool? = nil
    ) {
        self.init(
            params, lr: lr, betas: betas, eps: eps, weightDecay: weightDecay, amsgrad: amsgrad, maximize: maximize,
            foreach: foreach, fused: fused)
    }
    /// Groups as PyTorch writes them: `[["params": a, "lr": 0.1], ["params": b]]`.
    public convenience init(
        _ params: [[String: Any]], lr: Double = 1e-3, betas: (Double, Double) = (0.9, 0.999),
        eps: Double = 1e-8, weightDecay: Double = 1e-2, amsgrad: Bool = false, maximize: Bool = false,
        foreach: Bool? = nil, fused: Bool? = nil
    ) {
        self.init(
            params.map(optim.ParamGroup.init(settings:)), lr: lr, betas: betas, eps: eps, weightDecay: weightDecay,
            amsgrad: amsgrad, maximize: maximize, foreach: foreach, fused: fused)
    }
}

extension optim.Adagrad {
    public convenience init<Parameter: OptimizerParameter>(
        _ params: [Parameter], _ lr: Double, lrDecay: Double = 0, weightDecay: Double = 0,
        initialAccumulatorValue: Double = 0, eps: Double = 1e-10, foreach: Bool? = nil, maximize: Bool = false,
        fused: Bool? = nil
    ) {
        self.init(
            params, lr: lr, lrDecay: lrDecay, weightDecay: weightDecay, initialAccumulatorValue: initialAccumulatorValue,
            eps: eps, foreach: foreach, maximize: maximize, fused: fused)
    }
    /// Groups as PyTorch writes them: `[["params": a, "lr": 0.1], ["params": b]]`.
    public convenience init(
        _ params: [[String: Any]], lr: Double = 1e-2, lrDecay: Double = 0, weightDecay: Double = 0,
        initialAccumulatorValue: Double = 0, eps: Double = 1e-10, foreach: Bool? = nil, maximize: Bool = false,
        fused: Bool? = nil
    ) {
        self.init(
            params.map(optim.ParamGroup.init(settings:)), lr: lr, lrDecay: lrDecay, weightDecay: weightDecay,
            initialAccumulatorValue: initialAccumulatorValue, eps: eps, foreach: foreach, maximize: maximize, fused: fused)
    }
}

extension optim.Adadelta {
    public convenience init<Parameter: OptimizerParameter>(
        _ params: [Parameter], _ lr: Double, rho: Double = 0.9, eps: Double = 1e-6, weightDecay: Double = 0,
        foreach: Bool? = nil, maximize: Bool = false
    ) {
        self.init(params, lr: lr, rho: rho, eps: eps, weightDecay: weightDecay, foreach: foreach, maximize: maximize)
    }
    /// Groups as PyTorch writes them: `[["params": a, "lr": 0.1], ["params": b]]`.
    public convenience init(
        _ params: [[String: Any]], lr: Double = 1, rho: Double = 0.9, eps: Double = 1e-6,
        weightDecay: Double = 0, foreach: Bool? = nil, maximize: Bool = false
    ) {
        self.init(
            params.map(optim.ParamGroup.init(settings:)), lr: lr, rho: rho, eps: eps, weightDecay: weightDecay,
            foreach: foreach, maximize: maximize)
    }
}

extension optim.Adamax {
    public convenience init<Parameter: OptimizerParameter>(
        _ params: [Parameter], _ lr: Double, betas: (Double, Double) = (0.9, 0.999), eps: Double = 1e-8,
        weightDecay: Double = 0, foreach: Bool? = nil, maximize: Bool = false
    ) {
        self.init(params, lr: lr, betas: betas, eps: eps, weightDecay: weightDecay, foreach: foreach, maximize: maximize)
    }
    /// Groups as PyTorch writes them: `[["params": a, "lr": 0.1], ["params": b]]`.
    public convenience init(
        _ params: [[String: Any]], lr: Double = 2e-3, betas: (Double, Double) = (0.9, 0.999),
        eps: Double = 1e-8, weightDecay: Double = 0, foreach: Bool? = nil, maximize: Bool = false
    ) {
        self.init(
            params.map(optim.ParamGroup.init(settings:)), lr: lr, betas: betas, eps: eps, weightDecay: weightDecay,
            foreach: foreach, maximize: maximize)
    }
}

extension optim.NAdam {
    public convenience init<Parameter: OptimizerParameter>(
        _ params: [Parameter], _ lr: Double, betas: (Double, Double) = (0.9, 0.999), eps: Double = 1e-8,
        weightDecay: Double = 0, momentumDecay: Double = 4e-3, decoupledWeightDecay: Bool = false, foreach: Bool? = nil,
        maximize: Bool = false
    ) {
        self.init(
            params, lr: lr, betas: betas, eps: eps, weightDecay: weightDecay, momentumDecay: momentumDecay,
            decoupledWeightDecay: decoupledWeightDecay, foreach: foreach, maximize: maximize)
    }
    /// Groups as PyTorch writes them: `[["params": a, "lr": 0.1], ["params": b]]`.
    public convenience init(
        _ params: [[String: Any]], lr: Double = 2e-3, betas: (Double, Double) = (0.9, 0.999),
        eps: Double = 1e-8, weightDecay: Double = 0, momentumDecay: Double = 4e-3, decoupledWeightDecay: Bool = false,
        foreach: Bool? = nil, maximize: Bool = false
    ) {
        self.init(
            params.map(optim.ParamGroup.init(settings:)), lr: lr, betas: betas, eps: eps, weightDecay: weightDecay,
            momentumDecay: momentumDecay, decoupledWeightDecay: decoupledWeightDecay, foreach: foreach, maximize: maximize)
    }
}

extension optim.RAdam {
    public convenience init<Parameter: OptimizerParameter>(
        _ params: [Parameter], _ lr: Double, betas: (Double, Double) = (0.9, 0.999), eps: Double = 1e-8,
        weightDecay: Double = 0, decoupledWeightDecay: Bool = false, foreach: Bool? = nil, maximize: Bool = false
    ) {
        self.init(
            params, lr: lr, betas: betas, eps: eps, weightDecay: weightDecay, decoupledWeightDecay: decoupledWeightDecay,
            foreach: foreach, maximize: maximize)
    }
    /// Groups as PyTorch writes them: `[["params": a, "lr": 0.1], ["params": b]]`.
    public convenience init(
        _ params: [[String: Any]], lr: Double = 1e-3, betas: (Double, Double) = (0.9, 0.999),
        eps: Double = 1e-8, weightDecay: Double = 0, decoupledWeightDecay: Bool = false, foreach: Bool? = nil,
        maximize: Bool = false
    ) {
        self.init(
            params.map(optim.ParamGroup.init(settings:)), lr: lr, betas: betas, eps: eps, weightDecay: weightDecay,
            decoupledWeightDecay: decoupledWeightDecay, foreach: foreach, maximize: maximize)
    }
}

extension optim.RMSprop {
    public convenience init<Parameter: OptimizerParameter>(
        _ params: [Parameter], _ lr: Double, alpha: Double = 0.99, eps: Double = 1e-8, weightDecay: Double = 0,
        momentum: Double = 0, centered: Bool = false, foreach: Bool? = nil, maximize: Bool = false
    ) {
        self.init(
            params, lr: lr, alpha: alpha, eps: eps, weightDecay: weightDecay, momentum: momentum, centered: centered,
            foreach: foreach, maximize: maximize)
    }
    /// Groups as PyTorch writes them: `[["params": a, "lr": 0.1], ["params": b]]`.
    public convenience init(
        _ params: [[String: Any]], lr: Double = 1e-2, alpha: Double = 0.99, eps: Double = 1e-8,
        weightDecay: Double = 0, momentum: Double = 0, centered: Bool = false, foreach: Bool? = nil, maximize: Bool = false
    ) {
        self.init(
            params.map(optim.ParamGroup.init(settings:)), lr: lr, alpha: alpha, eps: eps, weightDecay: weightDecay,
            momentum: momentum, centered: centered, foreach: foreach, maximize: maximize)
    }
}

extension optim.ASGD {
    public convenience init<Parameter: OptimizerParameter>(
        _ params: [Parameter], _ lr: Double, lambd: Double = 1e-4, alpha: Double = 0.75, t0: Double = 1e6,
        weightDecay: Double = 0, foreach: Bool? = nil, maximize: Bool = false
    ) {
        self.init(
            params, lr: lr, lambd: lambd, alpha: alpha, t0: t0, weightDecay: weightDecay, foreach: foreach,
            maximize: maximize)
    }
    /// Groups as PyTorch writes them: `[["params": a, "lr": 0.1], ["params": b]]`.
    public convenience init(
        _ params: [[String: Any]], lr: Double = 1e-2, lambd: Double = 1e-4, alpha: Double = 0.75,
        t0: Double = 1e6, weightDecay: Double = 0, foreach: Bool? = nil, maximize: Bool = false
    ) {
        self.init(
            params.map(optim.ParamGroup.init(settings:)), lr: lr, lambd: lambd, alpha: alpha, t0: t0,
            weightDecay: weightDecay, foreach: foreach, maximize: maximize)
    }
}

extension optim.Rprop {
    public convenience init<Parameter: OptimizerParameter>(
        _ params: [Parameter], _ lr: Double, etas: (Double, Double) = (0.5, 1.2), stepSizes: (Double, Double) = (1e-6, 50),
        foreach: Bool? = nil, maximize: Bool = false
    ) {
        self.init(params, lr: lr, etas: etas, stepSizes: stepSizes, foreach: foreach, maximize: maximize)
    }
    /// Groups as PyTorch writes them: `[["params": a, "lr": 0.1], ["params": b]]`.
    public convenience init(
        _ params: [[String: Any]], lr: Double = 1e-2, etas: (Double, Double) = (0.5, 1.2),
        stepSizes: (Double, Double) = (1e-6, 50), foreach: Bool? = nil, maximize: Bool = false
    ) {
        self.init(
            params.map(optim.ParamGroup.init(settings:)), lr: lr, etas: etas, stepSizes: stepSizes, foreach: foreach,
            maximize: maximize)
    }
}

extension optim.LBFGS {
    public convenience init<Parameter: OptimizerParameter>(
        _ params: [Parameter], _ lr: Double, maxIter: Int = 20, maxEval: Int? = nil, toleranceGrad: Double = 1e-7,
        toleranceChange: Double = 1e-9, historySize: Int = 100, lineSearchFn: String? = nil, maximize: Bool = false
    ) {
        self.init(
            params, lr: lr, maxIter: maxIter, maxEval: maxEval, toleranceGrad: toleranceGrad,
            toleranceChange: toleranceChange, historySize: historySize, lineSearchFn: lineSearchFn, maximize: maximize)
    }
    /// Groups as PyTorch writes them: `[["params": a, "lr": 0.1], ["params": b]]`.
    public convenience init(
        _ params: [[String: Any]], lr: Double = 1, maxIter: Int = 20, maxEval: Int? = nil,
        toleranceGrad: Double = 1e-7, toleranceChange: Double = 1e-9, historySize: Int = 100, lineSearchFn: String? = nil,
        maximize: Bool = false
    ) {
        self.init(
            params.map(optim.ParamGroup.init(settings:)), lr: lr, maxIter: maxIter, maxEval: maxEval,
            toleranceGrad: toleranceGrad, toleranceChange: toleranceChange, historySize: historySize,
            lineSearchFn: lineSearchFn, maximize: maximize)
    }
}

extension optim.lrScheduler.StepLR {
    public convenience init(_ optimizer: optim.Optimizer, _ stepSize: Int, gamma: Double = 0.1, lastEpoch: Int = -1) {
        self.init(optimizer, stepSize: stepSize, gamma: gamma, lastEpoch: lastEpoch)
    }
    public convenience init(_ optimizer: optim.Optimizer, _ stepSize: Int, _ gamma: Double, lastEpoch: Int = -1) {
        self.init(optimizer, stepSize: stepSize, gamma: gamma, lastEpoch: lastEpoch)
    }
}

extension optim.lrScheduler.MultiplicativeLR {
    @_disfavoredOverload
    public convenience init(_ optimizer: optim.Optimizer, _ lrLambda: @escaping (Int) -> Double, lastEpoch: Int = -1) {
        self.init(optimizer, lastEpoch: lastEpoch, lrLambda: lrLambda)
    }
    public convenience init(_ optimizer: optim.Optimizer, lrLambda: @escaping (Int) -> Double, lastEpoch: Int) {
        self.init(optimizer, lastEpoch: lastEpoch, lrLambda: lrLambda)
    }
    public convenience init(_ optimizer: optim.Optimizer, _ lrLambda: [(Int) -> Double], lastEpoch: Int = -1) {
        self.init(optimizer, lrLambda: lrLambda, lastEpoch: lastEpoch)
    }
}

extension optim.lrScheduler.LambdaLR {
    @_disfavoredOverload
    public convenience init(_ optimizer: optim.Optimizer, _ lrLambda: @escaping (Int) -> Double, lastEpoch: Int = -1) {
        self.init(optimizer, lastEpoch: lastEpoch, lrLambda: lrLambda)
    }
    public convenience init(_ optimizer: optim.Optimizer, lrLambda: @escaping (Int) -> Double, lastEpoch: Int) {
        self.init(optimizer, lastEpoch: lastEpoch, lrLambda: lrLambda)
    }
    public convenience init(_ optimizer: optim.Optimizer, _ lrLambda: [(Int) -> Double], lastEpoch: Int = -1) {
        self.init(optimizer, lrLambda: lrLambda, lastEpoch: lastEpoch)
    }
}

extension optim.lrScheduler.MultiStepLR {
    public convenience init(_ optimizer: optim.Optimizer, _ milestones: [Int], gamma: Double = 0.1, lastEpoch: Int = -1) {
        self.init(optimizer, milestones: milestones, gamma: gamma, lastEpoch: lastEpoch)
    }
    public convenience init(_ optimizer: optim.Optimizer, _ milestones: [Int], _ gamma: Double, lastEpoch: Int = -1) {
        self.init(optimizer, milestones: milestones, gamma: gamma, lastEpoch: lastEpoch)
    }
}

extension optim.lrScheduler.ExponentialLR {
    public convenience init(_ optimizer: optim.Optimizer, _ gamma: Double, lastEpoch: Int = -1) {
        self.init(optimizer, gamma: gamma, lastEpoch: lastEpoch)
    }
}

extension optim.lrScheduler.CosineAnnealingLR {
    public convenience init(_ optimizer: optim.Optimizer, _ tMax: Int, etaMin: Double = 0, lastEpoch: Int = -1) {
        self.init(optimizer, tMax: tMax, etaMin: etaMin, lastEpoch: lastEpoch)
    }
    public convenience init(_ optimizer: optim.Optimizer, _ tMax: Int, _ etaMin: Double, lastEpoch: Int = -1) {
        self.init(optimizer, tMax: tMax, etaMin: etaMin, lastEpoch: lastEpoch)
    }
    public convenience init(_ optimizer: optim.Optimizer, TMax tMax: Int, etaMin: Double = 0, lastEpoch: Int = -1) {
        self.init(optimizer, tMax: tMax, etaMin: etaMin, lastEpoch: lastEpoch)
    }
}

extension optim.lrScheduler.CosineAnnealingWarmRestarts {
    public convenience init(
        _ optimizer: optim.Optimizer, _ t0: Int, tMult: Int = 1, etaMin: Double = 0, lastEpoch: Int = -1
    ) {
        self.init(optimizer, t0: t0, tMult: tMult, etaMin: etaMin, lastEpoch: lastEpoch)
    }
    public convenience init(
        _ optimizer: optim.Optimizer, _ t0: Int, _ tMult: Int, etaMin: Double = 0, lastEpoch: Int = -1
    ) {
        self.init(optimizer, t0: t0, tMult: tMult, etaMin: etaMin, lastEpoch: lastEpoch)
    }
    public convenience init(
        _ optimizer: optim.Optimizer, T0 t0: Int, tMult: Int = 1, etaMin: Double = 0, lastEpoch: Int = -1
    ) {
        self.init(optimizer, t0: t0, tMult: tMult, etaMin: etaMin, lastEpoch: lastEpoch)
    }
    public convenience init(
        _ optimizer: optim.Optimizer, T0 t0: Int, TMult tMult: Int, etaMin: Double = 0, lastEpoch: Int = -1
    ) {
        self.init(optimizer, t0: t0, tMult: tMult, etaMin: etaMin, lastEpoch: lastEpoch)
    }
    public convenience init(
        _ optimizer: optim.Optimizer, _ t0: Int, TMult tMult: Int, etaMin: Double = 0, lastEpoch: Int = -1
    ) {
        self.init(optimizer, t0: t0, tMult: tMult, etaMin: etaMin, lastEpoch: lastEpoch)
    }
}

extension optim.lrScheduler.PolynomialLR {
    public convenience init(_ optimizer: optim.Optimizer, _ totalIters: Int, power: Double = 1, lastEpoch: Int = -1) {
        self.init(optimizer, totalIters: totalIters, power: power, lastEpoch: lastEpoch)
    }
    public convenience init(_ optimizer: optim.Optimizer, _ totalIters: Int, _ power: Double, lastEpoch: Int = -1) {
        self.init(optimizer, totalIters: totalIters, power: power, lastEpoch: lastEpoch)
    }
}

extension optim.lrScheduler.ConstantLR {
    public convenience init(_ optimizer: optim.Optimizer, _ factor: Double, totalIters: Int = 5, lastEpoch: Int = -1) {
        self.init(optimizer, factor: factor, totalIters: totalIters, lastEpoch: lastEpoch)
    }
    public convenience init(_ optimizer: optim.Optimizer, _ factor: Double, _ totalIters: Int, lastEpoch: Int = -1) {
        self.init(optimizer, factor: factor, totalIters: totalIters, lastEpoch: lastEpoch)
    }
}

extension optim.lrScheduler.LinearLR {
    public convenience init(
        _ optimizer: optim.Optimizer, _ startFactor: Double, endFactor: Double = 1, totalIters: Int = 5,
        lastEpoch: Int = -1
    ) {
        self.init(optimizer, startFactor: startFactor, endFactor: endFactor, totalIters: totalIters, lastEpoch: lastEpoch)
    }
}

extension optim.lrScheduler.ReduceLROnPlateau {
    public convenience init<Least: PerGroup>(
        _ optimizer: optim.Optimizer, _ mode: String, factor: Double = 0.1, patience: Int = 10, threshold: Double = 1e-4,
        thresholdMode: String = "rel", cooldown: Int = 0, minLr: Least = 0, eps: Double = 1e-8
    ) {
        self.init(
            optimizer, mode: mode, factor: factor, patience: patience, threshold: threshold, thresholdMode: thresholdMode,
            cooldown: cooldown, minLr: minLr, eps: eps)
    }
    public convenience init<Least: PerGroup>(
        _ optimizer: optim.Optimizer, _ mode: String, _ factor: Double, patience: Int = 10, threshold: Double = 1e-4,
        thresholdMode: String = "rel", cooldown: Int = 0, minLr: Least = 0, eps: Double = 1e-8
    ) {
        self.init(
            optimizer, mode: mode, factor: factor, patience: patience, threshold: threshold, thresholdMode: thresholdMode,
            cooldown: cooldown, minLr: minLr, eps: eps)
    }
}

extension optim.lrScheduler.OneCycleLR {
    /// The order of PyTorch's example.
    public convenience init(
        _ optimizer: optim.Optimizer, maxLr: Double, stepsPerEpoch: Int, epochs: Int, pctStart: Double = 0.3,
        annealStrategy: String = "cos"
    ) {
        self.init(
            optimizer, maxLr: maxLr, epochs: epochs, stepsPerEpoch: stepsPerEpoch, pctStart: pctStart,
            annealStrategy: annealStrategy)
    }
    public convenience init<Most: PerGroup, Low: PerGroup, High: PerGroup>(
        _ optimizer: optim.Optimizer, _ maxLr: Most, totalSteps: Int? = nil, epochs: Int? = nil, stepsPerEpoch: Int? = nil,
        pctStart: Double = 0.3, annealStrategy: String = "cos", cycleMomentum: Bool = true, baseMomentum: Low = 0.85,
        maxMomentum: High = 0.95, divFactor: Double = 25, finalDivFactor: Double = 1e4, threePhase: Bool = false,
        lastEpoch: Int = -1
    ) {
        self.init(
            optimizer, maxLr: maxLr, totalSteps: totalSteps, epochs: epochs, stepsPerEpoch: stepsPerEpoch,
            pctStart: pctStart, annealStrategy: annealStrategy, cycleMomentum: cycleMomentum, baseMomentum: baseMomentum,
            maxMomentum: maxMomentum, divFactor: divFactor, finalDivFactor: finalDivFactor, threePhase: threePhase,
            lastEpoch: lastEpoch)
    }
}

extension optim.lrScheduler.CyclicLR {
    public convenience init<Base: PerGroup, Most: PerGroup, Low: PerGroup, High: PerGroup>(
        _ optimizer: optim.Optimizer, _ baseLr: Base, _ maxLr: Most, stepSizeUp: Int = 2000, stepSizeDown: Int? = nil,
        mode: String = "triangular", gamma: Double = 1, scaleFn: ((Double) -> Double)? = nil, scaleMode: String = "cycle",
        cycleMomentum: Bool = true, baseMomentum: Low = 0.8, maxMomentum: High = 0.9, lastEpoch: Int = -1
    ) {
        self.init(
            optimizer, baseLr: baseLr, maxLr: maxLr, stepSizeUp: stepSizeUp, stepSizeDown: stepSizeDown, mode: mode,
            gamma: gamma, scaleFn: scaleFn, scaleMode: scaleMode, cycleMomentum: cycleMomentum, baseMomentum: baseMomentum,
            maxMomentum: maxMomentum, lastEpoch: lastEpoch)
    }
}
