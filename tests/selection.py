"""Selects and orders the tests of a run, and reports at the end what was left out.

A `browser` test needs Chromium. A `slow` test starts a server or a worker, commits, or takes more
than a second. Tests that use a fixture in BY_FIXTURE or commit (all tables are emptied after them)
get the mark automatically. `bin/test --fast` leaves out both kinds, and of the others the dear
ones: how long each took is remembered by runs without `--fast`. An `every` test runs with EVERY=1
alone: it is long, and about what does not change, such as a released migration, or about what
another test shows in a like case.
"""

import itertools
import os

import pytest

EVERY = bool(os.environ.get("EVERY"))
"""Walks take every role, every row and every value instead of those that differ most, and the tests
marked `every` run (bench/README.md)."""
BY_FIXTURE = {"browser": {"chromium"}, "slow": {"queue_worker", "s3_server", "pooler"}}


def short(values, keep=1):
    """Values for `parametrize`: the first `keep` are tested always, the others with EVERY=1.
    A tuple is a value for each of several parameters."""
    first, others = [*values][:keep], [*values][keep:]
    return [*first, *(pytest.param(*_each(value), marks=pytest.mark.every) for value in others)]


def _each(value):
    return value if isinstance(value, tuple) else (value,)


SHARE = 1 / 4
"""Of the time that all tests take which are neither `browser` nor `slow`: that of the cheapest,
which `--fast` runs. They are four fifths of the tests."""
TOOK = "portal/took"
"""In the cache of pytest: test → the least seconds that it took."""
LEFT_OUT = pytest.StashKey[dict[str, int]]()
"""Mark → how many of its tests were left out."""


def pytest_addoption(parser):
    parser.addoption("--fast", action="store_true", help="leave out browser tests and slow tests")


def pytest_itemcollected(item):
    for mark, fixtures in BY_FIXTURE.items():
        if fixtures & set(item.fixturenames):
            item.add_marker(mark)
    database = item.get_closest_marker("django_db")
    if database and database.kwargs.get("transaction"):
        item.add_marker("slow")


@pytest.hookimpl(trylast=True)  # after pytest-django has marked what needs a database
def pytest_collection_modifyitems(config, items):
    items.sort(key=_turn)
    fast = config.getoption("fast")
    dear = _dear(items, _known(config)) if fast else set()
    kinds = [_left_out_as(item, fast, dear) for item in items]
    left = [item for item, kind in zip(items, kinds, strict=True) if kind]
    items[:] = [item for item, kind in zip(items, kinds, strict=True) if not kind]
    config.stash[LEFT_OUT] = {kind: kinds.count(kind) for kind in set(kinds) if kind}
    config.hook.pytest_deselected(items=left)


def _left_out_as(item, fast, dear):
    """The kind of test for which it is left out, or None."""
    if item.get_closest_marker("every") and not EVERY:
        return "every"
    return (_kind(item) or ("dear" if item.nodeid in dear else None)) if fast else None


def _dear(items, took):
    """The ids of those short tests that are not among the cheapest, by what they `took`; nobody
    knows that of a new one, so it runs."""
    short = sorted(
        (took[item.nodeid], item.nodeid)
        for item in items
        if _kind(item) is None and item.nodeid in took
    )
    sums = itertools.accumulate(seconds for seconds, _ in short)
    most = SHARE * sum(seconds for seconds, _ in short)
    return {test for (_, test), so_far in zip(short, sums, strict=True) if so_far > most}


def _turn(item):
    """Tests without a database come first: one process runs them while another makes the database.
    Short tests come last, so that all processes end at about the same time."""
    needs_database = "db" in item.fixturenames or item.get_closest_marker("django_db")
    return bool(needs_database), _kind(item) is None


def _kind(item):
    return next((mark for mark in BY_FIXTURE if item.get_closest_marker(mark)), None)


@pytest.hookimpl(optionalhook=True)  # with xdist, the worker processes collect the tests
def pytest_testnodedown(node):
    left = getattr(node, "workeroutput", {}).get("left_out")
    if left:
        node.config.stash[LEFT_OUT] = left


def pytest_configure(config):
    if not hasattr(config, "workerinput") and not config.getoption("fast"):
        config.pluginmanager.register(_Remembering())


class _Remembering:
    """Remembers how long tests took, each time the least: the first that runs in a process waits
    for more than its own."""

    def __init__(self):
        self.took = {}

    def pytest_runtest_logreport(self, report):
        if report.when == "call" and report.passed:
            self.took[report.nodeid] = round(report.duration, 4)

    def pytest_sessionfinish(self, session):
        known = _known(session.config)
        for test, seconds in self.took.items():
            known[test] = min(seconds, known.get(test, seconds))
        if session.config.pluginmanager.hasplugin("cacheprovider"):
            session.config.cache.set(TOOK, known)


def _known(config):
    """Test → its shortest time in seconds; nothing with -p no:cacheprovider."""
    known = config.pluginmanager.hasplugin("cacheprovider") and config.cache.get(TOOK, {})
    return known or {}


def pytest_sessionfinish(session):
    if hasattr(session.config, "workeroutput"):
        session.config.workeroutput["left_out"] = session.config.stash.get(LEFT_OUT, None)


def pytest_terminal_summary(terminalreporter, config):
    left = config.stash.get(LEFT_OUT, None) or {}
    if config.getoption("fast"):
        browser, slow = (left.get(kind, 0) for kind in BY_FIXTURE)
        terminalreporter.write_line(
            f"Left out by --fast: {browser} browser tests, {slow} slow tests and "
            f"{left.get('dear', 0)} others that take three quarters of the time of the rest."
        )
        if not _known(config):
            terminalreporter.write_line("A run without --fast finds out which these are.")
    if not EVERY:
        terminalreporter.write_line(
            f"Left out without EVERY=1: {left.get('every', 0)} long tests; and in the walks over "
            "all addresses the roles, rows and values that differ little (bench/README.md)."
        )
    if config.args_source is pytest.Config.ArgsSource.TESTPATHS:
        terminalreporter.write_line(
            "Left out always: the long proofs and the measurements (bench/README.md)."
        )
