"""Which chapter of a guide helps on which page, for readers of that guide."""

from django.urls import reverse

from portal.guides import GUIDE_OF

CHAPTERS = {
    "kepala-desa": {
        "mengunggah-daftar": "import_list import_new",
        "memperbaiki-baris-yang-ditolak": "import_mend import_row_mend import_rows",
        "mencocokkan-kolom": "import_columns",
        "apakah-berkasnya-terbaca-benar": "import_detail",
        "menambah-satu-orang": "worker_new",
        "melengkapi-data": "worker_list worker_edit",
        "mengajukan-usulan": "proposal_detail proposal_pick",
        "naskah-yang-ditandatangani": "paper_list paper_detail paper_people",
        "melanjutkan-daftar-lama": "renewal reverification",
        "orang-yang-dikembalikan": "entry_repair",
        "mengikuti-jalannya-usulan": "proposal_list programme_people entry_detail",
        "orang-meninggal-pindah-atau-salah-data": "worker_end worker_detail",
        "orang-keluar-dari-program": "leaving_list leaving_new leaving_detail",
        "orang-terdaftar-di-tempat-lain": "duplicate_answers duplicate_told import_differences",
        "daftar-yang-menunggu": "list_check",
        "menjaga-data-warga": "worker_unmask disclosure_list",
        "menetapkan-sendiri": "decree_list decree_new decree_change decree_send decree_receive",
    },
    "kecamatan": {
        "memeriksa-daftar": "proposal_detail programme_people proposal_desk programme_desk",
        "memantau": "proposal_list submission_list programme_list decree_list",
    },
    "dpmd": {
        "": "proposal_list proposal_detail programme_people proposal_desk programme_desk",
    },
    "dinas": {
        "memverifikasi-verifikator": "proposal_detail programme_people",
        "periksa-satu-per-satu": "proposal_desk programme_desk",
        "semuanya-sekaligus": "bulk_detail",
        "satu-langkah-kembali": "entry_detail",
        "orang-keluar": "leaving_list leaving_new leaving_detail leaving_due",
        "perpanjangan": "renewal renewal_link renewal_gap renewal_gap_people renewal_notes",
        "memutuskan-data-ganda": "duplicate_list duplicate_decide",
        "daftar-yang-menunggu-dinas": "import_list import_detail",
        "memeriksa-nik": "recheck_list recheck_new recheck_detail list_check",
        "seseorang-kehilangan-hp-nya": "reset_list",
        "memantau": "proposal_list submission_list programme_list decree_list",
    },
    "admin": {
        "membuat-program": "programme_list programme_new programme_edit programme_detail",
        "anggaran": "programme_budget reprice",
        "pernyataan-masih-bekerja": "statement_rule",
        "jadwal-dan-masa-beku": "programme_schedule schedule_extend freezes",
        "naskah-pengajuan": "paper_rule",
        "dasar-hukum-dan-yang-membayar": "legal_bases basis_change payer_change",
        "menambah-tahap": "wave_new",
        "melanjutkan-program-tahun-lalu": "renewal renewal_link renewal_gap reverification_rule",
        "mengatur-kuota": "quota_list quota_bulk quota_upload quota_change",
        "menetapkan-jalur-daftar": "programme_routes",
        "membuat-keputusan-bupati": "decree_list decree_new decree_detail decree_change "
        "decree_send decree_receive annex_arrangement",
        "mengunduh-lampiran": "annex_pdfs",
        "surat-keputusan": "letter_template",
        "mengubah-atau-mencabut-keputusan": "amendment_new amendment_changes list_in_force "
        "decree_revoke",
        "akun-dan-jabatan": "account_list account_new account_detail office_give office_term "
        "role_pairs",
        "menyerahkan-jabatan": "office_hand_over",
        "jenjang-persetujuan": "approval_bands",
        "banyak-akun-sekaligus": "account_upload area_upload",
        "kehilangan-hp": "reset_ask reset_list",
        "profil-kabupaten": "profile_edit signatory_list signatory_new signatory_change",
        "batas-pemakaian": "limit_edit",
        "orang-yang-keliru-diakhiri": "worker_reopen",
        "berapa-lama-data-disimpan": "retention_list",
        "siapa-mengubah-apa": "change_list",
        "siapa-melihat-data-siapa": "disclosure_list",
    },
}
"""Guide → anchor of a chapter ("" for the whole guide) → the names of its pages."""
ALSO = {"opd": ["kepala-desa"], "dinas": ["kepala-desa"], "admin": ["dinas", "kepala-desa"]}
"""A guide → those that help its readers where it says nothing itself."""
ANCHORS = {
    guide: {name: anchor for anchor, names in chapters.items() for name in names.split()}
    for guide, chapters in CHAPTERS.items()
}


def chapter_for(name, office):
    """The address of the chapter that helps the holder of `office` (None: the platform) on the page
    `name`; "" where there is none."""
    own = GUIDE_OF[office.role] if office else "admin"
    for guide in (own, *ALSO.get(own, ())):
        if (anchor := ANCHORS.get(guide, {}).get(name)) is not None:
            url = reverse("guide", args=[guide])
            return f"{url}#{anchor}" if anchor else url
    return ""
