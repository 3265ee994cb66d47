"""Front ends that run a notebook without a person: each executes the same small one."""

import json
import subprocess
import sys

import pytest

from harness import KERNEL

pytest.importorskip("nbformat")
import nbformat  # noqa: E402

CELLS = [
    "func twice(_ x: Int) -> Int { x * 2 }",
    "let numbers = (1...5).map(twice)\nprint(numbers)",
    "numbers.reduce(0, +)",
]


@pytest.fixture
def notebook(tmp_path):
    path = tmp_path / "notebook.ipynb"
    notebook = nbformat.v4.new_notebook(
        cells=[nbformat.v4.new_code_cell(cell) for cell in CELLS],
        metadata={
            "kernelspec": {"name": KERNEL, "display_name": "Swift", "language": "swift"},
            "language_info": {"name": "swift"},
        },
    )
    nbformat.write(notebook, path)
    return path


def run(*command, **options):
    result = subprocess.run(
        [sys.executable, "-m", *map(str, command)],
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        timeout=120,
        **options,
    )
    assert result.returncode == 0, result.stdout
    return result.stdout


def check_outputs(path):
    cells = json.loads(path.read_text())["cells"]
    assert [cell["execution_count"] for cell in cells] == [1, 2, 3]
    outputs = [cell["outputs"] for cell in cells]
    assert outputs[0] == []
    assert "".join(outputs[1][0]["text"]) == "[2, 4, 6, 8, 10]\n"
    assert "".join(outputs[2][0]["data"]["text/plain"]) == "30"


def test_nbconvert(notebook):
    run("nbconvert", "--to", "html", "--execute", notebook)
    page = notebook.with_suffix(".html").read_text()
    assert "[2, 4, 6, 8, 10]" in page and "30" in page
    run("nbconvert", "--to", "notebook", "--execute", "--output", "executed.ipynb", notebook)
    check_outputs(notebook.with_name("executed.ipynb"))


def test_papermill(notebook):
    pytest.importorskip("papermill")
    executed = notebook.with_name("executed.ipynb")
    run("papermill", notebook, executed, cwd=notebook.parent)
    check_outputs(executed)


def test_console():
    pytest.importorskip("jupyter_console")
    code = "func twice(_ x: Int) -> Int { x * 2 }\ntwice(21)\nexit\n"
    output = run("jupyter_console", "--kernel", KERNEL, "--simple-prompt", input=code)
    assert "42" in output


def test_nbconvert_shows_the_error_of_a_failing_cell(notebook):
    failing = nbformat.read(notebook, as_version=4)
    failing.cells.append(nbformat.v4.new_code_cell('fatalError("on purpose")'))
    failing.cells.append(nbformat.v4.new_code_cell("numbers.count"))
    nbformat.write(failing, notebook)
    run(
        "nbconvert", "--to", "notebook", "--execute", "--allow-errors",
        "--output", "executed.ipynb", notebook,
    )
    cells = json.loads(notebook.with_name("executed.ipynb").read_text())["cells"]
    assert cells[3]["outputs"][-1]["output_type"] == "error"
    assert cells[4]["outputs"][0]["data"]["text/plain"] == "5"
