"""Parts of the patterns in `person.FIELDS`: words that occur in the headings of several fields.

They are spelled as `sheets/words.py` normalises headings.
"""

OWN = (
    r"(?: (?:penduduk|peserta|pekerja|warga|individu|calon|penerima|manfaat|bantuan|rentan|orang|"
    r"lengkap|asli|jelas|anggota|tenaga|buruh|petani|nelayan|pedagang|lansia|responden|usulan|ybs|"
    r"iuran|bpjs|bpu|dan|gelar|sesuai|ktp|el|elektronik|pada|di|utama|pokok|sekarang|saat|ini|no|"
    r"tenaga pekerjaan|tk|art|tani|(?:ketua|pengurus)(?: rt)?(?: rw)?|guru(?: ngaji)?|marbot|kader|"
    r"(?:tukang |driver |pengemudi )?ojek))*"
)
"""Words by which a heading says that the value is the listed person's own."""
NIK = r"(?:nik|(?:e )?ktp(?: el| elektronik)?|induk kependudukan|identitas(?: kependudukan| diri)?)"
