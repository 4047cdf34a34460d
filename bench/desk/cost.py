"""What one decision at the desk costs: statements, and processor time of Python and of PostgreSQL.

    bench/desk/cost [--decisions 60] [--profile CASE] [--statements CASE]

A decision is one request of htmx: the verb is taken, and the next person is shown. The programme is
one that asks for much: families with a limit, registries, occupations, some with a position, quotas
and a wave of last year. Somebody verifies, returns, approves; and where two have to approve, signs
as the first and as the last. The requests go through the WSGI application in one process. The limit
is the plain SQL of the same effect, in the same run.
"""

import argparse
import cProfile
import os
import pstats
import statistics
import time
from urllib.parse import urlencode

import psutil
from django.db import connection, reset_queries
from django.test import Client, RequestFactory
from django.test.utils import CaptureQueriesContext
from lxml import html

from bench import ground, plain  # first, before anything of Django's
from bench.bulk import everybody
from enrollment.bands.models import ApprovalBand
from enrollment.programmes.models import PremiumSubsidy
from enrollment.proposals.models import Entry
from enrollment.proposals.verbs import VERBS
from portal import wsgi
from portal.launch import staticfiles
from villages import scope
from villages.models import Role

NAME = "bench_desk_cost"
PEOPLE = 4_000
WARM = 5
YEAR = 201_600
CASES = {
    "verify": ("verify", Role.VERIFIER),
    "return": ("return", Role.VERIFIER),
    "approve": ("approve", Role.APPROVER),
    "sign first": ("approve", Role.APPROVER),
    "sign last": ("approve", Role.APPROVER),
}
"""Case → the verb and who takes it, in the order in which they are run."""

LIVELY = """
UPDATE enrollment_worker SET
    kk = lpad((id / 3)::text, 16, '3'), occupation_id = 'farmer',
    position = CASE WHEN id %% 20 = 0 THEN 'Ketua RT' ELSE '' END,
    rt = lpad((id %% 9 + 1)::text, 3, '0'), consent_on = '2025-12-01',
    birth_date = date '1970-01-01' + (id %% 9000)::int, name = name || ' ' || id %% 97;
INSERT INTO enrollment_workersource (worker_id, area_id, registry, period, decile)
SELECT id, area_id, 'DTSEN', '2026-I', id %% 4 + 1 FROM enrollment_worker;
INSERT INTO enrollment_step
    (entry_id, area_id, from_state, to_state, office_id, name, role, at, reason)
SELECT e.id, e.area_id, 'draft', 'submitted', o.id, 'Kepala', 'village_head', now(), ''
FROM enrollment_entry e JOIN villages_office o ON o.user_id = e.submitted_by_id;
UPDATE enrollment_premiumsubsidy SET family_limit = 3, required_registry = 'DTSEN',
    village_quota = 500;
"""


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--decisions", type=int, default=60)
    parser.add_argument("--profile", choices=CASES, help="also print where the time goes")
    parser.add_argument("--statements", choices=CASES, help="also print what is asked")
    asked = parser.parse_args()
    staticfiles.collect()
    ground.clone(NAME)
    try:
        ground.use(NAME)
        programme = everybody.fill(PEOPLE)
        with scope.whole_country("bench"), connection.cursor() as cursor:
            cursor.execute(LIVELY, {})
            PremiumSubsidy.objects.get(pk=programme).occupations.add("farmer")
        everybody.tidy()
        compare(programme, asked)
    finally:
        ground.drop(NAME)


def compare(programme, asked):
    print(f"load {os.getloadavg()[0]:.1f}")
    print(f"{'':12}{'statements':>12}{'Python':>10}{'PostgreSQL':>12}{'ms':>8}{'plain SQL':>12}")
    approvers = [Desk(programme, Role.APPROVER) for _ in range(2)]
    verifier = Desk(programme, Role.VERIFIER)
    for case, (verb, role) in CASES.items():
        desk = verifier if role == Role.VERIFIER else approvers[case == "sign last"]
        prepare(programme, case, approvers[0].office, verifier.office)
        desk.measure(case, verb, asked)


def prepare(programme, case, first, verifier):
    """Everybody waits for the case; `first` is the office that signs first where two have to."""
    with scope.whole_country("bench"):
        rows = Entry.objects.filter(programme=programme)
        if VERBS[CASES[case][0]] is VERBS["approve"] and case != "sign last":
            rows.exclude(state="verified").update(
                state="verified", verified_by=verifier.user, cost=0, approved_by=None, reason=""
            )
            PremiumSubsidy.objects.filter(pk=programme).update(committed=0)
        if case == "sign first":
            ApprovalBand.objects.create(regency_id=ground.BOJONEGORO, amount_from=0, approvers=2)
    if case == "sign last":
        with scope.enter(first):
            pks = list(Entry.objects.filter(state="verified").values_list("pk", flat=True))
            plain.decide(pks, VERBS["approve"], first, partly=True)
    everybody.tidy()


