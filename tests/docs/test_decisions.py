"""Each decision is one short page of the same three parts, and the index lists them all."""

import re
from pathlib import Path

import pytest

FOLDER = Path(__file__).resolve().parents[2] / "docs" / "decisions"
PAGES = sorted(FOLDER.glob("[0-9]*.md"))
LONGEST = 35


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_a_decision_is_one_short_page(page):
    lines = page.read_text().splitlines()
    headings = [line for line in lines if line.startswith("#")]
    assert headings[0].startswith(f"# {int(page.name[:4])}. ")
    assert headings[1:] == ["## Context", "## Decision", "## Consequences"]
    assert len(lines) <= LONGEST


def test_the_index_lists_every_decision_under_its_title():
    index = re.findall(r"^\| \[(.+?)\]\((.+?)\)", (FOLDER / "README.md").read_text(), re.M)
    assert [name for _, name in index] == [page.name for page in PAGES]
    assert len(PAGES) >= 5
    for title, name in index:
        heading = (FOLDER / name).read_text().splitlines()[0].removeprefix("# ")
        assert heading.startswith(title), name
