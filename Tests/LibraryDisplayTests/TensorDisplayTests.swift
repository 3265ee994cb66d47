import Flambeau
import Foundation
import Testing

@Suite struct TensorDisplayTests {
    private func html(_ tensor: Tensor) -> String {
        let bundle = MIMEBundle(showing: tensor)
        #expect(bundle.data["text/plain"] == tensor.description)
        return bundle.data["text/html"]!
    }

    @Test func kindAndStatistics() {
        let page = html(torch.tensor([[1, 2], [3, Double.nan]]))
        #expect(page.contains("(2, 2)") && page.contains("float32") && page.contains("cpu"))
        #expect(page.contains("min 1 ") && page.contains("max 3") && page.contains("mean 2") && page.contains("NaN 1"))
        let product = torch.ones(3, requiresGrad: true) * 2
        #expect(html(product).contains("grad_fn &lt;MulBackward0&gt;"))
        #expect(html(torch.ones(3, requiresGrad: true)).contains("requires_grad"))
    }

    @Test func onlyWhatIsKnownIsSaid() {
        #expect(html(torch.tensor([5.0])).contains("1 element "))
        #expect(html(torch.ones(2)).contains("2 elements"))
        #expect(!html(torch.arange(5)).contains("NaN"))
        #expect(html(torch.ones(2)).contains("NaN 0"))
    }

    /// The words in a page's drawings.
    private func words(_ tensor: Tensor) -> [String] {
        html(tensor).split(separator: "\n").filter { $0.hasPrefix("<text") }.map { line in
            String(line[line.index(after: line.firstIndex(of: ">")!)...].prefix { $0 != "<" })
        }
    }

    @Test func rowsAndColumnsAreWholeNumbers() {
        // Beside the picture, before the colour bar's numbers.
        #expect(words(torch.tensor([[1.0, 2], [3, 8]])).prefix(4) == ["0", "1", "0", "1"])
        let sparse = words(torch.eye(3).toSparse())
        #expect(sparse.contains("row") && !sparse.contains { $0.hasPrefix("-") || $0.hasPrefix("−") || $0.contains(".") })
    }

    @Test func fewValuesAreShownOneByOne() {
        func bars(_ tensor: Tensor) -> Int { html(tensor).components(separatedBy: "stroke-width=\"0.6\"").count - 1 }
        #expect(bars(torch.tensor([3.0, 3, 3])) == 3)
        #expect(bars(torch.full([16], 3)) == 1)
    }

    @Test func theGraphTakesThePagesColours() {
        let w = torch.ones(3, requiresGrad: true)
        let data = (w * 2).sum().graph(params: ["w": w]).mimeBundle.data
        let page = data["text/html"]!
        #expect(page.hasPrefix("<svg") && page.contains("--jp-content-font-color1") && page.contains("currentColor"))
        #expect(!page.contains("white") && !page.contains("id="))
        #expect(data["image/svg+xml"]!.contains("fill=\"white\""))
    }

    @Test func everyShapeAndType() {
        let tensors = [
            torch.tensor(3), torch.zeros(0, 3), torch.zeros([0]), torch.full([20, 30], Double.nan), torch.full([5], Double.infinity),
            torch.randn(Array(repeating: 2, count: 12)), torch.arange(0, 5), torch.tensor([true, false]),
            torch.complex(torch.randn(3, 3), torch.randn(3, 3)), torch.zeros([3, 4], device: .meta),
            torch.randn(4, 4).to(.bfloat16), torch.randn(4, 4).t(), torch.ones([1]).expand([5, 6]),
            torch.eye(4).toSparse(), torch.eye(4).toSparseCsr(), torch.zeros(3, 3).toSparse(),
            torch.randn(3, 4, 5).toSparse(),
        ]
        for tensor in tensors { #expect(html(tensor).contains("<b>Tensor</b>")) }
        #expect(html(tensors[13]).contains("nnz 4"))
        #expect(html(tensors[13]).contains("25 % stored"))
    }

    @Test func quantized() {
        let page = html(torch.quantizePerTensor(torch.tensor([-1.0, 0, 1]), scale: 0.5, zeroPoint: 3, dtype: .quint8))
        #expect(page.contains("scale 0.5, zero point 3") && page.contains("quint8"))
    }

    /// Memory as large as this is not read: the tensors repeat one value.
    @Test(arguments: [[100_000, 1000], [1 << 30], [32768, 32768], [2, 1 << 14, 1 << 15]])
    func largeTensorsAreSampled(shape: [Int]) {
        let page = html(torch.ones([1]).expand(shape))
        #expect(page.contains("from a sample of") && page.contains("mean 1 "))
        #expect(page.utf8.count < 100_000)
    }

    @Test func imagesAreDetected() {
        for shape in [[3, 16, 16], [1, 16, 16], [16, 16, 3], [5, 3, 16, 16]] {
            #expect(html(torch.rand(shape)).contains("data:image/png"), "\(shape)")
            #expect(html(torch.rand(shape)).contains("alt=\"image\""), "\(shape)")
        }
        #expect(!html(torch.randn(3, 16, 16)).contains("alt=\"image\""))
        #expect(!html(torch.rand(5, 16, 16)).contains("alt=\"image\""))
    }

    @Test func imageOfBytes() {
        let pixels = torch.tensor([[[255, 0], [0, 0]], [[0, 255], [0, 0]], [[0, 0], [255, 0]]]).to(.uint8)
        let raster = image(pixels, scale: 1)
        #expect(raster.width == 2 && raster.height == 2)
        #expect(raster.rgba == [255, 0, 0, 255, 0, 255, 0, 255, 0, 0, 255, 255, 0, 0, 0, 255])
        #expect(image(pixels.permute(1, 2, 0).unsqueeze(0), scale: 1) == raster)
        let grid = image(torch.rand(6, 1, 8, 8), columns: 3, scale: 1)
        #expect(grid.width == 3 * 10 - 2 && grid.height == 2 * 10 - 2)
        #expect(image(torch.tensor([[-1.0, 1.0]]), scale: 1).rgba == [0, 0, 0, 255, 255, 255, 255, 255])
    }

    @Test func tensorsAreData() {
        let figure = Figure().plot(torch.arange(0, 3), torch.tensor([1.0, 4.0, 9.0]), label: "y").heatmap(torch.eye(3))
        #expect(figure.description.contains("y: line of 3 points, x 0 … 2, y 1 … 9"))
        #expect(figure.description.contains("3 × 3 numbers, 0 … 1"))
    }
}
