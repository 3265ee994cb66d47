#!/usr/bin/env python3
"""Measures how long a user of a Jupyter kernel waits.

    python Tests/benchmark/kernel_latency.py [--kernel NAME] [--runs N] [--json FILE]

Every time is a median of at least 20 measurements, with the 90th percentile beside it. Needs
jupyter_client and an installed kernel.
"""

import argparse
import json
import os
import queue
import statistics
import sys
import time
from contextlib import contextmanager

from jupyter_client import KernelManager
from jupyter_client.kernelspec import KernelSpecManager

# What each language's kernel is asked to run.
CELLS = {
    "swift": {
        "simple": "1+1",
        "setup": "import Flambeau",
        "tensor": "torch.ones(3,3).sum()",
        "numbered": "let value{n} = {n} * 2\nvalue{n} + 1",
        "loop": "while true {{}}",
        "complete": "[1, 2, 3].ma",
        "print": 'print("on its way")',
    },
    "python": {
        "simple": "1+1",
        "setup": "import torch",
        "tensor": "torch.ones(3,3).sum()",
        "numbered": "value{n} = {n} * 2\nvalue{n} + 1",
        "loop": "while True: pass",
        "complete": "[1, 2, 3].co",
        "print": 'print("on its way")',
    },
}
TIMEOUT = 120
# A fresh kernel warms itself in the background, and a user does not type at once.
SETTLE = 3.0


class Kernel:
    """A running kernel and its client."""

    def __init__(self, name):
        self.began = time.perf_counter()
        self.manager = KernelManager(kernel_name=name)
        self.manager.start_kernel()
        self.client = self.manager.client()
        self.client.start_channels()

    def wait_for_info(self):
        """Seconds from the start of the process to the first kernel_info_reply."""
        # A request sent before the kernel has bound its sockets waits in the client's queue.
        self.client.kernel_info()
        self.client.get_shell_msg(timeout=TIMEOUT)
        return time.perf_counter() - self.began

    def wait_until_ready(self):
        """Waits as every front end does: for an answer, and for iopub to arrive."""
        self.client.wait_for_ready(timeout=TIMEOUT)

    def run(self, code, until="idle"):
        """Runs a cell; seconds until its result (`execute_result`) or until it is done."""
        began = time.perf_counter()
        request = self.client.execute(code)
        reached = None
        while True:
            message = self.client.get_iopub_msg(timeout=TIMEOUT)
            if message["parent_header"].get("msg_id") != request:
                continue
            kind = message["msg_type"]
            if kind == "error":
                raise RuntimeError("\n".join([code, *message["content"]["traceback"]]))
            if kind == until and reached is None:
                reached = time.perf_counter() - began
            if kind == "status" and message["content"]["execution_state"] == "idle":
                done = time.perf_counter() - began
                break
        self.reply(request)
        return done if reached is None else reached

    def reply(self, request):
        while True:
            message = self.client.get_shell_msg(timeout=TIMEOUT)
            if message["parent_header"].get("msg_id") == request:
                return message

    def complete(self, code):
        began = time.perf_counter()
        self.reply(self.client.complete(code, len(code)))
        return time.perf_counter() - began

    def interrupt(self, code):
        """Seconds from the interrupt of an endless cell to idle."""
        request = self.client.execute(code)
        self.await_state(request, "busy")
        time.sleep(0.5)
        began = time.perf_counter()
        self.manager.interrupt_kernel()
        self.await_state(request, "idle")
        took = time.perf_counter() - began
        self.reply(request)
        return took

    def await_state(self, request, state):
        while True:
            message = self.client.get_iopub_msg(timeout=TIMEOUT)
            if (
                message["parent_header"].get("msg_id") == request
                and message["content"].get("execution_state") == state
            ):
                return

    def memory(self):
        """Resident megabytes of the kernel's process and all its descendants, shared pages once."""
        children = {}
        for entry in filter(str.isdigit, os.listdir("/proc")):
            try:
                with open(f"/proc/{entry}/stat") as file:
                    parent = int(file.read().rpartition(")")[2].split()[1])
            except OSError:
                continue
            children.setdefault(parent, []).append(int(entry))
        pending, total = [self.manager.provisioner.pid], 0
        while pending:
            process = pending.pop()
            pending += children.get(process, [])
            try:
                with open(f"/proc/{process}/smaps_rollup") as file:
                    total += sum(int(line.split()[1]) for line in file if line.startswith("Pss:"))
            except OSError:
                continue
        return total / 1024

    def shut_down(self):
        self.client.stop_channels()
        self.manager.shutdown_kernel(now=False)


