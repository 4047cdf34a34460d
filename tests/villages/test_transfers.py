"""Reference data as workbooks: preview, confirmation, and export without formulas."""

from datetime import timedelta
from io import BytesIO
from uuid import uuid4

import openpyxl
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from enrollment.programmes.models import PremiumSubsidy, Quota
from enrollment.workbooks.opening import UnreadableWorkbook
from enrollment.workbooks.storing import files
from tests import people
from tests.decrees.drafts import programme
from tests.pages.source import on_one_line
from tests.proposals import making
from tests.workbooks.test_hostile import SAMPLES, SAYS
from villages import scope, tables, transfers
from villages.models import Agency, Area, Office, Role, User
from villages.settings import uploads

pytestmark = pytest.mark.django_db

AREAS = ("kode", "nama", "jenis")
OFFICES = ("nama_pengguna", "nama", "peran", "kode_wilayah", "opd", "mulai", "sampai")
QUOTAS = ("program", "tahun", "kode_wilayah", "kuota")


def workbook(headings, *rows):
    book = openpyxl.Workbook()
    for row in (headings, *rows):
        book.active.append(row)
    out = BytesIO()
    book.save(out)
    return SimpleUploadedFile("tabel.xlsx", out.getvalue())


def preview(client, table, file):
    """Upload a file; returns the page with its preview."""
    return client.post(reverse(f"{table}_upload"), {"file": file})


def paste(client, table, *rows):
    """The same with rows copied from a spreadsheet."""
    text = "\n".join("\t".join(map(str, row)) for row in rows)
    return client.post(reverse(f"{table}_upload"), {"pasted": text})


def confirm(client, table, page, **changes):
    """Confirm what a preview showed."""
    words = {"waiting": page.context["waiting"], "seen": page.context["result"]["mark"], **changes}
    return client.post(reverse(f"{table}_confirm"), words, follow=True)


def assert_nothing_to_confirm(page):
    assert not page.context["result"]["may_confirm"]
    assert "Simpan semua" not in page.text


def load(client, table, headings, *rows):
    """Upload and confirm; returns the page that follows."""
    return confirm(client, table, preview(client, table, workbook(headings, *rows)))


def assert_refused(page):
    """What the form says of the file; nothing can be confirmed and nothing is kept."""
    assert "result" not in page.context
    assert waiting_files() == []
    assert "Kolom yang dibaca: ." not in page.text
    said = page.context["form"].errors["file"]
    assert said
    return said


def waiting_files():
    return [kept.name for kept in files().kept(transfers.FOLDER)]


def table(answer):
    sheet = openpyxl.load_workbook(BytesIO(answer.content)).active
    return [list(row) for row in sheet.iter_rows()]


@pytest.fixture(autouse=True)
def no_waiting_files():
    for name in waiting_files():
        files().delete(name)


@pytest.fixture
def rini(as_person):
    return as_person("rini")


