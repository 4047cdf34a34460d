"""Pieces of the patterns in `person.FIELDS`: words that stand in the headings of several fields.

The words are in the one spelling to which `sheets/words.py` brings a heading.
"""

OWN = (
    r"(?: (?:penduduk|peserta|pekerja|warga|individu|calon|penerima|manfaat|bantuan|rentan|orang|"
    r"lengkap|asli|jelas|anggota|tenaga|buruh|petani|nelayan|pedagang|lansia|responden|usulan|ybs|"
    r"iuran|bpjs|bpu|dan|gelar|sesuai|ktp|el|elektronik|pada|di|utama|pokok|sekarang|saat|ini|no|"
    r"tenaga pekerjaan|tk|art|tani|(?:ketua|pengurus)(?: rt)?(?: rw)?|guru(?: ngaji)?|marbot|kader|"
    r"(?:tukang |driver |pengemudi )?ojek))*"
)
"""Whose it is, when it is the listed person's own."""
NIK = r"(?:nik|(?:e )?ktp(?: el| elektronik)?|induk kependudukan|identitas(?: kependudukan| diri)?)"
