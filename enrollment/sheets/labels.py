"""What a field is called on paper: the heading that the portal itself writes above a column."""

LABELS = {
    "nik": "NIK",
    "kk": "No KK",
    "name": "Nama",
    "birth": "Tempat, Tanggal Lahir",
    "birth_place": "Tempat Lahir",
    "birth_date": "Tanggal Lahir",
    "sex": "Jenis Kelamin",
    "address": "Alamat",
    "hamlet": "Dusun",
    "rt": "RT",
    "rw": "RW",
    "rt_rw": "RT/RW",
    "rw_rt": "RW/RT",
    "occupation": "Pekerjaan",
    "income": "Penghasilan",
    "phone": "No HP",
    "mother_name": "Nama Ibu Kandung",
    "source": "Sumber Data",
    "decile": "Desil",
    "status": "Status",
    "position": "Jabatan",
    "term_start": "Mulai Menjabat",
    "village": "Desa",
    "district": "Kecamatan",
    "regency": "Kabupaten",
    "province": "Provinsi",
}
"""Field (`words.FIELDS`) → a heading that is read back as that field."""
_TICKED = {"sex_male": "L", "sex_female": "P"}


def label(field: str, village_word: str = "desa") -> str:
    """The heading for a field, in the regency's own word for its villages."""
    return village_word.capitalize() if field == "village" else (LABELS | _TICKED)[field]