class TestAreas:
    def test_a_name_is_changed_after_a_preview(self, rini):
        page = preview(rini, "area", workbook(AREAS, [people.SENDEN, "Senden Raya", "desa"]))
        text = on_one_line(page.text)
        assert "0 baru, 1 diubah, 0 tidak berubah" in text
        assert "<del>Senden</del> <ins>Senden Raya</ins>" in text
        assert "Baris 2" in text
        assert Area.objects.get(pk=people.SENDEN).name == "Senden"
        answer = confirm(rini, "area", page)
        assert "Tersimpan: 0 baru, 1 diubah" in answer.content.decode()
        assert Area.objects.get(pk=people.SENDEN).name == "Senden Raya"

    def test_a_new_village_is_added(self, rini):
        load(rini, "area", AREAS, ["35.03.07.2099", "Senden Baru", "Desa"])
        area = Area.objects.get(pk="35.03.07.2099")
        assert (area.name, area.level, area.kind) == ("Senden Baru", 4, "desa")

    @pytest.mark.parametrize(
        ("row", "sentence"),
        [
            ([people.BAURENO, "Curian", "desa"], "di luar Kabupaten Trenggalek"),
            (["3503072007", "X", "desa"], "bukan kode Kemendagri"),
            ([people.BOGORAN, "Lagi", "desa"], "Baris ini dua kali di berkas"),
            ([people.SENDEN, "X", "kecamatan"], "Jenisnya tidak cocok dengan kodenya"),
            (["35.03.99.2001", "X", "desa"], "35.03.99, wilayah di atasnya, belum ada"),
            ([people.SENDEN, "X", "kampung"], "Jenis “kampung” tidak dikenal"),
            ([people.SENDEN, "", "desa"], "Nama wilayah belum diisi"),
        ],
    )
    def test_a_bad_row_is_reported_and_nothing_is_saved(self, row, sentence, rini):
        good = [people.BOGORAN, "Bogoran Baru", "desa"]
        page = preview(rini, "area", workbook(AREAS, good, row))
        assert sentence in page.content.decode()
        assert "Baris 3" in page.text
        assert_nothing_to_confirm(page)
        assert Area.objects.get(pk=people.BOGORAN).name != "Bogoran Baru"

    def test_a_missing_column_is_named(self, rini):
        page = preview(rini, "area", workbook(("kode", "nama"), [people.SENDEN, "X"]))
        assert "Kolom jenis tidak ada dalam berkas" in page.content.decode()

    @pytest.mark.parametrize("content", [b"", b"bukan excel", b"PK\x03\x04rusak"])
    def test_a_file_that_is_no_workbook_is_refused(self, content, rini):
        assert_refused(preview(rini, "area", SimpleUploadedFile("tabel.xlsx", content)))

    @pytest.mark.parametrize("name", sorted(SAYS.keys() - {"tanpa-judul-kolom.xlsx"}))
    def test_a_hostile_file_is_refused_like_one_with_people(self, name, rini):
        path = SAMPLES / "hostile" / name
        file = SimpleUploadedFile(name, path.read_bytes())
        told = assert_refused(preview(rini, "area", file))
        with pytest.raises(UnreadableWorkbook) as refusal:
            tables.read_table(path)
        assert told == [str(refusal.value)]

    def test_a_table_that_is_too_large_or_too_long_is_refused(self, rini, monkeypatch):
        monkeypatch.setattr(uploads, "LARGEST_FILE", 100)
        page = preview(rini, "area", workbook(AREAS, [people.SENDEN, "X", "desa"]))
        assert assert_refused(page) == [tables.TOO_LARGE]
        monkeypatch.undo()
        monkeypatch.setattr(tables, "MOST_ROWS", 2)
        rows = [[people.SENDEN, f"Senden {number}", "desa"] for number in range(3)]
        page = preview(rini, "area", workbook(AREAS, *rows))
        assert assert_refused(page) == [tables.TOO_MANY]

    def test_ods_is_read_too(self, rini):
        ods = SimpleUploadedFile("tabel.ods", (SAMPLES / "08-rt-rw.ods").read_bytes())
        page = preview(rini, "area", ods)
        assert "jenis tidak ada dalam berkas" in page.content.decode()

    def test_csv_is_read_too(self, rini):
        lines = f"kode,nama,jenis\n{people.SENDEN},Senden Koma,desa\n".encode()
        page = preview(rini, "area", SimpleUploadedFile("tabel.csv", lines))
        confirm(rini, "area", page)
        assert Area.objects.get(pk=people.SENDEN).name == "Senden Koma"

    def test_the_export_holds_only_the_own_regency(self, rini):
        rows = table(rini.get(reverse("area_download")))
        assert [cell.value for cell in rows[0]] == list(AREAS)
        codes = [row[0].value for row in rows[1:]]
        assert people.SENDEN in codes
        assert all(code.startswith(people.TRENGGALEK) for code in codes)

    @pytest.mark.parametrize("who", ["vera", "kartika"])
    def test_other_roles_get_403(self, who, as_person):
        client = as_person(who)
        for page in ("upload", "download"):
            assert client.get(reverse(f"area_{page}")).status_code == 403


