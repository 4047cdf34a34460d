import json
from collections import Counter
from functools import lru_cache
from pathlib import Path

from django.core.management.base import BaseCommand, CommandError

from enrollment.management.nik_lists import niks_in
from enrollment.workbooks.inspection import UnreadableWorkbook
from enrollment.workers import checking
from enrollment.workers.checks.findings import CODES, finding
from enrollment.workers.checks.nik import check_nik, describe, region_known

SHOWN = 20


class Command(BaseCommand):
    help = "Checks the NIKs of a list: a workbook or a text file, with people or with NIKs alone."

    def add_arguments(self, parser):
        parser.add_argument("file", type=Path)
        parser.add_argument("--json", action="store_true", help="print one JSON object")

    def handle(self, *, file, **options):
        if not file.is_file():
            raise CommandError(f"There is no file {file}.")
        try:
            found = check(niks_in(file), checking.basis()["districts"])
        except UnreadableWorkbook as error:
            raise CommandError(str(error)) from None
        self.stdout.write(
            json.dumps(found, ensure_ascii=False) if options["json"] else as_text(found)
        )


def check(niks, districts):
    """`rows`, `good`, `summary` and `findings` of (sheet, row, cell) triples, without any NIK."""
    rows, bad, findings, first = 0, 0, [], {}
    for entry in niks:
        sheet, row, cell = entry
        rows += 1
        nik, code = check_nik(cell)
        if code is None:
            known = first.setdefault(nik, entry)
            if known is entry:
                if not region_known(nik, districts):
                    findings.append(_located(sheet, row, _finding("nik.region_unknown")))
                continue
            values = finding("duplicate.in_file", sheet=known[0], row=known[1]).as_dict()
        elif code == "nik.format":
            values = _finding(code, **describe(cell))
        else:
            values = _finding(code)
        bad += 1
        findings.append(_located(sheet, row, values))
    summary = dict(Counter(found["code"] for found in findings))
    return {"rows": rows, "good": rows - bad, "summary": summary, "findings": findings}


def _located(sheet, row, values):
    return {"sheet": sheet, "row": row, **values}


@lru_cache(maxsize=256)
def _finding(code, **values):
    """A finding as plain values; cached, since a few findings occur thousands of times."""
    return finding(code, **values).as_dict()


def as_text(found):
    """The sums and the first findings in words."""
    lines = [f"{found['rows']} NIKs, {found['good']} good"]
    lines += [f"{number:>7}  {CODES[code].label}" for code, number in found["summary"].items()]
    lines += [
        f"{finding['sheet']} baris {finding['row']}: {finding['message']}"
        for finding in found["findings"][:SHOWN]
    ]
    if len(found["findings"]) > SHOWN:
        lines.append(f"… and {len(found['findings']) - SHOWN} more; --json lists them all")
    return "\n".join(lines)
