import Flambeau
import TestSupport
import Testing

/// Averages of parameters, clipped gradients and mixed precision.
@Suite(.serialized) struct AveragingTests {
    private final class Net: nn.Module {
        let linear = nn.Linear(2, 2, bias: false), norm = nn.BatchNorm1d(2)
        override func forward(_ x: Tensor) -> Tensor { norm(linear(x)) }
    }

    private func set(_ net: Net, _ value: Double) { torch.noGrad { _ = net.linear.weight.fill_(value) } }

    @Test func averagesOfAllTensorsAtOnce() {
        let model = nn.Linear(1, 1, bias: false)
        let averaged = optim.swaUtils.AveragedModel(
            model, copy: nn.Linear(1, 1, bias: false), multiAvgFn: optim.swaUtils.getEmaMultiAvgFn(0.5))
        for value in [2.0, 4.0, 8.0] {
            torch.noGrad { model.weight.fill_(value) }
            averaged.updateParameters(model)
        }
        #expect(averaged.module.weight.item() == 5.5)
    }

    @Test func meansAndExponentialMeans() {
        let net = Net()
        set(net, 1)
        let mean = optim.swaUtils.AveragedModel(net, copy: Net())
        let moving = optim.swaUtils.AveragedModel(net, copy: Net(), avgFn: optim.swaUtils.getEmaAvgFn(0.75))
        for value in [1.0, 2, 6] {
            set(net, value)
            mean.updateParameters(net)
            moving.updateParameters(net)
        }
        #expect(mean.parameters()[0].scalars()[0].double == 3)
        #expect(moving.parameters()[0].scalars()[0].double == 0.75 * 1.25 + 0.25 * 6)
        #expect(mean.nAveraged.item() == 3)
        #expect(mean.stateDict().keys.first == "n_averaged" && mean.stateDict().keys.contains("module.linear.weight"))
        #expect(failure { _ = optim.swaUtils.getEmaAvgFn(2) } == "ValueError: Invalid decay value 2.0 provided. Please provide a value in [0,1] range.")
    }

    @Test func statisticsOfAllBatches() {
        let net = Net()
        torch.noGrad { _ = net.linear.weight.copy_(torch.eye(2)) }
        net.eval()
        let batches = [torch.tensor([[0.0, 1], [2, 3]]), torch.tensor([[4.0, 5], [6, 7]])]
        optim.swaUtils.updateBn(batches, net)
        #expect(net.norm.runningMean!.scalars().map(\.double) == [3, 4])
        #expect(net.norm.momentum == 0.1 && !net.training)
    }

    @Test func gradientsAreClipped() {
        let (a, b) = (torch.zeros(2, requiresGrad: true), torch.zeros(1, requiresGrad: true))
        func reset() { (a.grad, b.grad) = (torch.tensor([3.0, 0]), torch.tensor([4.0])) }
        reset()
        #expect(nn.utils.clipGradNorm_([a, b], 1).item() == 5)
        #expect(abs((a.grad![0].item() as Double) - 0.6) < 1e-6)
        reset()
        #expect(nn.utils.clipGradNorm_([a, b], 100, normType: .infinity).item() == 4 && b.grad!.item() == 4)
        nn.utils.clipGradValue_([a, b], 3.5)
        #expect(b.grad!.item() == 3.5)
        #expect(nn.utils.getTotalNorm([]).item() == 0)
        b.grad = torch.tensor([Double.nan])
        #expect(failure { nn.utils.clipGradNorm_(b, 1, errorIfNonfinite: true) } == "RuntimeError: The total norm of order 2.0 for gradients from `parameters` is non-finite, so it cannot be clipped. To disable this error and scale the gradients by the non-finite norm anyway, set `error_if_nonfinite=False`")
    }

