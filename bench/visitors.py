"""People with browsers: one who uploads, and others who look at pages meanwhile."""

import re
import statistics
import threading
import time
from collections import defaultdict
from itertools import chain

import requests

from bench import ground

PAUSE = 0.25  # seconds between two pages of one visitor


class Browser:
    """A session with the web server, logged in."""

    def __init__(self, port, username):
        self.base = f"http://127.0.0.1:{port}"
        self.session = requests.Session()
        page = self.session.get(f"{self.base}/masuk/").text
        answer = self.post("/masuk/", {"username": username, "password": ground.PASSWORD}, page)
        if "/masuk/" in answer.url:
            raise SystemExit(f"{username} could not log in")

    def get(self, path):
        answer = self.session.get(self.base + path)
        answer.raise_for_status()
        return answer

    def post(self, path, data, page=None, **options):
        page = page or self.get(path).text
        token = re.search(r'name="csrfmiddlewaretoken" value="(\w+)"', page)[1]
        answer = self.session.post(
            self.base + path, {**data, "csrfmiddlewaretoken": token}, **options
        )
        answer.raise_for_status()
        return answer


class Visitors:
    """People who look at these pages in turn, with a short pause after each."""

    def __init__(self, browsers, paths):
        self.browsers, self.paths = browsers, paths
        self.times = defaultdict(list)  # path → seconds
        self.ending = threading.Event()
        self.threads = [
            threading.Thread(target=self._visit, args=(browser,)) for browser in browsers
        ]

    def __enter__(self):
        for thread in self.threads:
            thread.start()
        return self

    def __exit__(self, *_):
        self.ending.set()
        for thread in self.threads:
            thread.join()

    def _visit(self, browser):
        while not self.ending.is_set():
            for path in self.paths:
                begun = time.perf_counter()
                browser.get(path)
                self.times[path].append(time.perf_counter() - begun)
                self.ending.wait(PAUSE)

    def p95(self, path=None):
        """The 95th percentile in seconds, for one path or for all."""
        times = self.times[path] if path else chain.from_iterable(self.times.values())
        return statistics.quantiles(times, n=20)[-1]

    def count(self):
        return sum(map(len, self.times.values()))
