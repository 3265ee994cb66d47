import Flambeau

extension Calls {
    /// Windows and short-time spectra.
    static let signals: [String: Call] = {
        typealias windows = torch.signal.windows
        var calls: [String: Call] = [:]
        func add(_ name: String, _ window: @escaping (Arguments, Int, Bool, DType) throws -> Tensor) {
            calls["signal.windows." + name] = { a in
                try window(
                    a, a.int(0, "M"), a.bool(9, "sym", default: true), a.optionalDType(9, "dtype") ?? .float32)
            }
        }
        add("bartlett") { windows.bartlett($1, sym: $2, dtype: $3, device: $0.device) }
        add("blackman") { windows.blackman($1, sym: $2, dtype: $3, device: $0.device) }
        add("cosine") { windows.cosine($1, sym: $2, dtype: $3, device: $0.device) }
        add("hamming") { windows.hamming($1, sym: $2, dtype: $3, device: $0.device) }
        add("hann") { windows.hann($1, sym: $2, dtype: $3, device: $0.device) }
        add("nuttall") { windows.nuttall($1, sym: $2, dtype: $3, device: $0.device) }
        add("exponential") {
            try windows.exponential(
                $1, center: $0.optionalDouble(9, "center"), tau: $0.double(9, "tau", default: 1), sym: $2, dtype: $3, device: $0.device)
        }
        add("gaussian") { try windows.gaussian($1, std: $0.double(9, "std", default: 1), sym: $2, dtype: $3, device: $0.device) }
        add("kaiser") { try windows.kaiser($1, beta: $0.double(9, "beta", default: 12), sym: $2, dtype: $3, device: $0.device) }
        add("general_hamming") { try windows.generalHamming($1, alpha: $0.double(9, "alpha", default: 0.54), sym: $2, dtype: $3, device: $0.device) }
        add("general_cosine") { a, M, sym, dtype in
            guard let coefficients = a.value(9, "a")?.elements?.compactMap(\.scalar?.double) else {
                throw Unsupported(reason: "coefficients that are no list")
            }
            return windows.generalCosine(M, a: coefficients, sym: sym, dtype: dtype, device: a.device)
        }
        calls["stft"] = { a in
            try torch.stft(
                a.input, nFft: a.int(1, "n_fft"), hopLength: a.optionalInt(2, "hop_length"),
                winLength: a.optionalInt(3, "win_length"), window: a.optionalTensor(4, "window"),
                center: a.bool(5, "center", default: true), padMode: a.optionalString(6, "pad_mode") ?? "reflect",
                normalized: a.bool(7, "normalized", default: false), onesided: flag(a, 8, "onesided"),
                returnComplex: flag(a, 9, "return_complex"))
        }
        calls["istft"] = { a in
            try torch.istft(
                a.input, nFft: a.int(1, "n_fft"), hopLength: a.optionalInt(2, "hop_length"),
                winLength: a.optionalInt(3, "win_length"), window: a.optionalTensor(4, "window"),
                center: a.bool(5, "center", default: true), normalized: a.bool(6, "normalized", default: false),
                onesided: flag(a, 7, "onesided"), length: a.optionalInt(8, "length"),
                returnComplex: a.bool(9, "return_complex", default: false))
        }
        return calls
    }()

    private static func flag(_ a: Arguments, _ position: Int, _ name: String) throws -> Bool? {
        try a.optionalScalar(position, name)?.bool
    }
}
