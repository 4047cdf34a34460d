"""A real browser for the tests: Debian's Chromium through Playwright, at the width of a phone.

`page_at(360)` gives a page on the network, for a server that a test started. With a client,
`page_at(360, client)`, addresses under `HOME` are answered by that Django test client: the browser
sees the test's own log-in, transaction and rows, and no server is needed. (Files chosen in a form
do not pass that way; a test that uploads starts a server.) Static files come from a server that
serves nothing else, so that the browser caches them from page to page.
"""

import gzip
import os
import shutil
import threading
from base64 import b64decode, b64encode
from functools import cache, partial
from pathlib import Path
from urllib.parse import urlsplit

import brotli
import pytest
from axe_playwright_python.base import AXE_SCRIPT
from django.conf import settings
from django.contrib.staticfiles import finders
from django.contrib.staticfiles.handlers import StaticFilesHandler
from django.db import connections
from django.test.testcases import LiveServerThread
from playwright.sync_api import Error as PlaywrightError
from playwright.sync_api import sync_playwright

from portal.launch.stylesheets import as_stored

HOME = "http://localhost"
"""A host that browsers trust without TLS, so that they honour all security headers."""
LARGEST = 60_000
"""Bytes that the first load of any page may take, compressed."""
PROGRAMS = ("chromium-headless-shell", "chromium")
"""The first is the same browser without windows, which does a tenth less work."""
NOT_OF_THE_PAGE = [
    # Two internal pages for the browser's address bar: half of the cost of a new window.
    *("WebUIOmniboxPopup", "WebUIOmniboxAimPopup"),
    # Playwright's own list, repeated because Chromium uses only this one instead of it.
    *("HttpsUpgrades", "PaintHolding", "DestroyProfileOnBrowserClose", "MediaRouter"),
    *("OptimizationHints", "LensOverlay", "ThirdPartyStoragePartitioning"),
    *("AvoidUnnecessaryBeforeUnloadCheckSync", "AvoidCorsURLLoaderRestartOnRedirect"),
    "SpareRendererForSitePerProcess",  # would start a spare process for a site that no test opens
]
FLAGS = [
    *("--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run"),
    *("--disable-background-networking", "--disable-component-update", "--disable-sync"),
    # One process for all pages: otherwise each page starts its own and leaves it behind.
    *("--disable-site-isolation-trials", "--process-per-site", "--in-process-gpu"),
    f"--disable-features={','.join(NOT_OF_THE_PAGE)}",
]
FONTS = Path(__file__).parents[1] / "fonts"
"""The fonts of the test browser: it has these and no others, so it measures alike everywhere."""
FONT_FAMILIES = ["Roboto", "DejaVu Sans"]
"""Pages are measured in these: the font of Android phones, and one that is a tenth wider, because
nobody knows which font a village's computer has."""
WIDER = """families => families.flatMap(family => {
  const root = document.documentElement;
  root.style.setProperty("--bs-body-font-family", `"${family}"`);
  const wide = [...document.querySelectorAll(".rows-room")]
    .filter(room => room.scrollWidth > room.clientWidth)
    .map(room => `${room.scrollWidth - room.clientWidth} px wider than its frame in ${family}: `
      + [...room.querySelectorAll("thead th")]
        .map(th => `${th.innerText.trim()} ${Math.round(th.offsetWidth)}`).join(", "));
  root.style.removeProperty("--bs-body-font-family");
  return wide;
})"""
MISFITS = (Path(__file__).parent / "misfits.js").read_text()
OF_THE_CLIENT = ["Document", "XHR", "Fetch", "Script"]
"""Kinds of requests that the test client may have to answer; all others are for static files."""
RESOURCES = "performance.getEntriesByType('resource').map(entry => entry.name)"
ASKS_AGAIN = "!!document.querySelector('[hx-trigger]')"
VISIBLE_KINDS = """() => {
  const states = [
    "type", "disabled", "aria-current", "aria-invalid", "aria-pressed", "aria-selected",
  ];
  const kind = part => [
    part.localName, part.className.baseVal ?? part.className,
    ...states.map(state => part.getAttribute(state) ?? ""),
  ].join(" ");
  return [...new Set([...document.body.querySelectorAll("*:not(svg *, option)")]
    .filter(part => part.checkVisibility())
    .map(part => `${kind(part.parentElement)} > ${kind(part)}`))];
}"""
VIOLATIONS = """contrast => axe.run({
    resultTypes: ["violations"], preload: false, rules: {"color-contrast": {enabled: contrast}},
}).then(results => results.violations)"""


