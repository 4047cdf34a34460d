"""Pages go through PgBouncer in transaction mode, and no scope leaks; what must not go refuses."""

import os
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from pathlib import Path
from threading import Barrier

import psycopg2
import pytest
from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from django.core.management import CommandError, call_command
from django.db import connection, transaction
from psycopg2.extensions import parse_dsn

from enrollment.imports.models import Import
from enrollment.jobs import actions as jobs
from enrollment.jobs import locking
from enrollment.workers.models import Worker
from tests import databases, people, servers
from tests.imports.pages.test_lists import SENDENS
from tests.poolers import POOL
from tests.portal.launch.running import Browser
from villages import scope
from villages.models import User

pytestmark = [pytest.mark.slow, pytest.mark.django_db(transaction=True)]

THREADS = 10
PATIENCE = 60
"""Seconds in which the other threads get their turn, on a busy machine too."""
OUR_LOCKS = """
SELECT count(*) FROM pg_locks JOIN pg_database d ON d.oid = database
WHERE locktype = 'advisory' AND d.datname = current_database()
"""
VILLAGES = {"kartika": people.SENDEN, "bagus": people.BOGORAN}


@pytest.fixture
def pooled(pooler):
    """From now on Django reaches the database through the pooler, in every thread."""
    people_of_both_villages()
    place = parse_dsn(pooler)
    direct = {name: connection.settings_dict[name] for name in ("HOST", "PORT")}
    connection.close()
    connection.settings_dict |= {"HOST": place["host"], "PORT": place["port"]}
    yield
    connection.close()
    connection.settings_dict |= direct


def people_of_both_villages():
    for number, (name, area) in enumerate(VILLAGES.items()):
        people.office(name)
        people.worker(number, area, name=f"WARGA {area}")


def ask(question, *values):
    with connection.cursor() as cursor:
        cursor.execute(question, values)
        return cursor.fetchone()[0]


def session():
    """Which session of PostgreSQL answers."""
    return ask("SELECT pg_backend_pid()")


def at_once(does, *, times=THREADS):
    """What `does(number)` gives in so many threads, each with a connection of its own."""

    def closed_after(number):
        try:
            return does(number)
        finally:
            connection.close()

    with ThreadPoolExecutor(THREADS) as pool:
        return list(pool.map(closed_after, range(times)))


def of_each_session(does):
    """Session → what `does()` gives there. Each thread waits in its transaction until all have one,
    so that no session is left out and none answers twice."""
    all_have_one = Barrier(POOL)

    def inside(_):
        with transaction.atomic():
            of = session()
            all_have_one.wait(PATIENCE)
            return of, does()

    answers = dict(at_once(inside, times=POOL))
    assert len(answers) == POOL
    return answers


def test_ten_threads_share_two_sessions_and_each_sees_its_own_village(pooled):
    both_are_used = Barrier(POOL)

    def look(number):
        name = list(VILLAGES)[number % 2]
        with scope.enter(people.office(name)):
            both_are_used.wait(PATIENCE)
            here = {worker.area_id for worker in Worker.objects.iterator(chunk_size=1)}
            return session(), here == {VILLAGES[name]}

    seen = at_once(look, times=100)
    assert [right for _, right in seen] == [True] * 100
    assert len({of for of, _ in seen}) == POOL


def test_the_next_transaction_of_a_session_has_no_scope(pooled):
    """Whoever gets the session next sees nobody, and an ended request leaves nothing behind."""

    with scope.enter(people.office("kartika"), url="/"):
        used = session()
        assert Worker.objects.count() == 1
    seen = of_each_session(lambda: (Worker.objects.count(), ask("SHOW statement_timeout")))
    assert used in seen
    assert set(seen.values()) == {(0, "0")}


def test_a_question_in_a_scope_of_its_own_leaves_none_behind(pooled):
    everywhere, people_and_session = scope.Scope("", "~"), "SELECT count(*), pg_backend_pid() FROM"
    ((found, used),) = scope.ask(everywhere, f"{people_and_session} enrollment_worker", {})
    assert found == len(VILLAGES)
    seen = of_each_session(Worker.objects.count)
    assert used in seen
    assert set(seen.values()) == {0}


def test_a_setting_of_the_session_would_be_the_next_ones(pooled):
    """The control: why scopes are settings of a transaction, and nothing else may be used."""
    with transaction.atomic():
        for name, value in {"low": "", "high": "~", "agency": ""}.items():
            ask("SELECT set_config(%s, %s, false)", f"portal.{name}", value)
        used = session()
    try:
        seen = of_each_session(Worker.objects.count)
        assert seen.pop(used) == len(VILLAGES)
        assert set(seen.values()) == {0}
    finally:
        end(used)


