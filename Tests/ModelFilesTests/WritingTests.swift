import Foundation
import NeuralNetworks
import Testing

import ModelFiles
import TensorCore

@Suite struct WritingFiles {
    private func reloaded(_ value: StateValue) throws -> StateValue {
        var bytes: [UInt8] = []
        try torch.save(value, &bytes)
        return try torch.load(bytes)
    }

    @Test(arguments: ["state_dict.pth", "checkpoint.pth", "dtypes.pth", "views.pth", "nested.pth"])
    func whatPyTorchWroteSurvivesSavingAndLoading(name: String) throws {
        let path = try Goldens.temporaryPath(name)
        try torch.save(try torch.load(Goldens.path(name)) as StateValue, path)
        #expect(Goldens.differences(try torch.load(path), Goldens.expected(name)) == [])
    }

    @Test func stateDictSavesAndLoadsByContext() throws {
        let path = try Goldens.temporaryPath("model.pth")
        let state: StateDict = ["weight": torch.arange(6).reshape(2, 3), "bias": torch.ones(3)]
        try torch.save(state, path)
        let loaded: StateDict = try torch.load(path)
        #expect(loaded.keys == ["weight", "bias"])
        #expect(loaded["weight"]!.scalars() == state["weight"]!.scalars())
        #expect("\(try torch.load(path) as StateValue)".hasPrefix("OrderedDict({'weight': tensor([["))
    }

    @Test func checkpointOfMixedValues() throws {
        let path = try Goldens.temporaryPath("run.pth")
        let state: StateDict = ["w": torch.ones(2)]
        try torch.save(
            ["epoch": 3, "loss": 0.25, "name": "run", "best": true, "model": state, "history": [1.0, 0.5], "dtype": DType.bfloat16,
             "large": 1 << 40, "negative": -70000, "tuple": StateValue.tuple([1, .null])], path)
        let checkpoint = try torch.load(path)
        #expect(try checkpoint["epoch"].int == 3)
        #expect(try checkpoint["loss"].double == 0.25)
        #expect(try checkpoint["best"].bool)
        #expect(try checkpoint["history"] == [1.0, 0.5])
        #expect(try checkpoint["dtype"].dtype == .bfloat16)
        #expect(try checkpoint["large"].int == 1 << 40)
        #expect(try checkpoint["negative"].int == -70000)
        #expect(try checkpoint["tuple"][1].isNull)
        #expect(try checkpoint["model"].dictionary.isOrderedDict)
    }

    @Test func integersOfAllSizes() throws {
        let numbers = [0, 255, 256, 65535, 65536, -1, -128, Int(Int32.max), Int(Int32.max) + 1, Int(Int32.min) - 1, .max, .min]
        #expect(try Array<Int>.from(reloaded(numbers.stateValue)) == numbers)
    }

    @Test func sharedStorageAndLayoutAreKept() throws {
        let base = torch.arange(12).to(.float32)
        let value = try reloaded(
            ["base": base, "again": base, "view": base.reshape(3, 4).t(), "expanded": torch.ones(3, 1).expand(3, 4)])
        let first = try value["base"].tensor, view = try value["view"].tensor
        #expect(first === (try value["again"].tensor))
        #expect(view.sharesStorage(with: first) && view.stride() == [1, 4])
        #expect(try value["expanded"].tensor.stride() == [1, 0])
    }

    @Test func savingAPartOfALargeStorageKeepsTheWholeStorageAsPyTorchDoes() throws {
        let row = torch.zeros(10, 10)[3]
        #expect(try reloaded(["row": row])["row"].tensor.wholeStorage.numel == 100)
    }

    @Test func requiresGradAndParametersAreKept() throws {
        let leaf = torch.ones(2).requiresGrad_()
        let frozen = torch.ones(2)
        frozen.isParameter = true
        let value = try reloaded(["leaf": leaf, "computed": leaf * 2, "frozen": frozen])
        #expect(try value["leaf"].tensor.requiresGrad)
        #expect(try value["computed"].tensor.isLeaf && value["computed"].tensor.requiresGrad)
        #expect(try value["frozen"].tensor.isParameter && !value["frozen"].tensor.requiresGrad)
    }

    @Test(arguments: DType.allCases) func everyType(dtype: DType) throws {
        let values = torch.arange(5).to(dtype)
        let loaded = try reloaded(["x": values])["x"].tensor
        #expect(loaded.dtype == dtype && loaded.scalars() == values.scalars())
    }

    @Test func scalarsAndEmptyTensors() throws {
        let value = try reloaded(["scalar": torch.tensor(7), "empty": torch.zeros(0, 3)])
        #expect(try value["scalar"].tensor.item() == 7)
        #expect(try value["empty"].tensor.shape == [0, 3])
    }