class StaticFiles(StaticFilesHandler):
    def serve(self, request):
        answer = super().serve(request)
        answer["Cache-Control"] = "max-age=3600"
        return answer


@pytest.fixture(scope="session")
def static_server():
    """The port of a server of the static files."""
    server = LiveServerThread("127.0.0.1", StaticFiles)
    server.start()
    server.is_ready.wait()
    if server.error:
        raise server.error
    yield server.port
    server.terminate()


@pytest.fixture(scope="session")
def chromium(static_server):
    """One Chromium a test process."""
    if program() is None:
        pytest.skip(f"Browser tests need Chromium: apt-get install {PROGRAMS[0]}")
    with pytest.MonkeyPatch.context() as patch, sync_playwright() as playwright:
        # From here on an event loop runs in this thread, beneath all tests of the process. Django
        # would now give each of Playwright's greenlets a connection of its own, in which the
        # test's rows are not yet committed.
        patch.setenv("DJANGO_ALLOW_ASYNC_UNSAFE", "true")
        patch.setattr(connections, "_connections", _of_this_thread())
        browser = launched(playwright.chromium, static_server)
        yield browser
        browser.close()
        connections.close_all()  # the storage is dropped, and its connections with it


def program():
    """The path of the browser, or None."""
    return next(filter(None, map(shutil.which, PROGRAMS)), None)


def launched(kind, static_server, *flags):
    """A browser of a `kind`, Playwright's `chromium`, that gets static files from a port."""
    rules = f"--host-resolver-rules=MAP localhost:80 127.0.0.1:{static_server}"
    return kind.launch(
        executable_path=program(),
        args=[*FLAGS, rules, *flags],
        env={**os.environ, "FONTCONFIG_FILE": str(FONTS / "fonts.conf")},
    )


def _of_this_thread():
    """The open connections, in a storage that separates threads but not greenlets."""
    storage = threading.local()
    for connection in connections.all(initialized_only=True):
        setattr(storage, connection.alias, connection)
    return storage


@pytest.fixture(scope="session")
def browser_pages(chromium):
    return Pages(chromium)


@pytest.fixture
def page_at(browser_pages):
    """Return `open(width, client=None, javascript=True)` → a page; errors of views fail tests."""
    opened, faults = [], []

    def open_page(width, client=None, *, javascript=True):
        page = browser_pages.take(javascript)
        opened.append(page)
        page.set_viewport_size({"width": width, "height": 800})
        if client is not None:
            answer_from(client, page, faults)
        return page

    yield open_page
    for page in opened:
        browser_pages.give_back(page)
    if faults:
        raise faults[0]


class Pages:
    """Pages of one browser, reused by later tests, because each new page is a new process."""

    def __init__(self, browser):
        self.browser, self.free = browser, {True: [], False: []}

    def take(self, javascript):
        free = self.free[javascript]
        page = free.pop() if free else self._new(javascript)
        page.set_default_timeout(10_000)
        page.loaded, page.complaints, page.known = [], [], {}
        return page

    def _new(self, javascript):
        context = self.browser.new_context(java_script_enabled=javascript, locale="id-ID")
        page = context.new_page()
        page.javascript, page.devtools = javascript, context.new_cdp_session(page)
        page.devtools.on("Fetch.requestPaused", lambda paused: page.answer(paused))
        page.on("pageerror", lambda error: page.complaints.append(str(error)))
        page.on("console", lambda line: line.type == "error" and page.complaints.append(line.text))
        return page

    def give_back(self, page):
        """Make the page as good as new: stop what runs in it and clear what it stored. What it
        still asks is not answered, because the rows of the test are gone."""
        page.answer = partial(_abort, page)
        _leave(page)
        page.devtools.send("Fetch.disable")
        page.devtools.send("Storage.clearDataForOrigin", {"origin": HOME, "storageTypes": "all"})
        page.context.clear_cookies()
        self.free[page.javascript].append(page)


def _leave(page):
    """Open an empty page. A form that is being sent at this moment takes its place, once."""
    try:
        page.goto("about:blank")
    except PlaywrightError:
        page.goto("about:blank")


def _abort(page, paused):
    failed = {"requestId": paused["requestId"], "errorReason": "Aborted"}
    page.devtools.send("Fetch.failRequest", failed)


_judged = set()
"""The kinds of elements that axe has checked in this process, with their colours."""


