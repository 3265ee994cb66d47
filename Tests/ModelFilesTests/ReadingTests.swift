import NeuralNetworks
import Testing

import ModelFiles
import TensorCore

@Suite struct ReadingFilesOfPythonLibraries {
    @Test(arguments: ["state_dict.pth", "legacy.pt", "checkpoint.pth", "dtypes.pth", "views.pth", "nested.pth"])
    func pyTorchFileHoldsExactlyTheseValues(name: String) throws {
        let value: StateValue = try torch.load(Goldens.path(name))
        #expect(Goldens.differences(value, Goldens.expected(name)) == [])
    }

    @Test(arguments: ["f32.npy", "f64_fortran.npy", "i64.npy", "bool.npy", "scalar.npy", "u8.npy"])
    func npyFileHoldsExactlyTheseValues(name: String) throws {
        let array = try numpy.load(Goldens.path(name))
        #expect(Goldens.differences(.tensor(array), Goldens.expected(name)) == [])
    }

    @Test(arguments: ["two.npz", "compressed.npz"])
    func npzFileHoldsExactlyTheseValues(name: String) throws {
        let arrays: StateDict = try numpy.load(Goldens.path(name))
        #expect(Goldens.differences(arrays.stateValue, Goldens.expected(name)) == [])
    }

    @Test func safetensorsFileHoldsExactlyTheseValues() throws {
        let tensors = try safetensors.loadFile(Goldens.path("state_dict.safetensors"))
        #expect(Goldens.differences(tensors.stateValue, Goldens.expected("state_dict.safetensors")) == [])
    }

    @Test func fortranOrderBecomesStrides() throws {
        let array = try np.load(Goldens.path("f64_fortran.npy"))
        #expect(array.stride() == [1, 2])
        #expect(try np.load(Goldens.path("f32.npy")).stride() == [3, 1])
    }

    @Test func viewsShareTheirStorage() throws {
        let value = try torch.load(Goldens.path("views.pth"))
        let base = try value["base"].tensor, row = try value["row"].tensor, transposed = try value["transposed"].tensor
        #expect(base.sharesStorage(with: row) && base.sharesStorage(with: transposed))
        #expect(row.storageOffset() == 4)
        #expect(transposed.stride() == [1, 4])
        base[4] = 40
        #expect(row[0].item() == 40.0)
        #expect(!base.sharesStorage(with: try value["empty"].tensor))
    }

    @Test func parameterComesBackAsParameter() throws {
        let parameter: Tensor = try torch.load(Goldens.path("views.pth"))["param"]
        #expect(parameter.isParameter && parameter.requiresGrad && parameter.isLeaf)
    }

    @Test func keysKeepTheirOrder() throws {
        let state: StateDict = try torch.load(Goldens.path("state_dict.pth"))
        #expect(
            state.keys == [
                "0.weight", "0.bias", "1.weight", "1.bias", "1.running_mean", "1.running_var", "1.num_batches_tracked",
                "4.weight", "4.bias",
            ])
    }

    @Test func checkpointReadsInTheTypesThatTheContextAsksFor() throws {
        let checkpoint = try torch.load(Goldens.path("checkpoint.pth"))
        let epoch: Int = try checkpoint["epoch"]
        let model: StateDict = try checkpoint["model_state_dict"]
        let groups = try checkpoint["optimizer_state_dict"]["param_groups"]
        #expect(epoch == 3)
        #expect(model["4.weight"]?.shape == [3, 16])
        #expect(try groups[0]["lr"].double == 0.005)
        #expect(try groups[0]["betas"].list.map { try $0.double } == [0.9, 0.999])
        #expect(try groups[0]["fused"].isNull)
        #expect(try checkpoint["optimizer_state_dict"]["state"][5]["step"].tensor.item() == 3.0)
        #expect(checkpoint.get("no such key").map { _ in true } == nil)
    }

    @Test func askingForWhatIsNotThereNamesWhatIs() throws {
        let checkpoint = try torch.load(Goldens.path("checkpoint.pth"))
        let error = #expect(throws: StateValueError.self) { try checkpoint["epcoh"].int }
        #expect(error?.description.contains("'epcoh'") == true && error?.description.contains("'epoch'") == true)
        #expect(throws: StateValueError("expected a value of type int, but it is str")) { try checkpoint["name"].int }
        #expect(throws: StateValueError.self) { let _: StateDict = try torch.load(Goldens.path("checkpoint.pth")) }
    }

    @Test func npzIsReadByName() throws {
        #expect(try numpy.load(Goldens.path("two.npz"))["b"]?.dtype == .int64)
        #expect(throws: ModelFileError.self) { let _: Tensor = try numpy.load(Goldens.path("two.npz")) }
    }

    @Test func valuesPrintAsInPython() throws {
        let value: StateValue = ["epoch": 3, "name": "it's", "list": [1.5, true, "a"] as StateValue, "none": StateValue.null]
        #expect("\(value)" == #"{'epoch': 3, 'name': "it's", 'list': [1.5, True, 'a'], 'none': None}"#)
        #expect("\(StateValue.tuple([.int(1)]))" == "(1,)")
    }
}
