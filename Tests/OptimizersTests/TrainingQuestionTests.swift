import Flambeau
import TestSupport
import Testing

/// What the questions of `requirements.md` about training ask for, row by row.
@Suite(.serialized) struct TrainingQuestionTests {
    /// A table of random numbers whose class is the largest of the first `classes` columns.
    private func samples(_ count: Int, classes: Int) -> (x: Tensor, y: Tensor) {
        let x = torch.randn(count, 6)
        return (x, x.narrow(1, 0, classes).argmax(1))
    }

    private func classifier() -> nn.Sequential { nn.Sequential(nn.Linear(6, 16), nn.ReLU(), nn.Linear(16, 3)) }

    @Test func activationsReluSigmoidTanhSoftmaxLeakyReluForwardAndBackward() {
        let x = torch.tensor([[-2.0, 0.5], [1.0, -0.25]], dtype: .float64)
        let e = x.exp()
        let sigmoid = 1 / (1 + (-x).exp())
        let positive = (x > 0).to(.float64)
        let tanh = (e - 1 / e) / (e + 1 / e)
        let cases: [(nn.Module, value: Tensor, gradient: Tensor)] = [
            (nn.ReLU(), x * positive, positive),
            (nn.LeakyReLU(0.2), x * (positive + 0.2 * (1 - positive)), positive + 0.2 * (1 - positive)),
            (nn.Sigmoid(), sigmoid, sigmoid * (1 - sigmoid)),
            (nn.Tanh(), tanh, 1 - tanh * tanh),
            // The rows of a softmax always sum to one.
            (nn.Softmax(dim: 1), e / e.sum(dim: 1, keepdim: true), torch.zerosLike(x)),
        ]
        for (module, value, gradient) in cases {
            let input = x.clone().requiresGrad_()
            let result = module(input)
            #expect(torch.allclose(result, value), "\(module)")
            result.sum().backward()
            #expect(torch.allclose(input.grad!, gradient, atol: 1e-12), "\(module)")
        }
    }

    @Test func stepLRHalvesEveryFiveEpochsAsInQuestion3x14() {
        let optimizer = optim.SGD([nn.Parameter(torch.zeros(1))], lr: 0.1)
        let scheduler = optim.lrScheduler.StepLR(optimizer, stepSize: 5, gamma: 0.5)
        var rates: [Double] = []
        for _ in 0..<20 {
            rates.append(scheduler.getLastLr()[0])
            optimizer.step()
            scheduler.step()
        }
        #expect(rates == [0.1, 0.05, 0.025, 0.0125].flatMap { [Double](repeating: $0, count: 5) })
    }