class TestOffices:
    def test_accounts_are_created_with_their_offices(self, rini):
        rows = [
            ["kades.bogoran", "Pak Lurah", "Kepala desa", people.BOGORAN, "", "2026-01-01", ""],
            ["kades.bogoran", "", "operator_desa", people.SENDEN, "", "01-02-2026", "2026-12-31"],
        ]
        load(rini, "account", OFFICES, *rows)
        with scope.whole_country("tests"):
            user = User.objects.get(username="kades.bogoran")
            offices = user.offices.order_by("pk").values_list("role", "area_id")
            assert list(offices) == [
                ("kepala_desa", people.BOGORAN), ("operator_desa", people.SENDEN)
            ]  # fmt: skip
            assert (user.first_name, user.area_id) == ("Pak Lurah", people.TRENGGALEK)
            assert not user.has_usable_password()
            assert (user.is_superuser, user.is_staff) == (False, False)

    def test_a_preview_creates_no_account(self, rini):
        row = ["kades.baru", "Baru", "Kepala desa", people.SENDEN, "", "2026-01-01", ""]
        page = preview(rini, "account", workbook(OFFICES, row))
        assert "1 baru" in page.content.decode()
        assert "1 Januari 2026" in page.text and "2026-01-01" not in page.text
        with scope.whole_country("tests"):
            assert not User.objects.filter(username="kades.baru").exists()

    def test_the_same_row_again_changes_nothing(self, rini):
        row = ["kades.baru", "Baru", "Kepala desa", people.SENDEN, "", "2026-01-01", ""]
        load(rini, "account", OFFICES, row)
        page = preview(rini, "account", workbook(OFFICES, row))
        assert "0 baru, 0 diubah, 1 tidak berubah" in on_one_line(page.text)

    def test_one_office_in_two_rows_is_an_error(self, rini):
        rows = [["kades.baru", "", "Kepala desa", people.SENDEN, "", "2026-01-01", last]
                for last in ("", "2026-12-31")]  # fmt: skip
        page = preview(rini, "account", workbook(OFFICES, *rows))
        assert "Baris ini dua kali di berkas" in page.text
        assert_nothing_to_confirm(page)

    def test_a_term_that_is_years_away_is_asked_about(self, rini):
        rows = [["kades.baru", "", "Kepala desa", people.SENDEN, "", "2062-01-01", ""],
                ["op.baru", "", "Operator desa", people.SENDEN, "", "2026-01-01", ""]]  # fmt: skip
        page = preview(rini, "account", workbook(OFFICES, *rows))
        told = "1 jabatan mulai atau berakhir lebih dari 8 tahun dari sekarang, misalnya kades.baru"
        assert told in on_one_line(page.text)
        assert page.context["result"]["may_confirm"]
        page = preview(rini, "account", workbook(OFFICES, rows[1]))
        assert page.context["result"]["doubts"] == []

    def test_the_end_of_an_office_is_read(self, rini):
        people.office("kartika")
        row = ["kartika", "", "Kepala desa", people.SENDEN, "", "2024-01-01", "2026-10-31"]
        load(rini, "account", OFFICES, row)
        with scope.whole_country("tests"):
            office = Office.objects.get(user__username="kartika")
        assert str(office.ends_on) == "2026-10-31"

    @pytest.mark.parametrize(
        ("changes", "sentence"),
        [
            ({"nama_pengguna": ""}, "Nama pengguna belum diisi"),
            ({"nama_pengguna": "kades_baureno"}, "sudah dipakai orang lain"),
            ({"nama_pengguna": "spasi di nama"}, "nama_pengguna"),
            ({"peran": "raja"}, "Peran “raja” tidak dikenal"),
            ({"kode_wilayah": people.BAURENO}, "tidak ada di wilayah Anda"),
            ({"kode_wilayah": people.KAMPAK}, "pilih wilayahnya"),
            ({"opd": "Dinas Antah"}, "OPD “Dinas Antah” belum ada"),
            ({"mulai": "kemarin"}, "Tanggal “kemarin” tidak terbaca"),
            ({"sampai": "2025-01-01"}, "Tanggal akhir jabatan mendahului"),
            ({"sampai": "", "nama_pengguna": "kades.kedua"}, "sudah punya kepala"),
            ({"peran": "OPD pengusul", "kode_wilayah": people.TRENGGALEK}, "Hanya peran OPD"),
        ],
    )
    def test_a_bad_row_is_reported(self, changes, sentence, rini):
        people.hold("kades_baureno", Role.VILLAGE_HEAD, people.BAURENO)
        if "sudah punya kepala" in sentence:
            people.office("kartika")
        row = dict(zip(OFFICES, ["baru", "", "Kepala desa", people.SENDEN, "", "2026-01-01", ""],
                       strict=True))  # fmt: skip
        page = preview(rini, "account", workbook(OFFICES, list((row | changes).values())))
        assert sentence in page.content.decode()
        assert_nothing_to_confirm(page)

    def test_a_superusers_account_gets_no_office(self, rini):
        with scope.whole_country("tests"):
            User.objects.create_superuser("root")
        row = ["root", "", "Kepala desa", people.SENDEN, "", "2026-01-01", ""]
        page = preview(rini, "account", workbook(OFFICES, row))
        assert "sudah dipakai orang lain" in page.content.decode()

    def test_the_export_holds_only_the_own_regency_and_no_passwords(self, rini):
        people.office("kartika")
        people.hold("kades_baureno", Role.VILLAGE_HEAD, people.BAURENO)
        rows = table(rini.get(reverse("account_download")))
        assert [cell.value for cell in rows[0]] == list(OFFICES)
        found = {row[0].value: [cell.value for cell in row] for row in rows[1:]}
        assert set(found) == {"kartika", "rini"}
        assert found["kartika"][:4] == ["kartika", "Kartika", "Kepala desa", people.SENDEN]

    def test_an_export_can_be_imported_again(self, rini):
        people.office("kartika")
        people.office("tani")
        file = rini.get(reverse("account_download")).content
        page = preview(rini, "account", SimpleUploadedFile("tabel.xlsx", file))
        assert "0 baru, 0 diubah, 3 tidak berubah" in on_one_line(page.text)


