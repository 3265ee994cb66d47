import Flambeau

/// One step of training; gives the loss.
func trainingStep(
    _ optimizer: optim.Optimizer, _ x: Tensor, _ y: Tensor, loss: @escaping (Tensor, Tensor) -> Tensor
) -> () -> Tensor {
    {
        optimizer.zeroGrad()
        let l = loss(x, y)
        l.backward()
        optimizer.step()
        return l
    }
}

extension Suite {
    /// Perceptrons and convolutional networks as one trains them on MNIST.
    mutating func addModels() {
        let optimizers: [(name: String, make: ([Tensor]) -> optim.Optimizer)] = [
            ("adam", { optim.Adam($0, lr: 1e-3) }),
            ("sgdm", { optim.SGD($0, lr: 0.01, momentum: 0.9) }),
            ("adamfused", { optim.Adam($0, lr: 1e-3, fused: true) }),
        ]
        for batch in [64, 512] {
            for (name, make) in optimizers {
                add("mlp_step_b\(batch)_\(name)", "train step: zero_grad fwd bwd opt") {
                    let (model, criterion) = (perceptron(), nn.CrossEntropyLoss())
                    return trainingStep(make(model.parameters()), torch.randn(batch, 784), torch.randint(0, 10, [batch])) {
                        criterion(model($0), $1)
                    }
                }
            }
            add("mlp_fwd_b\(batch)", "no_grad") {
                let (model, x) = (perceptron(), torch.randn(batch, 784))
                return { torch.noGrad { model(x) } }
            }
        }
        for (name, make) in optimizers.dropLast() {
            add("cnn_step_b64_\(name)") {
                let (model, criterion) = (convolutionalNetwork(), nn.CrossEntropyLoss())
                return trainingStep(make(model.parameters()), torch.randn(64, 1, 28, 28), torch.randint(0, 10, [64])) {
                    criterion(model($0), $1)
                }
            }
        }
        add("cnn_fwd_b64") {
            let (model, x) = (convolutionalNetwork(), torch.randn(64, 1, 28, 28))
            return { torch.noGrad { model(x) } }
        }
    }
}

private func perceptron() -> nn.Sequential {
    nn.Sequential(nn.Linear(784, 512), nn.ReLU(), nn.Linear(512, 256), nn.ReLU(), nn.Linear(256, 10))
}

private func convolutionalNetwork() -> nn.Sequential {
    nn.Sequential(
        nn.Conv2d(1, 32, 3), nn.ReLU(), nn.Conv2d(32, 64, 3), nn.ReLU(), nn.MaxPool2d(2), nn.Flatten(),
        nn.Linear(9216, 128), nn.ReLU(), nn.Linear(128, 10))
}
