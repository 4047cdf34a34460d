"""A regency's whole list, 157,058 × 18, into a registry that holds 150,000 people: the time, the
memory, and the delay for other users. In one run, each from its own copy of the same database:

1. the portal: uploaded at the web server, read, checked, staged, compared and taken by the worker,
   alternating with
2. the limit: calamine + COPY + one INSERT … SELECT of the same rows (`limit.py`), `--times` each;
   the medians are compared;
3. django-import-export: preview and import of a 20,000-row list of the same kind (`peer.py`);
4. the portal once more, while two other people look at pages.

    bench/import/run [--rows 157058] [--times 3] [--part 20000] [--skip-peer] [--idle 60]
"""

import argparse
import os
import resource
import time
from collections import Counter
from itertools import pairwise
from statistics import median

import people
from limit import ALL_COLUMNS, bare, switch_history_off
from peer import BULK, PLAIN, let_sequences_be_set, preview_and_import
from registry import HELD, registry
from watching import Watch, marks, portal_groups

from bench import ground
from bench.visitors import Browser, Visitors
from enrollment.imports.models import Import
from enrollment.workers.models import Worker
from portal.launch import embedded, staticfiles
from villages import scope
from villages.models import Role

MEGABYTE = 1 << 20
VILLAGE = "35.22.10.2025"
GOALS = {"limit": 2.0, "peer": 40.0, "memory": 400, "pages": 1.5}


def workbook(name, rows, **how):
    """The path of a workbook with so many rows, which is written only once."""
    path = ground.DATA / f"{name}-{rows}.xlsx"
    if not path.exists():
        draft = path.with_suffix(".draft")
        people.write(draft, rows, **how)
        draft.replace(path)
    return path


class Upload:
    """One list through the web server and the worker, from upload to taken."""

    def __init__(self, browser, path):
        self.browser, self.path = browser, path

    def run(self, watch, *, update=False):
        """Returns the timeline: (what ended, when, processor seconds used until then)."""
        timeline = marks(watch, "begin")
        with self.path.open("rb") as file:
            answer = self.browser.post("/impor/baru/", {"area": ""}, files={"file": file})
        self.pk = answer.url.rstrip("/").rpartition("/")[2]
        timeline = marks(watch, "upload", timeline)
        timeline = self._until("preview", watch, timeline)
        choice = {"existing": "update" if update else "keep"}
        page = self.browser.get(f"/impor/{self.pk}/").text
        timeline = marks(watch, "the page of the preview", timeline)
        self.browser.post(f"/impor/{self.pk}/simpan/", choice, page)
        return self._until("taken", watch, timeline)

    def _until(self, phase, watch, timeline):
        """Wait for the phase; also notes when the last row before it was staged or taken."""
        cursor = 0
        while (job := self.job()).phase != phase:
            if job.state == "refused" or (job.columns_open and job.phase == "match"):
                raise SystemExit(f"{job.state} {job.phase}: {job.message}")
            if job.cursor > cursor:
                cursor, moved = job.cursor, marks(watch, f"rows until {phase}")
            time.sleep(0.2)  # asking costs PostgreSQL time as well
        return marks(watch, phase, [*timeline, *moved])

    def job(self):
        with scope.whole_country("bench"):
            return Import.objects.get(pk=self.pk)


def stages(timeline):
    """Print wall and processor seconds between the marks."""
    groups = sorted({group for _, _, used in timeline for group in used})
    print(f"\n{'wall':>8}", *(f"{group:>15}" for group in groups), " s")
    for (_, begun, before), (name, ended, used) in pairwise(timeline):
        took = (f"{used.get(group, 0) - before.get(group, 0):15.2f}" for group in groups)
        print(f"{ended - begun:8.2f}", *took, f" {name}")
    last = timeline[-1][2]
    total = (f"{last.get(group, 0):15.2f}" for group in groups)
    print(f"{timeline[-1][1] - timeline[0][1]:8.2f}", *total, " in all", flush=True)


def through_portal(source, path, idle_seconds=0):
    """The portal's import; with `idle_seconds` also visitors, first at idle and then during it.

    Returns (wall seconds, processor seconds, peaks, (visitors at idle, during) or two None).
    """
    ground.clone("bench_portal", source)
    variables = ground.use("bench_portal")
    by, head = ground.office(), ground.office(VILLAGE, Role.VILLAGE_HEAD)
    with ground.supervised(ground.portal("web", "worker", "beat"), variables) as processes:
        ground.wait_for_worker()
        ground.wait_for_web(variables["PORT"])
        uploader = Browser(variables["PORT"], by.user.username)
        idle = busy = None
        if idle_seconds:
            browsers = [Browser(variables["PORT"], head.user.username) for _ in range(2)]
            idle, busy = Visitors(browsers, village_pages()), Visitors(browsers, village_pages())
            with Visitors(browsers, village_pages()):
                time.sleep(10)
            with idle:
                time.sleep(idle_seconds)
        postgres = embedded.Postgres(ground.DATA, throwaway=False)
        upload = Upload(uploader, path)
        # Measuring takes time itself: done seldom while the pages of visitors are measured.
        with Watch(portal_groups(processes, postgres), 1 if idle_seconds else 0.05) as watch:
            if idle_seconds:
                with busy:
                    timeline = upload.run(watch, update=True)
            else:
                timeline = upload.run(watch)
    job = upload.job()
    print(f"portal: {job.people} people, {job.good} good, {job.taken} taken, {job.counts}")
    stages(timeline)
    used = sum(timeline[-1][2].values())
    return timeline[-1][1] - timeline[0][1], used, dict(watch.peak), (idle, busy)


