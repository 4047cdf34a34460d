"""10,000 requests while each process of the web server is replaced after about a hundred.

Half of the callers keep their connection open, as Caddy does, half open one for each request. Every
tenth request is a POST, which no proxy sends a second time. The peer is gunicorn's threaded worker,
which the portal had.
"""

import argparse
import http.client
import sys
import threading
from collections import Counter
from contextlib import contextmanager
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

import psutil
from django.core.management import call_command

from bench import ground  # first, before anything of Django's
from portal.launch import processes

NAME = "bench_recycling"
PORT = 8127
OFTEN = ["--max-requests=100", "--max-requests-jitter=20"]
GUNICORN = ["-m", "gunicorn", "--config=python:portal.launch.serving", *OFTEN]
SERVERS = {
    "gunicorn, threads": [*GUNICORN, "--worker-class=gthread", "portal.wsgi"],
    "gunicorn, waitress": [*GUNICORN, "portal.wsgi"],
}
CALLERS = 8


class Caller(threading.Thread):
    """Sends its share of the requests, one after another."""

    def __init__(self, requests, keeps):
        super().__init__()
        self.requests, self.keeps = requests, keeps
        self.seen, self.lost = Counter(), []
        self.connection = http.client.HTTPConnection("127.0.0.1", PORT, timeout=60)

    def run(self):
        for number in range(self.requests):
            method = "POST" if number % 10 == 9 else "GET"
            try:
                self.connection.request(method, "/masuk/", headers={"Host": "localhost"})
                answer = self.connection.getresponse()
                answer.read()
                self.seen[method, answer.status] += 1
            except (OSError, http.client.HTTPException) as error:
                self.lost.append(f"{method} {type(error).__name__}")
                self.connection.close()
            if not self.keeps:
                self.connection.close()


@contextmanager
def serving(command, variables):
    with (ground.DATA / "logs" / "bench-recycling.log").open("ab") as log:
        process = psutil.Popen(
            [sys.executable, *command], env=variables, cwd=ground.BASE, stdout=log, stderr=log,
            start_new_session=True,
        )  # fmt: skip
        try:
            ground.wait_for_web(PORT)
            yield process
        finally:
            processes.end([process])


def measure(name, requests, variables):
    with serving(SERVERS[name], variables) as process:
        pids = set()
        callers = [Caller(requests // CALLERS, keeps=at % 2 == 0) for at in range(CALLERS)]
        for caller in callers:
            caller.start()
        while any(caller.is_alive() for caller in callers):
            pids |= {child.pid for child in process.children()}
            callers[0].join(0.2)
        lost = Counter(loss for caller in callers for loss in caller.lost)
        seen = sum((caller.seen for caller in callers), Counter())
        print(f"{name:20} {sum(seen.values()):6} answered by {len(pids)} processes, "
              f"{sum(lost.values())} lost {dict(lost) or ''}", flush=True)  # fmt: skip
        print(" " * 20, dict(seen))


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--requests", type=int, default=10_000)
    options = parser.parse_args()
    call_command("collectstatic", interactive=False, verbosity=0)
    (ground.DATA / "logs").mkdir(parents=True, exist_ok=True)
    ground.clone(NAME)
    variables = ground.use(NAME) | {"PORT": str(PORT), "WEB_WORKERS": "2", "WEB_THREADS": "4"}
    try:
        for name in SERVERS:
            measure(name, options.requests, variables)
    finally:
        ground.drop(NAME)


if __name__ == "__main__":
    main()