class TestQuotas:
    @pytest.fixture
    def subsidy(self):
        return programme("Nagari")

    def test_a_village_that_stands_twice_is_an_error(self, subsidy, rini):
        rows = [["Nagari", 2026, people.SENDEN, 70], ["Nagari", 2026, people.SENDEN, 7]]
        page = preview(rini, "quota", workbook(QUOTAS, *rows))
        assert "Wilayah ini dua kali di berkas. Hapus salah satunya." in page.text

    def test_rows_that_are_not_understood_are_not_called_the_same_village(self, subsidy, rini):
        rows = [["Lain", 2026, people.SENDEN, 7], ["Salah", 2026, people.SENDEN, 7],
                ["Nagari", 2026, "1", 7], ["Nagari", 2026, "2", 7]]  # fmt: skip
        page = preview(rini, "quota", workbook(QUOTAS, *rows))
        assert "Program “Salah”" in page.text and "dua kali" not in page.text

    def test_a_table_of_something_else_is_told_once_what_it_lacks(self, subsidy, rini):
        page = preview(rini, "quota", workbook(("nama", "umur"), ["Nagari", 7]))
        (wrong,) = page.context["result"]["wrong"]
        assert wrong.sentences[0].startswith("Kolom program, kode_wilayah, kuota, tahun tidak ada")

    def test_quotas_are_imported_and_exported(self, subsidy, rini):
        load(rini, "quota", QUOTAS, ["Nagari", 2026, people.SENDEN, 100])
        with scope.whole_country("tests"):
            assert Quota.objects.get().people == 100
        rows = table(rini.get(reverse("quota_download")))
        values = [cell.value for cell in rows[1]]
        assert values == ["Nagari", 2026, 1, people.SENDEN, "Senden", 100, 0]

    def test_1_000_is_a_thousand_as_text_and_pasted(self, subsidy, rini):
        load(rini, "quota", QUOTAS, ["Nagari", 2026, people.SENDEN, "1.000"])
        page = paste(rini, "quota", QUOTAS, ["Nagari", 2026, people.BOGORAN, "1.000"])
        confirm(rini, "quota", page)
        with scope.whole_country("tests"):
            assert set(Quota.objects.values_list("people", flat=True)) == {1000}

    def test_a_change_by_more_than_tenfold_is_pointed_out(self, subsidy, rini):
        """As where a spreadsheet has made 1 of 1.000."""
        with scope.whole_country("tests"):
            Quota.objects.create(programme=subsidy, area_id=people.SENDEN, people=1000)
        page = preview(rini, "quota", workbook(QUOTAS, ["Nagari", 2026, people.SENDEN, 1]))
        assert "berubah lebih dari sepuluh kali lipat" in page.text
        assert "<del>1.000</del> <ins>1</ins>" in page.text
        page = preview(rini, "quota", workbook(QUOTAS, ["Nagari", 2026, people.SENDEN, 900]))
        assert "sepuluh kali lipat" not in page.text

    def test_more_places_than_there_is_money_for_are_told_before_they_are_kept(self, rini):
        making.programme(name="Nelayan", village_quota=1, people_paid=200)
        told = "Nelayan 2026: sesudahnya ada 256 tempat, sedangkan pagunya cukup untuk 200 orang."
        page = preview(rini, "quota", workbook(QUOTAS, ["Nelayan", 2026, people.SENDEN, 100]))
        assert told in page.text
        confirm(rini, "quota", page)
        page = preview(rini, "quota", workbook(QUOTAS, ["nelayan", 2026, people.SENDEN, 90]))
        assert page.context["result"]["may_confirm"]
        assert "sesudahnya ada" not in page.text, "fewer than before"

    def test_a_whole_regency_takes_as_many_queries_as_one_village(self, rini):
        """1,099 quotas took a minute when each asked for its programme, area and row."""
        making.programme(name="Nelayan", village_quota=10, people_paid=9_000)
        with scope.whole_country("tests"):
            codes = list(Quota.objects.values_list("area_id", flat=True))
        assert len(codes) == 157
        taken = []
        for number, chosen in enumerate([codes[:1], codes]):
            rows = [["Nelayan", 2026, code, 20 + number] for code in chosen]
            with CaptureQueriesContext(connection) as queries:
                page = preview(rini, "quota", workbook(QUOTAS, *rows))
                confirm(rini, "quota", page)
            taken.append(len(queries))
        with scope.whole_country("tests"):
            assert Quota.objects.filter(people=21).count() == 157
        assert taken[1] <= taken[0] + 5, taken

    def test_no_limit_goes_out_and_comes_in_again(self, subsidy, rini):
        with scope.whole_country("tests"):
            Quota.objects.create(programme=subsidy, area_id=people.SENDEN, people=None)
        file = rini.get(reverse("quota_download")).content
        page = preview(rini, "quota", SimpleUploadedFile("tabel.xlsx", file))
        assert "0 baru, 0 diubah, 1 tidak berubah" in on_one_line(page.text)

    @pytest.mark.parametrize(
        ("wave", "told"),
        [
            (2, "1 baru"),
            ("tahap dua", "1 baru"),
            ("", "bertahap: isi kolom tahap"),
            (3, "tahun 2026 tahap “3” tidak ada"),
        ],
    )
    def test_a_wave_is_named_where_there_are_several(self, wave, told, subsidy, rini):
        with scope.whole_country("tests"):
            PremiumSubsidy.objects.filter(pk=subsidy.pk).update(wave_name="Tahap 1")
            subsidy.refresh_from_db()
            subsidy.pk, subsidy.first_id, subsidy.wave = uuid4(), subsidy.pk, 2
            subsidy.wave_name = "Tahap Dua"
            subsidy.save(force_insert=True)
        file = workbook((*QUOTAS, "tahap"), ["Nagari", 2026, people.SENDEN, 10, wave])
        assert told in preview(rini, "quota", file).content.decode()

    @pytest.mark.parametrize(
        ("row", "sentence"),
        [
            (["Nagari", 2026, people.SENDEN, "banyak"], "Kuota “banyak” bukan angka"),
            (["Nagari", 2026, people.SENDEN, "1,000"], "Kuota “1,000” tidak jelas"),
            (["Nagari", 2026, people.SENDEN, 1.5], "Kuota “1,5” tidak jelas"),
            (["Nagari", 2026, people.SENDEN, ""], "harus angka bulat, misalnya 100, atau"),
            (["Nagari", 2026, people.SENDEN, -1], "harus angka bulat"),
            (["Nagari", 2026, people.SENDEN, 4], "di bawah 5 orang"),
            (["Nagari", 2026, people.KAMPAK, 10], "setingkat kelurahan"),
            (["Nagari", 2025, people.SENDEN, 10], "tahun 2025 tidak ada"),
            (["Lain", 2026, people.SENDEN, 10], "Program “Lain”"),
            (["Nagari", 2026, people.BAURENO, 10], "tidak ada di wilayah Anda"),
        ],
    )
    def test_a_bad_row_is_reported(self, row, sentence, subsidy, rini):
        with scope.whole_country("tests"):
            Quota.objects.create(programme=subsidy, area_id=people.SENDEN, people=9, used=5)
        page = preview(rini, "quota", workbook(QUOTAS, row))
        assert sentence in page.content.decode()
        with scope.whole_country("tests"):
            assert Quota.objects.get().people == 9


