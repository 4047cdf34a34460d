"""The whole portal on one machine: `bin/run`.

Starts the services, prepares the database, starts web, worker and beat, prints the address, and
stops everything on Ctrl-C or SIGTERM. What a killed run left running is ended by the next one.
"""

import argparse
import fcntl
import json
import os
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from contextlib import contextmanager, suppress
from pathlib import Path

import psutil

from portal.launch import demo, embedded, environment, keys, logfiles, users

PATIENCE = 15  # seconds that a child gets to finish what it is doing


class Stop(Exception):
    """A signal asked the program to end."""


def commands(data: Path):
    """Name → command of each process of the portal."""
    celery = ["-m", "celery", "--app=portal"]
    beat = f"--schedule={data / 'beat' / 'schedule'}"
    return {
        "web": ["-m", "gunicorn", "--config=python:portal.launch.serving", "portal.wsgi"],
        "worker": [*celery, "worker", "--loglevel=INFO", "--without-mingle", "--without-gossip"],
        "beat": [*celery, "beat", "--loglevel=INFO", "--pidfile=", beat],
    }


class Children:
    """The started processes, recorded in a file so that the next run can end them after kill -9."""

    def __init__(self, data: Path):
        self.data = data
        self.account = users.unprivileged(data / "postgres")
        self.record = data / "run" / "children.json"
        self.running: dict[str, psutil.Popen] = {}

    def start(self, variables):
        if self.account:
            variables = self._without_rights(variables)
        for name, command in commands(self.data).items():
            self.running[name] = psutil.Popen(
                [sys.executable, *command],
                env=variables,
                cwd=environment.BASE,
                stdin=subprocess.DEVNULL,
                stdout=log_of(self.data, name).open("ab"),
                stderr=subprocess.STDOUT,
                start_new_session=True,  # Ctrl-C reaches us alone; we stop them in order
                **(self.account.identity() if self.account else {}),
            )
            self._write()

    def _without_rights(self, variables):
        """Let an account other than ours reach what it needs; return its environment."""
        for needed in (environment.BASE / "manage.py", Path(sys.prefix, "bin"), sys.executable):
            users.let_through(Path(needed))
        uploads = environment.uploads(self.data)
        uploads.mkdir(mode=0o700, parents=True, exist_ok=True)
        static = Path(variables.get("STATIC_ROOT") or self.data / "static")
        for folder in (uploads, static, self.data / "beat"):
            users.let_through(folder)
            self.account.own(folder)
        key = variables.get("SECRET_KEY") or keys.generated(self.data / "secrets", "django-key")
        # Programs look for settings of theirs in HOME, and root's is closed to the account.
        return {**variables, "SECRET_KEY": key, "HOME": "/nonexistent"}

    def _write(self):
        known = [(child.pid, child.create_time()) for child in self.running.values()]
        draft = self.record.with_suffix(".draft")
        draft.write_text(json.dumps(known))
        draft.replace(self.record)

    def ended(self):
        """Return the names of those that ended by themselves."""
        return [name for name, child in self.running.items() if child.poll() is not None]

    def stop(self):
        end(list(self.running.values()))
        self.record.unlink(missing_ok=True)

    def end_left_over(self):
        """End what a killed run left; a pid that now belongs to another process is not touched."""
        with suppress(OSError, ValueError):
            for pid, started in json.loads(self.record.read_text()):
                with suppress(psutil.Error):
                    process = psutil.Process(pid)
                    if abs(process.create_time() - started) < 1:
                        end([process])
        self.record.unlink(missing_ok=True)


def end(processes):
    """Ask processes to end, and after PATIENCE end them and their children by force."""
    families = []
    for process in processes:
        with suppress(psutil.Error):
            families += [process, *process.children(recursive=True)]
            process.terminate()
    _, alive = psutil.wait_procs(families, timeout=PATIENCE)
    for process in alive:
        with suppress(psutil.Error):
            process.kill()
    psutil.wait_procs(alive, timeout=5)


