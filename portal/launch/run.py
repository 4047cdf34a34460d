"""The whole portal on one machine: `bin/run`.

Starts the services, prepares the database, starts web, worker and beat, prints the address, starts
again whatever dies, and stops everything on Ctrl-C or SIGTERM. What a killed run left running is
ended by the next one.
"""

import argparse
import fcntl
import os
import signal
import socket
import subprocess
import sys
import time
from contextlib import contextmanager
from pathlib import Path

import psutil

from portal.launch import (
    demo,
    embedded,
    environment,
    health_probe,
    keeping,
    logfiles,
    users,
)
from portal.launch.processes import Children, end, log_of


class Stop(Exception):
    """A signal asked the program to end."""


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


def wait_for_web(host, port, children):
    def serves():
        if gone := children.ended():
            raise environment.Unusable(f"{gone[0]} did not start. See {log_of(data, gone[0])}")
        return health_probe.serves(port, host, host)

    data = children.data
    embedded.wait_until(serves, 60, f"The web server did not answer at {host}, port {port}")


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


def keep(data, children):
    """Until we are told to stop."""
    services = [service for service in environment.embedded_services(data) if service]
    revived = [embedded.Revived(service, data) for service in services]
    keeper = keeping.Keeper([*revived, *children.parts()], log_of(data, "run"))
    while True:
        keeper.look()
        logfiles.rotate(data)
        time.sleep(0.5)


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
                children.start(variables, lambda: wait_for_web(host, port, children))
                announce(address, data, time.monotonic() - began)
                keep(data, children)
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