class TestMeanwhile:
    """What somebody changes between preview and confirmation is not overwritten unseen."""

    @pytest.fixture
    def quota(self):
        subsidy = programme("Nagari")
        with scope.whole_country("tests"):
            return Quota.objects.create(programme=subsidy, area_id=people.SENDEN, people=10)

    def set_to(self, row, **values):
        with scope.whole_country("tests"):
            type(row).objects.filter(pk=row.pk).update(**values)
            row.refresh_from_db()

    def refused(self, client, table, page):
        """The page that shows what it would overwrite now, after a confirmation was refused."""
        answer = confirm(client, table, page)
        assert uploads.NOT_TAKEN in answer.text
        return answer

    def test_a_quota(self, quota, rini):
        page = preview(rini, "quota", workbook(QUOTAS, ["Nagari", 2026, people.SENDEN, 20]))
        self.set_to(quota, people=15)
        again = self.refused(rini, "quota", page)
        self.set_to(quota)
        assert quota.people == 15
        assert "<del>15</del> <ins>20</ins>" in again.text
        confirm(rini, "quota", again)
        self.set_to(quota)
        assert quota.people == 20 and waiting_files() == []

    def test_a_quota_that_the_file_would_have_left_alone(self, quota, rini):
        rows = [["Nagari", 2026, people.SENDEN, 10], ["Nagari", 2026, people.BOGORAN, 7]]
        page = preview(rini, "quota", workbook(QUOTAS, *rows))
        assert "1 baru, 0 diubah, 1 tidak berubah" in on_one_line(page.text)
        self.set_to(quota, people=15)
        self.refused(rini, "quota", page)
        with scope.whole_country("tests"):
            assert [(row.area_id, row.people) for row in Quota.objects.all()] == [
                (people.SENDEN, 15)
            ]

    def test_a_village_that_got_its_quota_meanwhile(self, quota, rini):
        page = preview(rini, "quota", workbook(QUOTAS, ["Nagari", 2026, people.BOGORAN, 7]))
        with scope.whole_country("tests"):
            Quota.objects.create(programme=quota.programme, area_id=people.BOGORAN, people=9)
        self.refused(rini, "quota", page)
        with scope.whole_country("tests"):
            assert Quota.objects.get(area_id=people.BOGORAN).people == 9

    def test_places_taken_meanwhile_stop_nobody(self, quota, rini):
        page = preview(rini, "quota", workbook(QUOTAS, ["Nagari", 2026, people.SENDEN, 20]))
        self.set_to(quota, used=3)
        assert "Tersimpan: 0 baru, 1 diubah" in confirm(rini, "quota", page).text

    def test_a_doubt_that_has_come_up_is_shown_first(self, rini):
        subsidy = making.programme(name="Nelayan", village_quota=1, people_paid=260)
        page = preview(rini, "quota", workbook(QUOTAS, ["Nelayan", 2026, people.SENDEN, 100]))
        assert page.context["result"]["doubts"] == []
        with scope.whole_country("tests"):
            Quota.objects.filter(programme=subsidy, area=people.BOGORAN).update(people=90)
        again = self.refused(rini, "quota", page)
        assert "sedangkan pagunya cukup untuk 260 orang" in again.text

    def test_a_name(self, rini):
        page = preview(rini, "area", workbook(AREAS, [people.SENDEN, "Senden Raya", "desa"]))
        self.set_to(Area.objects.get(pk=people.SENDEN), name="Senden Baru")
        again = self.refused(rini, "area", page)
        assert Area.objects.get(pk=people.SENDEN).name == "Senden Baru"
        assert "<del>Senden Baru</del> <ins>Senden Raya</ins>" in on_one_line(again.text)

    def test_the_last_day_of_an_office(self, rini):
        office = people.office("kartika")
        row = ["kartika", "", "Kepala desa", people.SENDEN, "", "2024-01-01", "2027-10-31"]
        page = preview(rini, "account", workbook(OFFICES, row))
        self.set_to(office, ends_on="2026-12-31")
        self.refused(rini, "account", page)
        self.set_to(office)
        assert str(office.ends_on) == "2026-12-31"

    def test_without_what_the_preview_showed_nothing_is_saved(self, quota, rini):
        page = preview(rini, "quota", workbook(QUOTAS, ["Nagari", 2026, people.SENDEN, 20]))
        for seen in ("", "x", "0" * 64):
            assert uploads.NOT_TAKEN in confirm(rini, "quota", page, seen=seen).text
        self.set_to(quota)
        assert quota.people == 10

    def test_a_row_is_held_from_the_comparison_on(self, quota, rini):
        """Somebody who changes it between comparison and saving would not be noticed."""
        page = preview(rini, "quota", workbook(QUOTAS, ["Nagari", 2026, people.SENDEN, 20]))
        with CaptureQueriesContext(connection) as queries:
            confirm(rini, "quota", page)
        read = [q["sql"] for q in queries if 'FROM "enrollment_quota"' in q["sql"]]
        assert "FOR NO KEY UPDATE" in read[0]


