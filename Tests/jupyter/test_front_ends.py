"""The front ends that people use, each running a notebook in the installed kernel."""

import os
import shutil
import socket
import subprocess
import sys
import time
import urllib.request
from pathlib import Path

import nbformat
import pexpect
import pytest

from harness import KERNEL

CELLS = [
    'let words = ["one", "two", "three"]\nvar total = 20',
    'print("héllo 🎉")\ntotal += words.count * 7 + 1',
    "total",
]
CHROMIUM = next(
    filter(None, map(shutil.which, ["chromium", "chromium-browser", "google-chrome"])), None
)


@pytest.fixture
def notebook(tmp_path):
    book = nbformat.v4.new_notebook(
        cells=[nbformat.v4.new_code_cell(source) for source in CELLS],
        metadata={"kernelspec": {"name": KERNEL, "display_name": "Swift (Flambeau)", "language": "swift"}},
    )
    path = tmp_path / "sums.ipynb"
    nbformat.write(book, path)
    return path


def jupyter(*arguments):
    """Runs a Jupyter program of this environment and gives what it printed; fails with that."""
    done = subprocess.run(
        [sys.executable, "-m", *map(str, arguments)],
        stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, timeout=200,
    )
    assert done.returncode == 0, done.stdout
    return done.stdout


def test_run(tmp_path):
    script = tmp_path / "sums.swift"
    script.write_text("var total = 40\ntotal += 2\nprint(total)\n")
    assert jupyter("jupyter_client.runapp", "--kernel", KERNEL, script) == "42\n"


def test_nbconvert_html(notebook):
    jupyter("nbconvert", "--to", "html", "--execute", notebook)
    page = notebook.with_suffix(".html").read_text()
    assert "<pre>42</pre>" in page
    assert "héllo 🎉" in page


def test_papermill(notebook, tmp_path):
    executed = tmp_path / "executed.ipynb"
    jupyter("papermill", "--no-progress-bar", notebook, executed)
    cells = nbformat.read(executed, as_version=4).cells
    assert [cell.execution_count for cell in cells] == [1, 2, 3]
    assert cells[1].outputs[0].text == "héllo 🎉\n"
    assert cells[2].outputs[0].data["text/plain"] == "42"


def test_nbconvert_shows_an_error_and_goes_on(notebook, tmp_path):
    book = nbformat.read(notebook, as_version=4)
    book.cells.insert(1, nbformat.v4.new_code_cell('fatalError("on purpose")'))
    nbformat.write(book, notebook)
    jupyter(
        "nbconvert", "--to", "notebook", "--execute", "--allow-errors",
        "--output", "executed.ipynb", notebook,
    )
    cells = nbformat.read(tmp_path / "executed.ipynb", as_version=4).cells
    assert cells[1].outputs[-1].output_type == "error"
    assert cells[3].outputs[0].data["text/plain"] == "42"


def test_console():
    console = pexpect.spawn(
        sys.executable,
        ["-m", "jupyter_console", "--kernel", KERNEL, "--simple-prompt"],
        encoding="utf-8", timeout=60, env={**os.environ, "TERM": "dumb"},
    )
    try:
        console.expect_exact("In [1]: ")
        console.sendline("let answer = 6 * 7")
        console.expect_exact("In [2]: ")
        console.sendline("answer")
        console.expect(r"Out\[2\]: 42")
        console.expect_exact("In [3]: ")
        console.sendline("for digit in 7...9 { print(digit) }")
        console.expect("7\r\n8\r\n9\r\n")
        console.expect_exact("In [4]: ")
        console.sendeof()
        console.expect_exact("Do you really want to exit")
        console.sendline("y")
        console.expect(pexpect.EOF)
    finally:
        console.close(force=True)


@pytest.fixture
def lab(tmp_path):
    """A JupyterLab server on the test's directory; its address."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    log = (tmp_path / "lab.log").open("w")
    options = {
        "ServerApp.ip": "127.0.0.1", "ServerApp.port": port, "ServerApp.open_browser": False,
        "ServerApp.root_dir": tmp_path, "ServerApp.allow_root": True, "IdentityProvider.token": "",
        "ServerApp.password": "", "LabApp.news_url": None, "LabApp.check_for_updates_class":
            "jupyterlab.NeverCheckForUpdate",
    }
    server = subprocess.Popen(
        [sys.executable, "-m", "jupyterlab", *(f"--{name}={value}" for name, value in options.items())],
        stdin=subprocess.DEVNULL, stdout=log, stderr=subprocess.STDOUT,
    )
    address = f"http://127.0.0.1:{port}"
    try:
        for _ in range(300):
            assert server.poll() is None, Path(log.name).read_text()
            try:
                urllib.request.urlopen(f"{address}/api", timeout=5).close()
                break
            except OSError:
                time.sleep(0.2)
        yield address
    finally:
        server.terminate()
        server.wait(30)


@pytest.mark.skipif(CHROMIUM is None, reason="no Chromium")
def test_jupyterlab(notebook, lab):
    from playwright.sync_api import expect, sync_playwright

    pictures = Path(os.environ.get("FLAMBEAU_SCREENSHOTS", notebook.parent))
    pictures.mkdir(parents=True, exist_ok=True)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        page = browser.new_page(viewport={"width": 1280, "height": 800})
        try:
            page.goto(f"{lab}/lab/tree/{notebook.name}", timeout=90_000)
            panel = page.locator(".jp-NotebookPanel:visible")
            cells = panel.locator(".jp-CodeCell")
            expect(cells).to_have_count(len(CELLS), timeout=90_000)
            expect(panel.locator(".jp-KernelName, jp-button:has-text('Swift')").first).to_contain_text(
                "Swift (Flambeau)", timeout=60_000
            )
            # What is run while JupyterLab still connects, it drops.
            expect(page.locator("#jp-bottom-panel")).to_contain_text("Swift (Flambeau) | Idle", timeout=60_000)

            page.get_by_role("menuitem", name="Run", exact=True).click()
            page.get_by_role("menuitem", name="Run All Cells", exact=True).click()
            expect(cells.nth(1).locator(".jp-OutputArea-output")).to_have_text("héllo 🎉\n", timeout=60_000)
            expect(cells.nth(2).locator(".jp-OutputArea-output")).to_have_text("42", timeout=60_000)
            expect(cells.nth(2).locator(".jp-InputPrompt")).to_have_text("[3]:")
            page.screenshot(path=pictures / "jupyterlab.png")

            # Running the last cell with Shift-Enter opens a new one, and Tab asks for completions.
            cells.nth(2).locator(".cm-content").click()
            page.keyboard.press("Shift+Enter")
            expect(cells).to_have_count(len(CELLS) + 1)
            page.keyboard.type("words.ma")
            page.keyboard.press("Tab")
            expect(page.locator(".jp-Completer-item").filter(has_text="map").first).to_be_visible(timeout=30_000)
            page.screenshot(path=pictures / "jupyterlab-completion.png")
        except BaseException:
            page.screenshot(path=pictures / "jupyterlab-failed.png")
            raise
        finally:
            browser.close()