def village_pages():
    """Pages of a village: home, people, one person, imports."""
    with scope.whole_country("bench"):
        person = Worker.objects.filter(area_id=VILLAGE).order_by("pk").first()
    return ["/", "/pekerja/", f"/pekerja/{person.public_id}/", "/impor/"]


def on_a_copy(name, source, work, before=None):
    """Run `work(by)` on a new copy of the database.

    Returns (wall seconds, processor seconds of this process, the result).
    """
    ground.clone(name, source)
    if before:
        before(name)
    ground.use(name)
    by = ground.office()
    own, begun = resource.getrusage(resource.RUSAGE_SELF), time.perf_counter()
    found = work(by)
    wall, after = time.perf_counter() - begun, resource.getrusage(resource.RUSAGE_SELF)
    ground.drop(name)
    return wall, after.ru_utime + after.ru_stime - own.ru_utime - own.ru_stime, found


def races(source, path, times):
    """Median seconds of the portal, the limit, the limit with all columns; the portal's peaks."""
    walls, limits, full, peaks = [], [], [], Counter()
    for _ in range(times):
        wall, used, peak, _ = through_portal(source, path)
        walls.append(wall)
        peaks |= Counter(peak)
        limit, own, new = on_a_copy("bench_limit", source, lambda by: bare(path, by))
        limits.append(limit)
        every, *_ = on_a_copy("bench_limit", source, lambda by: bare(path, by, ALL_COLUMNS))
        full.append(every)
        print(f"\nportal {wall:.2f} s ({used:.1f} s of processor time, load {load()})")
        print(f"limit {limit:.2f} s (Python {own:.1f} s), {new} new people")
        print(f"limit with all 18 columns (registries too) {every:.2f} s\n", flush=True)
    quiet, *_ = on_a_copy("bench_limit", source, lambda by: bare(path, by), switch_history_off)
    print(f"limit without history, for information: {quiet:.2f} s", flush=True)
    return median(walls), median(limits), median(full), peaks


def peers(source, part):
    """django-import-export with its defaults and with its bulk settings: rows per second."""
    path, speeds = workbook("part", part, faults=False), []
    for resource_class in (PLAIN, BULK):

        def work(by, way=resource_class):
            return preview_and_import(path, by, way)

        wall, own, new = on_a_copy("bench_peer", source, work, let_sequences_be_set)
        print(
            f"django-import-export, {resource_class.__name__.lower():5}: {part} rows in "
            f"{wall:.1f} s (Python {own:.1f} s), {part / wall:.0f} rows/s, {new} new",
            flush=True,
        )
        speeds.append(part / wall)
    return speeds


def verdict(name, goal, reached, unit, *, at_least=False):
    held = reached >= goal if at_least else reached <= goal
    sign = ">=" if at_least else "<="
    print(f"{name:50} {sign} {goal:g} {unit:14} {reached:10.2f}  {'yes' if held else 'NO'}")


def compare_pages(idle, busy):
    print(f"\np95 in ms of {idle.count()} pages at idle and {busy.count()} during an import")
    for path in [*idle.times]:
        print(f"{idle.p95(path) * 1000:8.0f} {busy.p95(path) * 1000:8.0f}  {path[:10]}")
    return busy.p95() / idle.p95()


def load():
    return f"{os.getloadavg()[0]:.1f}"


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--rows", type=int, default=people.ROWS)
    parser.add_argument("--times", type=int, default=3)
    parser.add_argument("--part", type=int, default=20_000)
    parser.add_argument("--skip-peer", action="store_true")
    parser.add_argument("--idle", type=int, default=60, help="seconds of pages at idle; 0: none")
    options = parser.parse_args()
    path, source = workbook("list", options.rows), registry(options.rows)
    staticfiles.collect()
    held, size = HELD * options.rows // people.ROWS, path.stat().st_size // MEGABYTE
    print(f"{options.rows} × {len(people.HEADINGS)} ({size} MB) into {held}; load {load()}\n")
    wall, limit, full, peaks = races(source, path, options.times)
    speeds = None if options.skip_peer else peers(source, options.part)
    ratio = None
    if options.idle:
        *_, more, visitors = through_portal(source, path, options.idle)
        peaks |= Counter(more)
        ratio = compare_pages(*visitors)
    ground.drop("bench_portal")
    print(f"\nmost memory of a process (MB): { {k: v // MEGABYTE for k, v in peaks.items()} }")
    print(f"load {load()}\n")
    verdict("portal's time / limit's", GOALS["limit"], wall / limit, "x")
    verdict("  the same, limit with all 18 columns", GOALS["limit"], wall / full, "x")
    if speeds:
        plain, bulk = (options.rows / wall / speed for speed in speeds)
        verdict("rows/s / django-import-export's", GOALS["peer"], plain, "x", at_least=True)
        print(f"  with its bulk settings, for information {bulk:36.2f}")
    ours = max(size for name, size in peaks.items() if name != "PostgreSQL")
    verdict("most memory of a process of ours", GOALS["memory"], ours / MEGABYTE, "MB")
    if ratio:
        verdict("others' pages, p95 during / at idle", GOALS["pages"], ratio, "x")


if __name__ == "__main__":
    main()
