"""A hundred users of one regency at once, behind the real web server and worker.

    bench/load/run [--many 157058] [--total 200000] [--seconds 180] [--rows 157058]

80 people of villages, 15 verifiers and 5 admins look at the pages of their work and think for about
three seconds after each: first alone, then while a list of `rows` people is imported into the
regency. At last twenty of them call pages without thinking. Printed for each part: pages a second,
errors, the median and the 95th percentile; the time of the import beside them and alone.
"""

import argparse
import http.client
import os
import random
import select
import statistics
import sys
import threading
import time
from contextlib import contextmanager
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))
sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "import"))

from bench import ground  # first, before anything of Django's

import people  # isort: skip
from django.test import Client

from bench.scale import pages
from bench.visitors import Browser
from enrollment.imports.models import Import
from enrollment.proposals.models import Proposal
from portal.launch import staticfiles
from villages import scope
from villages.models import Area, Role

NAME = "bench_load"
THINKING = 3
VILLAGES, VERIFIERS, ADMINS = 80, 15, 5
WITHOUT_PAUSE = 20
PATIENCE = 60
GOALS = {"p95 (ms)": 300, "pages a second": 100}
VILLAGE = ["home", "people", "a village's list", "uploads", "people of a name"]
VERIFIER = ["home", "submissions", "people of a programme", "a village's list", "people"]
ADMIN = ["home", "programme", "decrees", "draft", "access record", "people"]


class User:
    """Somebody with a browser, who looks at the pages of their role in any order."""

    def __init__(self, port, office, addresses, *, thinking):
        self.port, self.addresses, self.thinking = port, addresses, thinking
        client = Client(headers={"host": "localhost"})
        client.force_login(office.user, backend="villages.backends.OfficeHolderBackend")
        cookies = (f"{name}={cookie.value}" for name, cookie in client.cookies.items())
        self.headers = {"Host": "localhost", "Cookie": "; ".join(cookies)}
        self.times, self.errors = [], []

    def work(self, ending):
        line = http.client.HTTPConnection("127.0.0.1", self.port, timeout=PATIENCE)
        ending.wait(random.uniform(0, self.thinking))
        while not ending.is_set():
            path = random.choice(self.addresses)
            begun = time.perf_counter()
            try:
                if line.sock and select.select([line.sock], [], [], 0)[0]:
                    line.close()  # the server has ended it meanwhile: a browser opens another
                line.request("GET", path, headers=self.headers)
                answer = line.getresponse()
                answer.read()
                if answer.status != 200:
                    self.errors.append(f"{path} answered {answer.status}")
            except (OSError, http.client.HTTPException) as fault:
                self.errors.append(f"{path}: {fault!r}")
                line.close()
            self.times.append(time.perf_counter() - begun)
            ending.wait(random.uniform(0.5, 1.5) * self.thinking)
        line.close()


@contextmanager
def at_work(users):
    ending = threading.Event()
    threads = [threading.Thread(target=user.work, args=[ending]) for user in users]
    for thread in threads:
        thread.start()
    yield
    ending.set()
    for thread in threads:
        thread.join()


def users_of(port, names, offices, *, thinking):
    """80 people of as many villages, 15 verifiers and 5 admins, with the addresses of `names`."""
    with scope.whole_country("bench"):
        villages = Area.objects.within(pages.LARGE).villages().filter(current=True)
        lists = dict(
            Proposal.objects.filter(programme=names["programme"]).values_list("area", "pk")
        )
        chosen = [code for code in villages.values_list("pk", flat=True) if code in lists]
    heads = [ground.office(code, Role.VILLAGE_HEAD) for code in chosen[:VILLAGES]]
    yield from (
        User(
            port,
            head,
            addresses(VILLAGE, {**names, "proposal": lists[head.area_id]}),
            thinking=thinking,
        )
        for head in heads
    )
    for role, number, pages_of in (
        (Role.VERIFIER, VERIFIERS, VERIFIER),
        (Role.REGENCY_ADMIN, ADMINS, ADMIN),
    ):
        for _ in range(number):
            yield User(port, offices[role], addresses(pages_of, names), thinking=thinking)


def addresses(chosen, names):
    return [pages.PAGES[page].format(**names) for page in chosen]


def told(title, users, seconds):
    """Print what the users saw, and return the 95th percentile (ms) and pages a second."""
    times = [1000 * took for user in users for took in user.times]
    errors = [error for user in users for error in user.errors]
    p95, rate = statistics.quantiles(times, n=20)[-1], len(times) / seconds
    print(
        f"{title:34}{len(times):7} pages {rate:7.1f}/s {len(errors):4} errors  median "
        f"{statistics.median(times):5.0f} ms  p95 {p95:5.0f} ms  load {os.getloadavg()[0]:.1f}",
        flush=True,
    )
    for error in errors[:5]:
        print("   ", error)
    return p95, rate


def import_list(browser, path):
    """Upload the list and save it; returns a function that waits for its end, in seconds."""
    begun = time.perf_counter()
    with path.open("rb") as file:
        answer = browser.post("/impor/baru/", {"area": ""}, files={"file": file})
    pk = answer.url.rstrip("/").rpartition("/")[2]

    def job():
        with scope.whole_country("bench"):
            return Import.objects.get(pk=pk)

    def until(*phases):
        while (now := job()).phase not in phases:
            if now.state == "refused":
                raise SystemExit(f"the list was refused: {now.message}")
            time.sleep(1)

    def finish():
        until("preview")
        browser.post(
            f"/impor/{pk}/simpan/", {"existing": "keep"}, browser.get(f"/impor/{pk}/").text
        )
        until("taken")
        return time.perf_counter() - begun

    return finish


def measure(asked, port, names, offices):
    crowd = list(users_of(port, names, offices, thinking=THINKING))
    with at_work(crowd):
        time.sleep(asked.seconds)
    told("100 users", crowd, asked.seconds)
    path = ground.DATA / f"load-{asked.rows}.xlsx"
    if not path.exists():
        people.write(path, asked.rows)
    uploader = Browser(port, offices[Role.REGENCY_ADMIN].user.username)
    crowd = list(users_of(port, names, offices, thinking=THINKING))
    begun = time.perf_counter()
    with at_work(crowd):
        took = import_list(uploader, path)()
        time.sleep(max(0, asked.seconds - took))
    p95, _ = told(f"100 users, import of {took:.0f} s", crowd, time.perf_counter() - begun)
    hurried = list(users_of(port, names, offices, thinking=0))
    random.shuffle(hurried)
    with at_work(hurried[:WITHOUT_PAUSE]):
        time.sleep(30)
    _, rate = told("20 users without a pause", hurried[:WITHOUT_PAUSE], 30)
    print(f"goals: p95 beside an import {p95:.0f} of {GOALS['p95 (ms)']} ms,", end=" ")
    print(f"without a pause {rate:.0f} of {GOALS['pages a second']} pages a second")


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--many", type=int, default=157_058)
    parser.add_argument("--total", type=int, default=200_000)
    parser.add_argument("--seconds", type=int, default=180)
    parser.add_argument("--rows", type=int, default=people.ROWS)
    asked = parser.parse_args()
    staticfiles.collect()
    ground.clone(NAME)
    variables = ground.use(NAME)
    try:
        _, (names, offices) = pages.build(1_000, asked.many, asked.total)
        with ground.supervised(ground.portal("web", "worker", "beat"), variables):
            ground.wait_for_worker()
            ground.wait_for_web(variables["PORT"])
            measure(asked, variables["PORT"], names, offices)
    finally:
        ground.drop(NAME)


if __name__ == "__main__":
    main()
