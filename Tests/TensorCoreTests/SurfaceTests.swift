import TestSupport
import Testing

import Flambeau

/// Calls as a PyTorch user writes them: by position, by name, in place, by a second name. Values are PyTorch's.
@Suite struct SurfaceTests {
    let x = torch.tensor([[1.0, -2.0, 3.0], [4.0, 0.5, -6.0]])

    private func expect(_ tensor: Tensor, _ text: String, _ line: Int = #line) {
        #expect("\(tensor)" == text, "line \(line)")
    }

    @Test func argumentsByPositionAndByName() {
        let i = torch.tensor([[0], [2]])
        for picked in [torch.gather(x, 1, i), torch.gather(x, dim: 1, index: i), x.gather(1, index: i), x.gather(dim: 1, index: i)] {
            expect(picked, "tensor([[ 1.],\n        [-6.]])")
        }
        for largest in [x.topk(1, 1).values, x.topk(1, dim: 1).values, x.topk(k: 1, dim: 1).values, torch.topk(x, 1, 1, true).values] {
            expect(largest, "tensor([[3.],\n        [4.]])")
        }
        for greatest in [x.amax(1), torch.amax(x, 1), torch.amax(x, dim: 1), torch.amax(x, [1]), x.amax(dim: [1])] {
            expect(greatest, "tensor([3., 4.])")
        }
        #expect(torch.amax(x, 1, true).shape == [2, 1])
        #expect(torch.mean(x, 1, keepdim: true).shape == [2, 1] && torch.sum(x, [0, 1]).ndim == 0)
        #expect(torch.linspace(0, 1, steps: 3).equal(torch.linspace(start: 0, end: 1, steps: 3)))
        #expect(torch.full(size: [2], fillValue: 3).equal(torch.full([2], 3)))
        #expect(torch.randint(0, 9, size: [4]).shape == [4] && torch.randint(low: 0, high: 9, size: [4]).shape == [4])
        #expect(torch.flatten(x, 0).equal(x.flatten(startDim: 0)) && x.flatten(0, -1).shape == [6])
        #expect(torch.diagonal(x, 1).equal(x.diagonal(offset: 1)) && torch.triu(x, 1).equal(x.triu(diagonal: 1)))
        #expect(torch.chunk(x, 3, 1).count == 3 && x.chunk(chunks: 3, dim: 1).count == 3)
        #expect(torch.std(x, dim: [0, 1]).allclose(x.std()) && torch.std(x, dim: 0, unbiased: false).shape == [3])
        #expect(torch.tensordot(x, x, dims: [[1], [1]]).allclose(x.matmul(x.t())))
        #expect(x.clamp(min: torch.zeros(3)).equal(x.clamp(min: 0)) && torch.clamp(x, max: torch.ones(3)).equal(x.clamp(max: 1)))
        #expect(torch.moveaxis(x, [0], [1]).shape == [3, 2] && x.sum(axis: 1).equal(x.sum(1)) && torch.nansum(x, dim: 0).equal(x.sum(0)))
        expect(torch.zeros(2, 2).scatter_(1, torch.tensor([[0], [1]]), 2.5, reduce: "add"), "tensor([[2.5000, 0.0000],\n        [0.0000, 2.5000]])")
        #expect(torch.countNonzero(x).item() == 6 && x.size(dim: 1) == 3)
    }

    @Test func layersByPositionAndByName() {
        #expect(nn.Linear(inFeatures: 4, outFeatures: 5).weight.shape == [5, 4])
        let c = nn.Conv2d(inChannels: 3, outChannels: 8, kernelSize: 3)
        #expect(c.weight.shape == [8, 3, 3, 3])
        #expect(nn.Conv2d(3, 8, 3, 2, 1)(torch.zeros(1, 3, 8, 8)).shape == [1, 8, 4, 4])
        #expect("\(nn.LSTM(4, 5, 2, batchFirst: true))" == "LSTM(4, 5, num_layers=2, batch_first=True)")
        #expect("\(nn.GRU(inputSize: 4, hiddenSize: 5))" == "GRU(4, 5)")
        #expect("\(nn.Embedding(numEmbeddings: 10, embeddingDim: 3))" == "Embedding(10, 3)")
        #expect("\(nn.MaxPool2d(2, 2, 1))" == "\(nn.MaxPool2d(kernelSize: 2, stride: 2, padding: 1))")
        // InstanceNorm has other defaults than BatchNorm.
        #expect(nn.InstanceNorm2d(numFeatures: 3).weight == nil && nn.BatchNorm2d(numFeatures: 3).weight != nil)
        #expect(nn.InstanceNorm2d(3, 1e-3).weight == nil && nn.BatchNorm2d(3, 1e-3, 0.2).momentum == 0.2)
        #expect(nn.TransformerEncoder(nn.TransformerEncoderLayer(dModel: 8, nhead: 2), numLayers: 2)(torch.zeros(3, 1, 8)).shape == [3, 1, 8])
        let image = torch.arange(16.0).reshape(1, 1, 4, 4)
        #expect(F.maxPool2d(image, kernelSize: 2, stride: 2).equal(F.maxPool2d(image, 2, 2)))
        #expect(F.pad(image, [1, 1], "constant", 0).shape == [1, 1, 4, 6] && F.softmax(x, 1).equal(F.softmax(x, dim: 1)))
        #expect(F.dropout(x, 0.5, false).equal(x))
    }

