"""What a page costs: the statements of a request, and the processor time that Python takes for it.

    bench/cost/run [--people 20000] [--calls 200] [--profile PAGE] [--statements PAGE]

The pages are those of `bench/load`, called through the WSGI application as the web server calls it,
in one process. Printed for each: the statements, how many of them only enter or leave a scope, and
the mean of the processor time of this process (PostgreSQL's is not in it, waiting is not either).
"""

import argparse
import cProfile
import pstats
import sys
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))
sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "load"))
sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "import"))

from bench import ground  # first, before anything of Django's

import users  # isort: skip
from django.db import connection, reset_queries
from django.test import Client, RequestFactory
from django.test.utils import CaptureQueriesContext

from bench.scale import pages
from portal import wsgi
from portal.launch import staticfiles
from villages.models import Role

NAME = "bench_cost"
CASES = {
    Role.VILLAGE_HEAD: users.VILLAGE,
    Role.VERIFIER: users.VERIFIER,
    Role.REGENCY_ADMIN: users.ADMIN,
}


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--people", type=int, default=20_000)
    parser.add_argument("--calls", type=int, default=200)
    parser.add_argument("--profile", help="also print where the time of this page goes")
    parser.add_argument("--statements", help="also print the statements of this page")
    asked = parser.parse_args()
    staticfiles.collect()
    ground.clone(NAME)
    ground.use(NAME)
    try:
        _, (names, offices) = pages.build(1_000, asked.people, asked.people + 1_000)
        compare(asked, names, offices)
    finally:
        ground.drop(NAME)


def compare(asked, names, offices):
    print(f"{'role':18}{'page':24}{'statements':>12}{'scopes':>8}{'ms of Python':>14}{'ms':>8}")
    rows = []
    for role, chosen in CASES.items():
        cookies = logged_in(offices[role])
        for page in chosen:
            url = pages.PAGES[page].format(**names)
            rows.append(row := measured(url, cookies, asked.calls))
            print(f"{role:18}{page:24}{row[0]:12}{row[1]:8}{row[2]:14.1f}{row[3]:8.1f}", flush=True)
            if page == asked.statements:
                print(*statements(url, cookies), sep="\n")
            if page == asked.profile:
                profile(url, cookies, asked.calls)
    means = [sum(column) / len(rows) for column in zip(*rows, strict=True)]
    print(f"{'mean':42}{means[0]:12.1f}{means[1]:8.1f}{means[2]:14.1f}{means[3]:8.1f}")


def logged_in(office):
    client = Client(headers={"host": "localhost"})
    client.force_login(office.user, backend="villages.backends.OfficeHolderBackend")
    return "; ".join(f"{name}={cookie.value}" for name, cookie in client.cookies.items())


def call(url, cookies):
    """One request from the first to the last line of Python; the server's own part is not in it."""
    statuses = []
    request = RequestFactory(headers={"host": "localhost", "cookie": cookies}).get(url)
    answer = wsgi.application(request.environ, lambda status, headers: statuses.append(status))
    b"".join(answer)
    answer.close()
    if statuses != ["200 OK"]:
        raise SystemExit(f"{url} answered {statuses}")


def measured(url, cookies, calls):
    found = statements(url, cookies)  # it also compiles the templates
    begun, spent = time.perf_counter(), time.process_time()
    for _ in range(calls):
        call(url, cookies)
    took, spent = time.perf_counter() - begun, time.process_time() - spent
    scopes = sum("set_config" in statement for statement in found)
    return len(found), scopes, 1000 * spent / calls, 1000 * took / calls


def statements(url, cookies):
    call(url, cookies)
    reset_queries()
    with CaptureQueriesContext(connection) as queries:
        call(url, cookies)
    return [query["sql"] for query in queries.captured_queries]


def profile(url, cookies, calls):
    profiler = cProfile.Profile()
    profiler.enable()
    for _ in range(calls):
        call(url, cookies)
    profiler.disable()
    found = pstats.Stats(profiler)
    found.sort_stats("cumulative").print_stats(90)
    found.sort_stats("tottime").print_stats(40)


if __name__ == "__main__":
    main()
