"""The menu: one line per room, in the order of the work. A role sees only what it may open."""

from typing import NamedTuple

from django.urls import reverse

from villages import access


class Entry(NamedTuple):
    label: str
    icon: str
    url_name: str
    verb: str = ""
    """A key of `villages.permissions.MAY`; empty for everybody who is logged in."""


MENU = [
    Entry("Beranda", "house", "home"),
    Entry("Pekerja", "users", "worker_list", "worker.view"),
    Entry("Usulan", "list-checks", "proposal_list", "proposal.view"),
    Entry("Impor", "file-up", "import_list", "import.view"),
    Entry("Program", "hand-coins", "programme_list", "programme.view"),
    Entry("Keputusan", "stamp", "decree_list", "decree.view"),
    Entry("Data ganda", "copy", "duplicate_list", "duplicate.view"),
    Entry("Periksa NIK", "shield-check", "recheck_list", "recheck.view"),
    Entry("Catatan akses", "eye", "disclosure_list", "disclosure.view"),
    Entry("Catatan perubahan", "history", "change_list", "history.view"),
    Entry("Pengaturan", "settings", "admin:index", "admin_site"),
]
ON_A_PHONE = 4
"""Entries in the bar at the foot of a phone; the rest are behind "Lainnya"."""


def menu(office, path):
    """Return the entries that `office` may open as dicts: label, icon, url, here."""
    entries = []
    for entry in MENU:
        if not entry.verb or access.allowed(office, entry.verb):
            url = reverse(entry.url_name)
            here = path == url if url == "/" else path.startswith(url)
            entries.append({"label": entry.label, "icon": entry.icon, "url": url, "here": here})
    return entries


def split(entries):
    """Divide the entries for a phone: those in the bar, and those behind "Lainnya"."""
    if len(entries) <= ON_A_PHONE + 1:
        return entries, []
    return entries[:ON_A_PHONE], entries[ON_A_PHONE:]