@contextmanager
def alone(data: Path):
    """Only one bin/run in a data folder at a time."""
    with (data / "run" / "running.lock").open("a+") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as error:
            lock.seek(0)
            raise environment.Unusable(
                f"The portal already runs on {data} (process {lock.read().strip()}). Stop it "
                "there with Ctrl-C, or name another folder with PORTAL_DATA."
            ) from error
        lock.truncate(0)
        lock.write(str(os.getpid()))
        lock.flush()
        yield


def where_to_listen():
    """(host, port) as HOST and PORT say."""
    port = os.environ.get("PORT") or "8000"
    if not port.isdecimal() or int(port) > 65535:
        raise environment.Unusable(f"PORT is a number up to 65535, not {port}.")
    return os.environ.get("HOST") or "127.0.0.1", int(port)


def refuse_busy_port(host, port):
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError as error:
            raise environment.Unusable(
                f"Cannot listen on {host}, port {port}: {error.strerror}. "
                f"Choose another one: PORT={port + 1} bin/run"
            ) from error


def prepare(variables, with_demo):
    command = [sys.executable, environment.BASE / "manage.py", "prepare"]
    if with_demo and variables.get("PORTAL_ENV") != "production":
        command.append("--demo")
    child = subprocess.Popen(command, env=variables, start_new_session=True)  # noqa: S603
    try:
        code = child.wait()
    except Stop:
        end([psutil.Process(child.pid)])
        raise
    if code:
        raise environment.Unusable("The database could not be prepared (see above).")


def wait_for_health(url, children):
    def healthy():
        if gone := children.ended():
            raise environment.Unusable(
                f"{gone[0]} did not start. See {log_of(children.data, gone[0])}"
            )
        with suppress(OSError), urllib.request.urlopen(url, timeout=5) as answer:  # noqa: S310
            return answer.status == 200
        return False

    embedded.wait_until(healthy, 60, f"The web server did not answer at {url}")


def log_of(data, name):
    return data / "logs" / f"{name}.log"


def announce(address, data, seconds):
    print(f"\nLindungDesa is ready after {seconds:.0f} s: {address}\n")
    logins = data / "demo-logins.txt"
    if logins.exists():
        print(logins.read_text())
    print(f"Data and logs: {data}\nCtrl-C stops everything.", flush=True)


def stop_on_signals():
    def stop(number, _frame):
        # A second Ctrl-C must not interrupt the shutdown.
        for each in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
            signal.signal(each, signal.SIG_IGN)
        raise Stop(signal.Signals(number).name)

    for each in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(each, stop)


def serve(with_demo):
    began = time.monotonic()
    host, port = where_to_listen()
    data = environment.data_folder()
    for name in ("run", "logs", "beat"):
        (data / name).mkdir(mode=0o700, exist_ok=True)
    with alone(data):
        children = Children(data)
        children.end_left_over()
        refuse_busy_port(host, port)
        with environment.ready(data) as variables:
            variables |= {"HOST": host, "PORT": str(port)}
            prepare(variables, with_demo and demo.is_local(host))
            # Processes that serve requests do not get the login that owns the tables.
            variables = {k: v for k, v in variables.items() if k != "DATABASE_OWNER_URL"}
            address = f"http://{'localhost' if host == '127.0.0.1' else host}:{port}/"
            try:
                children.start(variables)
                wait_for_health(f"http://{host}:{port}/sehat/", children)
                announce(address, data, time.monotonic() - began)
                while not (gone := children.ended()):
                    logfiles.rotate(data)
                    time.sleep(0.5)
                raise environment.Unusable(f"{gone[0]} ended. See {log_of(data, gone[0])}")
            finally:
                print("Stopping …", flush=True)
                children.stop()


def main():
    parser = argparse.ArgumentParser(prog="bin/run", description="The whole portal here.")
    parser.add_argument("--no-demo", action="store_true", help="no invented people in a new portal")
    arguments = parser.parse_args()
    stop_on_signals()
    try:
        serve(with_demo=not arguments.no_demo)
    except Stop:
        print("Stopped.")
    except (environment.Unusable, embedded.ServiceError, users.NoAccount) as error:
        sys.exit(str(error))


if __name__ == "__main__":
    main()
