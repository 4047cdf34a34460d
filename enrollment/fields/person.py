"""The fields of a person: the one list from which all others follow.

Reading sheets, staging, comparing and saving rows, the form and the pages all follow this table.
The models and `rules.Checked` are written out; tests/fields/ checks that they agree with it.
CONTRIBUTING.md says how to add a field.
"""

from __future__ import annotations

from enrollment.fields.definitions import (
    Field,
    Input,
    Kind,
    Mask,
    Need,
    Section,
    TemplateColumn,
)
from enrollment.fields.wording import NIK, OWN

FIELDS: tuple[Field, ...] = (
    Field(
        "nik", "NIK", "NIK",
        rf"(?:no )?{NIK}(?: (?:no )?{NIK})*{OWN}"
        r"|national id(?: no)?|(?:id|identity)(?: card)? no",
        longest=16, need=Need.MUST, keyboard="numeric", mask=Mask.NUMBER,
        compared=False, personal=False,
        input=Input("16 angka, seperti pada KTP atau KK.", longest=255),
        template=TemplateColumn(20, "16 angka seperti pada KTP atau KK.", "3503075708750001"),
    ),
    Field(
        "kk", "Nomor KK", "No KK",
        r"(?:no )?(?:(?:n ?)?kk|kartu keluarga|kk kartu keluarga|kartu keluarga kk)"
        r"|nokk|family card(?: no)?",
        longest=32, keyboard="numeric", mask=Mask.NUMBER, claimed=True,
        input=Input("16 angka, di bagian atas Kartu Keluarga.", longest=255),
        template=TemplateColumn(20, "16 angka nomor Kartu Keluarga.", "3503071203100002"),
    ),
    Field(
        "name", "Nama", "Nama",
        rf"(?:full )?nama{OWN}|nama ?lengkap{OWN}"
        rf"|nama{OWN} sesuai (?:ktp|kk)(?: (?:ktp|kk|dan))*",
        longest=150, need=Need.MUST, claimed=True, personal=False,
        input=Input("Seperti pada KTP.", label="Nama lengkap"),
        template=TemplateColumn(28, "Nama lengkap seperti pada KTP.", "SITI CONTOH"),
    ),
    Field(
        "birth_place", "Tempat lahir", "Tempat Lahir",
        r"(?:tempat|kota|kabupaten) ?lahir|birth ?place|place of birth",
        longest=100, claimed=True,
        input=Input(),
        template=TemplateColumn(18, "Kota atau kabupaten tempat lahir.", "Surabaya"),
    ),
    Field(
        "birth_date", "Tanggal lahir", "Tanggal Lahir",
        r"(?:hari )?(?:tgl|tanggal)(?: bln| bulan)?(?: thn| tahun)? ?lahir|lahir tgl"
        r"|date of birth|dob|birth ?date",
        kind=Kind.DATE, need=Need.LATER, mask=Mask.DATE, claimed=True,
        input=Input("Hari-bulan-tahun, misalnya 17-08-1975."),
        template=TemplateColumn(15, "Hari-bulan-tahun.", "17-08-1975"),
    ),
    Field(
        "sex", "Jenis kelamin", "Jenis Kelamin",
        r"(?:jenis )?kelamin(?: l p| lk pr)?|jenis kel|jenkel|j ?k(?: l p)?|l p|lk pr|p l|sex"
        r"|gender|laki laki perempuan",
        longest=1, need=Need.LATER, claimed=True,
        input=Input(longest=255),
        template=TemplateColumn(
            10, "L untuk laki-laki, P untuk perempuan. Pilih dari daftar.", "P",
            "Isi L untuk laki-laki atau P untuk perempuan.",
        ),
    ),
    Field(
        "address", "Alamat", "Alamat",
        r"(?:dusun )?alamat(?: (?:dusun|jalan|rumah|tinggal|tempat|domisili|jl|sesuai|ktp))*"
        + OWN
        + r"|tempat tinggal|domisili|address",
        longest=255, need=Need.LATER, claimed=True,
        input=Input("Jalan atau nama tempat."),
        template=TemplateColumn(
            30, "Nama jalan dan nomor, atau letak rumahnya.", "Jl. Merdeka No. 12"
        ),
    ),
    Field(
        "rt", "RT", "RT", r"(?:no )?r ?t",
        longest=10, need=Need.LATER, keyboard="numeric", claimed=True, personal=False,
        input=Input(half=True),
        template=TemplateColumn(7, "Angka RT.", "003"),
    ),
    Field(
        "rw", "RW", "RW", r"(?:no )?r ?w",
        longest=10, keyboard="numeric", claimed=True, personal=False,
        input=Input(half=True),
        template=TemplateColumn(7, "Angka RW.", "001"),
    ),
    Field(
        "hamlet", "Dusun", "Dusun", r"(?:nama )?dusun(?: dusun)*|(?:nama )?dusun kampung",
        longest=100, claimed=True, personal=False,
        input=Input(label="Dusun atau lingkungan"),
        template=TemplateColumn(18, "Nama bagian wilayah tempat tinggalnya.", "Krajan"),
    ),
    Field(
        "occupation", "Pekerjaan", "Pekerjaan",
        rf"(?:jenis |bidang |nama )?pekerjaan(?: pekerjaan)*(?: id)?{OWN}"
        r"|mata pencaharian|jenis usaha",
        longest=100, need=Need.LATER, column_name="occupation_text", claimed=True,
        input=Input("Pilih dari daftar yang muncul, atau tulis sendiri."),
        template=TemplateColumn(
            24, "Pilih dari daftar. Tidak ada yang cocok? Ketik sendiri.", "Petani",
            "Pekerjaan ini tidak ada di daftar pilihan. Pilih yang paling dekat, atau tetap pakai "
            "yang Anda ketik: Dinas yang mencocokkannya.",
        ),
    ),
    Field(
        "income", "Penghasilan sebulan (rupiah)", "Penghasilan",
        r"(?:rata rata |jumlah )?(?:penghasilan|pendapatan|upah|gaji|income)"
        r"(?: (?:rata|per|bulan|bln|perbulan|rp|pokok|sebulan|monthly))*",
        kind=Kind.RUPIAH, keyboard="numeric",
        input=Input(
            "Perkiraan, misalnya 1500000.", label="Penghasilan sebulan", longest=40,
            unreadable="Tulis satu jumlah dalam rupiah, misalnya 1500000.",
        ),
        template=TemplateColumn(16, "Rupiah sebulan, kira-kira.", "1250000"),
    ),
    Field(
        "phone", "Nomor HP", "No HP",
        r"(?:no )?hp(?: (?:no|hp))*(?: (?:aktif|contact))?|contact(?: no)?",
        longest=32, keyboard="tel", mask=Mask.NUMBER, claimed=True,
        input=Input("Misalnya 081234567890."),
        template=TemplateColumn(17, "Nomor HP atau WA, diawali 0.", "081200000012"),
    ),
    Field(
        "mother_name", "Nama ibu kandung", "Nama Ibu Kandung",
        r"(?:nama )?(?:lengkap )?(?:gadis )?ibu(?: s)?(?: kandung)?(?: maiden)?(?: nama)?",
        longest=150, need=Need.LATER, mask=Mask.NAME, claimed=True,
        input=Input("Seperti pada KK."),
        template=TemplateColumn(26, "Nama ibu kandung seperti pada KK.", "AMINAH CONTOH"),
    ),
    Field(
        "source", "Sumber data", "Sumber Data",
        r"(?:sumber|asal)(?: data)?|data source|source|registri",
        longest=60, kept=False, personal=False,
        input=Input("Misalnya DTSEN 2026-III."),
        template=TemplateColumn(16, "Dari daftar mana orang ini diketahui.", "DTSEN 2025"),
    ),
    Field(
        "decile", "Desil", "Desil",
        r"desil(?: (?:kesejahteraan|nasional|dtsen|keluarga|p3ke|dtks))*|decile",
        kind=Kind.NUMBER, keyboard="numeric", kept=False, personal=False,
        input=Input("1 sampai 10.", longest=10, unreadable="Tulis angka 1 sampai 10."),
    ),
    Field(
        "status", "Status", "Status",
        r"status(?: (?:penduduk|hidup|dasar|kependudukan|warga|keberadaan))?|status_dasar",
        longest=80, kept=False, personal=False,
    ),
    Field(
        "position", "Jabatan (RT/RW)", "Jabatan",
        r"(?:nama )?jabatan(?: (?:rt|rw|sebagai|di))*|kedudukan|position",
        longest=100, staged_name="position_held",
        input=Input("Bila menjabat, misalnya Ketua RT 03.", label="Jabatan di RT/RW"),
    ),
    Field(
        "term_start", "Mulai menjabat", "Mulai Menjabat",
        r"(?:tgl |tahun )?(?:mulai|awal)(?: tgl)?(?: masa)? (?:menjabat|jabatan|bakti)"
        r"|tmt(?: jabatan)?|tgl (?:pengangkatan|diangkat)|term start",
        kind=Kind.DATE,
        input=Input(
            "Hari-bulan-tahun.", longest=40,
            unreadable="Tulis hari-bulan-tahun, misalnya 01-02-2024.",
        ),
    ),
)  # fmt: skip
"""In the usual order of lists."""

FIELD: dict[str, Field] = {field.name: field for field in FIELDS}
KEPT: tuple[Field, ...] = tuple(field for field in FIELDS if field.kept)
COMPARED: tuple[Field, ...] = tuple(field for field in KEPT if field.compared)
CLAIMED: tuple[Field, ...] = tuple(field for field in KEPT if field.claimed)

SECTIONS: tuple[Section, ...] = (
    Section(
        "diri", "Orangnya",
        ("nik", "name", "birth_place", "birth_date", "sex", "mother_name", "kk"),
    ),
    Section("tempat", "Tempat tinggal", ("address", "hamlet", "rt", "rw", "phone")),
    Section(
        "kerja", "Pekerjaan", ("occupation", "income"),
        more="Jabatan RT/RW dan sumber data", folded=("position", "term_start", "source", "decile"),
    ),
)  # fmt: skip
"""The form: which fields belong together, and in which order."""
FORM_ORDER: tuple[str, ...] = tuple(
    name for section in SECTIONS for name in (*section.fields, *section.folded)
)
