"""10,000 approvals in one action, and the desk while twenty verifiers work.

    bench/decisions/run [--people 10000] [--verifiers 20] [--seconds 60]

First everybody whom a filter shows is approved by the portal's job, three times in turn with the
limit: one transaction with the plain SQL of the same effect. Then so many verifiers, each a process
of its own over HTTP and in a kecamatan of their own, decide one person a second at their desks; the
limit is the same number of connections that write the plain SQL at the same pace. Printed: seconds
and ratio, then decisions, median and 95th percentile.
"""

import argparse
import multiprocessing
import os
import random
import statistics
import time

import requests
from django.db import connection
from django.test import Client
from django.utils import timezone
from lxml import html

from bench import ground, plain
from bench.bulk import everybody
from enrollment.programmes.models import PremiumSubsidy
from enrollment.proposals import bulk
from enrollment.proposals.models import Entry, Step
from enrollment.proposals.verbs import VERBS
from villages import scope
from villages.models import Area, Office, Role

NAME = "bench_decisions"
ROUNDS = 3
PACE = 1.0
"""Seconds from one decision of a verifier to the next."""
YEAR = 201_600
BACK = """
UPDATE enrollment_entry SET state = %s, approved_by_id = NULL, cost = 0, sector_id = NULL
WHERE programme_id = %s
"""


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--people", type=int, default=10_000)
    parser.add_argument("--verifiers", type=int, default=20)
    parser.add_argument("--seconds", type=int, default=60)
    asked = parser.parse_args()
    ground.clone(NAME)
    try:
        variables = ground.use(NAME)
        programme = everybody.fill(asked.people)
        if asked.verifiers:
            at_their_desks(programme, variables, asked.verifiers, asked.seconds)
        in_one_action(programme)
    finally:
        ground.drop(NAME)


def in_one_action(programme):
    """Those whom a filter shows are approved: a job, and its limit."""
    approver, verifier = ground.office(role=Role.APPROVER), ground.office(role=Role.VERIFIER)
    with scope.whole_country("bench"):
        rows = Entry.objects.filter(programme=programme)
        rows.update(state="verified", verified_by=verifier.user)
        pks = list(rows.order_by("pk").values_list("pk", flat=True))
    ours, limits = [], []
    for _ in range(ROUNDS):
        limits.append(timed(programme, lambda: plain.decide(
            pks, VERBS["approve"], approver, programme=programme, cost=YEAR)))  # fmt: skip
        ours.append(timed(programme, lambda: approve(programme, approver, len(pks))))
    job, limit = statistics.median(ours), statistics.median(limits)
    pace = f"{len(pks) / job:,.0f} people/s"
    print(
        f"{len(pks):,} approvals in one action: the job {job:.2f} s ({pace}), plain SQL "
        f" {limit:.2f} s, {job / limit:.2f} x   load {os.getloadavg()[0]:.1f}",
        flush=True,
    )


def timed(programme, work):
    """Seconds that the work takes; afterwards everybody is verified again."""
    everybody.tidy()
    begun = time.perf_counter()
    work()
    took = time.perf_counter() - begun
    with scope.whole_country("bench"), connection.cursor() as cursor:
        cursor.execute(BACK, ["verified", programme])
        PremiumSubsidy.objects.filter(pk=programme).update(committed=0)
    return took


def approve(programme, office, people):
    with scope.enter(office):
        begun = bulk.start(
            VERBS["approve"], PremiumSubsidy.objects.get(pk=programme), by=office, reason="",
            chosen={"status": "verified"}, seen=timezone.now(),
        )  # fmt: skip
    bulk.proceed(begun.pk)
    with scope.enter(office):
        begun.refresh_from_db()
        assert (begun.state, begun.decided) == ("done", people), begun.message


def at_their_desks(programme, variables, verifiers, seconds):
    """Verifiers decide over HTTP; then as many connections write the plain SQL."""
    with scope.whole_country("bench"):
        districts = Area.objects.within(ground.BOJONEGORO).districts().filter(current=True)
        codes = list(districts.values_list("pk", flat=True))[:verifiers]
    offices = [ground.office(role=Role.VERIFIER) for _ in codes]
    sessions = [logged_in(office) for office in offices]
    port = int(variables["PORT"])
    with ground.supervised(ground.portal("web"), variables):
        ground.wait_for_web(port)
        told("at their desks", at_once(by_http, [
            (port, cookie, programme, code, seconds)
            for cookie, code in zip(sessions, codes, strict=True)
        ]))  # fmt: skip
    with scope.whole_country("bench"):
        decided = Step.objects.filter(to_state="verified")
        assert decided.count() == decided.values("entry").distinct().count(), "somebody twice"
    told("the limit, plain SQL", at_once(by_sql, [
        (office.pk, programme, code, seconds) for office, code in zip(offices, codes, strict=True)
    ]))  # fmt: skip


def logged_in(office):
    client = Client(headers={"host": "localhost"})
    client.force_login(office.user, backend="villages.backends.OfficeHolderBackend")
    return {each.key: each.value for each in client.cookies.values()}


def at_once(work, given):
    """What a process for each of `given` returns."""
    connection.close()
    with multiprocessing.get_context("fork").Pool(len(given)) as pool:
        return pool.starmap(work, given)


def by_http(port, cookies, programme, district, seconds):
    """Decisions of one verifier: the times from sending one to having the next person."""
    session, times = requests.Session(), []
    session.cookies.update(cookies)
    session.headers["Host"] = "localhost"
    address = f"http://127.0.0.1:{port}/usulan/program/{programme}/meja/?wilayah={district}"
    page = session.get(address).text
    time.sleep(random.uniform(0, PACE))
    ends = time.monotonic() + seconds
    while time.monotonic() < ends and (values := form_of(page)):
        begun = time.perf_counter()
        answer = session.post(address, values, headers={"HX-Request": "true"})
        times.append(time.perf_counter() - begun)
        answer.raise_for_status()
        page = answer.text
        time.sleep(max(PACE - times[-1], 0))
    return times


def form_of(page):
    for form in html.fromstring(page).xpath("//form"):
        values = {each.get("name"): each.get("value", "") for each in form.xpath(".//input")}
        if values.get("act") == "verify":
            return values
    return None


def by_sql(office, programme, district, seconds):
    with scope.whole_country("bench"):
        by = Office.objects.select_related("user").get(pk=office)
        rows = Entry.objects.within(district).filter(programme=programme, state="submitted")
        pks = list(rows.values_list("pk", flat=True)[: int(seconds / PACE)])
    times = []
    time.sleep(random.uniform(0, PACE))
    for pk in pks:
        begun = time.perf_counter()
        plain.decide([pk], VERBS["verify"], by)
        times.append(time.perf_counter() - begun)
        time.sleep(max(PACE - times[-1], 0))
    return times


def told(title, found):
    times = [1000 * took for each in found for took in each]
    p95 = statistics.quantiles(times, n=20)[-1]
    print(
        f"{len(found)} verifiers {title:22} {len(times):6,} decisions   median "
        f"{statistics.median(times):6.1f} ms   p95 {p95:6.1f} ms   "
        f"load {os.getloadavg()[0]:.1f}",
        flush=True,
    )


if __name__ == "__main__":
    main()