def end(backend):
    """End a session of PostgreSQL, so that no other test gets it."""
    with databases.owner() as owner, owner.cursor() as cursor:
        cursor.execute("SELECT pg_terminate_backend(%s)", [backend])


def test_a_lock_of_a_job_is_refused_there(pooled):
    with pytest.raises(ImproperlyConfigured, match="connection pooler"), jobs._alone("a job"):
        pass
    assert ask(OUR_LOCKS) == 0  # other tests, in databases of their own, may hold some
    with pytest.raises(ImproperlyConfigured, match="connection pooler"):
        locking.refuse_pooler()


def test_commands_that_run_jobs_are_refused_there_before_they_begin(pooled):
    """They would leave a list that is received and not read, or a half of the demo."""
    with pytest.raises(CommandError, match="connection pooler"):
        call_command("import_workers", SENDENS, area=people.SENDEN, by="kartika")
    accounts = User.objects.count()
    with pytest.raises(CommandError, match="connection pooler"):
        call_command("load_demo")
    with scope.whole_country("test"):
        assert not Import.objects.exists()
    assert User.objects.count() == accounts


def test_commands_that_only_read_or_count_go_through_it(pooled, capsys):
    call_command("recount")
    call_command("retention")
    call_command("missing_files")
    assert "All right." in capsys.readouterr().out


def test_the_owner_is_unknown_there(pooler):
    """So that nobody migrates through it: a migration holds locks of its session, too."""
    place, owner = parse_dsn(pooler), parse_dsn(os.environ["DATABASE_OWNER_URL"])
    login = place | {"user": owner["user"], "password": owner["password"]}
    with pytest.raises(psycopg2.OperationalError, match="auth"):
        psycopg2.connect(**login)
    psycopg2.connect(**place).close()


def test_a_lock_of_a_job_is_taken_on_a_connection_of_its_own():
    with jobs._alone("a job"):
        held = at_once(lambda _: locking.take("a job"), times=1)
    assert held == [False]
    locking.refuse_pooler()


def test_two_clients_would_hold_the_same_lock(pooler):
    """The control: what a worker would do without the refusal."""
    lock = "SELECT pg_try_advisory_lock(1), pg_backend_pid()"
    with closing(psycopg2.connect(pooler)) as one, closing(psycopg2.connect(pooler)) as other:
        one.autocommit = other.autocommit = True
        with one.cursor() as first, other.cursor() as second:
            taken = {}
            for cursor in (first, second) * POOL:
                cursor.execute(lock)
                got, by = cursor.fetchone()
                taken.setdefault(by, []).append(got)
            first.execute("SELECT pg_advisory_unlock_all()")
    for of in taken:
        end(of)
    assert any(gots.count(True) > 1 for gots in taken.values())


@pytest.mark.every
def test_a_worker_does_not_start_there(pooler):
    said = subprocess.run(
        [sys.executable, "-m", "celery", "--app=portal", "worker", "--concurrency=1"],
        env={**os.environ, "DATABASE_URL": pooler},
        cwd=databases.BASE,
        capture_output=True,
        text=True,
        timeout=120,
    )
    assert said.returncode != 0
    assert "leads through a connection pooler" in said.stderr


def test_web_serves_ten_people_at_once_through_two_sessions(pooler, database_name, uploads):
    people_of_both_villages()
    port = servers.free_port()
    variables = {
        **os.environ,
        "DATABASE_URL": pooler,
        "PORTAL_UPLOADS": str(uploads),
        "PORT": str(port),
        "PGAPPNAME": f"web-{port}",
        "WEB_WORKERS": "1",
        "WEB_THREADS": str(THREADS),
    }

    def visit(browser, village):
        for _ in range(3):
            page = browser.get("/pekerja/").text
            assert {area for area in VILLAGES.values() if f"WARGA {area}" in page} == {village}

    with servers.web(variables, Path(settings.PORTAL_DATA) / f"pooled-{port}.log"):
        browsers = [Browser(f"http://localhost:{port}") for _ in range(THREADS)]
        names = list(VILLAGES) * (THREADS // len(VILLAGES))
        for browser, name in zip(browsers, names, strict=True):
            browser.log_in(name)  # in turn, or they would be told to wait
        with ThreadPoolExecutor(THREADS) as pool:
            list(pool.map(visit, browsers, map(VILLAGES.get, names)))
        for browser in browsers:
            browser.session.close()  # the server waits at its end for those who are connected
        assert 0 < sessions_of(database_name, f"web-{port}") <= POOL


def sessions_of(name, program):
    """How many sessions a program has open in the database. Others are at work there too: a worker
    that an earlier test has started, and autovacuum."""
    query = "SELECT count(*) FROM pg_stat_activity WHERE datname = %s AND application_name = %s"
    with databases.owner() as owner, owner.cursor() as cursor:
        cursor.execute(query, [name, program])
        return cursor.fetchone()[0]
