"""Damage good workbooks at random and see that none is read wrong.

    python bench/mutations.py [how many, default 500] [file …]

Each file is cut short or has up to eight bytes changed, by a seed. The outcomes: `refused` (with a
sentence), `same` (read exactly as the undamaged file), `other` (what a text file then really says;
a workbook has checksums, so there it counts as wrong). A crash ends the run with its traceback.
"""

import random
import sys
import tempfile
import time
from collections import Counter
from pathlib import Path

ROOT = Path(__file__).parents[1]
sys.path.insert(0, str(ROOT))

from enrollment.imports.sheets import Reading  # noqa: E402
from enrollment.imports.workbooks import UnreadableWorkbook, read  # noqa: E402

SAMPLES = ROOT / "tests" / "samples"


def people(path):
    return [(one.sheet, one.row, repr(one.cells)) for one in Reading(read(path, name="x"))]


def mutated(raw: bytes, seed: int) -> bytes:
    chance = random.Random(seed)
    if seed % 4 == 0:
        return raw[: chance.randrange(len(raw))]
    changed = bytearray(raw)
    for _ in range(chance.randint(1, 8)):
        changed[chance.randrange(len(changed))] = chance.randrange(256)
    return bytes(changed)


def outcome(path, right) -> str:
    try:
        found = people(path)
    except UnreadableWorkbook:
        return "refused"
    if found == right:
        return "same"
    return "other, and short" if len(found) < len(right) else "other"


def main(count, samples):
    with tempfile.TemporaryDirectory() as folder:
        for sample in samples:
            raw, right = sample.read_bytes(), people(sample)
            path, outcomes, slowest = Path(folder) / "mutated", Counter(), 0.0
            for seed in range(count):
                path.write_bytes(mutated(raw, seed))
                begun = time.monotonic()
                outcomes[outcome(path, right)] += 1
                slowest = max(slowest, time.monotonic() - begun)
            print(f"{sample.name}: {dict(outcomes)}, slowest {slowest:.2f} s", flush=True)


if __name__ == "__main__":
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 500
    main(count, [Path(name) for name in sys.argv[2:]] or sorted(SAMPLES.glob("0*.*")))
