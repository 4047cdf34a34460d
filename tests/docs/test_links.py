"""Links and pictures in the documents lead somewhere."""

import re
from pathlib import Path

import pytest

BASE = Path(__file__).resolve().parents[2]
DOCUMENTS = sorted([*BASE.glob("*.md"), *(BASE / "docs").rglob("*.md")])
LARGEST_PICTURE = 150_000
"""Bytes: readers may have a slow connection."""


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda path: str(path.relative_to(BASE)))
def test_links_and_pictures_lead_somewhere(document):
    for target in re.findall(r"\]\((?!https?:)([^)#]+)\)", document.read_text()):
        found = document.parent / target
        assert found.exists(), target
        if found.suffix in {".png", ".webp"}:
            assert found.stat().st_size <= LARGEST_PICTURE, target


def test_a_link_to_a_heading_names_one():
    for document in DOCUMENTS:
        for target, anchor in re.findall(r"\]\(([^)#:]*)#([^)]+)\)", document.read_text()):
            text = (document.parent / target if target else document).read_text()
            titles = re.findall(r"^#+ (.+)$", text, re.M)
            anchors = {re.sub(r"[^\w\- ]", "", title.lower()).replace(" ", "-") for title in titles}
            assert anchor in anchors, f"{document.name} → {target}#{anchor}"
