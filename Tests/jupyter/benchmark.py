"""How long a person waits: python benchmark.py [repetitions], medians in milliseconds."""

import statistics
import sys
import time

from harness import FrontEnd, KernelProcess

REPETITIONS = int(sys.argv[1]) if len(sys.argv) > 1 else 20


def milliseconds(action):
    start = time.perf_counter()
    action()
    return (time.perf_counter() - start) * 1000


def report(name, times):
    """One line: the median, and what nine of ten stay under."""
    times = sorted(times)
    ninety = times[min(len(times) - 1, int(len(times) * 0.9))]
    print(f"{name:32} {statistics.median(times):8.1f}   90%: {ninety:8.1f}", flush=True)


def run(client, code):
    reply, _ = client.execute(code)
    assert reply["status"] == "ok", reply
    return reply


def starts():
    """Times from launch to kernel_info_reply and to the result of a first cell."""
    begin = time.perf_counter()
    kernel = KernelProcess()
    client = FrontEnd(kernel)
    client.request("kernel_info_request")
    info = (time.perf_counter() - begin) * 1000
    run(client, "1 + 1")
    first = (time.perf_counter() - begin) * 1000
    client.close()
    kernel.kill()
    return info, first


def interrupt(client):
    id = client.start("while true {}")
    client.receive("iopub", "execute_input", id)
    # Long enough for the cell to be compiled and to run.
    time.sleep(0.5)
    begin = time.perf_counter()
    client.send("interrupt_request", channel="control")
    client.published(id)
    elapsed = (time.perf_counter() - begin) * 1000
    client.receive("shell", "execute_reply", id)
    return elapsed


def main():
    started = [starts() for _ in range(REPETITIONS)]
    report("start to kernel_info", [info for info, _ in started])
    report("start to first result", [first for _, first in started])

    kernel = KernelProcess()
    client = FrontEnd(kernel)
    run(client, "1 + 1")
    # The text differs each time, so that nothing is answered from an earlier compilation.
    report("warm 1+1", [milliseconds(lambda: run(client, f"1 + {n}")) for n in range(REPETITIONS)])
    run(client, "import Flambeau")
    run(client, "let benchmarkTensor = torch.ones(64, 64)")
    report(
        "warm tensor operation",
        [
            milliseconds(lambda: run(client, f"(benchmarkTensor * {n}).sum().item()"))
            for n in range(REPETITIONS)
        ],
    )
    code = "let text = [1, 2]; text.ma"
    content = {"code": code, "cursor_pos": len(code)}
    report(
        "completion",
        [milliseconds(lambda: client.request("complete_request", content)) for _ in range(REPETITIONS)],
    )
    report("interrupt to idle", [interrupt(client) for _ in range(REPETITIONS)])
    client.close()
    kernel.kill()

    kernel = KernelProcess()
    client = FrontEnd(kernel)
    run(client, "var total = 0")
    times = []
    for n in range(2, 200 + REPETITIONS):
        code = f"let value{n} = total + {n}; total = value{n}; total"
        times.append(milliseconds(lambda: run(client, code)))
    report(f"cells 2 to {1 + REPETITIONS}", times[:REPETITIONS])
    report("cells from 200 on", times[-REPETITIONS:])
    client.close()
    kernel.kill()


if __name__ == "__main__":
    main()
