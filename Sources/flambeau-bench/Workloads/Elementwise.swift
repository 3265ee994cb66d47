import Flambeau

extension Suite {
    mutating func addElementwise() {
        let operators: [(name: String, bytes: Int, call: (Tensor, Tensor) -> Tensor)] = [
            ("add", 12, { $0 + $1 }),
            ("mul", 12, { $0 * $1 }),
            ("exp", 8, { x, _ in torch.exp(x) }),
            ("gelu", 8, { x, _ in F.gelu(x) }),
            ("gelu_tanh", 8, { x, _ in F.gelu(x, approximate: "tanh") }),
            ("tanh", 8, { x, _ in torch.tanh(x) }),
            ("relu", 8, { x, _ in torch.relu(x) }),
            ("sigmoid", 8, { x, _ in torch.sigmoid(x) }),
        ]
        let intoGiven: [(name: String, bytes: Int, call: (Tensor, Tensor, Tensor) -> Tensor)] = [
            ("add", 12, { torch.add($0, $1, out: $2) }),
            ("exp", 8, { x, _, out in torch.exp(x, out: out) }),
            ("tanh", 8, { x, _, out in torch.tanh(x, out: out) }),
        ]
        for (n, size) in [(1_000, "1e3"), (100_000, "1e5"), (1_000_000, "1e6"), (10_000_000, "1e7")] {
            for (name, bytes, call) in operators {
                add("\(name)_\(size)", "bytes=\(bytes * n)") {
                    let (x, y) = (torch.randn(n), torch.randn(n))
                    return { call(x, y) }
                }
            }
            for (name, bytes, call) in intoGiven {
                add("\(name)_\(size)_out", "bytes=\(bytes * n)") {
                    let (x, y, out) = (torch.randn(n), torch.randn(n), torch.empty(n))
                    return { call(x, y, out) }
                }
            }
        }
        add("add_inplace_1e7_", "bytes=120000000") {
            let (x, y) = (torch.randn(10_000_000), torch.randn(10_000_000))
            return { x.add_(y) }
        }
        add("addbcast_row_4096x1024", "bytes=\(8 * 4096 * 1024)") {
            let (x, y) = (torch.randn(4096, 1024), torch.randn(1024))
            return { x + y }
        }
        add("addbcast_col_4096x1024", "bytes=\(8 * 4096 * 1024)") {
            let (x, y) = (torch.randn(4096, 1024), torch.randn(4096, 1))
            return { x + y }
        }
        add("where_1e6") {
            let (x, y) = (torch.randn(1_000_000), torch.randn(1_000_000))
            return { torch.where(x > 0, x, y) }
        }
        add("chain_mul_add_tanh_1e6", "(x*y+x).tanh()") {
            let (x, y) = (torch.randn(1_000_000), torch.randn(1_000_000))
            return { (x * y + x).tanh() }
        }
    }
}
