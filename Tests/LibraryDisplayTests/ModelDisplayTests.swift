import Flambeau
import Foundation
import TestSupport
import Testing

private final class Net: nn.Module {
    let conv = nn.Conv2d(1, 8, 3)
    let norm = nn.BatchNorm2d(8)
    let head = nn.Sequential(nn.ReLU(), nn.Flatten(), nn.Linear(8 * 26 * 26, 10))
    override func forward(_ x: Tensor) -> Tensor { head(norm(conv(x))) }
}

@Suite(.serialized) struct ModelDisplayTests {
    @Test func keysOfCheckpointsAreReadable() {
        var state = StateDictionary()
        state["step"] = .int(3)
        state[0] = .null
        #expect("\(state.keys)" == "['step', 0]")
        #expect(MIMEBundle(showing: state.keys).data["text/plain"] == "['step', 0]")
    }

    /// In a style, since the pages of front ends give pictures a height of their own.
    @Test func previewsHaveTheSameHeightEverywhere() throws {
        let samples = (0..<3).map { (torch.rand(1, 28, 28), $0) }
        let html = try preview(samples, count: 2).mimeBundle.data["text/html"]!
        #expect(html.components(separatedBy: "style=\"height:96px").count == 3)
        #expect(html.contains("3 samples") && !html.contains("height=\""))
    }

    @Test func summaryHasShapesAndLeavesTheModelAlone() {
        let model = Net()
        model.head.requiresGrad_(false)
        let input = torch.ones([1, 1, 28, 28])
        model.eval()
        let before = model(input)
        let table = summary(model, inputShape: [4, 1, 28, 28])
        #expect(table.columns == ["module", "type", "output shape", "parameters", "trainable"])
        #expect(table.rows.map { $0[2] }.prefix(3) == ["[4, 10]", "[4, 8, 26, 26]", "[4, 8, 26, 26]"])
        #expect(table.rows[1].suffix(2) == ["80", "100 %"])
        #expect(table.rows.last!.suffix(2) == ["54,090", "0 %"])
        #expect(table.footer[0].suffix(2) == ["54,186", "0.177 %"])
        #expect(torch.equal(before, model(input)))
        #expect(model.parameters().allSatisfy { $0.device == .cpu && $0.isLeaf })
    }

    @Test func aShapeThatDoesNotFitLeavesTheModelAlone() {
        let model = Net()
        nonisolated(unsafe) let shared = model
        let message = failure { _ = summary(shared, inputShape: [1, 1, 10, 10]) }
        #expect(message?.contains("mat1 and mat2 shapes cannot be multiplied") == true)
        #expect(model.parameters().allSatisfy { $0.device == .cpu })
        #expect(model(torch.ones([1, 1, 28, 28])).shape == [1, 10])
    }

    @Test func schedulersShowTheRatesToCome() {
        let optimizer = optim.SGD([nn.Parameter(torch.zeros(1))], lr: 0.1, momentum: 0.9)
        let scheduler = optim.lrScheduler.StepLR(optimizer, stepSize: 2, gamma: 0.5)
        #expect(scheduler.upcomingLrs(5) == [[0.1], [0.1], [0.05], [0.05], [0.025]])
        let bundle = scheduler.mimeBundle.data
        #expect(bundle["text/plain"]!.contains("step_size") && bundle["text/html"]!.contains("learning rate to come"))
        // Looking ahead changes nothing.
        #expect(scheduler.lastEpoch == 0 && optimizer.paramGroups[0].lr == 0.1)
        optimizer.step()
        scheduler.step()
        #expect(scheduler.upcomingLrs(2) == [[0.1], [0.05]])
        let cycle = optim.lrScheduler.OneCycleLR(optimizer, maxLr: 1, totalSteps: 10)
        #expect(cycle.upcomingLrs(100).count == 10 && optimizer.paramGroups[0].momentum == 0.95)
        let chain = optim.lrScheduler.SequentialLR(
            optimizer,
            schedulers: [
                optim.lrScheduler.ConstantLR(optimizer, factor: 0.5, totalIters: 2),
                optim.lrScheduler.ExponentialLR(optimizer, gamma: 0.1),
            ], milestones: [2])
        let ahead = chain.upcomingLrs(4)
        #expect(chain.upcomingLrs(4) == ahead && Set(ahead.map { $0[0] }).count > 1)
        let plateau = optim.lrScheduler.ReduceLROnPlateau(optimizer)
        #expect(plateau.upcomingLrs(10).count == 1)
        #expect(!plateau.mimeBundle.data["text/html"]!.contains("to come"))
    }

    @Test func tables() {
        let model = nn.Sequential(nn.Linear(2, 3))
        let state = model.stateDict().mimeBundle.data
        #expect(state["text/html"]!.contains("0.weight") && state["text/html"]!.contains("[3, 2]"))
        let optimizer = optim.SGD(model.parameters(), lr: 0.1)
        let bundle = MIMEBundle(showing: optimizer).data
        #expect(bundle["text/plain"] == optimizer.description)
        #expect(bundle["text/html"]!.contains("<caption") && bundle["text/html"]!.contains("lr"))
        #expect(MIMEBundle(showing: model).data["text/plain"] == model.description)
    }

    @Test func confusion() {
        let matrix = ConfusionMatrix(torch.tensor([0, 1, 1, 2, 2, 0]), torch.tensor([0, 1, 2, 2, 2, 1]), names: ["a", "b", "c"])
        #expect(matrix.counts == [[1, 0, 0], [1, 1, 0], [0, 1, 2]])
        #expect(matrix.accuracy == 4.0 / 6)
        #expect(matrix.description.hasPrefix("rows: true, columns: predicted; accuracy 66.67 %"))
        #expect(failure { _ = ConfusionMatrix(numClasses: 2, names: ["a"]) } == "ValueError: 1 names do not fit 2 classes")
        #expect(matrix.mimeBundle.data["image/svg+xml"]!.contains("accuracy 66.67 %"))
    }

    @Test func monitorTakesTensorsAndWhatTrains() {
        let model = nn.Linear(2, 1, bias: false)
        let optimizer = optim.SGD(model.parameters(), lr: 0.25)
        model.weight.grad = torch.tensor([[3.0, 4.0]])
        let monitor = Monitor()
        monitor.log(["loss": torch.tensor(0.5), "count": 3], optimizer: optimizer, gradientsOf: model)
        let text = monitor.mimeBundle.data["text/plain"]!
        for part in ["loss", "0.5", "count", "lr", "0.25", "grad_norm", "5"] { #expect(text.contains(part)) }
    }
}
