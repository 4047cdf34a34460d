"""A worker of gunicorn in which waitress reads the requests.

gunicorn starts, replaces and ends the processes. Within one, a single loop of waitress receives
all requests and sends all answers; a thread gets a request when its last byte is there. So who
sends slowly holds a connection, not a thread (docs/decisions/0014-web-server.md).
"""

import logging
import os
import resource
import sys
import tempfile
import time
import weakref
from contextlib import suppress
from pathlib import Path
from socket import SHUT_WR

from django.conf import settings
from gunicorn.workers.base import Worker
from waitress import wasyncore
from waitress.channel import HTTPChannel
from waitress.parser import HTTPRequestParser
from waitress.server import TcpWSGIServer
from waitress.task import ErrorTask, WSGITask

from portal import bodies

access = logging.getLogger("portal.access")

CONNECTIONS = 4000
"""Open at the same time in one process; further ones wait in the kernel's queue."""
HEADERS_WITHIN = 30
"""Seconds for the headers of a request."""
HEADERS = 32 * 2**10
"""Bytes of the headers of a request."""
SLOWEST = 8 * 2**10
"""Bytes a second that a body must have on average: 64 MB in two and a quarter hours."""
KEPT = 150
"""Seconds for which an idle connection stays open: longer than Caddy keeps it, so that Caddy does
not send a request into a connection that is just being closed."""
KEPT_WHEN_ENDING = 2
"""Seconds in which an ending process still answers what comes on an open connection."""
LEFT_OVER = 24 * 3600  # seconds
LINGER = 5
"""Seconds in which a caller whose body is not received may read why."""


class Request(HTTPRequestParser):
    """A request on its way in."""

    refused = None
    receiving: weakref.WeakSet["Request"] = weakref.WeakSet()
    """Those of this process whose bodies may be large, until they are answered."""

    def __init__(self, adj):
        super().__init__(adj)
        self.began = time.monotonic()

    def received(self, data):
        consumed = super().received(data)
        if self.body_rcv is None or self.error:
            return consumed
        size = self.body_bytes_received if self.chunked else self.content_length
        if size <= bodies.ORDINARY or self in self.receiving:
            return consumed
        others = sum(each.content_length for each in self.receiving)
        announced = bodies.Announced(
            self.path, size, not self.chunked, self.headers.get("COOKIE", "")
        )
        self.refused = bodies.refusal(announced, others)
        if self.refused:
            return self._without_body(data)
        if not self.chunked:
            self.receiving.add(self)
        return consumed

    def _without_body(self, data):
        """The request is complete as it is, and the last of its connection."""
        self.close()
        self.body_rcv = None
        self.headers |= {"CONTENT_LENGTH": "0", "CONNECTION": "close"}
        self.expect_continue = False
        self.completed = True
        return len(data)

    def is_late(self):
        allowed = HEADERS_WITHIN
        if self.headers_finished:
            allowed += max(self.content_length, bodies.ORDINARY) / SLOWEST
        return time.monotonic() - self.began > allowed


class Logged:
    """Writes one line for each answer: the path without its query, since people search for NIKs."""

    def start(self):
        super().start()
        if self.channel.server.ending:
            self.request.headers["CONNECTION"] = "close"

    def finish(self):
        super().finish()
        self.channel.server.answered += 1
        access.info(
            '%s "%s %s" %s %s %dms',
            self.channel.addr[0],
            getattr(self.request, "command", "-"),  # what could not be parsed has neither
            getattr(self.request, "path", "-"),
            self.status.partition(" ")[0],
            self.content_bytes_written or self.content_length or 0,
            1000 * (time.time() - self.start_time),
        )


class Answer(Logged, WSGITask):
    def get_environment(self):
        self.channel.refused = bool(self.request.refused)
        refused = {bodies.BodiesMiddleware.REFUSED: self.request.refused}
        return super().get_environment() | refused


class Unreadable(Logged, ErrorTask):
    """The answer to what is no request."""


