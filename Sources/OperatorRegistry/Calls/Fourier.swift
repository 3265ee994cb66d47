import Flambeau

extension Calls {
    static let fourier: [String: Call] = {
        var calls: [String: Call] = [:]
        for (name, function) in transforms {
            calls["fft." + name] = { a in
                try function(a.input, a.optionalInt(1, "n"), a.int(2, "dim", default: -1), norm(a))
            }
        }
        for (name, function) in planeTransforms {
            calls["fft." + name] = { a in
                try function(a.input, a.optionalInts(1, "s"), a.optionalInts(2, "dim") ?? [-2, -1], norm(a))
            }
        }
        for (name, function) in spaceTransforms {
            calls["fft." + name] = { a in
                try function(a.input, a.optionalInts(1, "s"), a.optionalInts(2, "dim"), norm(a))
            }
        }
        calls["fft.fftshift"] = { a in try torch.fft.fftshift(a.input, dim: a.optionalInts(1, "dim")) }
        calls["fft.ifftshift"] = { a in try torch.fft.ifftshift(a.input, dim: a.optionalInts(1, "dim")) }
        return calls
    }()

    private static func norm(_ a: Arguments) throws -> String { try a.optionalString(3, "norm") ?? "backward" }

    private static let transforms: [(String, (Tensor, Int?, Int, String) -> Tensor)] = [
        ("fft", torch.fft.fft(_:n:dim:norm:)), ("ifft", torch.fft.ifft(_:n:dim:norm:)),
        ("rfft", torch.fft.rfft(_:n:dim:norm:)), ("irfft", torch.fft.irfft(_:n:dim:norm:)),
        ("hfft", torch.fft.hfft(_:n:dim:norm:)), ("ihfft", torch.fft.ihfft(_:n:dim:norm:)),
    ]

    private static let planeTransforms: [(String, (Tensor, [Int]?, [Int], String) -> Tensor)] = [
        ("fft2", torch.fft.fft2(_:s:dim:norm:)), ("ifft2", torch.fft.ifft2(_:s:dim:norm:)),
        ("rfft2", torch.fft.rfft2(_:s:dim:norm:)), ("irfft2", torch.fft.irfft2(_:s:dim:norm:)),
        ("hfft2", torch.fft.hfft2(_:s:dim:norm:)), ("ihfft2", torch.fft.ihfft2(_:s:dim:norm:)),
    ]

    private static let spaceTransforms: [(String, (Tensor, [Int]?, [Int]?, String) -> Tensor)] = [
        ("fftn", torch.fft.fftn(_:s:dim:norm:)), ("ifftn", torch.fft.ifftn(_:s:dim:norm:)),
        ("rfftn", torch.fft.rfftn(_:s:dim:norm:)), ("irfftn", torch.fft.irfftn(_:s:dim:norm:)),
        ("hfftn", torch.fft.hfftn(_:s:dim:norm:)), ("ihfftn", torch.fft.ihfftn(_:s:dim:norm:)),
    ]
}