class TestWaiting:
    """The upload between preview and confirmation."""

    ROW = (people.SENDEN, "Senden Raya", "desa")

    @pytest.mark.folder
    def test_the_file_is_private_and_deleted_when_confirmed(self, rini, uploads):
        page = preview(rini, "area", workbook(AREAS, self.ROW))
        (name,) = waiting_files()
        path = uploads / name
        assert path.stat().st_mode & 0o777 == 0o600
        assert path.parent.stat().st_mode & 0o777 == 0o700
        confirm(rini, "area", page)
        assert waiting_files() == []

    def test_the_file_is_deleted_at_once_when_there_is_nothing_to_confirm(self, rini):
        preview(rini, "area", workbook(AREAS, [people.SENDEN, "", "desa"]))
        assert waiting_files() == []

    def test_an_unconfirmed_file_is_deleted_after_a_while(self, rini, monkeypatch):
        preview(rini, "area", workbook(AREAS, self.ROW))
        (old,) = waiting_files()
        monkeypatch.setattr(transfers, "LONGEST_WAIT", timedelta(seconds=-1))
        preview(rini, "area", workbook(AREAS, self.ROW))
        assert old not in waiting_files()

    @pytest.mark.parametrize("name", ["a" * 32, "../../etc/passwd", "..", "", "x"])
    def test_a_missing_file_is_reported(self, name, rini):
        page = preview(rini, "area", workbook(AREAS, self.ROW))
        answer = confirm(rini, "area", page, waiting=name)
        assert transfers.GONE in answer.content.decode()
        assert Area.objects.get(pk=people.SENDEN).name == "Senden"

    def test_rows_are_checked_again_for_the_person_who_confirms(self, as_person):
        page = preview(as_person("rini"), "area", workbook(AREAS, self.ROW))
        answer = confirm(as_person("boni"), "area", page)
        assert uploads.NOT_TAKEN in answer.content.decode()
        assert Area.objects.get(pk=people.SENDEN).name == "Senden"

    def test_confirming_needs_a_post(self, rini):
        assert rini.get(reverse("area_confirm")).status_code == 302


