"""Headings as offices write them: a grammar of words, qualifiers, styles and slips of the hand.

Nothing here is taken from the reader's own lists of words: the grammar has to be wider than they
are (`tests/imports/test_grammar.py`).
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from random import Random

from bench.meaning.notation import expand

RULES: Mapping[str, str] = {
    "no": "Nomor|No|No.|Nomer|Nmr.",
    "name": "Nama|Nm.",
    "person": "Peserta|Calon Peserta|Penerima|Pekerja|Pekerja Rentan|Warga|Penduduk|Tenaga Kerja"
    "|Anggota|Pemohon|Pendaftar|Responden|Penerima Manfaat|Calon Penerima|Individu"
    "|Penerima Bantuan Iuran",
    "relative": "yang Diusulkan|yang Didaftarkan|yang Bersangkutan|Ybs|Ybs.|yg didaftarkan"
    "|yang akan Diikutkan",
    "own": "[person]|[relative]|[person] [relative]|[person] BPJS",
    "as_on": "sesuai KTP|(sesuai KTP)|sesuai KK|di KTP|pada KTP|menurut KTP|berdasarkan KTP"
    "|sesuai e-KTP|sesuai identitas|(lihat KTP)|sesuai KTP/KK|- sesuai KTP",
    "birth": "Lahir|Lhr|Kelahiran",
    "day": "Tanggal|Tgl|Tgl.|Tgl/Bln/Thn|Tanggal, Bulan, Tahun|Tgl Bln Thn|Hari/Tgl",
    "place": "Tempat|Tmpt.|Tmp|Kota|Kab/Kota|Tpt",
    "digits": "(16 digit)|(16 angka)|16 Digit|- 16 angka|(harus 16 digit)|<16 digit>",
    "letters": "(L/P)|(Lk/Pr)|L/P|(L / P)|(L=Laki-laki, P=Perempuan)|L atau P",
    "order": "(dd/mm/yyyy)|(hh-bb-tttt)|(tgl-bln-thn)|DD-MM-YYYY|(contoh 17-08-1975)|(tgl/bln/thn)",
    "phone": "HP|Hp|Handphone|HP/WA|WA|WhatsApp|Telepon|Telp.|Telp/HP|Tlp|Ponsel|Seluler|Kontak"
    "|Telepon Seluler|HP / WhatsApp|Telp/WA",
    "work": "Pekerjaan|Profesi|Mata Pencaharian|Pekerjaan/Profesi|Profesi / Pekerjaan",
    "home": "Rumah|Lengkap|Tempat Tinggal|Domisili|Tinggal|Sekarang|Saat Ini|Jalan|Asal",
    "you": "Anda|Bapak/Ibu|peserta|calon peserta|yang didaftarkan",
    "please": "{Mohon|Silakan|Harap|Tolong} {tuliskan|isi|isikan|ketik|masukkan}",
}
"""Parts that several headings share."""

WORDINGS: Mapping[str, str] = {
    "number": "No|No.|NO|Nomor|No Urut|Nomor Urut|No. Urut|#|Urut|Nmr",
    "nik": "NIK|N I K|N.I.K|{[no]|} NIK|[no] KTP|[no] e-KTP|NIK KTP|NIK/KTP|NIK / No. KTP"
    "|{[no]|} Induk {Kependudukan|Penduduk}|[no] Identitas {Kependudukan|Penduduk|KTP|}"
    "|[no] Induk Kependudukan (NIK)|NIK [own]|[no] KTP [own]|NIK {[own]|} [as_on]"
    "|NIK [digits]|[no] NIK [digits]|NIK Pribadi|NIK KTP-el|[no] NIK KTP|KTP (NIK)",
    "kk": "{[no]|} KK|[no] Kartu Keluarga|No. KK (Kartu Keluarga)|[no] KK [digits]|NKK"
    "|Kartu Keluarga"
    "|[no] KK [own]|KK ([no])|[no] Kartu Keluarga (KK)|[no] KK/Kartu Keluarga",
    "name": "[name]|[name] Lengkap|[name] [own]|[name] Lengkap [own]|[name] [as_on]"
    "|[name] Lengkap [as_on]|[name] {Jelas|Terang|Asli|Orang}|Nama-nama {[person]|}"
    "|[name] [person] {(Lengkap)|[as_on]}|[name] Lengkap (tanpa gelar)|[name] & Gelar"
    "|[name] Lengkap dan Gelar|NAMA (huruf besar)|[name] {Petani|Nelayan|Buruh|Pedagang"
    "|Tukang Ojek}",
    "birth_place": "[place] [birth]|[place] [birth] [own]|[birth] di|[place] [birth] [as_on]"
    "|[place] {saat|} Dilahirkan",
    "birth_date": "[day] [birth]|[day] [birth] [order]|[day] [birth] [own]|[birth] [day]"
    "|[day] [birth] [as_on]|[birth] [order]|{Tanggal|Tgl.} Dilahirkan",
    "birth": "TTL|T.T.L|TTL [as_on]|Tempat{/|, |, dan | dan | & | - }{Tanggal|Tgl|Tgl.} [birth]"
    "|Tempat [birth] dan {Tanggal|Tgl} [birth]|Tempat & Tanggal Lahir [own]|Tmp/Tgl [birth]"
    "|Tempat, Tgl/Bln/Thn Lahir|Kelahiran (tempat, tanggal)",
    "sex": "Jenis Kelamin|Jns Kelamin|Jns. Klmn|JK|J.K.|L/P|Jenis Kelamin [letters]|Kelamin|Jenkel"
    "|Gender|Sex|Lk/Pr|P/L|Jenis Kel.|Jenis Kelamin [own]|Kelamin [letters]|Laki-laki/Perempuan"
    "|JK [letters]|Laki/Perempuan",
    "address": "Alamat|Alamat [home]|Alamat [own]|Alamat {[home]|} [as_on]|Almt|Almt. Rumah"
    "|Tempat Tinggal|Domisili|Jalan/Alamat|Alamat (Jalan, No. Rumah)|Nama Jalan"
    "|Alamat [home] [person]"
    "|Tempat Tinggal [home]|Alamat Lengkap (Jl./Gg./No.)",
    "rt": "RT|R.T.|Rt|No RT|No. RT|Nomor RT|Rukun Tetangga|RT (3 digit)|Rukun Tetangga (RT)|RT.",
    "rw": "RW|R.W.|Rw|No RW|No. RW|Nomor RW|Rukun Warga|RW (3 digit)|Rukun Warga (RW)|RW.",
    "rt_rw": "RT/RW|RT / RW|RT-RW|Rt/Rw|RT dan RW|RT & RW|No RT/RW|R.T./R.W.|RT/RW [person]"
    "|RT RW|Rukun Tetangga/Rukun Warga",
    "hamlet": "Dusun|Nama Dusun|Dsn|Dsn.|Dukuh|Dusun/Lingkungan|Lingkungan|Padukuhan"
    "|Dusun Tempat Tinggal|Dusun/Dukuh|Dusun [person]|Dusun Domisili|Jorong|Nama Jorong|Banjar",
    "occupation": "[work]|Jenis {Pekerjaan|Profesi}|[work] {Utama|Pokok|Sekarang|Saat Ini"
    "|Sehari-hari}"
    "|Bidang Pekerjaan|[work] [own]|Bekerja Sebagai|Kerja Sebagai|[work] [as_on]|Pekerjaan (utama)"
    "|Jenis Pekerjaan/Usaha|Pekerjaan yang Dilakukan",
    "phone": "[no] [phone]|[phone]|[no] [phone] {Aktif|yang Aktif|(aktif)|[own]}"
    "|[no] yang {Bisa|Dapat} Dihubungi|[no] Kontak [person]|[phone] (bila ada)"
    "|[no] [phone] (opsional)",
    "mother_name": "[name] Ibu Kandung|[name] Ibu|Ibu Kandung|[name] {Gadis|Lengkap} Ibu Kandung"
    "|[name] Ibu Kandung [own]|[name] Ibu Kandung [as_on]|[name] Ibu (Kandung)|Ibu Kandung (nama)"
    "|[name] Gadis Ibu|[name] Kandung Ibu|Ibu Kandung [person]|[name] Ibu [person]",
    "village": "Desa|Nama Desa|Desa/Kelurahan|Desa/Kel.|Kelurahan/Desa|Kel/Desa|Nama Desa/Kelurahan"
    "|Desa {Asal|Domisili|Tempat Tinggal|Alamat}|Nm. Desa|Ds.|Desa / Nagari|Desa [person]"
    "|Desa atau Kelurahan|Asal Desa|Nama Kelurahan/Desa|Desa (sesuai KTP)|Nama Ds./Kel.",
    "district": "Kecamatan|Kec.|Kec|Nama Kecamatan|Nm. Kec|Kecamatan {Domisili|Asal}"
    "|Kecamatan [person]|Kecamatan (sesuai KTP)",
    "source": "Sumber Data|Sumber|Asal Data|Data Asal|Terdata di|Basis Data|Sumber Pendataan",
    "decile": "Desil|Desil DTSEN|Desil Kesejahteraan|Desil Keluarga|Kelompok Desil|Desil (1-10)",
    "income": "Penghasilan|Pendapatan|Penghasilan per Bulan|Pendapatan Sebulan (Rp)|Upah per Bulan"
    "|Rata-rata Penghasilan|Gaji/Bulan|Penghasilan [person]|Penghasilan Bulanan",
    "position": "Jabatan|Jabatan RT/RW|Jabatan di Desa|Kedudukan|Jabatan Saat Ini|Jabatan [person]",
    "remark": "Keterangan|Ket|Ket.|Catatan|Keterangan Lain|Ket. Tambahan|Keterangan/Catatan"
    "|Catatan Petugas",
    "status": "Status|Status Penduduk|Status Kependudukan|Status Hidup|Status Keberadaan|Keberadaan"
    "|Status Warga|Kondisi Saat Ini|Status Terakhir|Keterangan Hidup/Meninggal|Status [person]"
    "|Status Keberadaan [person]|Kondisi [person]|Status Hidup/Mati",
}
"""Column → its headings in the notation of `notation.expand`."""

ENGLISH: Mapping[str, str] = {
    "number": "No|Number",
    "nik": "ID Number|National ID Number|Identity Card No.|NIK Number|National Identity Number",
    "kk": "Family Card Number|Family Card No|Family Card",
    "name": "Name|Full Name|Name (as in ID card)|Complete Name",
    "birth_place": "Place of Birth|Birth Place|Birthplace|City of Birth",
    "birth_date": "Date of Birth|Birth Date|Birthday|DOB",
    "birth": "Place and Date of Birth|Place/Date of Birth|Place, Date of Birth",
    "sex": "Sex|Gender|Sex (M/F)",
    "address": "Address|Home Address|Street Address",
    "rt": "RT",
    "rw": "RW",
    "rt_rw": "RT/RW",
    "hamlet": "Hamlet|Sub-village",
    "occupation": "Occupation|Job|Profession",
    "phone": "Phone Number|Mobile Phone|Mobile No.|Contact Number|Cell Phone",
    "mother_name": "Mother's Name|Mother's Maiden Name|Name of Mother|Maiden Name of Mother",
    "village": "Village|Village Name",
    "district": "District|Sub-district",
    "source": "Data Source|Source",
    "decile": "Decile|Welfare Decile",
    "income": "Income|Monthly Income",
    "position": "Position",
    "remark": "Remarks|Notes",
    "status": "Status",
}

QUESTIONS: Mapping[str, str] = {
    "number": "No",
    "nik": "Berapa {NIK|nomor KTP|Nomor Induk Kependudukan} [you]? {(16 angka, lihat KTP)|}"
    "|[please] {NIK|nomor induk kependudukan (NIK)|nomor KTP} [you] {dengan benar|sesuai KTP},"
    " 16 angka tanpa spasi dan tanpa titik, jangan sampai ada yang terlewat",
    "kk": "Berapa nomor {KK|Kartu Keluarga} [you]?|[please] nomor Kartu Keluarga (KK) [you]",
    "name": "Siapa{kah|} nama lengkap [you]?|[please] nama lengkap [you] sesuai dengan KTP"
    " (tanpa gelar dan tanpa singkatan)|Nama lengkap orang yang didaftarkan, ditulis sesuai KTP",
    "birth_place": "Di {kota|kabupaten} mana [you] {lahir|dilahirkan}?|[please] tempat lahir [you]",
    "birth_date": "Tanggal berapa [you] lahir?|Kapan [you] {lahir|dilahirkan}?"
    "|[please] tanggal lahir [you] (tanggal-bulan-tahun)",
    "birth": "Di mana dan kapan [you] dilahirkan? (tempat, tanggal lahir)",
    "sex": "Apa{kah|} jenis kelamin [you]?|Jenis kelamin [you] (pilih salah satu)",
    "address": "Di mana alamat rumah [you] {saat ini|sekarang}?|[please] alamat lengkap tempat"
    " tinggal [you] saat ini (nama jalan dan nomor rumah)",
    "rt": "{RT berapa [you] tinggal?|Tinggal di RT berapa?|[please] nomor RT}",
    "rw": "{RW berapa [you] tinggal?|Tinggal di RW berapa?|[please] nomor RW}",
    "rt_rw": "RT/RW berapa [you] tinggal?",
    "hamlet": "Di dusun mana [you] tinggal?|[please] nama dusun [you]",
    "occupation": "Apa{kah|} pekerjaan [you] {saat ini|sehari-hari}?"
    "|[please] pekerjaan utama [you]",
    "phone": "Berapa nomor {HP|HP/WA|WhatsApp} [you] yang {aktif|dapat dihubungi}?"
    "|[please] nomor HP atau WhatsApp [you]",
    "mother_name": "Siapa{kah|} nama ibu kandung [you]?|[please] nama ibu kandung [you] sesuai KK",
    "village": "Di {desa|desa/kelurahan} mana [you] tinggal?|[please] nama desa [you]",
    "district": "Di kecamatan mana [you] tinggal?|[please] nama kecamatan [you]",
    "source": "Dari data apa [you] diketahui?",
    "decile": "Desil berapa keluarga [you]?",
    "income": "Berapa {penghasilan|pendapatan} [you] {sebulan|per bulan}?",
    "position": "Apa jabatan [you] di RT/RW {(bila ada)|}?",
    "remark": "Keterangan tambahan (bila ada)",
    "status": "Bagaimana status [you] saat ini?",
}

PLAIN: Mapping[str, str] = {
    "source": "Sumber Data",
    "decile": "Desil",
    "income": "Penghasilan",
    "position": "Jabatan",
    "number": "No",
    "nik": "NIK",
    "kk": "No KK",
    "name": "Nama",
    "birth_place": "Tempat Lahir",
    "birth_date": "Tanggal Lahir",
    "birth": "Tempat, Tanggal Lahir",
    "sex": "Jenis Kelamin",
    "address": "Alamat",
    "rt": "RT",
    "rw": "RW",
    "rt_rw": "RT/RW",
    "hamlet": "Dusun",
    "occupation": "Pekerjaan",
    "phone": "No HP",
    "mother_name": "Nama Ibu Kandung",
    "village": "Desa",
    "district": "Kecamatan",
    "remark": "Keterangan",
    "status": "Status",
}
"""The heading to which shrinking returns, and that of lists about something else."""


def worded(column: str, dice: Random) -> str:
    return expand(WORDINGS[column], dice, RULES)


def question(column: str, dice: Random) -> str:
    return expand(QUESTIONS[column], dice, RULES)


def english(column: str, dice: Random) -> str:
    """In English, or in both languages."""
    other = expand(ENGLISH[column], dice, RULES)
    own = PLAIN[column]
    return dice.choice((other, f"{own} / {other}", f"{own} ({other})", f"{own}\n{other}"))


def misspelt(column: str, dice: Random) -> str:
    """A plain heading with one slip in one of its longer words."""
    text = worded(column, dice)
    words = [match.span() for match in re.finditer(r"[A-Za-z]{6,}", text)]
    if not words:
        return text
    first, last = dice.choice(words)
    word = _slip(text[first:last], dice)
    return text[:first] + word + text[last:]


def _slip(word: str, dice: Random) -> str:
    at = dice.randrange(1, len(word) - 1)
    swapped = word[:at] + word[at + 1] + word[at] + word[at + 2 :]
    doubled = word[:at] + word[at] + word[at:]
    dropped = word[:at] + word[at + 1 :]
    return dice.choice((swapped, doubled, dropped))


def program(column: str, dice: Random) -> str:
    """As a program or database names the field: tglLahir, TGL_LAHIR, tgl-lahir."""
    text = re.sub(r"[(<].*|[-–&,] .*", "", worded(column, dice)) or PLAIN[column]
    words = re.findall(r"[A-Za-z0-9]+", text) or [PLAIN[column]]
    if all(len(word) == 1 for word in words):
        words = ["".join(words)]
    low = [word.lower() for word in words]
    camel = low[0] + "".join(word.capitalize() for word in low[1:])
    joins = (
        "_".join(low),
        "_".join(low).upper(),
        "-".join(low),
        camel,
        camel[0].upper() + camel[1:],
    )
    return dice.choice(joins)


def _numbered(text: str, dice: Random) -> str:
    number = dice.randint(1, 20)
    letter = "abcdefgh"[number % 8]
    front = dice.choice(
        ("{n}. ", "{n}) ", "({n}) ", "{n} ", "P{n}. ", "{l}. ", "{l}) ", "R40{n}. ", "1{n:02}. ")
    )
    return front.format(n=number, l=letter) + text


_DECORATIONS: tuple[Callable[[str, Random], str], ...] = (
    _numbered,
    lambda text, dice: (
        text + dice.choice(("*", " *", " (*)", " **", "*)", " (wajib)", " (wajib diisi)"))
    ),
    lambda text, dice: text + dice.choice((":", " :", ".", " ")),
    lambda text, dice: text.replace(" ", "\n", 1),
    lambda text, dice: text.replace(" ", dice.choice(("  ", "\u00a0", " \n "))),
    lambda text, dice: text.upper(),
    lambda text, dice: text.lower(),
    lambda text, dice: f"[{text}]",
)


def decorated(column: str, dice: Random) -> str:
    """With a number in front, an asterisk, line breaks, in capitals."""
    text = worded(column, dice)
    for decoration in dice.sample(_DECORATIONS, dice.randint(1, 3)):
        text = decoration(text, dice)
    return text


STYLES: Mapping[str, Callable[[str, Random], str]] = {
    "words": worded,
    "decorated": decorated,
    "program": program,
    "misspelt": misspelt,
    "question": question,
    "english": english,
}
"""Ways to write a heading: name → function of column and dice."""
