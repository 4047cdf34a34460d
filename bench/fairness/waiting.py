"""How long ten rows of one regency wait behind thirty lists of an office in another.

    bench/fairness/run [rows of each list, default 5000]

This process is the only worker. It has begun with the first of the thirty when the ten rows come.
Measured is the time until their preview: alone, behind the thirty, and behind the thirty in the
order in which they came, which is how the queue went on before (the control).
"""

import sys
import time
from pathlib import Path
from tempfile import TemporaryDirectory
from unittest import mock

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

import openpyxl

from bench import ground  # first, before anything of Django's
from enrollment.imports import actions
from enrollment.imports.models import Import
from enrollment.jobs import actions as jobs
from enrollment.jobs import sharing
from tests import people
from villages import scope

NAME = "bench_fairness"
LISTS, TEN = 30, 10
LARGE = int(sys.argv[1]) if len(sys.argv) > 1 else 5000


def write_list(folder, count):
    book = openpyxl.Workbook(write_only=True)
    sheet = book.create_sheet("Warga")
    sheet.append(["NIK", "Nama", "Tanggal Lahir", "JK"])
    for number in range(count):
        sheet.append([people.nik(number), f"WARGA {number}", "01-01-1980", "L"])
    book.save(folder / f"{count}.xlsx")
    return folder / f"{count}.xlsx"


def upload(by, path):
    with scope.enter(by), path.open("rb") as file:
        return actions.receive(by=by, file=file, filename=path.name)


def is_read(job):
    with scope.whole_country("bench"):
        return not Import.objects.get(pk=job.pk).busy


def in_the_order_they_came():
    with scope.whole_country("bench"):
        return list(Import.objects.unfinished().order_by("created_at"))


def seconds(ten, large=None):
    """Until the ten rows are read; before them come `LISTS` copies of the list `large`."""
    ground.clone(NAME)
    ground.use(NAME)
    busy, other = ground.office(), ground.office(people.TRENGGALEK)
    if large:
        for _ in range(LISTS):
            upload(busy, large)
        jobs.go_on()
    job = upload(other, ten)
    begun = time.perf_counter()
    while not is_read(job):
        jobs.go_on()
    return time.perf_counter() - begun


def main():
    with TemporaryDirectory() as folder:
        ten, large = (write_list(Path(folder), count) for count in (TEN, LARGE))
        alone, shared = seconds(ten), seconds(ten, large)
        with (
            mock.patch.object(sharing, "in_order", in_the_order_they_came),
            mock.patch.object(sharing, "another_is_due", lambda job: False),
        ):
            before = seconds(ten, large)
    ground.drop(NAME)
    print(f"{TEN} rows alone: {alone:.2f} s")
    print(f"behind {LISTS} lists of {LARGE} rows: {shared:.2f} s, {shared / alone:.1f} x")
    print(f"in the order they came: {before:.2f} s, {before / alone:.0f} x")


if __name__ == "__main__":
    # The thirty are more than an office may have, and this process is the only worker.
    with (
        mock.patch.object(sharing, "admit", lambda office: None),
        mock.patch.object(jobs, "_send", lambda job: None),
    ):
        main()
