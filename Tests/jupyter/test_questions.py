"""The shipped notebooks: every interview question has its section, outputs are stored, the index names all."""

import json
import re
from pathlib import Path

import pytest

NOTEBOOKS = Path(__file__).resolve().parents[2] / "notebooks"
# How many questions each of the four lists has.
COUNTS = [10, 40, 25, 15]
QUESTIONS = [f"{seed}:{number}" for seed, count in enumerate(COUNTS) for number in range(1, count + 1)]
NUMBER = re.compile(r"\b([0-3]):(\d+)\b")


def cells(path):
    return json.loads(path.read_text())["cells"]


def text(cell):
    return "".join(cell["source"])


def sections(path):
    """The numbers in each heading, with the code cells that follow up to the next numbered heading."""
    found = []
    for cell in cells(path):
        if cell["cell_type"] == "markdown":
            for line in text(cell).splitlines():
                numbers = NUMBER.findall(line) if line.startswith("##") else []
                if numbers:
                    found.append(([f"{seed}:{number}" for seed, number in numbers], []))
        elif cell["cell_type"] == "code" and found:
            found[-1][1].append(cell)
    return found


def course():
    return [p for p in sorted(NOTEBOOKS.glob("*.ipynb")) if p.stem.startswith(("interview-", "example-"))]


def test_each_question_has_a_section_and_most_have_executed_code():
    answered, executed = {}, set()
    for path in course():
        for numbers, code in sections(path):
            for number in numbers:
                answered.setdefault(number, []).append(path.stem)
                if any(cell["execution_count"] for cell in code):
                    executed.add(number)
    missing = [q for q in QUESTIONS if q not in answered]
    unknown = [q for q in answered if q not in QUESTIONS]
    assert not missing and not unknown, f"without a section: {missing}; no such question: {unknown}"
    print(f"{len(answered)} questions, {len(executed)} with executed code")
    assert len(executed) >= 80, f"without executed code: {[q for q in QUESTIONS if q not in executed]}"


@pytest.mark.parametrize("path", sorted(NOTEBOOKS.glob("*.ipynb")), ids=lambda path: path.stem)
def test_outputs_are_stored_without_errors(path):
    code = [cell for cell in cells(path) if cell["cell_type"] == "code"]
    assert code and all(cell["execution_count"] for cell in code)
    assert any(cell["outputs"] for cell in code)
    for cell in code:
        if "raises-exception" not in cell["metadata"].get("tags", []):
            assert not [o for o in cell["outputs"] if o["output_type"] == "error"], text(cell)
    assert not re.search(r"/(root|home|work|tmp)/\w", json.dumps([cell["outputs"] for cell in code]))


def test_the_index_links_every_notebook_and_names_every_question():
    index = "\n".join(text(cell) for cell in cells(NOTEBOOKS / "index.ipynb") if cell["cell_type"] == "markdown")
    links = set(re.findall(r"\]\(([\w.-]+\.ipynb)", index))
    assert links == {path.name for path in NOTEBOOKS.glob("*.ipynb")} - {"index.ipynb"}
    assert {f"{seed}:{number}" for seed, number in NUMBER.findall(index)} >= set(QUESTIONS)
