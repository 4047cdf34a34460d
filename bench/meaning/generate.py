"""Lists with their truth, by the thousand: what the reader makes of them, by kind.

bench/meaning/run [--seed N] [--lists N] [--kind NAME] [--show N] [--files N]
"""

import argparse
import logging
import sys
import time
from collections import Counter, defaultdict
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from bench import ground  # first, before anything of Django's

from bench.meaning import files, kinds, villages  # isort: skip
from bench.meaning.judging import Verdict, judged, shown
from bench.meaning.model import List
from bench.meaning.shrinking import shrunk
from villages import scope

NAME = "bench_meaning"
FIGURES = ("rows", "good", "wrong", "vanished", "refused", "told", "needless")
HEADS = (
    "lists",
    "asked",
    "list refused",
    "rows",
    "good",
    "wrong",
    "vanished",
    "refused",
    "told",
    "needless",
)


def main() -> None:
    options = _options()
    logging.disable(logging.INFO)
    ground.clone(NAME)
    ground.use(NAME)
    try:
        with scope.whole_country("bench"):
            _run(options)
    finally:
        ground.drop(NAME)


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--lists", type=int, default=1000)
    parser.add_argument("--first", type=int, default=0, help="number of the first list")
    parser.add_argument("--kind", help="only lists of this kind")
    parser.add_argument(
        "--show", type=int, default=0, help="shrink and print so many kinds of faults"
    )
    parser.add_argument("--fault", default="", help="show only faults that begin so")
    parser.add_argument("--every", type=int, default=20, help="one list in so many is also a file")
    return parser.parse_args()


def _run(options: argparse.Namespace) -> None:
    regencies = villages.load()
    tables: dict[str, Counter[str]] = defaultdict(Counter)
    faults: Counter[str] = Counter()
    examples: dict[tuple[str, str], List] = {}
    begun, read = time.monotonic(), 0
    for number in range(options.first, options.first + options.lists):
        made = kinds.make(options.seed, number, regencies)
        if options.kind not in (None, made.kind):
            continue
        read += 1
        result = judged(made)
        _count(tables[made.kind], result)
        for fault in result.kinds:
            faults[fault] += 1
            examples.setdefault((fault, made.kind), made)
        if options.every and number % options.every == 0:
            form, result = files.judged(made, number)
            if result:
                _count(tables[f"file: {form}"], result)
                for fault in result.kinds:
                    faults[f"{fault} ({form})"] += 1
    minutes = (time.monotonic() - begun) / 60
    _print(tables, faults, read / minutes)
    _show(examples, options)


def _count(table: Counter[str], result: Verdict) -> None:
    table["lists"] += 1
    table["asked"] += result.asked
    table["list refused"] += result.list_refused
    table["crashed"] += result.crashed
    table["silent lists"] += bool(result.wrong or result.vanished)
    for name in FIGURES:
        table[name] += getattr(result, name)


def _print(tables: dict[str, Counter[str]], faults: Counter[str], speed: float) -> None:
    print(f"{'kind':30}", *(f"{head:>9}" for head in HEADS))
    total: Counter[str] = Counter()
    for kind in sorted(tables):
        print(f"{kind:30}", *(f"{tables[kind][head]:9}" for head in HEADS))
        if not kind.startswith("file:"):
            total += tables[kind]
    print(f"{'all, without files':30}", *(f"{total[head]:9}" for head in HEADS))
    silent, crashed = total["silent lists"], total["crashed"]
    print(f"\n{silent} lists with something silent, {crashed} crashed; {speed:,.0f} lists/min\n")
    for fault, count in faults.most_common(40):
        print(f"{count:7}  {fault}")


def _show(examples: dict[tuple[str, str], List], options: argparse.Namespace) -> None:
    """A shrunk example of each fault in each kind, as many as were asked for."""
    wanted = [key for key in sorted(examples) if key[0].startswith(options.fault)]
    for fault, kind in wanted[: options.show]:
        made = examples[fault, kind]
        small = shrunk(made, lambda smaller, fault=fault: fault in judged(smaller).kinds)
        print(f"\n{fault} — {kind}, list {made.number} for {small.area}")
        print(*shown(small), sep="\n")
        for place, details in judged(small).details.items():
            print("   ", *place, "; ".join(details))


if __name__ == "__main__":
    main()
