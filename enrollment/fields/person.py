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

FIELDS: tuple[Field, ...] = (
    Field(
        "nik", "NIK", "NIK",
        "nik|ktp|induk kependudukan|induk penduduk|tanda penduduk|identitas|national id|id no",
        "id diri kartu tanda elektronik kependudukan",
        longest=16, need=Need.MUST, keyboard="numeric", mask=Mask.NUMBER,
        compared=False, personal=False,
        input=Input("16 angka, seperti pada KTP atau KK.", longest=255),
        template=TemplateColumn(20, "16 angka seperti pada KTP atau KK.", "3503075708750001"),
    ),
    Field(
        "kk", "Nomor KK", "No KK",
        "kk|kartu keluarga|family card",
        "kartu keluarga",
        longest=32, keyboard="numeric", mask=Mask.NUMBER, claimed=True,
        input=Input("16 angka, di bagian atas Kartu Keluarga.", longest=255),
        template=TemplateColumn(20, "16 angka nomor Kartu Keluarga.", "3503071203100002"),
    ),
    Field(
        "name", "Nama", "Nama",
        "nama",
        "lengkap ktp",
        longest=150, need=Need.MUST, claimed=True, personal=False,
        input=Input("Seperti pada KTP.", label="Nama lengkap"),
        template=TemplateColumn(28, "Nama lengkap seperti pada KTP.", "SITI CONTOH"),
    ),
    Field(
        "birth_place", "Tempat lahir", "Tempat Lahir",
        "tempat lahir|kota lahir|kabupaten lahir|lahir di",
        "kota kabupaten",
        longest=100, claimed=True,
        input=Input(),
        template=TemplateColumn(18, "Kota atau kabupaten tempat lahir.", "Surabaya"),
    ),
    Field(
        "birth_date", "Tanggal lahir", "Tanggal Lahir",
        "tgl lahir|dob",
        "hari bln thn",
        kind=Kind.DATE, need=Need.LATER, mask=Mask.DATE, claimed=True,
        input=Input("Hari-bulan-tahun, misalnya 17-08-1975."),
        template=TemplateColumn(15, "Hari-bulan-tahun.", "17-08-1975"),
    ),
    Field(
        "sex", "Jenis kelamin", "Jenis Kelamin",
        "kelamin|jk|sex|gender|l p|laki perempuan|jenis kel",
        "jenis l p",
        longest=1, need=Need.LATER, claimed=True,
        input=Input(longest=255),
        template=TemplateColumn(
            10, "L untuk laki-laki, P untuk perempuan. Pilih dari daftar.", "P",
            "Isi L untuk laki-laki atau P untuk perempuan.",
        ),
    ),
    Field(
        "address", "Alamat", "Alamat",
        "alamat|domisili|tempat tinggal|dusun rt|jalan|jl",
        "dusun nama jalan jl rumah tinggal tempat domisili ktp rt rw kk gang blok",
        longest=255, need=Need.LATER, claimed=True,
        input=Input("Jalan atau nama tempat."),
        template=TemplateColumn(
            30, "Nama jalan dan nomor, atau letak rumahnya.", "Jl. Merdeka No. 12"
        ),
    ),
    Field(
        "rt", "RT", "RT",
        "rt",
        "tinggal di",
        alone=True,
        longest=10, need=Need.LATER, keyboard="numeric", claimed=True, personal=False,
        input=Input(half=True),
        template=TemplateColumn(7, "Angka RT.", "003"),
    ),
    Field(
        "rw", "RW", "RW",
        "rw",
        "tinggal di",
        alone=True,
        longest=10, keyboard="numeric", claimed=True, personal=False,
        input=Input(half=True),
        template=TemplateColumn(7, "Angka RW.", "001"),
    ),
    Field(
        "hamlet", "Dusun", "Dusun",
        "dusun",
        "nama kampung domisili tempat tinggal di",
        longest=100, claimed=True, personal=False,
        input=Input(label="Dusun atau lingkungan"),
        template=TemplateColumn(18, "Nama bagian wilayah tempat tinggalnya.", "Krajan"),
    ),
    Field(
        "occupation", "Pekerjaan", "Pekerjaan",
        "pekerjaan|mata pencaharian|jenis usaha|jenis pekerja|bidang usaha",
        "jenis bidang nama usaha sektor id pekerja kategori",
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
        "penghasilan|upah|gaji",
        "rata jumlah bln rp pokok sebulan perbulan monthly",
        kind=Kind.RUPIAH, keyboard="numeric",
        input=Input(
            "Perkiraan, misalnya 1.500.000.", label="Penghasilan sebulan", longest=40,
            unreadable="Tulis satu jumlah dalam rupiah, misalnya 1.500.000.",
        ),
        template=TemplateColumn(16, "Rupiah sebulan, kira-kira.", "1250000"),
    ),
    Field(
        "workplace", "Tempat bekerja", "Tempat Bekerja",
        "tempat bekerja|tempat pekerjaan|lokasi bekerja|lokasi pekerjaan",
        "nama alamat",
        longest=150,
        input=Input("Misalnya sawah Dukuh Krajan, pasar, berkeliling."),
        template=TemplateColumn(24, "Di mana ia bekerja.", "Sawah Dukuh Krajan"),
    ),
    Field(
        "work", "Yang dikerjakan", "Uraian Pekerjaan",
        "dikerjakan|uraian pekerjaan|rincian pekerjaan|uraian kegiatan",
        "sehari hari",
        longest=200,
        input=Input("Dengan kata-kata sendiri, misalnya menanam padi dan mencari rumput."),
        template=TemplateColumn(28, "Dengan kata-kata sendiri.", "Menanam padi, mencari rumput"),
    ),
    Field(
        "work_said_by", "Dinyatakan oleh", "Dinyatakan Oleh",
        "dinyatakan oleh|pernyataan oleh",
        "nama",
        longest=150,
        input=Input("Siapa yang menyatakan orang ini masih bekerja, misalnya nama kepala dusun."),
        template=TemplateColumn(
            22, "Siapa yang menyatakan orang ini masih bekerja.", "Sunarto, kepala dusun"
        ),
    ),
    Field(
        "work_said_on", "Tanggal dinyatakan", "Tanggal Dinyatakan",
        "tgl dinyatakan|tgl pernyataan|dinyatakan pada",
        "thn bln",
        alone=True,
        kind=Kind.DATE,
        input=Input(
            "Hari-bulan-tahun.", longest=40,
            unreadable="Tulis hari-bulan-tahun, sesudah lahirnya dan tidak lewat hari ini.",
        ),
        template=TemplateColumn(16, "Hari-bulan-tahun.", "17-08-2026"),
    ),
    Field(
        "phone", "Nomor HP", "No HP",
        "hp|kontak",
        "aktif",
        alone=True,
        longest=32, keyboard="tel", mask=Mask.NUMBER, claimed=True,
        input=Input("Misalnya 081234567890."),
        template=TemplateColumn(17, "Nomor HP atau WA, diawali 0.", "081200000012"),
    ),
    Field(
        "mother_name", "Nama ibu kandung", "Nama Ibu Kandung",
        "ibu",
        "nama kandung gadis lengkap maiden orang ortu",
        alone=True,
        longest=150, need=Need.LATER, mask=Mask.NAME, claimed=True,
        input=Input("Seperti pada KK."),
        template=TemplateColumn(26, "Nama ibu kandung seperti pada KK.", "AMINAH CONTOH"),
    ),
    Field(
        "source", "Sumber data", "Sumber Data",
        "sumber|asal data|basis data|registri|terdata di|terdaftar di|data dari",
        "data pendataan",
        alone=True,
        longest=60, kept=False, personal=False,
        input=Input("Misalnya DTSEN 2026-III."),
        template=TemplateColumn(16, "Dari daftar mana orang ini diketahui.", "DTSEN 2025"),
    ),
    Field(
        "decile", "Desil", "Desil",
        "desil",
        "kesejahteraan nasional dtsen keluarga p3ke dtks kelompok",
        kind=Kind.NUMBER, keyboard="numeric", kept=False, personal=False,
        input=Input("1 sampai 10.", longest=10, unreadable="Tulis angka 1 sampai 10."),
    ),
    Field(
        "status", "Status", "Status",
        "status|keberadaan|kondisi",
        "kode penduduk hidup dasar kependudukan warga keberadaan keadaan kondisi aktif terkini "
        "terakhir anggota keluarga",
        alone=True,
        longest=80, kept=False, personal=False,
    ),
    Field(
        "position", "Jabatan (RT/RW)", "Jabatan",
        "jabatan|kedudukan",
        "nama rt rw di ketua desa dusun",
        alone=True,
        longest=100, staged_name="position_held",
        input=Input("Bila menjabat, misalnya Ketua RT 03.", label="Jabatan di RT/RW"),
    ),
    Field(
        "term_start", "Mulai menjabat", "Mulai Menjabat",
        "mulai jabatan|mulai menjabat|awal jabatan|awal menjabat|tmt|tgl pengangkatan"
        "|tgl diangkat|term mulai|mulai bakti|awal bakti",
        "tgl thn masa jabatan menjabat",
        alone=True,
        kind=Kind.DATE,
        input=Input(
            "Hari-bulan-tahun.", longest=40,
            unreadable="Tulis hari-bulan-tahun, misalnya 01-02-2024.",
        ),
    ),
    Field(
        "term_end", "Akhir menjabat", "Akhir Menjabat",
        "belakang jabatan|belakang menjabat|selesai jabatan|selesai menjabat|berakhir jabatan"
        "|berakhir menjabat|tgl berhenti|sampai|bakti sd|jabatan sd|belakang bakti|selesai bakti",
        "tgl thn masa jabatan menjabat bakti",
        alone=True,
        kind=Kind.DATE,
        input=Input(
            "Hari-bulan-tahun.", longest=40,
            unreadable="Tulis hari-bulan-tahun, misalnya 31-01-2029.",
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
        more="Jabatan RT/RW dan sumber data",
        folded=("position", "term_start", "term_end", "source", "decile"),
    ),
    Section(
        "masih", "Masih bekerja", ("workplace", "work"),
        more="Orang lain yang menyatakannya", folded=("work_said_by", "work_said_on"),
    ),
)  # fmt: skip
"""The form: which fields belong together, and in which order."""
FORM_ORDER: tuple[str, ...] = tuple(
    name for section in SECTIONS for name in (*section.fields, *section.folded)
)