    @Test func secondNames() {
        #expect(x.multiply(2).equal(x * 2) && torch.subtract(x, 1, alpha: 2).equal(x - 2) && x.divide(2, roundingMode: "floor").equal((x / 2).floor()))
        #expect(x.greater(0).equal(x > 0) && torch.lessEqual(x, 1).equal(x <= 1) && x.notEqual(1).equal(x != 1))
        #expect(torch.absolute(x).equal(x.abs()) && x.negative().equal(-x) && torch.clip(x, 0, 1).equal(x.clamp(0, 1)))
        #expect(torch.arctan2(x, x).equal(torch.atan2(x, x)) && x.fix().equal(x.trunc()))
    }

    @Test func inPlace() {
        expect(torch.tensor([1, 2, 3]).eq_(2), "tensor([0, 1, 0])")
        expect(torch.tensor([1.0, 2]).ge_(1.5), "tensor([0., 1.])")
        expect(torch.tensor([5, 6]).bitwiseAnd_(3), "tensor([1, 2])")
        expect(torch.tensor([5.0, -7]).fmod_(3), "tensor([ 2., -1.])")
        expect(torch.ones(2, 2).addmm_(torch.ones(2, 1), torch.ones(1, 2), beta: 2), "tensor([[3., 3.],\n        [3., 3.]])")
        expect(torch.zeros(3, 2).fillDiagonal_(5), "tensor([[5., 0.],\n        [0., 5.],\n        [0., 0.]])")
        #expect(torch.zeros(7, 3).fillDiagonal_(5, wrap: true).array() as [Float] == [5, 0, 0, 0, 5, 0, 0, 0, 5, 0, 0, 0, 5, 0, 0, 0, 5, 0, 0, 0, 5])
        #expect(failure { torch.ones(2).fillDiagonal_(1) } == "RuntimeError: dimensions must larger than 1")
    }

    @Test func shapesInPlace() {
        let t = torch.arange(6.0).reshape(2, 3)
        let seen = t.view(3, 2)
        #expect(t.t_() === t && t.shape == [3, 2] && t.stride() == [1, 3])
        #expect(t.unsqueeze_(0).shape == [1, 3, 2] && t.squeeze_(0).shape == [3, 2])
        t.fill_(7)
        #expect(seen.equal(torch.full([3, 2], 7.0)))
        #expect(torch.arange(6).resize_(2, 2).equal(torch.tensor([[0, 1], [2, 3]])))
        let grown = torch.arange(2).resize_([2, 2])
        #expect(grown.shape == [2, 2] && grown[0].equal(torch.tensor([0, 1])))
        #expect(failure { torch.ones(2, requiresGrad: true).resize_(3) } == "RuntimeError: cannot resize variables that require grad")

        let leaf = torch.tensor([1.0, 2, 3, 4], requiresGrad: true)
        let twice = leaf * 2
        twice.unsqueeze_(0)
        (twice * twice).sum().backward()
        #expect(twice.shape == [1, 4])
        expect(leaf.grad!, "tensor([ 8., 16., 24., 32.])")
    }

