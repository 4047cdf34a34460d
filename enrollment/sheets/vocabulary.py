"""The words that headings are built from: spellings, and what each kind of word does.

A word that is not here is unknown, which makes a reading less sure (`meanings.py`); so this list
need not be complete. It says which words mean the same, which say nothing about the field, and
which say that a column is about somebody or something else.
"""

from __future__ import annotations

from enrollment.fields.person import FIELDS


def words(text: str) -> frozenset[str]:
    return frozenset(text.split())


SPELLINGS = {
    "no": "nomor nomer nmr number num nr",
    "tgl": "tanggal tg date tgal tglan",
    "tempat": "tmp tmpt tpt tmpat place tempt",
    "lahir": "lhr kelahiran birth born dilahirkan terlahir",
    "bln": "bulan month",
    "thn": "tahun year th",
    "hp": "handphone hape telp telpon telepon telfon tlp tlpn wa whatsapp ponsel phone mobile tel"
    " dihubungi cellphone selular seluler hpwa telephone",
    "kontak": "contact",
    "jenis": "jns jen type",
    "kelamin": "klmin klm kelmin klamin",
    "lengkap": "lgkp lngkp lkp full complete",
    "alamat": "almt address addres",
    "pekerjaan": "pkrjaan pkrjn pkerjaan pek kerja profesi occupation job pekerjaannya work",
    "kecamatan": "kec distrik district kapanewon kemantren",
    "kabupaten": "kab regency",
    "kota": "city kotamadya",
    "provinsi": "prov prop propinsi province",
    "desa": "ds nagari gampong pekon lembang kalurahan kelurahan village kenagarian nag kelrhn",
    "dusun": "dsn lingkungan jorong dukuh padukuhan pedukuhan banjar korong hamlet lingk",
    "ktp": "ektp",
    "kk": "nkk ksk",
    "identitas": "identity",
    "id": "",
    "induk": "",
    "kependudukan": "",
    "kartu": "card",
    "keluarga": "family klg",
    "ortu": "orangtua",
    "ibu": "mother mothers bunda mama ibunda",
    "ayah": "father fathers bpk papa",
    "bapak": "",
    "nama": "name nm nma",
    "kandung": "kandungnya",
    "umur": "usia age",
    "keterangan": "ket ktr ktrgn remark remarks note notes catatan info informasi",
    "penghasilan": "pendapatan income",
    "sumber": "source",
    "desil": "decile",
    "l": "lk male",
    "p": "pr female",
    "laki": "pria",
    "perempuan": "wanita",
    "sex": "",
    "gender": "",
    "jk": "jnskel jenkel jeniskel",
    "kepala": "head",
    "suami": "husband",
    "istri": "isteri wife spouse",
    "anak": "child children",
    "lama": "old sebelumnya semula terdahulu sebelum tadinya",
    "pengganti": "baru new gantinya penggantinya menjadi sesudah setelah sesudahnya",
    "perbaikan": "seharusnya sebenarnya pembetulan koreksi",
    "diganti": "digantikan terganti",
    "salah": "keliru",
    "depan": "first pertama",
    "tengah": "middle",
    "belakang": "last akhir surname",
    "mulai": "start begin",
    "jabatan": "position",
    "sekarang": "current",
    "status": "stat sts",
    "hubungan": "hub hbungan",
    "kawin": "nikah perkawinan pernikahan marital kwn",
    "rekening": "rek account",
    "registri": "registry",
}
"""A word → other words for the same."""

PLACE_WORDS = "kampung kp"
NEUTRAL = words(
    """
    didaftarkan didata terdata disubsidi diisi opsional boleh kosong e el elektronik no
    penduduk peserta pekerja warga individu calon penerima pemohon pendaftar pribadi manfaat
    terang ketua bantuan rentan orang lengkap asli jelas anggota tenaga buruh petani nelayan
    pedagang lansia responden usulan ybs iuran bpu dan gelar pada di utama pokok sekarang
    saat ini tk art tani guru ngaji marbot kader tukang driver pengemudi ojek anda saudara
    saudari bersangkutan sasaran subsidi perlindungan jaminan sosial ketenagakerjaan data
    masyarakat nya the of and dari atau or your wajib sah valid benar terbaru jamsostek
    peserta s digit angka karakter huruf kapital seseorang terdaftar diusulkan usul
    pengusulan yang bersangkutan lahirnya resmi valid keseluruhan per masing penerimanya
    pelaku mandiri informal bpjs bpjstk dtsen dtks p3ke pkh blt bpnt kis jkn kks pbi pip bst
    dd mm yyyy yy hh bb tttt
    """
)
"""Words that say nothing about what a column holds: they name the person of the row, or order."""

SOMEBODY_ELSE = words(
    """
    pengurus pemberi ayah bapak ortu suami istri pasangan waris wali anak kepala pemilik
    pendamping petugas saksi pencacah enumerator operator tetangga penanggung pelapor
    pengusul verifikator penjamin majikan juragan orangtua krt mertua kakak adik pendata
    surveyor sekretaris bendahara lurah camat kades bupati pembina penyuluh mandor agen
    pengasuh anaknya istrinya suaminya kordinator koordinator atasan pengampu perujuk cucu
    father
    """
)
"""Words that say that a column is about another person than the row's."""