class Connection(HTTPChannel):
    parser_class = Request
    task_class = Answer
    error_task_class = Unreadable
    refused = False
    closing_since = None

    def handle_close(self):
        """After a refusal send no more, but go on reading for a moment: if we closed while more of
        the body arrives, the kernel would throw away an answer that was not read yet."""
        if self.refused and self.connected and self.closing_since is None:
            self.closing_since = time.monotonic()
            self.will_close = False
            with suppress(OSError):
                self.socket.shutdown(SHUT_WR)
            return
        super().handle_close()

    def received(self, data):
        return self.closing_since is None and super().received(data)

    def is_late(self):
        if self.closing_since is not None:
            return time.monotonic() - self.closing_since > LINGER
        return self.request is not None and self.request.is_late()

    def is_idle(self):
        return not (self.requests or self.request or self.total_outbufs_len)


class Server(TcpWSGIServer):
    channel_class = Connection
    answered = 0
    ending = False

    def maintenance(self, now):
        super().maintenance(now)
        for connection in self.active_channels.values():
            connection.will_close |= connection.is_late()

    def accept_no_more(self):
        """Others of gunicorn's processes still listen on the same socket."""
        self.ending = True
        self.accepting = False
        self.del_channel()
        self.socket.close()

    def is_quiet(self):
        return all(connection.is_idle() for connection in self.active_channels.values())

    def close_idle(self):
        for connection in list(self.active_channels.values()):
            if connection.is_idle():
                connection.handle_close()


class Receiving(Worker):
    """gunicorn's `worker_class`."""

    def run(self):
        connections = allow_connections()
        keep_files_in(Path(settings.MEDIA_ROOT) / "incoming")
        (listener,) = self.sockets
        self.server = listening(listener.sock, self.wsgi, self.cfg.threads, connections)
        while self.alive and self.ppid == os.getppid() and not self._has_done_enough():
            self._turn()
        self._end()

    def _has_done_enough(self):
        """Whether another process may take over. gunicorn starts it only when this one has ended,
        so that a moment is waited for in which nothing is on its way: an upload may take long."""
        answered, enough = self.server.answered, self.max_requests
        return answered >= enough and (self.server.is_quiet() or answered >= 2 * enough)

    def _turn(self):
        self.notify()
        wasyncore.loop(timeout=1, use_poll=True, map=self.server._map, count=1)

    def _end(self):
        """Answer what is on its way; another process has taken over what comes anew."""
        self.server.accept_no_more()
        began = time.monotonic()
        while self.server.active_channels:
            waited = time.monotonic() - began
            if waited > self.cfg.graceful_timeout:
                break
            if waited > KEPT_WHEN_ENDING:
                self.server.close_idle()
            self._turn()
        self.server.task_dispatcher.shutdown()


def listening(sock, application, threads, connections):
    return Server(
        application,
        map={},
        _sock=sock,
        bind_socket=False,
        sockinfo=(sock.family, sock.type, sock.proto, sock.getsockname()),
        threads=threads,
        connection_limit=connections,
        cleanup_interval=LINGER,
        channel_timeout=KEPT,
        max_request_header_size=HEADERS,
        max_request_body_size=sys.maxsize,  # `bodies` decides, by address
        clear_untrusted_proxy_headers=False,  # settings.TRUSTED_PROXIES alone says what is trusted
        asyncore_use_poll=True,
        log_socket_errors=False,  # callers who hang up are no errors
        ident=None,
    )


def keep_files_in(folder: Path):
    """Let bodies on their way lie on the disk of the uploads, on which `bodies` looks for room, and
    from which a file is moved to its place. What a killed process left there is removed."""
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    tempfile.tempdir = str(folder)
    for left in folder.iterdir():
        with suppress(OSError):
            if time.time() - left.stat().st_mtime > LEFT_OVER:
                left.unlink()


def allow_connections() -> int:
    """How many connections the system allows us: each needs a descriptor, and perhaps a file."""
    _, most = resource.getrlimit(resource.RLIMIT_NOFILE)
    wanted = 2 * CONNECTIONS
    if most != resource.RLIM_INFINITY:
        wanted = min(wanted, most)
    resource.setrlimit(resource.RLIMIT_NOFILE, (wanted, most))
    return wanted // 2
