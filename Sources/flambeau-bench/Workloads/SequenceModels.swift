import Flambeau

extension Suite {
    /// Recurrent networks, attention, and a small GPT.
    mutating func addSequenceModels() {
        addRecurrent()
        add("sdpa_causal_fwd_16x8x128x32") {
            let (q, k, v) = (torch.randn(16, 8, 128, 32), torch.randn(16, 8, 128, 32), torch.randn(16, 8, 128, 32))
            return { F.scaledDotProductAttention(q, k, v, isCausal: true) }
        }
        for (name, dropout, note) in [
            ("tfenc_fb", 0.1, "nn.TransformerEncoderLayer ff=1024 dropout=0.1 train fwd+bwd"), ("tfenc_fb_nodrop", 0.0, "dropout=0"),
        ] {
            add("\(name)_d256_h8_s128_b16", note) {
                let m = nn.TransformerEncoderLayer(256, 8, dimFeedforward: 1024, dropout: dropout, batchFirst: true)
                let (x, g) = (torch.randn(16, 128, 256, requiresGrad: true), torch.randn(16, 128, 256))
                return {
                    m.zeroGrad()
                    m(x).backward(g)
                }
            }
        }
        add("gpt_step_l4_d256_t128_b8", "train step AdamW") {
            let model = GPT()
            let (x, y) = (torch.randint(0, 512, [8, 128]), torch.randint(0, 512, [8, 128]))
            return trainingStep(optim.AdamW(model.parameters(), lr: 1e-3), x, y) {
                F.crossEntropy(model($0).view(-1, 512), $1.view(-1))
            }
        }
        add("gpt_fwd_l4_d256_t128_b8", "no_grad") {
            let (model, x) = (GPT(), torch.randint(0, 512, [8, 128]))
            return { torch.noGrad { model(x) } }
        }
    }

    private mutating func addRecurrent() {
        add("lstm_fwd_b32_t64_h256", "nn.LSTM(256,256) no_grad") {
            let (m, x) = (nn.LSTM(256, 256, batchFirst: true), torch.randn(32, 64, 256))
            return { torch.noGrad { () -> (Tensor, (Tensor, Tensor)) in m(x) } }
        }
        add("lstm_fb_b32_t64_h256", "nn.LSTM(256,256) fwd+bwd (params)") {
            let (m, x) = (nn.LSTM(256, 256, batchFirst: true), torch.randn(32, 64, 256, requiresGrad: true))
            return {
                m.zeroGrad()
                let (o, _) = m(x)
                o.sum().backward()
            }
        }
        add("lstmcell_fwd_b32_h256") {
            let m = nn.LSTMCell(256, 256)
            let (x, h, c) = (torch.randn(32, 256), torch.randn(32, 256), torch.randn(32, 256))
            return { torch.noGrad { m(x, (h, c)) } }
        }
    }
}

private final class Block: nn.Module {
    private let heads: Int
    private let l1: nn.LayerNorm, qkv: nn.Linear, o: nn.Linear
    private let l2: nn.LayerNorm, f1: nn.Linear, f2: nn.Linear

    init(_ width: Int, _ heads: Int) {
        self.heads = heads
        l1 = nn.LayerNorm(width)
        qkv = nn.Linear(width, 3 * width)
        o = nn.Linear(width, width)
        l2 = nn.LayerNorm(width)
        f1 = nn.Linear(width, 4 * width)
        f2 = nn.Linear(4 * width, width)
    }

    override func forward(_ x: Tensor) -> Tensor {
        let (b, t, d) = (x.size(0), x.size(1), x.size(2))
        let parts = qkv(l1(x)).split(d, dim: 2).map { $0.view(b, t, heads, d / heads).transpose(1, 2) }
        let attended = F.scaledDotProductAttention(parts[0], parts[1], parts[2], isCausal: true)
        let y = x + o(attended.transpose(1, 2).reshape(b, t, d))
        return y + f2(F.gelu(f1(l2(y))))
    }
}

private final class GPT: nn.Module {
    private let te = nn.Embedding(512, 256), pe = nn.Embedding(128, 256)
    private let b = nn.Sequential((0..<4).map { _ in Block(256, 8) })
    private let ln = nn.LayerNorm(256), head = nn.Linear(256, 512, bias: false)

    override func forward(_ i: Tensor) -> Tensor { head(ln(b(te(i) + pe(torch.arange(i.size(1)))))) }
}
