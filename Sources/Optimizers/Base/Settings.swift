import TensorCore

// The checks of settings that several optimizers have.

/// Stops where a setting must not be negative.
func checkNotNegative(_ value: Double, _ name: String) {
    if !(value >= 0) { fail("Invalid \(name): \(optim.Option.text(value))", .valueError) }
}

func checkBetas(_ betas: (Double, Double)) {
    for (i, beta) in [betas.0, betas.1].enumerated() where !(beta >= 0 && beta < 1) {
        fail("Invalid beta parameter at index \(i): \(optim.Option.text(beta))", .valueError)
    }
}

/// Every optimizer here updates a parameter in one pass, so `foreach` and `fused` choose nothing;
/// but both at once are PyTorch's error.
func checkForms(foreach: Bool?, fused: Bool?) {
    if foreach == true && fused == true { fail("`fused` and `foreach` cannot be `True` together.") }
}