    @Test func storagesStartAtMultiplesOf64Bytes() throws {
        var bytes: [UInt8] = []
        try torch.save(["a": torch.ones(3), "b": torch.full([5], 2)], &bytes)
        let ones: [UInt8] = [0, 0, 0x80, 0x3F, 0, 0, 0x80, 0x3F, 0, 0, 0x80, 0x3F]
        let start = try #require(bytes.indices.first { bytes[$0...].starts(with: ones) })
        #expect(start % 64 == 0)
    }

    @Test func failedSaveLeavesTheOldFile() throws {
        let path = try Goldens.temporaryPath("model.pth")
        try torch.save(["epoch": 1], path)
        #expect(throws: ModelFileError.self) { try torch.save(["x": torch.empty(2, device: .meta)], path) }
        #expect(try torch.load(path)["epoch"].int == 1)
        let folder = URL(fileURLWithPath: path).deletingLastPathComponent().path
        #expect(try FileManager.default.contentsOfDirectory(atPath: folder) == ["model.pth"])
    }

    @Test func placesThatCannotBeWrittenAreNamed() throws {
        let error = #expect(throws: ModelFileError.self) { try torch.save(["a": 1], "/no/such/folder/m.pth") }
        #expect(error?.kind == .inaccessible)
        #expect(error?.description == "/no/such/folder/m.pth: No such file or directory")
        #expect(throws: ModelFileError.self) { try torch.load("/no/such/file.pth") }
        #expect(throws: ModelFileError.self) { try torch.load("/") }
    }
}

@Suite struct WritingOtherFormats {
    @Test func safetensorsEqualsWhatItsOwnLibraryWrites() throws {
        let state: StateDict = try torch.load(Goldens.path("state_dict.pth"))
        #expect(try safetensors.save(state) == Goldens.bytes("state_dict.safetensors"))
    }

    @Test func safetensorsKeepsNotesAndOddNames() throws {
        let path = try Goldens.temporaryPath("m.safetensors")
        let notes = ["format": "pt", "quote": "a \"b\" \\ \n \u{1} é 🔥"]
        try safetensors.saveFile(["ö \"x\"": torch.arange(6).reshape(2, 3).t(), "half": torch.ones(2).bfloat16()], path, metadata: notes)
        #expect(try safetensors.metadata(path) == notes)
        let loaded = try safetensors.loadFile(path)
        #expect(loaded["ö \"x\""]?.scalars() == [.int(0), .int(3), .int(1), .int(4), .int(2), .int(5)])
        #expect(loaded["half"]?.dtype == .bfloat16)
    }

    @Test(arguments: ["f32.npy", "i64.npy", "bool.npy", "scalar.npy", "u8.npy"])
    func npyEqualsWhatNumPyWrites(name: String) throws {
        let path = try Goldens.temporaryPath(name)
        try numpy.save(path, numpy.load(Goldens.path(name)))
        #expect([UInt8](try Data(contentsOf: URL(fileURLWithPath: path))) == (try Goldens.bytes(name)))
    }

    @Test func npzRoundTrip() throws {
        let path = try Goldens.temporaryPath("a.npz")
        try np.savez(path, ["a": torch.arange(4).reshape(2, 2).t(), "b": torch.ones(0)])
        let arrays: StateDict = try np.load(path)
        #expect(arrays.keys == ["a", "b"])
        #expect(arrays["a"]?.scalars() == [.int(0), .int(2), .int(1), .int(3)])
    }

    @Test func typesThatAFormatLacksAreRefused() throws {
        #expect(throws: ModelFileError.self) { try numpy.save(Goldens.temporaryPath("a.npy"), torch.ones(1).bfloat16()) }
        #expect(throws: ModelFileError.self) { try safetensors.save(["a": torch.zeros([1], dtype: .complex128)]) }
    }
}

@Suite struct ModelsAndFiles {
    @Test func aModelComesBackFromItsFile() throws {
        let path = try Goldens.temporaryPath("model.pth")
        let make = { nn.Sequential(nn.Linear(3, 4), nn.ReLU(), nn.Linear(4, 2)) }
        let model = make(), other = make()
        try torch.save(model.stateDict(), path)
        other.loadStateDict(try torch.load(path))
        let x = torch.randn(5, 3)
        #expect(model(x).scalars() == other(x).scalars())

        try torch.save(["epoch": 2, "model_state_dict": model.stateDict()], path)
        let checkpoint = try torch.load(path)
        let third = make()
        third.loadStateDict(try checkpoint["model_state_dict"])
        #expect(model(x).scalars() == third(x).scalars())
    }
}
