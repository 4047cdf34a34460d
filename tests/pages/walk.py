"""The addresses of the portal with the rows of `populated`, and which of their pages to look at."""

import re

from django.urls import reverse

from tests.access.addresses import DECLARED
from tests.access.forms import led_back

ALSO = {
    "worker_list": ["?kelengkapan=belum", "?q=tidak-ada"],
    "import_rows": ["?keadaan=error"],
    "proposal_detail": ["?status=semua", "?status=returned"],
    "programme_people": [
        "?status=semua",
        "?status=approved",
        "?status=decreed",
        "?status=gone",
        "?status=gone_named",
    ],
    "duplicate_list": ["?sudah=1"],
    "change_list": ["?apa=akun"],
}
"""Addresses that show something else with a filter."""
NO_PAGE = ""
"""Added to the kinds of elements seen at an address that takes forms only or gives a file."""
UNFOLD = """() => [...document.querySelectorAll("details:not([data-menu])")]
    .map(part => { part.open = true }).length"""
"""Returns how many parts of the page can be unfolded."""
FOLD = UNFOLD.replace("true", "false")


def pages(client, urls, seen, opened=None):
    """Yield (name, url, answer) of each page that the client's person may open and that is not in
    `seen`; `opened` receives (name, url) of every page that the person may open."""
    for name, url in urls:
        if (name, NO_PAGE) in seen:
            continue
        answer = client.get(url)
        if led_back(answer) or answer.streaming:  # forms or a file, whoever asks for it
            seen.add((name, NO_PAGE))
        if not _is_page(answer):
            continue
        if opened is not None:
            opened.append((name, url))
        kinds = {(name, kind) for kind in outline_of(answer.content.decode())}
        if not kinds <= seen:
            seen |= kinds
            yield name, url, answer


def _is_page(answer):
    return answer.status_code == 200 and not answer.streaming and b"<html" in answer.content


def addresses(sets, of=lambda name: True):
    """(name, url) of each address whose name `of` accepts, for each of the sets of rows."""
    for name, address in DECLARED.items():
        if address.ends_session or not of(name):
            continue
        for url in sorted(urls_of(name, address, sets)):
            yield from ((name, url + query) for query in ["", *ALSO.get(name, [])])


def urls_of(name, address, sets):
    if address.of is None:
        return {reverse(name, kwargs=address.fixed)}
    urls = set()
    for rows in sets:
        try:
            urls.add(reverse(name, kwargs=address.of(rows)))
        except AttributeError:  # this set has nothing for this address
            continue
    return urls


def outline_of(html):
    """The kinds of elements on a page, ignoring their number and words; tones and icons are checked
    in the gallery."""
    plain = re.sub(r"<svg.*?</svg>| tone-\w+", "", html, flags=re.S)
    return set(re.findall(r'<(\w+(?: class="[^"]*")?)', plain))
