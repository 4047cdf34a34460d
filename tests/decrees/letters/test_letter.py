"""The letter of a decree as a Word file: by page and command, before signing and after; the
regency's own template."""

import hashlib
import json
import shutil
import subprocess
from datetime import date
from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.urls import reverse

from enrollment.decrees.annexes.models import AnnexLook
from enrollment.decrees.letters import actions, default
from enrollment.decrees.letters.models import LetterTemplate
from enrollment.decrees.models import Decree
from enrollment.decrees.signatories.models import Signatory
from enrollment.programmes.models import LegalBasis, PremiumSubsidy
from enrollment.workers.models import Disclosure
from tests import people
from tests.decrees import drafts, signing
from tests.decrees.letters.words import DOCX, template, text, upload
from villages import scope
from villages.models import Regency

pytestmark = pytest.mark.django_db
BASES = (
    "Peraturan Bupati Trenggalek Nomor 12 Tahun 2024\n"
    "Instruksi Presiden Nomor 2 Tahun 2021\n"
    "Undang-Undang Nomor 24 Tahun 2011\n"
    "Undang-Undang Nomor 40 Tahun 2004"
)


@pytest.fixture
def subsidy():
    made = drafts.programme()
    drafts.approve(made, *(people.worker(number) for number in range(3)))
    return made


@pytest.fixture
def draft(subsidy):
    return drafts.draft(subsidy, number="", date=None, legal_basis=BASES)


def download(client, decree):
    answer = client.get(reverse("decree_letter", args=[decree.pk]))
    assert answer.status_code == 200 and answer["Content-Type"] == DOCX
    return answer.content


def letter(decree, by="rini"):
    with scope.enter(people.office(by)):
        fresh = Decree.objects.select_related("programme__fund", "signatory").get(pk=decree.pk)
        return text(actions.letter(fresh, by=people.office(by)).file)


class TestWords:
    def test_all_parts_in_their_order(self, draft, as_person):
        words = text(download(as_person("rini"), draft))
        parts = (
            "BUPATI TRENGGALEK\nPROVINSI JAWA TIMUR\nKEPUTUSAN BUPATI TRENGGALEK\nNOMOR …",
            "TENTANG\nPENERIMA BANTUAN IURAN TAHUN 2026\n",
            "Menimbang\t:\ta.\tbahwa", "\t\tb.\tbahwa", "\t\tc.\tbahwa",
            "Mengingat\t:\t1.\tUndang-Undang Nomor 40 Tahun 2004;",
            "\t\t2.\tUndang-Undang Nomor 24 Tahun 2011;",
            "\t\t3.\tPeraturan Bupati Trenggalek Nomor 12 Tahun 2024;",
            "Memperhatikan\t:\t\tInstruksi Presiden Nomor 2 Tahun 2021;",
            "MEMUTUSKAN:",
            "Menetapkan\t:\tKEPUTUSAN BUPATI TENTANG PENERIMA BANTUAN IURAN TAHUN 2026.",
            "KESATU\t:\tMenetapkan 3 (tiga) orang penerima",
            "KEDUA\t:\tBantuan iuran sebagaimana dimaksud dalam Diktum KESATU meliputi Jaminan "
            "Kecelakaan Kerja (JKK) dan Jaminan Kematian (JKM) selama 9 (sembilan) bulan, "
            "April–Desember 2026, sebesar Rp16.800 seorang setiap bulan.",
            "KETIGA\t:\tBiaya yang timbul akibat ditetapkannya Keputusan ini, seluruhnya sebesar "
            "Rp453.600 (empat ratus lima puluh tiga ribu enam ratus rupiah), dibebankan pada "
            "Anggaran Pendapatan dan Belanja Daerah Kabupaten Trenggalek Tahun Anggaran 2026.",
            "KEEMPAT", "KELIMA", "KEENAM\t:\tKeputusan ini mulai berlaku pada tanggal ditetapkan.",
            "Ditetapkan di Trenggalek", "BUPATI TRENGGALEK,",
        )  # fmt: skip
        place = 0
        for part in parts:
            assert part in words[place:]
            place = words.index(part, place) + len(part)

    def test_nobody_is_named(self, draft):
        words = letter(draft)
        assert people.nik(0) not in words
        with scope.whole_country("tests"):
            names = list(draft.entries.values_list("name", flat=True))
        assert names and not any(name in words for name in names)

    def test_in_sijunjung_nagari(self):
        subsidy = drafts.programme(regency=people.SIJUNJUNG)
        with scope.whole_country("tests"):
            people.regency(people.SIJUNJUNG, village_word="nagari", village_head_word="wali nagari")
            decree = Decree.objects.create(
                regency_id=people.SIJUNJUNG, programme=subsidy, title="Bantuan",
                legal_basis="Peraturan Bupati Sijunjung Nomor 5 Tahun 2025",
                drafted_by=people.office("rini"),
            )  # fmt: skip
            made = text(actions._filled(default.template(), actions._values(decree)).file)
        assert "diusulkan dari nagari" in made and "desa" not in made
        assert "KEPUTUSAN BUPATI SIJUNJUNG" in made and "PROVINSI SUMATERA BARAT" in made

    @pytest.mark.parametrize(
        ("title", "head", "menetapkan"),
        [
            ("Wali Kota", "KEPUTUSAN WALI KOTA TRENGGALEK", "KEPUTUSAN WALI KOTA TENTANG"),
            ("Wali Nagari", "KEPUTUSAN WALI NAGARI TRENGGALEK", "KEPUTUSAN WALI NAGARI TENTANG"),
        ],
    )
    def test_whoever_heads_it(self, title, head, menetapkan, draft):
        with scope.whole_country("tests"):
            Regency.objects.filter(pk=people.TRENGGALEK).update(bupati_title=title)
        words = letter(draft)
        assert f"{head}\n" in words and menetapkan in words
        assert f"menetapkan Keputusan {title} tentang" in words

    @pytest.mark.parametrize(
        ("capacity", "lines"),
        [
            ("interim", "Pj. BUPATI TRENGGALEK,"),
            ("acting", "Plt. BUPATI TRENGGALEK,"),
            ("on_behalf", "a.n. BUPATI TRENGGALEK\nSEKRETARIS DAERAH,"),
        ],
    )
    def test_in_which_capacity_it_is_signed(self, capacity, lines, draft):
        with scope.whole_country("tests"):
            signatory = Signatory.objects.create(
                regency_id=people.TRENGGALEK, capacity=capacity, name="Drs. H. Wibowo, M.Si.",
                rank="Pembina Utama Muda", nip="196812121990031001", valid_from=date(2025, 1, 1),
            )  # fmt: skip
        words = letter(signing.freeze(draft, signatory=signatory))
        assert lines in words
        assert "Drs. H. WIBOWO, M.Si.\nPembina Utama Muda\nNIP 196812121990031001" in words