    @Test func theScaleFollowsTheGradients() throws {
        let p = torch.ones(1, requiresGrad: true)
        let optimizer = optim.SGD([p], lr: 0.5)
        let scaler = torch.amp.GradScaler("cpu", initScale: 4, growthInterval: 2)
        func step(_ factor: Double) {
            optimizer.zeroGrad()
            scaler.scale((p * factor).sum()).backward()
            scaler.step(optimizer)
            scaler.update()
        }
        step(1)
        #expect(p.item() == 0.5 && scaler.getScale() == 4)
        step(1)
        #expect(p.item() == 0 && scaler.getScale() == 8)
        step(.infinity)
        #expect(p.item() == 0 && scaler.getScale() == 4)
        step(0)
        #expect("\(scaler.stateDict())" == "{'scale': 4.0, 'growth_factor': 2.0, 'backoff_factor': 0.5, 'growth_interval': 2, '_growth_tracker': 1}")
        let other = torch.amp.GradScaler("cpu")
        try other.loadStateDict(scaler.stateDict())
        #expect("\(other.stateDict())" == "\(scaler.stateDict())")
        #expect(torch.amp.GradScaler("cpu", enabled: false).scale(p) === p)
    }

    @Test func theScalerRefusesTheWrongOrder() {
        let p = torch.ones(1, requiresGrad: true)
        let optimizer = optim.SGD([p])
        let scaler = torch.amp.GradScaler("cpu")
        #expect(failure { torch.amp.GradScaler("cpu").update() } == "AssertionError: Attempted update but _scale is None.  This may indicate your script did not use scaler.scale(loss or outputs) earlier in the iteration.")
        scaler.scale(p.sum()).backward()
        #expect(failure { scaler.update() } == "AssertionError: No inf checks were recorded prior to update.")
        scaler.unscale_(optimizer)
        #expect(failure { scaler.unscale_(optimizer) } == "RuntimeError: unscale_() has already been called on this optimizer since the last update().")
        scaler.step(optimizer)
        #expect(failure { scaler.unscale_(optimizer) } == "RuntimeError: unscale_() is being called after step().")
        #expect(failure { scaler.step(optimizer) } == "RuntimeError: step() has already been called since the last update().")
        #expect(failure { scaler.step(optimizer) { p } } == "RuntimeError: Closure use is not currently supported if GradScaler is enabled.")
        #expect(failure { _ = torch.amp.GradScaler("cpu", growthFactor: 1) } == "AssertionError: The growth factor must be > 1.0.")
        #expect(failure { _ = torch.amp.GradScaler("cpu", backoffFactor: 1) } == "AssertionError: The backoff factor must be < 1.0.")
    }

    @Test func autocastChoosesTypes() {
        // Values from PyTorch 2.15 with the same seed.
        torch.manualSeed(0)
        let x = torch.randn(4, 6), w = torch.randn(3, 6, requiresGrad: true), b = torch.zeros(3)
        let loss = torch.autocast(deviceType: .cpu, dtype: .bfloat16) {
            let y = F.linear(x, w, b)
            #expect(y.dtype == .bfloat16 && torch.isAutocastEnabled())
            #expect(y[0].scalars().map(\.double) == [3.046875, -0.546875, -0.55078125])
            #expect(x.to(.float64).matmul(w.to(.float64).t()).dtype == .float64)
            #expect(torch.cdist(x.to(.bfloat16), x.to(.bfloat16)).dtype == .float32)
            #expect(y.prod().dtype == .float32 && F.prelu(x, torch.tensor(0.1)).dtype == .bfloat16)
            #expect(F.conv1d(x.unsqueeze(0), torch.ones(2, 4, 3)).dtype == .bfloat16)
            #expect(F.softmax(y, dim: -1).dtype == .bfloat16 && (y + x[.all, 0..<3]).dtype == .float32)
            #expect(torch.autocast(enabled: false) { x.matmul(x.t()).dtype } == .float32)
            let inherit = torch.inheritingModes { torch.isAutocastEnabled() }
            #expect(torch.autocast(enabled: false) { inherit() })
            return F.crossEntropy(y, torch.tensor([0, 1, 2, 0]))
        }
        #expect(loss.dtype == .float32 && abs((loss.item() as Double) - 3.3797) < 1e-3 && !torch.isAutocastEnabled())
        loss.backward()
        #expect(w.grad!.dtype == .float32 && abs((w.grad![0, 0].item() as Double) + 0.5156) < 5e-3)
    }
}
