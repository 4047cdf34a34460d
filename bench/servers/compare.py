"""The portal behind three web servers, each with 2 processes of 4 threads, on the same database:

1. gunicorn with its threaded workers, which the portal had;
2. granian, which reads headers in Rust;
3. gunicorn whose workers let waitress read whole requests, which the portal has.

Each serves 50 people who look at the list of people and the home page, with pauses. Then one of
them goes on beside 200 callers who send headers slowly, and beside 200 who send a form slowly; and
it is reloaded while the 50 go on. Three rounds, in turn; the medians are printed.
"""

import argparse
import signal
import socket
import statistics
import sys
import threading
import time
from collections import defaultdict
from contextlib import ExitStack, contextmanager, suppress
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

import psutil
import requests
from django.core.management import call_command
from django.test import Client

from bench import ground  # first, before anything of Django's
from portal.launch import health_probe, processes
from portal.launch.embedded import wait_until

NAME = "bench_servers"
PORT = 8126
PATHS = ["/pekerja/", "/"]
GUNICORN = ["-m", "gunicorn", "--config=python:portal.launch.serving"]
GRANIAN = ["-m", "granian", "--interface=wsgi", f"--port={PORT}", "--workers=2",
           "--blocking-threads=4", "--http1-header-read-timeout=30000"]  # fmt: skip
SERVERS = {
    "gunicorn, threads": [*GUNICORN, "--worker-class=gthread", "portal.wsgi"],
    "granian": [*GRANIAN, "portal.wsgi:application"],
    "gunicorn, waitress": [*GUNICORN, "portal.wsgi"],
}
PEOPLE, SLOW = 50, 200
PATIENCE, PAUSE = 10, 2  # seconds: for a page, and after it
HEADERS = b"GET / HTTP/1.1\r\nHost: localhost\r\nX: "
FORM = (
    b"POST /masuk/ HTTP/1.1\r\nHost: localhost\r\nContent-Length: 60000\r\n"
    b"Content-Type: application/x-www-form-urlencoded\r\n"
    b"Cookie: csrftoken=" + b"x" * 32 + b"\r\n\r\n"  # without it nobody looks for the rest
)


@contextmanager
def serving(command, variables):
    """Run one of the servers."""
    with (ground.DATA / "logs" / "bench-servers.log").open("ab") as log:
        process = psutil.Popen(
            [sys.executable, *command], env=variables, cwd=ground.BASE, stdout=log, stderr=log,
            start_new_session=True,
        )  # fmt: skip
    try:
        wait_until(lambda: health_probe.serves(PORT), 60, "The server is silent.")
        if not process.is_running():
            raise SystemExit("Another server answers: see logs/bench-servers.log.")
        yield process
    finally:
        processes.end([process])
        processes.end_session(process.pid)  # granian leaves a process behind now and then


class Visitors:
    """People who look at pages in turn, each on a connection that stays open."""

    def __init__(self, cookies, number):
        self.cookies, self.ending = cookies, threading.Event()
        self.times, self.lost = [], 0
        self.threads = [threading.Thread(target=self._visit) for _ in range(number)]

    def __enter__(self):
        for thread in self.threads:
            thread.start()
        return self

    def __exit__(self, *_):
        self.ending.set()
        for thread in self.threads:
            thread.join()

    def _visit(self):
        with requests.Session() as session:
            session.cookies.update(self.cookies)
            while not self.ending.is_set():
                for path in PATHS:
                    began = time.perf_counter()
                    try:
                        answer = session.get(f"http://127.0.0.1:{PORT}{path}", timeout=PATIENCE)
                        self.lost += answer.status_code != 200
                    except requests.RequestException:
                        self.lost += 1
                    self.times.append(time.perf_counter() - began)
                    self.ending.wait(PAUSE)

    def p95(self):
        return 1000 * statistics.quantiles(self.times, n=20)[-1]


def busy(process, cookies, seconds):
    with Visitors(cookies, PEOPLE) as visitors:
        time.sleep(seconds)
    family = [process, *process.children(recursive=True)]
    return {
        "p95 (ms)": visitors.p95(),
        "pages a second": len(visitors.times) / seconds,
        "memory (MB)": sum(each.memory_full_info().uss for each in family) / 2**20,
    }


def beside_slow_callers(cookies, beginning, seconds):
    """The longest that one visitor waits for a page, in ms; PATIENCE if nothing came."""
    with ExitStack() as callers:
        slow = []
        for _ in range(SLOW):
            caller = socket.create_connection(("127.0.0.1", PORT), timeout=5)
            slow.append(callers.enter_context(caller))
            caller.sendall(beginning)
        ending = threading.Event()
        dribbling = threading.Thread(target=dribble, args=(slow, ending))
        dribbling.start()
        with Visitors(cookies, 1) as visitors:
            time.sleep(seconds)
        ending.set()
        dribbling.join()
    return 1000 * max(visitors.times)


def dribble(callers, ending):
    """Each sends a byte a second."""
    while not ending.wait(1):
        for caller in callers:
            with suppress(OSError):
                caller.sendall(b"a")


def reloaded(process, cookies, seconds):
    """Requests lost while the server replaces its processes three times."""
    with Visitors(cookies, PEOPLE) as visitors:
        for _ in range(3):
            time.sleep(seconds / 4)
            process.send_signal(signal.SIGHUP)
        time.sleep(seconds / 4)
    return visitors.lost


def measured(command, variables, cookies, seconds):
    with serving(command, variables) as process:
        found = busy(process, cookies, seconds)
        found["slow headers: longest wait (ms)"] = beside_slow_callers(cookies, HEADERS, seconds)
    with serving(command, variables) as process:
        found["slow bodies: longest wait (ms)"] = beside_slow_callers(cookies, FORM, seconds)
    with serving(command, variables) as process:
        found["lost in 3 reloads"] = reloaded(process, cookies, 2 * seconds)
    return found


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--seconds", type=int, default=15)
    parser.add_argument("--times", type=int, default=3)
    options = parser.parse_args()
    call_command("collectstatic", interactive=False, verbosity=0)
    ground.clone(NAME)
    variables = ground.use(NAME) | {"PORT": str(PORT), "LOG_LEVEL": "WARNING"}
    try:
        cookies = logged_in()
        results = {name: defaultdict(list) for name in SERVERS}
        for _ in range(options.times):
            for name, command in SERVERS.items():
                for what, value in measured(command, variables, cookies, options.seconds).items():
                    results[name][what].append(value)
        show(results)
    finally:
        ground.drop(NAME)


def logged_in():
    client = Client()
    client.force_login(ground.office().user, backend="villages.backends.OfficeHolderBackend")
    return {name: morsel.value for name, morsel in client.cookies.items()}


def show(results):
    print(f"load {psutil.getloadavg()[0]:.1f}")
    print(f"{'':34}" + "".join(f"{name:>22}" for name in results))
    for what in next(iter(results.values())):
        medians = [statistics.median(found[what]) for found in results.values()]
        print(f"{what:34}" + "".join(f"{value:>22,.0f}" for value in medians))


if __name__ == "__main__":
    main()
