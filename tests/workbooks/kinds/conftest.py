"""Fixtures that read a file from its content."""

import pytest

from enrollment.workbooks.opening import read


@pytest.fixture
def sheets(tmp_path):
    """`sheets(content)` writes the content into a file and reads it: [(name, visible, rows)]."""

    def read_content(content, name="daftar.xls"):
        path = tmp_path / name
        path.write_bytes(content if isinstance(content, bytes) else content.encode())
        return [(sheet.name, sheet.visible, list(sheet.rows)) for sheet in read(path)]

    return read_content


@pytest.fixture
def rows(sheets):
    """`rows(content)` gives the rows of the only sheet."""

    def read_rows(content, **options):
        [(_, _, found)] = sheets(content, **options)
        return found

    return read_rows


@pytest.fixture
def marks(tmp_path):
    """`marks(content)` gives the merged ranges and the struck cells of the only sheet."""

    def read_marks(content, name="daftar.xls"):
        path = tmp_path / name
        path.write_bytes(content if isinstance(content, bytes) else content.encode())
        [(merged, struck)] = [
            (sheet.merged, sheet.struck) for sheet in read(path) if list(sheet.rows)
        ]
        return [tuple(area) for area in merged], {row: set(at) for row, at in struck.items()}

    return read_marks