    @Test func whatATensorIs() {
        #expect(x.numel == 6 && x.numel() == 6 && x.nelement() == 6 && torch.numel(x) == 6)
        #expect([x, x].map { $0.numel() }.reduce(0, +) == 12)
        #expect(x.elementSize() == 4 && x.ndimension() == 2 && torch.isTensor(x) && !torch.isTensor(1))
        #expect(x.view(2, 3).dataPtr() == x.dataPtr() && x[1].dataPtr() == x.dataPtr() + 12)
        #expect(torch.isNonzero(torch.tensor([2])))
        #expect(failure { _ = torch.isNonzero(torch.ones(2)) } == "RuntimeError: Boolean value of Tensor with more than one value is ambiguous")
        expect(torch.tensor([]), "tensor([])")
        expect(torch.LongTensor([1, 2]), "tensor([1, 2])")
        expect(torch.tensor([torch.nan, torch.inf]), "tensor([nan, inf])")
        #expect("\(torch.finfo(.float16))" == "finfo(resolution=0.001, min=-65504, max=65504, eps=0.000976562, smallest_normal=6.10352e-05, tiny=6.10352e-05, dtype=float16)")
        #expect("\(torch.iinfo(.int64))" == "iinfo(min=-9.22337e+18, max=9.22337e+18, dtype=int64)")
        #expect(torch.iinfo(.uint8).max == 255 && torch.finfo(.float32).eps == Double(Float.ulpOfOne) && torch.finfo(.bfloat16).bits == 16)
        #expect(failure { _ = torch.finfo(.int32) } == "TypeError: torch.finfo() requires a floating point input type. Use torch.iinfo to handle 'torch.finfo'")
        #expect(torch.emptyPermuted([2, 3, 5, 7], [0, 2, 3, 1]).stride() == [105, 1, 21, 3])
    }

    @Test func bytesSeenAsAnotherType() {
        expect(torch.tensor([1.0, 2.0]).view(.int32), "tensor([1065353216, 1073741824], dtype=torch.int32)")
        #expect(torch.zeros(2, 4, dtype: .int32).view(.int64).shape == [2, 2])
        #expect(torch.zeros(2, 4).view(.uint8).shape == [2, 16])
        #expect(failure { _ = torch.zeros(2, 3).view(.float64) } == "RuntimeError: self.size(-1) must be divisible by 2 to view Float as Double (different element sizes), but got 3")
    }

    @Test func partsOfUnique() {
        let t = torch.tensor([3, 1, 3])
        let (values, inverse) = torch.unique(t, returnInverse: true)
        let (_, counts) = t.unique(returnCounts: true)
        let (_, _, all) = torch.unique(t, returnInverse: true, returnCounts: true)
        expect(values, "tensor([1, 3])")
        expect(inverse, "tensor([1, 0, 1])")
        #expect(counts.equal(torch.tensor([1, 2])) && all.equal(counts))
    }

    @Test func partsByNumber() {
        expect(torch.max(x, 1)[1], "tensor([2, 0])")
        expect(x.topk(1, dim: 0)[0], "tensor([[4.0000, 0.5000, 3.0000]])")
        expect(torch.sort(torch.tensor([3, 1, 2]))[-1], "tensor([1, 2, 0])")
        let (_, predicted) = torch.max(x, 1)
        #expect(predicted.equal(x.max(dim: 1).indices) && (torch.max(x, 1)[1] == predicted).all().item())
    }

    @Test func listsTakenApart() {
        let (rows, columns) = x.shape
        let (q, k, v) = x.chunk(3, dim: 1)
        let (first, second) = x.unbind()
        let (a, b) = torch.split(x, [1, 2], dim: 1)
        let (gx, gy) = torch.meshgrid(torch.arange(2), torch.arange(3), indexing: "ij")
        #expect(rows == 2 && columns == 3 && q.shape == [2, 1] && torch.cat([q, k, v], 1).equal(x))
        #expect(first.equal(x[0]) && second.equal(x[1]) && a.shape == [2, 1] && b.shape == [2, 2])
        #expect(gx.shape == [2, 3] && gy[1].equal(torch.arange(3)))
        #expect(x.chunk(3, dim: 1).count == 3 && x.shape[0] == 2 && x.shape == [2, 3])
        #expect(failure { let (_, _) = torch.ones(1, 2, 3).shape } == "ValueError: too many values to unpack (expected 2, got 3)")
        #expect(failure { let (_, _) = torch.ones(3).chunk(1) } == "ValueError: not enough values to unpack (expected 2, got 1)")
    }

    @Test func gradientsWithoutUnwrapping() {
        let w = torch.tensor([1.0, 2.0], requiresGrad: true)
        #expect(w.grad == nil)
        (w * w).sum().backward()
        torch.noGrad {
            var w = w
            w -= 0.5 * w.grad
            w.grad.zero_()
        }
        expect(w, "tensor([0., 0.], requires_grad=True)")
        expect(w.grad, "tensor([0., 0.])")
        w.grad = nil
        #expect(w.grad == nil && [w].compactMap(\.grad).isEmpty)
        #expect(torch.autograd.grad(outputs: (w + 1).sum(), inputs: w).equal(torch.ones(2)))
    }