def assert_accessible(page):
    """Check that the page violates no axe rule. Colours are most of the work, so they are looked at
    only where the page shows a kind of element (with its parent and state) for the first time."""
    kinds = set(page.evaluate(VISIBLE_KINDS))
    if page.evaluate("typeof axe") == "undefined":  # remains until another document is opened
        page.evaluate(AXE_SCRIPT)
    violations = page.evaluate(VIOLATIONS, not kinds <= _judged)
    _judged.update(kinds)
    messages = [
        f"{rule['id']}: {rule['help']}\n  "
        + "\n  ".join(node["html"][:200] for node in rule["nodes"])
        for rule in violations
    ]
    assert not messages, "\n".join(messages)


def shows_another_kind(page):
    """Whether it shows a kind of element that axe has not checked in this process."""
    return not set(page.evaluate(VISIBLE_KINDS)) <= _judged


def assert_fits(page):
    """Check in every font that nothing scrolls sideways and that everything to press is as large as
    a thumb (44 px)."""
    misfits = page.evaluate(MISFITS, FONT_FAMILIES)
    assert not misfits, "\n".join(misfits)


def assert_tables_fit(page):
    """Check in every font that no table must be moved sideways in its frame, with the widths of its
    columns where one must."""
    wider = page.evaluate(WIDER, FONT_FAMILIES)
    assert not wider, "\n".join(wider)


def assert_quiet(page):
    """Check that no script failed and that the content security policy refused nothing."""
    assert page.complaints == []


def transfer_size(page):
    """The bytes that a browser without cache loads for a page answered by a client: HTML in gzip,
    as it is served, and the static files that it names in brotli, as they are stored.
    """
    named = {urlsplit(address).path for address in page.evaluate(RESOURCES)}
    static = [_as_stored(path) for path in named if path.startswith(settings.STATIC_URL)]
    return sum(static) + sum(len(gzip.compress(body, compresslevel=6)) for body in page.loaded)


@cache
def _as_stored(path):
    file = Path(finders.find(path.removeprefix(settings.STATIC_URL)))
    return len(brotli.compress(as_stored(path, file.read_bytes()), quality=11))


def answer_from(client, page, faults):
    """Have `client` answer the page's requests, through the browser's own protocol, because
    Playwright's `route` does not see where a redirect leads.
    """

    def answer(paused):
        if urlsplit(paused["request"]["url"]).path.startswith(settings.STATIC_URL):
            page.devtools.send("Fetch.continueRequest", {"requestId": paused["requestId"]})
            return
        try:
            status, headers, body = _respond(client, paused["request"], page.known)
        except Exception as fault:
            faults.append(fault)
            status, headers, body = 500, {}, b""
        if status == 200:
            # Kept here, because the browser drops what it received when it opens another page.
            page.loaded.append(body)
        page.devtools.send(
            "Fetch.fulfillRequest",
            {
                "requestId": paused["requestId"],
                "responseCode": status,
                "responseHeaders": [{"name": k, "value": v} for k, v in headers.items()],
                "body": b64encode(body).decode(),
            },
        )

    page.answer = answer
    asked = [{"urlPattern": f"{HOME}/*", "resourceType": kind} for kind in OF_THE_CLIENT]
    asked.append({"urlPattern": f"{HOME}/usulan/*.css", "resourceType": "Stylesheet"})  # of papers
    page.devtools.send("Fetch.enable", {"patterns": asked})


def open_known(page, url, answer):
    """Open the page that the client was given as `answer`, without asking for it again."""
    if page.evaluate(ASKS_AGAIN):
        page.goto("about:blank")
    page.loaded.clear()
    page.complaints.clear()
    page.known[url] = answer
    page.goto(HOME + url)


def _respond(client, request, known):
    address = urlsplit(request["url"])
    path = f"{address.path}?{address.query}" if address.query else address.path
    answer = known.pop(path, None) or _ask(client, request, path)
    body = b"".join(answer.streaming_content) if answer.streaming else answer.content
    return answer.status_code, dict(answer.items()), body


def _ask(client, request, path):
    sent = {name.lower(): value for name, value in request["headers"].items()}
    entries = request.get("postDataEntries", [])
    return client.generic(
        request["method"],
        path,
        b"".join(b64decode(entry.get("bytes", "")) for entry in entries),
        content_type=sent.get("content-type", ""),
        headers={name: sent[name] for name in sent if name.startswith("hx-") or name == "origin"}
        | {"host": urlsplit(HOME).netloc},
    )
