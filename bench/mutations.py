"""Damage good workbooks at random, and measure the refusal of hostile ones.

    REQUIREMENTS=requirements-dev.txt bin/python bench/mutations.py [how many, default 500] [file …]

Each file is cut short or has up to eight bytes changed, by a seed (as in `tests/workbooks/
test_hostile.py`, which tries fifty). Outcomes: `refused` with a sentence; `right`, read exactly as
the undamaged file; `other`, read with different values (csv and xls have no checksums; for an xlsx
or ods this would be a fault); `short`, read with fewer people; `slow`, over ten seconds; `crash`,
any other exception. Then, for each hostile sample, how many times as long as a list of 60 people
its refusal takes, and its megabytes (reader and calling process together).
"""

import sys
import tempfile
import time
import traceback
from collections import Counter
from pathlib import Path

ROOT = Path(__file__).parents[1]
sys.path.insert(0, str(ROOT))

from enrollment.sheets.reading import Reading  # noqa: E402
from enrollment.workbooks.opening import UnreadableWorkbook, read  # noqa: E402
from tests.workbooks.test_hostile import BOMBS, HOSTILE, cost_of_refusing, mutated  # noqa: E402

SAMPLES = ROOT / "tests" / "samples"
OUTCOMES = ("refused", "right", "other", "short", "slow", "crash")
SLOW = 10  # seconds


def people(path):
    found = Reading(read(path, name="x"))
    return [(person.sheet, person.row, repr(person.cells)) for person in found]


def outcome(path, right) -> str:
    try:
        found = people(path)
    except UnreadableWorkbook:
        return "refused"
    except Exception:
        traceback.print_exc()
        return "crash"
    if found == right:
        return "right"
    return "short" if len(found) < len(right) else "other"


def damage(count, samples):
    print(f"{'file':42}", *(f"{name:>8}" for name in OUTCOMES), f"{'slowest':>9}")
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "mutated"
        for sample in samples:
            raw, right = sample.read_bytes(), people(sample)
            outcomes, slowest = Counter(), 0.0
            for seed in range(count):
                path.write_bytes(mutated(raw, seed))
                begun = time.monotonic()
                outcomes[outcome(path, right)] += 1
                took = time.monotonic() - begun
                outcomes["slow"] += took > SLOW
                slowest = max(slowest, took)
            numbers = (f"{outcomes[name]:8}" for name in OUTCOMES)
            print(f"{sample.name:42}", *numbers, f"{slowest:7.2f} s", flush=True)


def refuse():
    print(
        f"\n{'hostile':34} {'times':>8} {'MB':>6}   (a list of 60 people: 1; bombs: under 150 MB)"
    )
    for path in HOSTILE:
        times, megabytes = cost_of_refusing(path)
        bomb = "bomb" if path.name in BOMBS else ""
        print(f"{path.name:34} {times:8.2f} {megabytes:6.0f}   {bomb}", flush=True)


def main(count="500", *names):
    damage(int(count), [Path(name) for name in names] or sorted(SAMPLES.glob("0*.*")))
    refuse()


if __name__ == "__main__":
    main(*sys.argv[1:])