class Desk:
    """Of a new office, for requests through WSGI."""

    def __init__(self, programme, role):
        self.programme, self.office = programme, ground.office(role=role)
        client = Client(headers={"host": "localhost"})
        client.force_login(self.office.user, backend="villages.backends.OfficeHolderBackend")
        self.cookies = {name: cookie.value for name, cookie in client.cookies.items()}
        self.address = f"/usulan/program/{programme}/meja/"

    def call(self, method, values=None):
        """Seconds, seconds of this processor, and the page."""
        cookies = "; ".join(f"{name}={value}" for name, value in self.cookies.items())
        factory = RequestFactory(
            headers={"host": "localhost", "cookie": cookies, "hx-request": "true"}
        )
        form = "application/x-www-form-urlencoded"
        request = (
            factory.post(self.address, urlencode(values), content_type=form)
            if values
            else factory.get(self.address)
        )
        heard = []
        begun, spent = time.perf_counter(), time.process_time()
        answer = wsgi.application(request.environ, lambda *said: heard.append(said))
        page = b"".join(answer).decode()
        answer.close()
        took, spent = time.perf_counter() - begun, time.process_time() - spent
        [(status, headers)] = heard
        if status != "200 OK":
            raise SystemExit(f"{method} answered {status}")
        for name, value in headers:
            if name == "Set-Cookie":
                key, _, rest = value.partition("=")
                self.cookies[key] = rest.partition(";")[0]
        return took, spent, page

    def form(self, page, verb):
        for form in html.fromstring(page).xpath("//form"):
            values = {each.get("name"): each.get("value", "") for each in form.xpath(".//input")}
            if values.get("act") == verb:
                values.pop("own", None)
                return values | ({"reason": "Data belum lengkap"} if verb == "return" else {})
        raise SystemExit(f"The page has no form for {verb}.")

    def measure(self, case, verb, asked):
        _, _, page = self.call("GET")
        for _ in range(WARM):
            _, _, page = self.call("POST", self.form(page, verb))
        values = self.form(page, verb)
        reset_queries()
        with CaptureQueriesContext(connection):
            _, _, page = self.call("POST", values)
            statements = list(connection.queries)
        if case == asked.statements:
            for query in statements:
                print(f"  {query['time']} {query['sql']}")
        backend = psutil.Process(connection.connection.info.backend_pid)
        before, spent, times = backend.cpu_times(), [], []
        profiler = cProfile.Profile()
        for _ in range(asked.decisions):
            values = self.form(page, verb)
            if case == asked.profile:
                profiler.enable()
            took, python, page = self.call("POST", values)
            profiler.disable()
            times.append(1000 * took)
            spent.append(1000 * python)
        after = backend.cpu_times()
        of_database = sum(after[:2]) - sum(before[:2])
        limit = self.limit(verb, case, asked.decisions)
        print(
            f"{case:12}{len(statements):12}{statistics.mean(spent):7.1f} ms"
            f"{1000 * of_database / asked.decisions:9.1f} ms{statistics.median(times):8.1f}"
            f"{limit:9.1f} ms{statistics.median(times) / limit:6.1f} x",
            flush=True,
        )
        if case == asked.profile:
            found = pstats.Stats(profiler)
            found.sort_stats("cumulative").print_stats(110)
            found.sort_stats("tottime").print_stats(40)

    def limit(self, verb, case, decisions):
        """Milliseconds of the plain SQL, at the median, for others of the same people."""
        taken = VERBS[verb]
        with scope.whole_country("bench"):
            rows = Entry.objects.filter(programme=self.programme).order_by("-area", "-pk")
            origin = {"approve": "verified"}.get(verb, "submitted")
            rows = rows.filter(state="cosigned" if case == "sign last" else origin)
            pks = list(rows.values_list("pk", flat=True)[:decisions])
        times = []
        for pk in pks:
            begun = time.perf_counter()
            if case == "sign first":
                plain.decide([pk], taken, self.office, partly=True)
            elif verb == "approve":
                plain.decide([pk], taken, self.office, programme=self.programme, cost=YEAR)
            else:
                plain.decide([pk], taken, self.office, reason="Alasan")
            times.append(1000 * (time.perf_counter() - begun))
        return statistics.median(times)


if __name__ == "__main__":
    main()