    @Test func keysValuesAndItems() {
        let layer = nn.Linear(2, 1)
        #expect(layer.stateDict().keys() == ["weight", "bias"] && layer.stateDict().keys == ["weight", "bias"])
        #expect(layer.stateDict().items().map { $0.value.numel() } == [2, 1] && layer.stateDict().values().count == 2)
        #expect(nn.ModuleDict(["b": nn.ReLU(), "a": nn.Tanh()]).keys() == ["b", "a"])
        #expect("\(nn.Sequential(["fc": nn.Linear(2, 1), "act": nn.ReLU()])[1])" == "ReLU()")
    }

    @Test func operatorsOfPython() {
        #expect(abs(-x).equal(x.abs()) && (1 == x).equal(x == 1) && (1 != x).equal(x != 1))
        var t = torch.tensor([7, 8])
        t %= 4
        t **= 2
        expect(t, "tensor([9, 0])")
    }

    @Test func optimizersAndLoadersAsPyTorchWritesThem() {
        let (a, b) = (nn.Linear(2, 2), nn.Linear(2, 1))
        let groups = optim.SGD([["params": a.parameters()], ["params": b.parameters(), "lr": 1e-3]], lr: 1e-2, momentum: 0.9)
        #expect(groups.paramGroups.map(\.lr) == [1e-2, 1e-3] && groups.paramGroups[1]["momentum"] == 0.9)
        let optimizer = optim.SGD(a.parameters(), 0.1)
        #expect(optim.AdamW(a.parameters(), 1e-3).paramGroups[0]["weight_decay"] == 0.01)
        let schedule = optim.lrScheduler.StepLR(optimizer, 1, 0.5)
        optimizer.step()
        schedule.step()
        #expect(optimizer.paramGroups[0].lr == 0.05)
        _ = optim.lrScheduler.CosineAnnealingLR(optimizer, TMax: 10)
        let data = TensorDataset(torch.rand(8, 3), torch.rand(8, 2))
        #expect(DataLoader(data, 4).count == 2 && DataLoader(data, 3, true).count == 3)
    }

    @Test func functionsAsValues() {
        let criterion = F.mseLoss
        let loss: (Tensor, Tensor) -> Tensor = F.crossEntropy
        let activations = ["relu": F.relu, "gelu": F.gelu, "tanh": torch.tanh]
        #expect(criterion(x, x).item() == 0 && loss(x, torch.tensor([0, 1])).ndim == 0 && activations["relu"]!(x).min().item() == 0)
        let layer = nn.TransformerEncoderLayer(dModel: 4, nhead: 2, activation: "gelu")
        #expect(layer(torch.zeros(2, 1, 4)).shape == [2, 1, 4])
        #expect(failure { _ = nn.TransformerEncoderLayer(4, 2, activation: "tanh") } == "RuntimeError: activation should be relu/gelu, not tanh")
    }

    @Test func initializersByPyTorchsWords() {
        let w = torch.empty(3, 4)
        nn.initializers.kaimingNormal_(w, mode: "fan_out", nonlinearity: "relu")
        nn.initializers.uniform_(w, a: 1, b: 2)
        #expect((w >= 1).all().item() && nn.initializers.calculateGain("leaky_relu", 0.2) == nn.initializers.calculateGain(.leakyRelu, 0.2))
        #expect(failure { _ = nn.initializers.calculateGain("gelu") } == "ValueError: Unsupported nonlinearity gelu")
    }

    @Test func embeddingsWithAGreatestNorm() {
        let e = nn.Embedding(4, 2, maxNorm: 1)
        torch.noGrad { _ = e.weight.fill_(3) }
        expect(e(torch.tensor([1])).norm(), "tensor(1.0000, grad_fn=<LinalgVectorNormBackward0>)")
        #expect("\(e)" == "Embedding(4, 2, max_norm=1.0)")
    }