@pytest.mark.parametrize("evil", ["=1+1", "+1+1", "-1+1", "@SUM(A1)", "=HYPERLINK(1)"])
def test_no_exported_cell_is_a_formula(evil, rini):
    people.office("kartika")
    with scope.whole_country("tests"):
        User.objects.filter(username="kartika").update(first_name=evil)
        Agency.objects.create(regency_id=people.TRENGGALEK, name=evil)
    rows = table(rini.get(reverse("account_download")))
    cells = [cell for row in rows for cell in row if cell.value is not None]
    assert any(str(cell.value).endswith(evil[1:]) for cell in cells)
    assert {cell.data_type for cell in cells} <= {"s", "d", "n"}


class TestPasted:
    """Rows copied from a spreadsheet, with their headings."""

    def test_rows_are_read_as_from_a_file(self, rini):
        page = paste(rini, "area", AREAS, [people.SENDEN, "Senden Tempel", "desa"])
        confirm(rini, "area", page)
        assert Area.objects.get(pk=people.SENDEN).name == "Senden Tempel"

    def test_nothing_at_all_and_both_are_told(self, rini):
        url = reverse("area_upload")
        assert "Pilih berkas, atau tempel" in rini.post(url, {"pasted": " "}).text
        both = {"pasted": "kode", "file": workbook(AREAS)}
        assert "Pilih satu: berkas, atau yang ditempel." in rini.post(url, both).text


def test_a_long_preview_is_cut_and_says_so(rini, monkeypatch):
    monkeypatch.setattr(uploads, "MOST_SHOWN", 1)
    rows = [[people.SENDEN, "Senden A", "desa"], [people.BOGORAN, "Bogoran A", "desa"]]
    page = preview(rini, "area", workbook(AREAS, *rows))
    assert "dan 1 baris lagi" in page.text
    confirm(rini, "area", page)
    assert Area.objects.get(pk=people.BOGORAN).name == "Bogoran A"