class TestNumberAndDate:
    @pytest.mark.parametrize(
        ("way", "number", "day", "sign"),
        [
            ("ink", "NOMOR ……", "pada tanggal ……", ""),
            ("placeholders", "NOMOR ${nomor_naskah}", "pada tanggal ${tanggal_naskah}",
             "${ttd_pengirim}"),
            ("tag", "NOMOR ……", "pada tanggal ……", "\n#\n"),
        ],
    )  # fmt: skip
    def test_what_stands_there_before_signing(self, way, number, day, sign, draft):
        with scope.whole_country("tests"):
            AnnexLook.objects.create(regency_id=people.TRENGGALEK, signing=way)
        for decree in (draft, signing.freeze(draft)):
            words = letter(decree)
            assert number in words and day in words and sign in words

    def test_the_real_ones_once_it_is_back(self, draft):
        signing.signed(draft)
        words = letter(draft)
        assert f"NOMOR {signing.NUMBER}" in words and "pada tanggal 17 Maret 2026" in words
        issued = drafts.issue(signing.fresh(draft))
        assert letter(issued) == words

    def test_a_frozen_list_keeps_its_words(self, draft):
        signing.freeze(draft)
        before = letter(draft)
        with scope.whole_country("tests"):
            PremiumSubsidy.objects.update(name="Lain", fund_id="csr", components=["JKK"])
            LegalBasis.objects.all().delete()
            Regency.objects.update(labour_office="Dinas Lain", bupati_name="Orang Lain")
        assert letter(draft) == before
        assert "Dinas Lain" not in before


class TestHostileNames:
    def test_they_stand_as_text(self, subsidy, as_person):
        words = '=1+1 #let {{ x }} {% raw %} & <w:p/> "' + "PANJANG" * 15
        with scope.whole_country("tests"):
            PremiumSubsidy.objects.update(name=words[:100])
        draft = drafts.draft(subsidy, title=words + "\u202e", number="{{ y }}", date=None)
        made = download(as_person("rini"), draft)
        assert f"tentang {words};" in text(made)
        assert f"NOMOR {'{{ y }}'}" in text(made)
        assert "\u202e" not in text(made)


class TestWhoMay:
    @pytest.mark.parametrize(("name", "status"), [("rini", 200), ("vera", 200), ("audi", 200),
                                                  ("karim", 404), ("boni", 404)])  # fmt: skip
    def test_whoever_sees_drafts(self, name, status, draft, as_person):
        answer = as_person(name).get(reverse("decree_letter", args=[draft.pk]))
        assert answer.status_code == status
        with scope.whole_country("tests"):
            assert not Disclosure.objects.filter(kind="export").exists()

    def test_the_page_of_the_decree_leads_to_it(self, draft, as_person):
        page = as_person("rini").get(reverse("decree_detail", args=[draft.pk])).content.decode()
        assert reverse("decree_letter", args=[draft.pk]) in page


OWN = ("Nomor {{ nomor }}", "{%p for d in diktum %}", "{{ d.ke }}. {{ d.isi }}", "{%p endfor %}")


