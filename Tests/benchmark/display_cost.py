#!/usr/bin/env python3
"""Measures what showing costs: `Monitor.log` in a loop, and tensors of all kinds as the value of a cell.

    python Tests/benchmark/display_cost.py [--kernel NAME]

Medians, in the host's own process. Needs jupyter_client and the installed kernel.
"""

import argparse

from kernel_latency import kernel

CELL = """
import Flambeau
func median(_ runs: Int, _ body: () -> Void) -> Double {
    (0 ..< runs).map { _ in
        let time = ContinuousClock().measure(body)
        return Double(time.components.seconds) * 1e6 + Double(time.components.attoseconds) / 1e12
    }.sorted()[runs / 2]
}
func shows(_ name: String, _ tensor: Tensor) {
    let time = median(5) { precondition(MIMEBundle(showing: tensor).data["text/html"] != nil) }
    print("\\(name): \\((time / 1000).twoPlaces) ms")
}
extension Double {
    var twoPlaces: Double { Double(Int(self * 100 + 0.5)) / 100 }
}
let monitor = Monitor(total: 100_000)
let loss = torch.tensor(0.25)
var step = 0
let numbers = median(20) { for _ in 0 ..< 1000 { step += 1; monitor.log(["loss": 1 / Double(step), "accuracy": 0.5], samples: 64) } }
let tensors = median(20) { for _ in 0 ..< 1000 { monitor.log(["loss": loss], samples: 64) } }
print("Monitor.log of two numbers: \\((numbers / 1000).twoPlaces) µs, of a tensor: \\((tensors / 1000).twoPlaces) µs")
shows("100 000 x 1000", torch.randn(100_000, 1000))
shows("empty", torch.empty(0, 3))
shows("full of NaN", torch.full([1000, 1000], Double.nan))
shows("0-d", torch.tensor(3.0))
shows("12 dimensions", torch.randn([Int](repeating: 2, count: 12)))
shows("4 GB", torch.ones(1 << 30))
shows("64 images of 224 x 224", torch.rand(64, 3, 224, 224))
shows("sparse", torch.eye(1000).toSparse())
shows("quantized", torch.quantizePerTensor(torch.randn(1000, 1000), scale: 0.1, zeroPoint: 0, dtype: .qint8))
"""


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--kernel", default="flambeau")
    with kernel(parser.parse_args().kernel) as running:
        running.wait_until_ready()
        request = running.client.execute(CELL)
        while True:
            message = running.client.get_iopub_msg(timeout=300)
            if message["parent_header"].get("msg_id") != request:
                continue
            content = message["content"]
            if message["msg_type"] == "stream" and content["name"] == "stdout":
                print(content["text"], end="", flush=True)
            if message["msg_type"] == "error":
                raise SystemExit("\n".join(content["traceback"]))
            if content.get("execution_state") == "idle":
                break


if __name__ == "__main__":
    main()
