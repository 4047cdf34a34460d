"""Lists with their truth, by the thousand: what the reader makes of them, by kind.

    bench/meaning/run [--seed N] [--lists N] [--first N] [--kind NAME] [--show N] [--fault WORDS]
                      [--files N] [--imports N]

Figures by kind: `asked`, lists about whose columns a user would be asked; `list refused`; `rows` of
people, of which `good` ones need no repair; `wrong`, rows with something misread that nobody is
told of; `vanished`, people who are on no row; `refused`, good rows with an error; `told`, rows with
something misread and a finding about it; `extra`, rows that are nobody's and have an error;
`needless`, good rows with a warning without cause. Lists asked about or refused are not compared.
"""

import argparse
import logging
import sys
import time
from collections import Counter, defaultdict
from collections.abc import Iterator
from functools import partial
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from bench import ground  # first, before anything of Django's

from bench.meaning import files, kinds, villages  # isort: skip
from bench.meaning.judging import Verdict, judged, shown
from bench.meaning.model import List
from bench.meaning.shrinking import shrunk
from villages import scope

NAME = "bench_meaning"
FIGURES = ("rows", "good", "wrong", "vanished", "refused", "told", "extra", "needless")
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
    "extra",
    "needless",
)


def main() -> None:
    options = _options()
    logging.disable(logging.INFO)
    ground.clone(NAME)
    ground.use(NAME)
    try:
        _run(options)
    finally:
        ground.drop(NAME)


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--lists", type=int, default=1000)
    parser.add_argument("--first", type=int, default=0, help="number of the first list")
    parser.add_argument("--kind", default="", choices=kinds.NAMES, metavar="NAME")
    parser.add_argument(
        "--show", type=int, default=0, help="shrink and print so many kinds of faults"
    )
    parser.add_argument("--fault", default="", help="show only faults that begin so")
    parser.add_argument("--files", type=int, default=20, help="one list in so many is also a file")
    parser.add_argument("--imports", type=int, default=200, help="and one in so many is imported")
    return parser.parse_args()


def _run(options: argparse.Namespace) -> None:
    with scope.whole_country("bench"):
        regencies = villages.load()
    tables: dict[str, Counter[str]] = defaultdict(Counter)
    faults: Counter[str] = Counter()
    examples: dict[tuple[str, str], List] = {}
    begun = time.monotonic()
    for number in range(options.first, options.first + options.lists):
        made = kinds.make(options.seed, number, regencies, options.kind)
        result = judged(made)
        _count(tables[made.kind], result)
        for fault in result.kinds:
            faults[fault] += 1
            examples.setdefault((fault, made.kind), made)
        for form, found in _as_files(made, options, asked=result.asked):
            _count(tables[f"file: {form}"], found)
            faults.update(f"{fault} ({form})" for fault in found.kinds - result.kinds)
    minutes = (time.monotonic() - begun) / 60
    _print(tables, faults, options.lists / minutes)
    _show(examples, options)


def _as_files(
    made: List, options: argparse.Namespace, *, asked: bool
) -> Iterator[tuple[str, Verdict]]:
    """A share of the lists as files, in all forms by turns, and fewer through the whole import."""
    if options.files and made.number % options.files == 0:
        form = files.FORMS[made.number // options.files % len(files.FORMS)]
        if found := files.judged(made, form):
            yield form, found
    if options.imports and made.number % options.imports == 0 and not asked:
        yield "import_workers", files.imported(made)


def _count(table: Counter[str], result: Verdict) -> None:
    table["lists"] += 1
    table["asked"] += result.asked
    table["list refused"] += result.list_refused
    table["crashed"] += result.crashed
    table["silent lists"] += bool(result.wrong or result.vanished)
    for name in FIGURES:
        table[name] += getattr(result, name)


def _print(tables: dict[str, Counter[str]], faults: Counter[str], speed: float) -> None:
    print(f"| {'kind':27} |", " | ".join(HEADS), "|")
    print(f"|{'-' * 29}|", " | ".join("-" * (len(head) - 1) + ":" for head in HEADS), "|")
    total: Counter[str] = Counter()
    for kind in sorted(tables):
        _print_row(kind, tables[kind])
        if not kind.startswith("file:"):
            total += tables[kind]
    _print_row("all but files", total)
    silent, crashed = total["silent lists"], total["crashed"]
    print(f"\n{silent} lists with something silent, {crashed} crashed; {speed:,.0f} lists/min\n")
    for fault, count in faults.most_common(40):
        print(f"{count:7}  {fault}")


def _print_row(kind: str, table: Counter[str]) -> None:
    print(f"| {kind:27} |", " | ".join(f"{table[head]:{len(head)}}" for head in HEADS), "|")


def _show(examples: dict[tuple[str, str], List], options: argparse.Namespace) -> None:
    """A shrunk example of each fault in each kind, as many as were asked for."""
    wanted = [key for key in sorted(examples) if key[0].startswith(options.fault)]
    for fault, kind in wanted[: options.show]:
        made = examples[fault, kind]
        small = shrunk(made, partial(_has, fault))
        print(f"\n{fault} — {kind}, list {made.number} for {small.area}")
        print(*shown(small), sep="\n")
        for place, details in judged(small).details.items():
            print("   ", *place, "; ".join(details))


def _has(fault: str, made: List) -> bool:
    return fault in judged(made).kinds


if __name__ == "__main__":
    main()