    @Test func drawnNumbers() {
        func drawn(_ body: () -> Tensor) -> [Float] {
            torch.manualSeed(0)
            return body().array()
        }
        func near(_ a: [Float], _ b: [Float]) -> Bool { zip(a, b).allSatisfy { abs($0 - $1) <= 1e-6 * abs($1) } }
        #expect(near(drawn { torch.zeros(5).cauchy_() }, [10.597729682922363, 0.7647672891616821, -0.12829934060573578, 3.9330732822418213, 0.48998892307281494]))
        #expect(near(drawn { torch.zeros(5).logNormal_() }, [59.2634162902832, 1.5115599632263184, 0.03481946140527725, 8.47281265258789, 0.3106635808944702]))
        #expect(drawn { torch.zeros(5).geometric_(0.3) } == [1, 1, 3, 1, 2])
        let (mean, std) = (torch.arange(1.0, 5), torch.tensor([1, 0.1, 2, 3]))
        #expect(near(drawn { torch.normal(mean, std) }, [2.5409960746765137, 1.9706571102142334, -1.3575787544250488, 5.705293655395508]))
        #expect(near(drawn { torch.normal(2.0, std) }, [3.5409960746765137, 1.9706571102142334, -2.357578754425049, 3.705293655395508]))
        #expect(near(drawn { torch.normal(mean: mean, std: 0.5) }, [1.7704980373382568, 1.853285551071167, 1.9106053113937378, 4.284215450286865]))
    }

    @Test func functionsOfManyElements() {
        let (a, b) = (torch.randn(4, 3), torch.randn(4, 3))
        #expect(torch.vmap(torch.dot)(a, b).allclose((a * b).sum(dim: 1)))
        #expect(torch.func.vmap({ $0.sum() }, inDims: 1)(a).allclose(a.sum(dim: 0)))
        #expect(torch.func.vmap({ $0 * 2 }, outDims: 1)(a).allclose(a.t() * 2))
        #expect(torch.func.vmap(torch.func.grad { ($0 * $0).sum() })(a).allclose(2 * a))
        let f: (Tensor) -> Tensor = { torch.stack([$0.sin().sum(), ($0 * $0).sum()]) }
        #expect(torch.func.jacfwd(f)(a).allclose(torch.func.jacrev(f)(a)) && torch.func.jacfwd(f)(a).shape == [2, 4, 3])
        #expect(failure { _ = torch.vmap(torch.dot)(torch.ones(4, 3), torch.ones(3, 3)) } == "ValueError: vmap: Expected all tensors to have the same size in the mapped dimension, got sizes [4, 3] for the mapped dimension")
    }

    @Test func closeness() {
        torch.testing.assertClose(x, x.clone() + 1e-7)
        #expect(failure { torch.testing.assertClose(torch.tensor([1.0, 2]), torch.tensor([1.0, 2.1])) } == """
            AssertionError: Tensor-likes are not close!

            Mismatched elements: 1 / 2 (50.0%)
            Greatest absolute difference: 0.09999990463256836 at index (1,) (up to 1e-05 allowed)
            Greatest relative difference: 0.04761900380253792 at index (1,) (up to 1.3e-06 allowed)
            """)
        #expect(failure { torch.testing.assertClose(torch.tensor([1, 2]), torch.tensor([1.0, 2])) } == "AssertionError: The values for attribute 'dtype' do not match: torch.int64 != torch.float32.")
        #expect(failure { torch.testing.assertClose(torch.tensor(1.0), torch.tensor(2.0)) } == """
            AssertionError: Scalars are not close!

            Expected 2.0 but got 1.0.
            Absolute difference: 1.0 (up to 1e-05 allowed)
            Relative difference: 0.5 (up to 1.3e-06 allowed)
            """)
    }

    @Test func theDefaultType() {
        torch.setDefaultDtype(.float64)
        defer { torch.setDefaultDtype(.float32) }
        expect(torch.tensor([1.5]), "tensor([1.5000])")
        expect(torch.tensor([1.5], dtype: .float32), "tensor([1.5000], dtype=torch.float32)")
        expect(torch.complex(torch.tensor(1.0), torch.tensor(2.0)), "tensor(1.+2.j)")
        expect(torch.tensor([1, 2]).float().mean(), "tensor(1.5000, dtype=torch.float32)")
        let made = [
            torch.zeros(2), torch.rand(1), torch.eye(1), torch.arange(0, 1, 0.5), torch.linspace(0, 1, 3), torch.hannWindow(3),
            torch.tensor(1) / 2, torch.tensor([1, 2]) * 0.5, nn.Linear(2, 1).weight, nn.Conv2d(1, 1, 1).weight, torch.tensor([4]).sqrt(),
            torch.Tensor(2), torch.normal(0.0, 1.0, size: [2]), torch.full([1], 0.5),
        ]
        #expect(made.allSatisfy { $0.dtype == .float64 && $0.dtype == torch.getDefaultDtype() }, "\(made.map(\.dtype))")
        #expect(failure { torch.setDefaultDtype(.int32) } == "TypeError: only floating-point types are supported as the default type")
    }
}
