import Dispatch
import TestSupport
import Testing

import TensorCore

/// Inference mode, modes of threads, anomaly mode; messages are PyTorch's.
@Suite(.serialized) struct AutogradModesTests {
    @Test func inferenceTensors() {
        let a = torch.inferenceMode { torch.ones(3) }
        #expect(a.isInference() && a[0].isInference() && a.detach().isInference())
        #expect(!a.clone().isInference() && !(a + 1).isInference())
        torch.inferenceMode {
            #expect(torch.isInferenceModeEnabled() && !torch.isGradEnabled())
            let w = torch.ones(3, requiresGrad: true)
            #expect(w.requiresGrad && !(w * 2).requiresGrad)
            torch.enableGrad { #expect(!(w * 2).requiresGrad) }
            torch.inferenceMode(false) {
                #expect(torch.isGradEnabled() && !torch.ones(2).isInference())
            }
            a.add_(1)
        }
        #expect(torch.isGradEnabled() && !torch.isInferenceModeEnabled())
        let normal = torch.ones(3)
        torch.inferenceMode { _ = normal.add_(1) }
        #expect(!normal.isInference() && normal.version == 1)
    }

    @Test func inferenceTensorsTakeNoPartInAutograd() {
        let a = torch.inferenceMode { torch.ones(3) }
        let w = torch.ones(3, requiresGrad: true)
        #expect((w + a).requiresGrad)
        #expect(
            failure { _ = w * a }
                == "RuntimeError: Inference tensors cannot be saved for backward. Please do not use Tensors created in "
                + "inference mode in computation tracked by autograd. To work around this, you can make a clone to get a "
                + "normal tensor and use it in autograd, or use `torch.no_grad()` instead of `torch.inference_mode()`.")
        #expect(torch.noGrad { w * a }.requiresGrad == false)
        let inPlace = "RuntimeError: Inplace update to inference tensor outside InferenceMode is not allowed.You can make "
            + "a clone to get a normal tensor before doing inplace update.See https://github.com/pytorch/rfcs/pull/17 for "
            + "more details."
        #expect(failure { a.add_(1) } == inPlace)
        #expect(failure { torch.noGrad { _ = a.view(3).mul_(2) } } == inPlace)
        #expect(failure { _ = a.version } == "RuntimeError: Inference tensors do not track version counter.")
        #expect(
            failure { a.requiresGrad_() }
                == "RuntimeError: Setting requires_grad=True on inference tensor outside InferenceMode is not allowed.")
    }

    @Test func threadsStartWithTheDefaultsUnlessTheyInherit() {
        final class Seen: @unchecked Sendable { var grad = false, inference = false }
        func seen(_ start: (@escaping @Sendable () -> Void) -> Void) -> (Bool, Bool) {
            let seen = Seen()
            start {
                seen.grad = torch.isGradEnabled()
                seen.inference = torch.isInferenceModeEnabled()
            }
            return (seen.grad, seen.inference)
        }
        func onThread(_ body: @escaping @Sendable () -> Void) {
            let done = DispatchSemaphore(value: 0)
            DispatchQueue(label: "test").async {
                body()
                done.signal()
            }
            done.wait()
        }
        torch.noGrad {
            #expect(seen { onThread($0) } == (true, false))
            #expect(seen { onThread(torch.inheritingModes($0)) } == (false, false))
        }
        torch.inferenceMode {
            #expect(seen { onThread(torch.inheritingModes($0)) } == (false, true))
            #expect(torch.isInferenceModeEnabled())
        }
        // The queue's thread is as it was.
        #expect(seen { onThread($0) } == (true, false))
        let x = torch.ones(2, requiresGrad: true)
        let recorded = torch.noGrad { torch.inheritingModes { (x: Tensor) in (x * 2).requiresGrad } }
        #expect(!recorded(x) && torch.isGradEnabled())
    }

    @Test func tasksDoNotSeeTheModeOfWhoStartedThem() async {
        let task = torch.noGrad { Task { torch.isGradEnabled() } }
        #expect(await task.value)
        let inheriting = torch.noGrad {
            let body = torch.inheritingModes { torch.isGradEnabled() }
            return Task { body() }
        }
        #expect(await inheriting.value == false)
    }

    // MARK: Anomaly mode

    @Test func anomalyModeStopsAtNaN() {
        let message = failure {
            torch.autograd.detectAnomaly {
                let x = torch.tensor([0.0, 1.0], requiresGrad: true)
                ((x * 0).sqrt() * 0).sum().backward()
            }
        }
        // The failure has ended the mode with the block that it left.
        #expect(!torch.autograd.isAnomalyEnabled())
        #expect(message == "RuntimeError: Function 'SqrtBackward0' returned nan values in its 0th output.")
        torch.autograd.detectAnomaly(checkNaN: false) {
            #expect(torch.autograd.isAnomalyEnabled() && !torch.autograd.isAnomalyCheckNaNEnabled())
            let x = torch.tensor([0.0, 1.0], requiresGrad: true)
            ((x * 0).sqrt() * 0).sum().backward()
            #expect(x.grad != nil)
        }
        #expect(!torch.autograd.isAnomalyEnabled())
    }

    @Test func anomalyModeKnowsTheForwardLine() {
        let x = torch.tensor([0.0, 1.0], requiresGrad: true)
        let (y, line) = torch.autograd.detectAnomaly { (x.sqrt(), #line) }
        let trace = y.gradFn!.metadata["traceback_"] as? [String] ?? []
        #expect(
            trace.last?.contains("AutogradModesTests.swift\", line \(line), in ") == true,
            "\(trace)")
        #expect(x.sqrt().gradFn!.metadata["traceback_"] == nil)
    }

    @Test func anomalyModeGivesTheSameGradients() {
        let x = torch.tensor([1.0, 2.0], requiresGrad: true)
        let y = torch.autograd.detectAnomaly { () -> Tensor in
            let (values, _) = torch.sort(x * x, descending: true)
            let grad = torch.autograd.grad((values * values).sum(), x, createGraph: true)[0]
            return torch.autograd.grad(grad.sum(), x)[0]
        }
        #expect(y.array() == [12, 48] as [Float])
    }
}