SOMETHING_ELSE = words(
    """
    bank rekening kelompok usaha toko perusahaan instansi opd dinas sekolah program email
    npwp nip kpj agama umur pendidikan kawin darah golongan hubungan shdk warganegara suku
    hobi tanggungan luas lahan produk komoditas pos kodepos kode paspor kitas akta akte foto
    ttd tangan paraf timestamp stempel waktu input entri entry update cetak wawancara survei
    survey pendaftaran daftar berlaku expired jumlah nilai nominal besaran skor ranking
    peringkat tahap koordinat latitude longitude lintang bujur cacat disabilitas penyakit kb
    hamil vaksin plat polisi sim stnk kapal perahu majelis masjid musholla mushola tpq tpa
    lembaga pasar panggilan alias organisasi yayasan pesantren ruko warung merek merk
    kendaraan motor mobil sertifikat hak tanah pbb sppt polis prodi jurusan kelas cabang
    kantor faskes klinik puskesmas website facebook instagram media akun user username
    password status_kawin level dokumen dana anggaran biaya premi pembayaran tagihan kuota
    cif atm pin ukuran baju tinggi berat badan ras etnis bahasa kewarganegaraan negara
    kepesertaan registrasi registration poktan gapoktan koperasi karang arisan posyandu
    rumah kepemilikan lantai dinding atap listrik air pajak url link upload unggah file
    berkas lampiran nkp paguyuban komunitas serikat tim regu unit bidang divisi seksi
    tahunan kategori jalur gelombang batch ke
    """
)
"""Words that say that a column is about something else than the fields of a person."""

HEALTH = words(
    """
    sakit penyakit nyakit sehat dirawat opname disabil difabel cacat hamil lumpuh stroke kronis
    odgj jiwa medis diagnos kanker diabetes tbc hiv
    """
)
"""What a word about somebody's health contains ("kesehatan", "disabilitas")."""
NOT_OF_HEALTH = words("bpjs jaminan asuransi jamkes kader tenaga petugas indonesia rumah dinas")
"""Words before one of health that make it an insurance, a job or a place: "BPJS Kesehatan"."""

ASKING = words(
    """
    siapa siapakah berapa berapakah apa apakah dimana sebutkan tuliskan tulis isikan isi
    masukkan silakan silahkan mohon harap tolong minta coba mana please enter ketik ketikkan
    pilih pilihlah cantumkan
    """
)
"""Words by which a question asks for a value."""

CLAUSES = words(
    """
    sesuai seperti contoh misal misalnya yang format berdasarkan menurut tertera tertulis
    sebagaimana sebagai bukan tanpa selain kecuali as harus bisa dapat dengan beserta jika
    bila apabila untuk berdasar cth eg yg
    """
)
"""Words that begin a clause which adds nothing to what a heading names."""

OLD = words(
    "lama awal diganti salah keluar meninggal wafat almarhum mundur dihapus pengurangan tertulis "
    "nonaktif dikurangi asal"
)
OLD_VALUES = words("lama awal salah tertulis asal")
NEW = words("pengganti perbaikan masuk perubahan ganti ditambahkan penambahan")
"""Words that tell the person who is replaced, or the wrong value, from who or what replaces it;
`OLD_VALUES` may be said of a value."""

PHRASES = {
    ("tenaga", "pekerjaan"): ("tenaga",),
    ("ketua", "rt", "rw"): ("ketua",),
    ("pengurus", "rt", "rw"): ("ketua",),
    ("pengurus", "rt"): ("ketua",),
    ("ketua", "rt"): ("ketua",),
    ("ketua", "rw"): ("ketua",),
    ("guru", "ngaji"): ("guru",),
    ("kepala", "dusun"): ("ketua",),
    ("rukun", "warga"): ("rw",),
    ("rukun", "tetangga"): ("rt",),
    ("sub", "desa"): ("dusun",),
    ("whats", "app"): ("hp",),
    ("cell", "hp"): ("hp",),
    ("telp", "genggam"): ("hp",),
    ("hp", "genggam"): ("hp",),
    ("non", "aktif"): ("nonaktif",),
    ("orang", "tua"): ("ortu",),
    ("e", "ktp"): ("ktp",),
    ("ktp", "el"): ("ktp",),
    ("ktp", "elektronik"): ("ktp",),
    ("pada", "ktp"): (),
    ("di", "ktp"): (),
    ("dalam", "ktp"): (),
    ("pada", "kk"): (),
    ("di", "kk"): (),
    ("dalam", "kk"): (),
}
"""Words that together mean something else than each alone → what they mean."""

SHORT = words(
    """
    no kk hp rt rw jk nm th tg ds id
    """
)
"""Words of two letters that occur in headings written together."""

_OF_FIELDS = {
    word
    for field in FIELDS
    for alternative in field.words.split("|")
    for word in [*alternative.split(), *field.beside.split()]
}
_EVERY = (
    set(SPELLINGS) | _OF_FIELDS | NEUTRAL | SOMEBODY_ELSE | SOMETHING_ELSE | ASKING | CLAUSES
    | OLD | NEW | {word for meant in PHRASES.values() for word in meant}
    | words("sakit berat keras sehat kesehatan sedang kondisi keadaan sehingga tidak jasmani")
    | words("urut nu kel ttl ttgl nmprov nmprop nmkab nmkec nmdesa nmkel tengah belakang depan")
    | set(PLACE_WORDS.split())
)  # fmt: skip
SPELLING = {word: word for word in _EVERY} | {
    variant: word for word, variants in SPELLINGS.items() for variant in variants.split()
}
"""Each known word → its usual spelling."""
SAYING_NOTHING = NEUTRAL | CLAUSES | ASKING
KNOWN = frozenset(SPELLING.values())