@contextmanager
def kernel(name):
    running = Kernel(name)
    try:
        yield running
    finally:
        running.shut_down()


def measure(name, runs, progress):
    language = KernelSpecManager().get_kernel_spec(name).language.lower()
    if language not in CELLS:
        sys.exit(f"kernel_latency: no cells for the language {language} of the kernel {name}")
    cells = CELLS[language]
    rows = {}

    def add(label, values, unit="ms"):
        rows[label] = {
            "median": statistics.median(values),
            "p90": sorted(values)[int(0.9 * (len(values) - 1))],
            "count": len(values),
            "unit": unit,
        }

    progress(f"starting {runs} kernels for kernel_info, and {runs} for a first result")
    infos, firsts = [], []
    for _ in range(runs):
        with kernel(name) as fresh:
            infos.append(1000 * fresh.wait_for_info())
        with kernel(name) as fresh:
            fresh.wait_until_ready()
            fresh.run(cells["simple"], until="execute_result")
            firsts.append(1000 * (time.perf_counter() - fresh.began))
    add("start to kernel_info", infos)
    add("start to first result", firsts)

    with kernel(name) as warm:
        warm.wait_until_ready()
        time.sleep(SETTLE)
        warm.run(cells["simple"])
        progress("warm cells")
        add("memory, kernel and children", [warm.memory()], "MB")
        # The kernel may skip the compiler for a cell it has seen: a comment makes each new.
        mark = "//" if language == "swift" else "#"

        def marked(cell, until):
            return [1000 * warm.run(f"{cells[cell]} {mark}{n}", until) for n in range(runs)]

        add("warm 1+1", marked("simple", "execute_result"))
        add("warm 1+1, same cell again", [1000 * warm.run(cells["simple"]) for _ in range(runs)])
        add("first stream of print", marked("print", "stream"))
        progress("completion")
        warm.complete(cells["complete"])
        add("completion", [1000 * warm.complete(cells["complete"]) for _ in range(runs)])
        progress("interrupts")
        add("interrupt to idle", [1000 * warm.interrupt(cells["loop"].format()) for _ in range(runs)])
        try:
            warm.run(cells["setup"])
        except RuntimeError:
            progress(f"no {cells['setup'].split()[1]}: tensor cells are left out")
        else:
            progress("tensor cells")
            warm.run(cells["tensor"])
            add("warm cell with a tensor operation", marked("tensor", "execute_result"))
            add("memory with tensors", [warm.memory()], "MB")

    # Twenty sessions of 200 cells would take too long; the cells beside 2 and 200 stand for them.
    with kernel(name) as long:
        long.wait_until_ready()
        time.sleep(SETTLE)
        progress("a session of 200 cells")
        times = [
            1000 * long.run(cells["numbered"].format(n=n), "execute_result")
            for n in range(1, 202 + runs // 2)
        ]
        half = max(10, runs // 2)
        add("cells 2 to %d" % (2 * half + 1), times[1 : 2 * half + 1])
        add("cells around 200", times[-2 * half :])
        add("memory after 200 cells", [long.memory()], "MB")
    return rows


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--kernel", default="flambeau", help="name of the installed kernel (flambeau)")
    parser.add_argument("--runs", type=int, default=20, help="measurements per figure (20)")
    parser.add_argument("--json", metavar="FILE", help="write the figures there as well (- for stdout only)")
    options = parser.parse_args()
    try:
        rows = measure(
            options.kernel, options.runs, lambda text: print(f"… {text}", file=sys.stderr, flush=True)
        )
    except queue.Empty:
        sys.exit(f"kernel_latency: the kernel did not answer within {TIMEOUT} s")
    if options.json == "-":
        json.dump(rows, sys.stdout, indent=2)
        return
    print(f"{options.kernel:34} {'median':>9} {'p90':>9} {'n':>4}")
    for label, row in rows.items():
        unit = row["unit"]
        print(f"{label:34} {row['median']:6.1f} {unit} {row['p90']:6.1f} {unit} {row['count']:4}")
    if options.json:
        with open(options.json, "w") as file:
            json.dump(rows, file, indent=2)


if __name__ == "__main__":
    main()
