"""The menu: one line per room, in the order of the work. A role sees only what it may open.
The settings have a list of their own."""

from typing import NamedTuple

from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

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
    Entry("Orang keluar", "user-minus", "leaving_list", "leaving.view"),
    Entry("Data ganda", "copy", "duplicate_list", "duplicate.view"),
    Entry("Periksa NIK", "shield-check", "recheck_list", "recheck.view"),
    Entry("Catatan akses", "eye", "disclosure_list", "disclosure.view"),
    Entry("Catatan perubahan", "history", "change_list", "history.view"),
    Entry("Pengaturan", "settings", "settings", "settings.change"),
    Entry("Bantuan", "circle-question-mark", "guide_list"),
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


class Setting(NamedTuple):
    label: str
    note: str
    url_name: str
    icon: str


SETTINGS = [
    Setting("Akun dan jabatan", "Siapa boleh masuk, dan sebagai apa", "account_list", "users"),
    Setting("Wilayah", "Nama wilayah, dan siapa kepalanya", "area_list", "map-pin"),
    Setting("OPD pengusul", "Dinas lain yang mengusulkan orang", "agency_list", "building-2"),
    Setting(
        "Jabatan rangkap",
        "Dua peran yang tidak boleh dipegang satu orang",
        "role_pairs",
        "users-round",
    ),
    Setting("Profil kabupaten", "Sebutan, penanda tangan, Dinas", "profile_edit", "landmark"),
    Setting("Penandatangan", "Siapa menandatangani keputusan", "signatory_list", "pen-line"),
    Setting(
        "Susunan lampiran", "Kolom, jumlah, dan kata-kata lampiran", "annex_arrangement", "table"
    ),
    Setting(
        "Surat keputusan", "Templat Word surat keputusan bupati", "letter_template", "file-text"
    ),
    Setting("Kuota wilayah", "Unduh dan unggah kuota", "quota_upload", "chart-column"),
    Setting("Batas pemakaian", "Berapa NIK boleh diperiksa sehari", "limit_edit", "gauge"),
    Setting(
        "Pertanyaan sakit",
        "Yang ditanyakan tentang orang yang didaftarkan",
        "illness_question",
        "heart-pulse",
    ),
    Setting("Masa beku", "Kapan langkah berhenti sementara", "freezes", "pause"),
    Setting("Jenjang persetujuan", "Berapa penyetuju menurut pagu", "approval_bands", "stamp"),
    Setting("Alasan", "Yang sering dipakai saat memeriksa", "reason_list", "message-square"),
    Setting("Surat bayar sendiri", "Bila bantuan berakhir tanpa lanjutan", "self_pay_text", "mail"),
    Setting("Tarif", "Iuran menurut peraturan, berlaku nasional", "tariff_list", "hand-coins"),
    Setting("Keringanan iuran", "Potongan untuk sementara", "discount_list", "percent"),
    Setting("Sumber dana", "Dari mana uang program dapat datang", "fund_list", "wallet"),
    Setting("Sektor", "Pekerjaan yang iurannya diatur bersama", "sector_list", "layers"),
    Setting("Pekerjaan", "Daftar pekerjaan dan ejaannya", "occupation_list", "hammer"),
    Setting("Lama penyimpanan", "Kapan data lama dihapus", "retention_list", "archive"),
]
"""The pages of /pengaturan/, in the order of how often they are needed."""


@require_safe
def settings_page(request):
    """What can be set, for the admin of a regency and for the platform."""
    access.require_or_platform(request, "settings.change")
    return render(request, "settings/index.html", {"settings": SETTINGS})
