import Flambeau
import TestSupport
import Testing

/// Layers that learn their width from the first input.
@Suite struct LazyLayerTests {
    @Test func theFirstCallGivesTheShapeAndPyTorchsDraws() {
        torch.manualSeed(0)
        let expected = nn.Linear(4, 3)
        torch.manualSeed(0)
        let lazy = nn.LazyLinear(3)
        #expect(lazy.description == "LazyLinear(in_features=0, out_features=3, bias=True)")
        #expect(lazy.hasUninitializedParams())
        #expect(lazy(torch.ones(2, 4)).shape == [2, 3])
        #expect(lazy.description == "Linear(in_features=4, out_features=3, bias=True)")
        #expect(lazy.weight.array() == expected.weight.array() as [Float])
        #expect(lazy.bias!.array() == expected.bias!.array() as [Float])
    }

    @Test func convolutionsAndNormsOfEveryRank() {
        let model = nn.Sequential(
            nn.LazyConv2d(4, 3), nn.LazyBatchNorm2d(), nn.LazyConvTranspose2d(2, 3), nn.LazyInstanceNorm2d(affine: true))
        #expect(model(torch.randn(2, 3, 8, 8)).shape == [2, 2, 8, 8])
        #expect(model.getParameter("0.weight").shape == [4, 3, 3, 3])
        #expect(model.getParameter("1.weight").array() == [1, 1, 1, 1] as [Float])
        #expect(model.getParameter("2.weight").shape == [4, 2, 3, 3])
        #expect(model[1].namedBuffers().map(\.name) == ["running_mean", "running_var", "num_batches_tracked"])
        #expect(nn.LazyConv1d(2, 3)(torch.ones(1, 5, 7)).shape == [1, 2, 5])
        #expect(nn.LazyConv3d(2, 1)(torch.ones(1, 5, 2, 2, 2)).shape == [1, 2, 2, 2, 2])
    }

    @Test func savedStateGivesTheShape() {
        let lazy = nn.LazyLinear(3)
        lazy.loadStateDict(nn.Linear(5, 3).stateDict())
        #expect(lazy.inFeatures == 5 && !lazy.hasUninitializedParams())
    }
}
