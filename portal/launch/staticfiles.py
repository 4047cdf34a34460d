"""Collects static files, which takes seconds to compress, only when one of them has changed."""

import hashlib

from django.conf import settings
from django.contrib.staticfiles.finders import get_finders
from django.core.management import call_command

UNUSED = [
    *("bootstrap*rtl*", "bootstrap-*", "bootstrap.css*", "js/bootstrap*"),
    *("htmx-2.js", "htmx-4*", "htmax-*"),
    *("jquery.js", "select2.full.js", "xregexp.js"),  # the settings take the small editions
]
"""Editions of other packages' files that no page takes: compressing them would take two thirds of
the time."""


def fingerprint() -> str:
    found = [settings.STORAGES["staticfiles"]["BACKEND"]]
    for finder in get_finders():
        for path, storage in finder.list([]):
            found.append(f"{path} {storage.size(path)} {storage.get_modified_time(path)}")
    return hashlib.sha256("\n".join(found).encode()).hexdigest()


def collect() -> bool:
    """Collect into STATIC_ROOT; return False when it already holds exactly these files."""
    stamp, current = settings.STATIC_ROOT / ".collected", fingerprint()
    if stamp.exists() and stamp.read_text() == current:
        return False
    call_command(
        "collectstatic", interactive=False, clear=True, verbosity=0, ignore_patterns=UNUSED
    )
    stamp.write_text(current)
    return True
