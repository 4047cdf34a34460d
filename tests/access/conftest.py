import pytest

from enrollment.blanks import workbook
from portal import health


@pytest.fixture(autouse=True)
def all_parts_work(monkeypatch):
    """The health page answers 503 where no worker runs, as in these tests: that is no fault."""
    for name in health.PARTS:
        monkeypatch.setitem(health.PARTS, name, lambda: True)


@pytest.fixture(autouse=True)
def short_templates(monkeypatch):
    """The walks download the blank template again and again; its rows take half a second."""
    monkeypatch.setattr(workbook, "ROWS", 3)
