"""Lists whose meaning has to be understood: the findings, and each value as it is kept."""

import json
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from tests import people

SAMPLES = Path(__file__).parents[1] / "samples"
MEANING = SAMPLES / "meaning"
EXPECTED = json.loads((MEANING / "expected.json").read_text())
pytestmark = pytest.mark.django_db


def read(name):
    out = StringIO()
    options = {"area": EXPECTED[name]["area"], "dry_run": True, "json": True, "people": True}
    call_command("import_workers", MEANING / name, stdout=out, **options)
    return json.loads(out.getvalue())


def wrong_values(expected, persons):
    """Each value that differs from the expected one, in words."""
    kept = {(person["sheet"], person["row"]): person for person in persons}
    for value in expected["values"]:
        person = kept.get((value["sheet"], value["row"]), {})
        found = person.get(value["field"])
        if (found or "") != (value["value"] or ""):
            where = f"{value['sheet']} {value['row']} {value['field']}"
            yield f"{where}: {found!r} for {value['value']!r}"


@pytest.mark.parametrize("name", EXPECTED)
def test_a_list_gives_its_findings_and_its_values(name):
    expected, found = EXPECTED[name], read(name)
    assert list(wrong_values(expected, found["people"])) == []
    findings = sorted((each["sheet"], each["row"], each["code"]) for each in found["findings"])
    assert findings == sorted(
        (each["sheet"], each["row"], each["code"]) for each in expected["findings"]
    )
    assert (found["rows"], found["taken"]) == (expected["rows"], expected["taken"])
    assert found["summary"] == expected["summary"]


def test_people_are_printed_by_a_dry_run_alone():
    people.office("kartika")
    file = SAMPLES / "01-template-trenggalek.xlsx"
    with pytest.raises(CommandError, match="--people needs --dry-run"):
        call_command(
            "import_workers", file, area=people.SENDEN, by="kartika", json=True, people=True
        )
