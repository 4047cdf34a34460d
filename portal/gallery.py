"""/rancangan/: every part in each state, on invented data. Only where DEBUG or the tests are on."""

from datetime import UTC, datetime
from types import SimpleNamespace as Thing

from django import forms
from django.contrib.auth.decorators import login_not_required
from django.core.paginator import Paginator
from django.shortcuts import render

from enrollment.numbers import RupiahField
from enrollment.paging import FILE, PRINT, Listed
from enrollment.programmes.models import PremiumSubsidy
from enrollment.standing import Standing


class Entry(forms.Form):
    """One field of each kind."""

    nik = forms.CharField(label="NIK", help_text="16 angka, seperti pada KTP.", max_length=16)
    name = forms.CharField(label="Nama lengkap")
    sex = forms.ChoiceField(
        label="Jenis kelamin",
        choices=[("L", "Laki-laki"), ("P", "Perempuan")],
        widget=forms.RadioSelect,
    )
    occupation = forms.ChoiceField(
        label="Pekerjaan", choices=[("", "Pilih…"), ("1", "Petani"), ("2", "Buruh tani")]
    )
    budget = RupiahField(label="Pagu anggaran", help_text="Misalnya 2.016.000.000.")
    address = forms.CharField(label="Alamat", widget=forms.Textarea(attrs={"rows": 2}))
    sheet = forms.FileField(
        label="Berkas daftar",
        help_text="Excel, ODS, atau CSV. Paling besar 64 MB.",
        required=False,
    )
    agreed = forms.BooleanField(label="Yang bersangkutan setuju datanya dipakai untuk perlindungan")


class Search(forms.Form):
    q = forms.CharField(label="Cari nama", required=False)
    status = forms.ChoiceField(
        label="Status", required=False, choices=[("", "Semua"), ("1", "Perlu dilengkapi")]
    )
    hamlet = forms.CharField(label="Dusun", required=False)


STANDINGS = [
    Standing("plain", "Draf", "Belum diajukan"),
    Standing("moving", "Diajukan", "Menunggu verifikasi Dinas"),
    Standing("attention", "Dikembalikan", "Lengkapi lalu ajukan lagi"),
    Standing("good", "Disetujui", "Menunggu SK Bupati"),
    Standing("refused", "Ditolak", "Sudah peserta aktif"),
    Standing("plain", "Ditutup", mark="lock"),
]
PEOPLE = [
    Thing(number=number, name=name, nik=nik, work=work, apart=apart, standing=standing)
    for number, (name, nik, work, apart, standing) in enumerate([
        ("SITI AMINAH", "350315**********", "Petani", "RT 001, lahir 1975", STANDINGS[3]),
        ("BAMBANG SUPRIYANTO", "350315**********", "Buruh tani", "RT 002, lahir 1968",
         STANDINGS[2]),
        ("NI LUH PUTU AYU WIDYASTUTI KUSUMANINGRUM", "350315**********", "Pedagang kecil",
         "RT 001, lahir 1981", STANDINGS[1]),
        ("JOKO", "350315**********", "Nelayan", "RT 001, lahir 1990", STANDINGS[4]),
        ("MARYAM", "350315**********", "Guru ngaji", "RT 001, lahir 1959", STANDINGS[0]),
    ], start=1)
]  # fmt: skip
DISTRICTS = [
    Thing(name="Watulimo", people=12, cost=2_419_200),
    Thing(name="Munjungan", people=7, cost=1_411_200),
]
FINDINGS = [
    Thing(severity="error", row=12, url="#",
          message="NIK ini rusak oleh Excel, ketik ulang sebagai teks."),
    Thing(severity="gap", row=15, url="#", message="Nama ibu kandung belum diisi."),
    Thing(severity="warning", row=None, url="",
          message="Tanggal lahir berbeda dari NIK. Dinas memeriksanya."),
]  # fmt: skip
MOMENTS = [
    Thing(when=datetime(2026, 11, 20, 7, 5, tzinfo=UTC), what="Daftar dikembalikan",
          who="Rina Wulandari, verifikator Dinas", why="Dua orang belum ada nama ibu kandung"),
    Thing(when=datetime(2026, 11, 18, 2, 30, tzinfo=UTC), what="Daftar diajukan",
          who="Sutrisno, kepala desa"),
]  # fmt: skip
BARS = [
    ("Kec. Watulimo", 12, "#", 12),
    ("Kec. Munjungan", 7, "#", 11),
    ("Kec. Panggul", 3, "#", 17),
    ("Kec. Dongko", 0, "", 10),
]
COMPARED = [
    ("Nama", "SITI AMINAH", "SITI AMINAH", False),
    ("Tanggal lahir", "17 Agustus 1975", "7 Agustus 1975", True),
    ("Alamat", "Dusun Krajan RT 02 RW 01", "", True),
]


def _frame():
    labels = [
        ("Beranda", "house"), ("Pekerja", "users"), ("Usulan", "list-checks"),
        ("Impor", "file-up"), ("Program", "hand-coins"), ("Keputusan", "stamp"),
    ]  # fmt: skip
    items = [
        {"label": label, "icon": icon, "url": "#", "here": label == "Beranda"}
        for label, icon in labels
    ]
    offices = [
        (Thing(public_id="1"), "Kepala desa Sumberejo", True),
        (Thing(public_id="2"), "Operator desa Sumberejo", False),
    ]
    return {
        "user": "Sutrisno", "office": offices[0][0], "acting_as": offices[0][1],
        "offices": offices, "place": "Kabupaten Trenggalek", "items": items,
        "first": items[:4], "more": items[4:], "here_in_more": False,
    }  # fmt: skip


PROGRAMME = PremiumSubsidy(months=12, prices={"": [16_800] * 12})


@login_not_required
def gallery(request):
    """Show every part; a POST shows the form as it looks when refused."""
    form = Entry(request.POST if request.method == "POST" else None)
    page = Listed(Paginator(range(1, 248), 50).page(2), offers=(FILE, PRINT))
    return render(
        request,
        "gallery.html",
        {
            "nav": _frame(), "form": form, "search": Search({"q": "", "status": "1"}),
            "page": page, "people": PEOPLE, "programme": PROGRAMME, "standings": STANDINGS,
            "districts": DISTRICTS,
            "findings": FINDINGS, "moments": MOMENTS,
            "bars_rows": BARS, "compared": COMPARED,
        },
    )  # fmt: skip
