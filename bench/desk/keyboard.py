"""A verifier at the desk, without a mouse, in Chromium against the real web server.

    bench/desk/run [--people 157058] [--decisions 90]

In a programme of so many people each decision is one key; every tenth is a return, of two keys.
Printed: decisions a minute, and the time from the key until the next person is shown (median and
95th percentile). The limit, in the same run: one transaction with the plain SQL of the same effect.
"""

import argparse
import os
import statistics
import time

from django.test import Client
from playwright.sync_api import sync_playwright

from bench import ground, plain
from bench.bulk import everybody
from enrollment.proposals.models import Entry
from enrollment.proposals.verbs import VERBS
from portal.launch import staticfiles
from tests.pages.browser import FLAGS, program
from villages import scope
from villages.models import Role

NAME = "bench_desk"
GOAL = 60
"""Decisions a minute."""
WARM = 5
PERSON = "document.querySelector('[data-desk-person]')"
ANOTHER = (
    f"before => {PERSON} && {PERSON} === document.activeElement && {PERSON}.innerText !== before"
)
VERIFY = VERBS["verify"]


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--people", type=int, default=157_058)
    parser.add_argument("--decisions", type=int, default=90)
    asked = parser.parse_args()
    ground.clone(NAME)
    try:
        variables = ground.use(NAME)
        programme = everybody.fill(asked.people)
        staticfiles.collect()
        with ground.supervised(ground.portal("web"), variables):
            ground.wait_for_web(int(variables["PORT"]))
            keys(programme, int(variables["PORT"]), asked.decisions)
        limit(programme, asked.decisions)
    finally:
        ground.drop(NAME)


def keys(programme, port, decisions):
    office = ground.office(role=Role.VERIFIER)
    client = Client(headers={"host": "localhost"})
    client.force_login(office.user, backend="villages.backends.OfficeHolderBackend")
    home = f"http://localhost:{port}"
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=program(), args=FLAGS)
        page = browser.new_page(viewport={"width": 1280, "height": 800})
        page.context.add_cookies(
            [
                {"name": each.key, "value": each.value, "url": home}
                for each in client.cookies.values()
            ]
        )
        page.goto(f"{home}/usulan/program/{programme}/meja/")
        for _ in range(WARM):
            press(page, "v")
        begun = time.perf_counter()
        times = [press(page, *(("k", "1") if at % 10 == 9 else ("v",))) for at in range(decisions)]
        minutes = (time.perf_counter() - begun) / 60
        browser.close()
    told("the desk, by keyboard", times, decisions / minutes, f"goal {GOAL} a minute")
    with scope.whole_country("bench"):
        done = Entry.objects.exclude(state="submitted").count()
    if done != WARM + decisions:
        raise SystemExit(f"{done} people were decided instead of {WARM + decisions}.")


def press(page, *pressed):
    """Seconds from the last key until the next person is shown."""
    before = page.evaluate(f"{PERSON}.innerText")
    for key in pressed[:-1]:
        page.keyboard.press(key)
    begun = time.perf_counter()
    page.keyboard.press(pressed[-1])
    page.wait_for_function(ANOTHER, arg=before, polling="raf")
    return time.perf_counter() - begun


def limit(programme, decisions):
    office = ground.office(role=Role.VERIFIER)
    with scope.whole_country("bench"):
        rows = Entry.objects.filter(programme=programme, state="submitted").order_by("area", "pk")
        pks = list(rows.values_list("pk", flat=True)[:decisions])
    times = []
    for pk in pks:
        begun = time.perf_counter()
        plain.decide([pk], VERIFY, office)
        times.append(time.perf_counter() - begun)
    told("the limit, plain SQL", times, 60 * len(times) / sum(times), "")


def told(title, times, rate, note):
    spread, load = [1000 * each for each in times], os.getloadavg()[0]
    print(
        f"{title:24} {rate:9,.0f} decisions/minute   median {statistics.median(spread):6.1f} ms   "
        f"p95 {statistics.quantiles(spread, n=20)[-1]:6.1f} ms   load {load:.1f}  {note}",
        flush=True,
    )


if __name__ == "__main__":
    main()
