import Flambeau
import Foundation
import TestSupport
import Testing

/// State goes to files and back, within Flambeau and from PyTorch.
@Suite(.serialized) struct ResumeTests {
    private let names = [
        "SGD", "Adam", "AdamW", "ASGD", "Adadelta", "Adafactor", "Adagrad", "Adamax", "LBFGS", "Muon", "NAdam", "RAdam",
        "RMSprop", "Rprop", "SparseAdam",
    ]

    /// With the options of `make_goldens.py`.
    private func make(_ name: String, _ w: [Tensor], defaults: Bool = false) -> optim.Optimizer {
        switch name {
        case "SGD": defaults ? optim.SGD(w) : optim.SGD(w, lr: 0.1, momentum: 0.9, nesterov: true)
        case "Adam": defaults ? optim.Adam(w) : optim.Adam(w, lr: 0.1, amsgrad: true)
        case "AdamW": optim.AdamW(w)
        case "ASGD": defaults ? optim.ASGD(w) : optim.ASGD(w, t0: 1)
        case "Adadelta": optim.Adadelta(w)
        case "Adafactor": optim.Adafactor(w)
        case "Adagrad": optim.Adagrad(w)
        case "Adamax": optim.Adamax(w)
        case "LBFGS": defaults ? optim.LBFGS(w) : optim.LBFGS(w, lr: 0.1, maxIter: 3)
        case "Muon": optim.Muon(w)
        case "NAdam": optim.NAdam(w)
        case "RAdam": optim.RAdam(w)
        case "RMSprop": defaults ? optim.RMSprop(w) : optim.RMSprop(w, momentum: 0.5, centered: true)
        case "Rprop": optim.Rprop(w)
        default: optim.SparseAdam(w)
        }
    }

    private func step(_ name: String, _ optimizer: optim.Optimizer, _ w: Tensor, _ target: Tensor) {
        optimizer.step {
            optimizer.zeroGrad()
            let loss = ((w - target) ** 2 * (1 + target ** 2)).sum()
            loss.backward()
            if name == "SparseAdam" {
                let rows = torch.tensor([0, 2])
                w.grad = torch.sparseCooTensor(rows.unsqueeze(0), w.grad!.indexSelect(0, rows), w.shape)
            }
            return loss
        }
    }

    @Test func pyTorchsCheckpointsGoOn() throws {
        let path = Bundle.module.bundleURL.appendingPathComponent("Goldens/resumed.pt").path
        let cases: StateValue = try torch.load(path)
        let target = torch.linspace(-1, 1, 12).reshape(4, 3)
        for name in names {
            let golden: StateValue = try cases[name]
            let w = (try golden["w"] as Tensor).requiresGrad_()
            let optimizer = make(name, [w])
            let saved: StateDictionary = try golden["optimizer"]
            try optimizer.loadStateDict(saved)
            expectSameForm(optimizer.stateDict(), saved, name)
            for _ in 0..<2 { step(name, optimizer, w, target) }
            let later: Tensor = try golden["later"]
            // Muon's directions have bfloat16's precision.
            #expect(w.detach().distance(to: later) < (name == "Muon" ? 1e-4 : 2e-6), "\(name)")
        }
    }

    /// Compares the names and kinds of what two states hold. PyTorch keeps the scratch space `al`
    /// and some numbers of L-BFGS as tensors.
    private func expectSameForm(_ own: StateDictionary, _ saved: StateDictionary, _ name: String) {
        func form(_ state: StateDictionary) -> [String] {
            let kept = (try? state["state"]?.dictionary[0]?.dictionary) ?? StateDictionary()
            let settings = (try? state["param_groups"]?.list[0].dictionary) ?? StateDictionary()
            return (kept.entries + settings.entries).compactMap { key, value in
                let key = "\(key)"
                return name != "LBFGS" ? "\(key): \(value.kind)" : key == "'al'" ? nil : key
            }.sorted()
        }
        #expect(form(own) == form(saved), "\(name)")
    }

    @Test func descriptionsEqualPyTorchs() throws {
        for golden in try Golden.read("descriptions.jsonl", from: .module) {
            let name = golden.text("optimizer")
            #expect(make(name, [torch.zeros(2, 2, requiresGrad: true)], defaults: true).description == golden.text("text"))
        }
    }

    /// Dropout makes a run depend on the generator, which a checkpoint holds too.
    private final class Net: nn.Module {
        let hidden = nn.Linear(3, 8), norm = nn.BatchNorm1d(8), dropout = nn.Dropout(0.25), output = nn.Linear(8, 1)
        override func forward(_ x: Tensor) -> Tensor { output(dropout(torch.relu(norm(hidden(x))))) }
    }

    private struct Run {
        let model = Net()
        let optimizer: optim.Optimizer
        let scheduler: optim.lrScheduler.LRScheduler

        init() {
            optimizer = optim.AdamW(model.parameters(), lr: 0.05)
            scheduler = optim.lrScheduler.OneCycleLR(optimizer, maxLr: 0.1, totalSteps: 20)
        }

        func losses(_ steps: Int) -> [Double] {
            (0..<steps).map { _ in
                let x = torch.randn([16, 3])
                let loss = F.mseLoss(model(x), x.sum(dim: 1, keepdim: true))
                optimizer.zeroGrad()
                loss.backward()
                nn.utils.clipGradNorm_(model.parameters(), 1)
                optimizer.step()
                scheduler.step()
                return loss.item()
            }
        }
    }

    @Test func anInterruptedRunIsTheSame() throws {
        let path = FileManager.default.temporaryDirectory.appendingPathComponent("resume-\(getpid()).pt").path
        defer { try? FileManager.default.removeItem(atPath: path) }
        torch.manualSeed(3)
        let run = Run()
        _ = run.losses(7)
        let checkpoint: StateValue = [
            "model": run.model.stateDict(), "optimizer": run.optimizer.stateDict(),
            "scheduler": run.scheduler.stateDict(), "rng": torch.getRngState(),
        ]
        try torch.save(checkpoint, path)
        let expected = run.losses(9)

        torch.manualSeed(4)
        let resumed = Run()
        let loaded: StateValue = try torch.load(path)
        resumed.model.loadStateDict(try loaded["model"])
        try resumed.optimizer.loadStateDict(loaded["optimizer"])
        try resumed.scheduler.loadStateDict(loaded["scheduler"])
        torch.setRngState(try loaded["rng"])
        #expect(resumed.losses(9) == expected)
    }
}