    @Test func trainingAndEvaluationLoopCountsAccuracyPrecisionAndRecall() throws {
        torch.manualSeed(0)
        let (x, y) = samples(600, classes: 3)
        let (training, testing) = (TensorDataset(x[..<500], y[..<500]), TensorDataset(x[500...], y[500...]))
        let model = classifier()
        let optimizer = optim.Adam(model.parameters(), lr: 0.01)
        let criterion = nn.CrossEntropyLoss()
        for _ in 0..<15 {
            model.train()
            for (x, y) in DataLoader(training, batchSize: 32, shuffle: true) {
                optimizer.zeroGrad()
                criterion(model(x), y).backward()
                optimizer.step()
            }
        }
        model.eval()
        var (correct, total) = (0, 0)
        var matrix = ConfusionMatrix(numClasses: 3)
        torch.noGrad {
            for (x, y) in DataLoader(testing, batchSize: 32) {
                let (_, predicted) = torch.max(model(x), 1)
                total += y.size(0)
                correct += (predicted == y).sum().item()
                matrix.update(predicted, y)
            }
        }
        #expect(total == 100 && correct > 85)
        #expect(matrix.accuracy == Double(correct) / Double(total))
        let precision = matrix.precision(average: .none), recall = matrix.recall(average: .none)
        for (precision, recall) in zip(precision, recall) { #expect(precision > 0.7 && recall > 0.7) }
    }

    @Test func l2AsWeightDecayIsTheGradientOfThePenalty() {
        torch.manualSeed(0)
        let (x, y) = (torch.randn(8, 3, dtype: .float64), torch.randn(8, 1, dtype: .float64))
        let start = torch.randn(3, 1, dtype: .float64)
        func trained(weightDecay: Double, penalty: Double) -> Tensor {
            let w = nn.Parameter(start.clone())
            let optimizer = optim.SGD([w], lr: 0.05, weightDecay: weightDecay)
            for _ in 0..<20 {
                optimizer.zeroGrad()
                (F.mseLoss(x.matmul(w), y) + penalty * w.square().sum()).backward()
                optimizer.step()
            }
            return w.detach()
        }
        let decayed = trained(weightDecay: 0.2, penalty: 0)
        #expect(torch.allclose(decayed, trained(weightDecay: 0, penalty: 0.1)))
        #expect(decayed.norm().item() < (trained(weightDecay: 0, penalty: 0).norm().item() as Double))
    }

    @Test func earlyStoppingEndsTrainingAndGivesTheBestWeightsBack() {
        torch.manualSeed(0)
        let model = nn.Linear(1, 1)
        let stopping = EarlyStopping(model, patience: 3)
        var (losses, weights): ([Double], [Float]) = ([], [])
        for epoch in 0..<100 {
            // A validation loss that has its lowest value at epoch 10.
            torch.noGrad { model.weight.fill_(Double(epoch)) }
            losses.append(Double((epoch - 10) * (epoch - 10)))
            weights.append(model.weight.item())
            if stopping.step(losses.last!) { break }
        }
        #expect(losses.count == 14 && losses.min() == 0)
        stopping.restoreBestWeights()
        #expect(model.weight.item() == weights[10])
    }

    @Test func ganWithTwoOptimizersAndDetachLearnsAToyDistribution() {
        torch.manualSeed(0)
        let generator = nn.Sequential(nn.Linear(4, 16), nn.ReLU(), nn.Linear(16, 1))
        let discriminator = nn.Sequential(nn.Linear(1, 32), nn.LeakyReLU(0.2), nn.Linear(32, 1))
        let optimizerG = optim.Adam(generator.parameters(), lr: 2e-3, betas: (0.5, 0.999))
        let optimizerD = optim.Adam(discriminator.parameters(), lr: 4e-3, betas: (0.5, 0.999))
        let criterion = nn.BCEWithLogitsLoss()
        let (real, fake) = (torch.ones(128, 1), torch.zeros(128, 1))
        for step in 0..<1500 {
            let truth = torch.randn(128, 1) * 0.5 + 3
            let made = generator(torch.randn(128, 4))
            optimizerD.zeroGrad()
            (criterion(discriminator(truth), real) + criterion(discriminator(made.detach()), fake)).backward()
            // What is detached teaches the discriminator alone.
            if step == 0 { #expect(generator.parameters().allSatisfy { $0.grad == nil }) }
            optimizerD.step()
            optimizerG.zeroGrad()
            criterion(discriminator(made), real).backward()
            optimizerG.step()
        }
        let samples = torch.noGrad { generator(torch.randn(2000, 4)) }
        #expect(abs(samples.mean().item() - 3.0 as Double) < 0.5)
        #expect((samples.std().item() as Double) > 0.1 && (samples.std().item() as Double) < 1.5)
    }

    @Test func withoutAGPUThereIsPyTorchsErrorAndDataParallelComputesAlone() {
        #expect(!torch.cuda.isAvailable() && torch.cuda.deviceCount() == 0)
        let device = torch.device(torch.cuda.isAvailable() ? "cuda" : "cpu")
        #expect(torch.ones(2, device: device).device == .cpu)
        let refusals: [@Sendable () -> Void] = [
            { _ = torch.ones(1).cuda() }, { _ = torch.ones(1, device: "cuda:0") }, { nn.Linear(1, 1).cuda() },
            { torch.cuda.device(1) {} }, { torch.cuda.setDevice(0) },
        ]
        for body in refusals { #expect(failure(body) == "RuntimeError: Torch not compiled with CUDA enabled") }
        let model = nn.Linear(2, 1)
        let parallel = nn.DataParallel(model)
        #expect(torch.equal(parallel(torch.ones(3, 2)), model(torch.ones(3, 2))))
        #expect(parallel.stateDict().keys == ["module.weight", "module.bias"])
        #expect(parallel.module === model)
        #expect(parallel.description == "DataParallel(\n  (module): Linear(in_features=2, out_features=1, bias=True)\n)")
    }
}