class TestOwnTemplate:
    page = property(lambda self: reverse("letter_template"))

    def give(self, client, content, name="kami.docx"):
        return client.post(self.page, {"file": upload(content, name)}, follow=True)

    def test_is_tried_kept_and_used(self, draft, as_person):
        client, own = as_person("rini"), template(*OWN)
        page = self.give(client, own).content.decode()
        assert "Templat “kami.docx” dipakai mulai sekarang" in page
        assert "KESATU. Menetapkan 3 (tiga) orang" in page  # the preview has the decree's data
        assert letter(draft).startswith("Nomor …")
        with scope.whole_country("tests"):
            kept = LetterTemplate.objects.get()
        assert kept.sha256 == hashlib.sha256(own).hexdigest()
        assert client.get(reverse("letter_template_file")).content == own

    def test_and_back_to_the_portals_own(self, draft, as_person):
        client = as_person("rini")
        self.give(client, template(*OWN))
        page = client.post(reverse("letter_template_back"), follow=True).content.decode()
        assert "Templat bawaan dipakai lagi" in page
        assert "Menimbang" in letter(draft)
        with scope.whole_country("tests"):
            assert LetterTemplate.objects.count() == 2  # nothing is thrown away

    def test_a_broken_one_is_refused_and_says_where(self, draft, as_person):
        client = as_person("rini")
        page = self.give(client, template("Pembuka", "Nomor {{ nomer }}")).content.decode()
        assert "Isian “nomer” di paragraf ke-2: “Nomor {{ nomer }}” tidak dikenal" in page
        with scope.whole_country("tests"):
            assert not LetterTemplate.objects.exists()
        assert "Menimbang" in letter(draft)

    def test_without_a_decree_it_is_tried_with_invented_data(self, as_person):
        client = as_person("rini")
        page = self.give(client, template(*OWN)).content.decode()
        assert "Isinya rekaan" in page and "KESATU. Menetapkan 3 (tiga) orang" in page

    def test_the_portals_own_one_can_be_uploaded_again(self, as_person):
        client = as_person("rini")
        again = client.get(reverse("letter_template_default")).content
        assert "dipakai mulai sekarang" in self.give(client, again).content.decode()

    def test_of_another_regency_nothing_is_seen(self, as_person):
        self.give(as_person("rini"), template(*OWN))
        client = as_person("boni")
        assert "kami.docx" not in client.get(self.page).content.decode()
        with scope.enter(people.office("rini")):
            assert LetterTemplate.objects.count() == 1
        with scope.enter(people.office("boni")):
            assert LetterTemplate.objects.count() == 0

    @pytest.mark.parametrize("name", ["vera", "kartika", "audi"])
    def test_only_the_admin_changes_it(self, name, as_person):
        client = as_person(name)
        assert client.get(self.page).status_code == 403
        assert self.give(client, template(*OWN)).status_code == 403
        with scope.whole_country("tests"):
            assert not LetterTemplate.objects.exists()

    def test_the_database_lets_nobody_change_one(self, as_person):
        self.give(as_person("rini"), template(*OWN))
        with scope.enter(people.office("rini")):
            assert LetterTemplate.objects.update(filename="lain") == 0


class TestCommand:
    def export(self, tmp_path, decree, *arguments, by="rini"):
        people.office(by)
        output, stdout = tmp_path / "surat.docx", StringIO()
        call_command("export_annex", str(decree.pk), "--letter", *arguments, output=str(output),
                     by=by, stdout=stdout)  # fmt: skip
        return output, stdout.getvalue()

    def test_writes_the_bytes_of_the_page(self, draft, tmp_path, as_person):
        output, report = self.export(tmp_path, draft, "--json")
        assert output.read_bytes() == download(as_person("rini"), draft)
        assert json.loads(report)["sha256"] == hashlib.sha256(output.read_bytes()).hexdigest()
        assert output.stat().st_mode & 0o077 == 0

    def test_refuses_who_may_not_see_drafts(self, draft, tmp_path):
        with pytest.raises(CommandError, match="tidak memegang jabatan yang boleh"):
            self.export(tmp_path, draft, by="karim")
        assert list(tmp_path.iterdir()) == []


@pytest.mark.skipif(not shutil.which("soffice"), reason="LibreOffice is not installed")
def test_libreoffice_opens_it(draft, tmp_path, as_person):
    (tmp_path / "surat.docx").write_bytes(download(as_person("rini"), draft))
    command = ["soffice", f"-env:UserInstallation=file://{tmp_path}/profile", "--headless"]
    command += ["--convert-to", "txt:Text", "--outdir", str(tmp_path), str(tmp_path / "surat.docx")]
    subprocess.run(command, check=True, capture_output=True, timeout=120)
    words = (tmp_path / "surat.txt").read_text()
    assert "KEPUTUSAN BUPATI TRENGGALEK" in words and "KEENAM" in words
