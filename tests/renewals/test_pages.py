"""What pages say of renewal: the link, the list of differences, and the gap simulator."""

import re
from datetime import date
from html import unescape

import pytest

from enrollment.coverage.models import Cover
from enrollment.renewals import outlook, renewing
from enrollment.workers.models import Disclosure, Worker
from tests import people
from tests.pages.browser import HOME, assert_accessible, assert_fits
from tests.pages.source import on_one_line
from tests.proposals import making
from tests.renewals import making as renewals
from tests.selection import short
from villages import scope

pytestmark = pytest.mark.django_db
BOGORAN = people.BOGORAN


def text(answer):
    """What the page says, without its tags."""
    plain = re.sub(r"<[^>]+>", " ", on_one_line(answer.content.decode()))
    return re.sub(r"\s+", " ", plain)


def url_of(programme, end="perpanjangan/"):
    return f"/program/{programme.pk}/{end}"


@pytest.fixture
def season():
    """A decreed wave of two villages and its continuation, whose lists are begun: one person died,
    one lacks an RT, one is covered already, one is 65."""
    old = renewals.last_year()
    proposal = making.approved(old, 5)
    making.approved(old, 2, by="bagus", area=BOGORAN, first=10)
    renewals.decreed(old)
    new = renewals.linked(old)
    died, gap, covered, aged, _ = [entry.worker for entry in making.entries(proposal)]
    change(died, ended_on=date(2026, 11, 1), ended_reason="died")
    change(gap, findings=["rt.missing"])
    change(aged, birth_date=date(1961, 12, 1), findings=["address.missing"])
    people.cover(covered, date(2027, 3, 1), date(2027, 5, 1))
    assert renewals.begin(new).left == 4
    return new


def change(worker, **values):
    with scope.whole_country("tests"):
        Worker.objects.filter(pk=worker.pk).update(**values)


def test_the_dinas_links_and_the_admin_begins(as_person):
    old = renewals.last_year()
    making.approved(old, 2)
    new = renewals.next_year()
    vera, url = as_person("vera"), url_of(new, "perpanjangan/tautkan/")
    assert "Belum melanjutkan program lain" in text(vera.get(url_of(new)))
    assert "Pilih program yang dilanjutkan" in text(vera.post(url, {}))
    page = text(vera.post(url, {"previous": old.pk}, follow=True))
    assert f"Program ini lanjutan dari {old}" in page
    assert "Daftar lama belum diperiksa" in page
    assert "Daftar dimulai admin kabupaten." in page  # she verifies whom the lists would name
    begin = url_of(new, "perpanjangan/mulai/")
    assert vera.post(begin).status_code == 403 and renewals.jobs() == []
    page = text(as_person("rini").post(begin, follow=True))
    assert "2 orang dari daftar lama sedang diperiksa" in page
    (job,) = renewals.jobs()
    renewing.proceed(job.pk)
    page = text(as_person("vera").get(url_of(new)))
    assert "2 orang masuk daftar baru" in page and "Tidak ada yang berbeda" in page


def test_the_list_stands_in_the_order_of_what_a_gap_destroys(as_person, season):
    page = as_person("rini").get(url_of(season))
    said = text(page)
    names = re.findall(r"Pekerja \d+", said)
    assert names[0] == "Pekerja 3"  # 65 years old
    assert set(names) == {"Pekerja 0", "Pekerja 1", "Pekerja 2", "Pekerja 3"}
    assert "Meninggal, 1 November 2026." in said
    assert "31 Maret 2027" in said and "Desember 2026" in said
    assert people.nik(1) not in page.content.decode()


def test_the_list_is_sorted_by_its_columns(as_person, season):
    with scope.whole_country("tests"):
        died = Worker.objects.get(name="Pekerja 0")
    change(died, name="pekerja 9")
    rini, found = as_person("rini"), {}
    for asked in ("nama", "-nama", "putus", "wilayah", "lahir"):
        page = rini.get(url_of(season), {"urut": asked}).context["page"]
        found[asked] = [check.person.name for check in page]
    assert found["nama"] == sorted(found["nama"], key=str.upper) == found["-nama"][::-1]
    assert "pekerja 9" in found["nama"] and len(found["nama"]) == 4
    assert found["putus"][0] == "Pekerja 3"
    assert found["lahir"][0] == "Pekerja 3"  # 65 years old


@pytest.mark.parametrize(
    ("asked", "names"),
    [
        ({"alasan": "pergi"}, {"Pekerja 0"}),
        ({"alasan": "data"}, {"Pekerja 1", "Pekerja 3"}),
        ({"alasan": "syarat"}, {"Pekerja 2"}),
        ({"alasan": "perbaiki"}, {"Pekerja 1", "Pekerja 2", "Pekerja 3"}),
        ({"alasan": "belum"}, set()),
        ({"golongan": "1"}, {"Pekerja 3"}),
        ({"wilayah": BOGORAN}, set()),
        ({"wilayah": people.KAMPAK}, {f"Pekerja {n}" for n in range(4)}),
    ],
)
def test_it_is_filtered(as_person, season, asked, names):
    page = text(as_person("vera").get(url_of(season), asked))
    assert set(re.findall(r"Pekerja \d+", page)) == names


def numbers(html):
    """(address, number) of every link of the page that shows a number of people."""
    inner = html[html.index("<main") : html.index("</main>")]
    links = re.findall(r'<a\b[^>]*href="([^"]+)"[^>]*>(.*?)</a>', on_one_line(inner))
    plain = [(url, re.sub(r"<[^>]+>", " ", words)) for url, words in links]
    found = [(url, re.search(r"(?<![\d.])(\d[\d.]*)(?= orang| *$|  )", words))
             for url, words in plain if "?" in url]  # fmt: skip
    return [(unescape(url), int(hit[1].replace(".", ""))) for url, hit in found if hit]


def assert_each_leads_to_so_many(person, html):
    asked = dict(numbers(html))
    for url, number in numbers(html):
        assert asked[url] == number  # the same address always with the same number
        names = set(re.findall(r"Pekerja \d+", text(person.get(url))))
        assert len(names) == number, url
    return asked


def test_numbers_lead_to_exactly_their_people(as_person, season):
    """Also those of the dead, who stand in no group of what a gap would destroy."""
    vera = as_person("vera")
    asked = assert_each_leads_to_so_many(vera, vera.get(url_of(season)).content.decode())
    for query in ("alasan=pergi", "alasan=data", "alasan=syarat", "golongan=1", "golongan=4"):
        assert url_of(season, f"perpanjangan/?{query}") in asked
    assert 7 in asked.values()  # those approved in the last wave, the dead among them


def test_numbers_of_a_gap_lead_to_exactly_their_people(as_person, season):
    """Of seven one has died and one is paid further; two more are approved and wait."""
    old = previous(season)
    making.approved(old, 2, by="bagus", area=BOGORAN, first=30)
    vera = as_person("vera")
    for month in ("2027-02", "2027-04"):
        page = vera.get(url_of(old, "jeda/"), {"bulan": month}).content.decode()
        asked = assert_each_leads_to_so_many(vera, page)
        ends = [url.partition("akibat=")[2] for url in asked if "golongan" not in url]
        late = month == "2027-04"  # by then the months that somebody else pays have begun
        assert sorted(ends) == ["", "belum", "kurang", "menunggak", "mulai", "tanpa-jeda"]
        assert {number for url, number in asked.items() if "kurang" in url} == {5 if late else 6}
        assert asked[url_of(old, f"jeda/orang/?bulan={month}&akibat=mulai")] == (5 if late else 0)
        assert asked[url_of(old, f"jeda/orang/?bulan={month}&akibat=belum")] == 2


def previous(wave):
    with scope.whole_country("tests"):
        return making.fresh(wave).continuation.previous


def test_where_nobody_lacks_a_month_no_bridge_is_offered(as_person, monkeypatch):
    old = renewals.last_year()
    making.approved(old, 2)
    renewals.decreed(old)
    vera, url = as_person("vera"), url_of(old, "jeda/")
    late = {"bulan": "2027-03"}
    assert "Menjembatani Januari–Februari 2027: Rp67.200" in text(vera.get(url, late))
    with scope.whole_country("tests"):
        workers = [entry.worker for entry in old.entries.select_related("worker")]
    for worker in workers:
        renewals.paid_until(worker, date(2027, 3, 1), 3)
    page = text(vera.get(url, late))
    assert "Tidak ada yang perlindungannya putus" in page and "Menjembatani Januari" not in page
    assert "× 2" not in page


def test_a_day_that_is_over_is_no_day_to_pay_by(as_person, monkeypatch):
    old = renewals.last_year()
    making.approved(old, 2)
    renewals.decreed(old)
    vera, url = as_person("vera"), url_of(old, "jeda/?bulan=2027-04")
    assert "asal dibayar paling lambat 31 Maret 2027" in text(vera.get(url))
    monkeypatch.setattr("django.utils.timezone.localdate", lambda *given: date(2027, 4, 1))
    page = text(vera.get(url))
    assert "paling lambat" not in page and "31 Maret 2027, sudah lewat" in page


def test_a_wave_without_a_decree_has_nobody_to_bridge(as_person):
    old = renewals.last_year()
    making.approved(old, 2)
    page = text(as_person("vera").get(url_of(old, "jeda/")))
    assert "Belum ada orang yang disebut keputusan" in page and "2 orang disetujui" in page


def test_after_the_job_the_button_is_quiet(as_person, season):
    rini = as_person("rini")
    page = rini.get(url_of(season)).content.decode()
    assert "Periksa lagi" in page and "Mulai daftar" not in page
    fresh = renewals.next_year(name="Baru")
    other = renewals.last_year(name="Lain")
    making.approved(other, 1, first=50)
    renewals.link(fresh, other)
    page = rini.get(url_of(fresh)).content.decode()
    assert "Mulai daftar" in page and "Periksa lagi" not in page


@pytest.mark.parametrize(
    "end",
    ["jalur/", "jadwal/", "anggaran/", "naskah/", "jeda/", "jeda/orang/", "perpanjangan/",
     "bayar-sendiri/"],
)  # fmt: skip
def test_titles_name_the_wave_with_its_year(as_person, end):
    wave = renewals.next_year(name="Pekerja rentan", wave_name="Tahap I")
    answer = as_person("rini").get(url_of(wave, end))
    assert answer.status_code == 200
    page = on_one_line(answer.content.decode())
    title = re.search(r"<title>(.*?)</title>", page)[1]
    heading = re.search(r"<h1[^>]*>(.*?)</h1>", page)[1]
    assert str(wave) in title and str(wave) in heading


def test_an_auditor_reads_and_changes_nothing(as_person, season):
    old, auditor = previous(season), as_person("audi")
    assert "Menurut yang hilang" in text(auditor.get(url_of(old, "jeda/")))
    assert "Pekerja 4" in text(auditor.get(url_of(old, "jeda/orang/")))
    page = text(auditor.get(url_of(season)))
    assert "Pekerja 3" in page and "Periksa lagi" not in page
    assert "Bila ada jeda" in text(auditor.get(url_of(old, "")))
    for end in ("mulai/", "lepas/", "ambil/"):
        assert auditor.post(url_of(season, f"perpanjangan/{end}")).status_code == 403


def test_the_dpmd_has_nothing_to_do_with_renewal(as_person, season):
    """It sees its own lists alone, so a page of differences would say that nobody was there."""
    assert "Surat bayar sendiri" in text(as_person("karim").get(url_of(season, "")))
    dewi = as_person("dewi")
    assert "Surat bayar sendiri" not in text(dewi.get(url_of(season, "")))
    for end in ("perpanjangan/", "bayar-sendiri/", "jeda/"):
        assert dewi.get(url_of(season, end)).status_code == 403, end


def test_a_gap_of_whom_no_decree_names_has_no_table_of_nothing(as_person, season):
    page = text(as_person("vera").get(url_of(season, "jeda/")))
    assert "Belum ada orang yang disebut keputusan program ini." in page
    assert "Menurut yang hilang" not in page


def test_the_list_of_a_gap_shows_no_nik_and_its_file_is_recorded(as_person, season):
    url = url_of(previous(season), "jeda/orang/")
    page = as_person("vera").get(url).content.decode()
    assert "Pekerja 4" in page and people.nik(4) not in page
    as_person("vera").get(url, {"unduh": "xlsx"})
    with scope.whole_country("tests"):
        assert Disclosure.objects.get(kind="export").people == 6


def test_a_workbook_of_it_is_recorded(as_person, season):
    answer = as_person("vera").get(url_of(season), {"unduh": "xlsx"})
    assert answer["Content-Type"].startswith("application/vnd.openxmlformats")
    with scope.whole_country("tests"):
        row = Disclosure.objects.get(kind="export")
    assert (row.people, row.subject) == (4, f"renewal:{season.pk}")


def test_a_village_sees_its_own_and_takes_over(as_person, season):
    kartika = as_person("kartika")
    page = text(kartika.get(url_of(season)))
    assert "Pekerja 1" in page and "5 orang Anda disetujui" in page
    assert "Ambil dari daftar lama" in page
    with scope.whole_country("tests"):
        Worker.objects.filter(name="Pekerja 1").update(findings=[])
    page = text(kartika.post(url_of(season, "perpanjangan/ambil/"), follow=True))
    assert "1 orang dari daftar lama" in page and "Pekerja 1" in page  # the page of its list
    assert "Pekerja 1" not in text(as_person("kartika").get(url_of(season)))
    nobody_left = text(as_person("bagus").get(url_of(season)))
    assert "Tidak ada yang berbeda" in nobody_left
    assert "Ambil dari daftar lama" not in nobody_left


def test_whoever_fits_by_now_is_told(as_person, season):
    with scope.whole_country("tests"):
        Cover.objects.filter(worker__name="Pekerja 2", months__startswith=date(2027, 3, 1)).delete()
    assert "Kini memenuhi syarat" in text(as_person("kartika").get(url_of(season)))


def test_the_link_is_taken_back(as_person, season):
    page = text(as_person("rini").post(url_of(season, "perpanjangan/lepas/"), follow=True))
    assert "Tautan dilepas" in page
    assert "Belum melanjutkan" in text(as_person("rini").get(url_of(season)))


def test_a_village_begins_no_job_and_sees_no_simulator(as_person, season):
    kartika = as_person("kartika")
    assert kartika.get(url_of(season, "jeda/")).status_code == 403
    assert kartika.get(url_of(season, "jeda/orang/")).status_code == 403
    assert kartika.post(url_of(season, "perpanjangan/mulai/")).status_code == 403
    assert as_person("rini").get(url_of(season, "jeda/")).status_code == 200


@pytest.mark.every
def test_the_simulator_of_sijunjung(as_person):
    """6,200 people whose cover ends in December, and a decree in April."""
    old = renewals.last_year(people_paid=7_000)
    making.crowd(old, 6_200, "approved")
    renewals.decreed(old)
    rini = as_person("rini")
    page = text(rini.get(url_of(old, "jeda/"), {"bulan": "2027-04"}))
    assert "Rp312.480.000" in page and "16.800 × 3" in page
    assert "Rp32.000.000 lebih sedikit" in page
    assert re.search(r"Mulai dari nol lagi\D*6\.200", page)
    page = text(rini.get(url_of(old, "jeda/"), {"bulan": "2027-03", "orang": "1.000"}))
    assert re.search(r"Tetap, dengan tunggakan\D*6\.200", page)
    assert "Rp208.320.000" in page and "Rp33.600.000" in page
    page = text(rini.get(url_of(old, "jeda/"), {"bulan": "2027-04", "harga": "8.400"}))
    assert "Rp156.240.000" in page


@pytest.mark.parametrize(
    ("asked", "said"),
    [
        ({"bulan": "2027-13"}, "2027-13"),
        ({"bulan": "2026-12"}, "2026-12"),
        ({"orang": "1,5"}, "tidak jelas"),
        ({"harga": "murah"}, "Tulis jumlah rupiah"),
    ],
)
def test_what_is_typed_wrongly_is_said(as_person, season, asked, said):
    page = text(as_person("rini").get(url_of(season, "jeda/"), asked))
    assert said in page and "Menurut yang hilang" not in page


@pytest.mark.parametrize("width", short([360, 1280]))
@pytest.mark.parametrize("who", short(["vera", "kartika"]))
def test_the_pages_are_accessible_and_fit(page_at, as_person, season, width, who):
    page = page_at(width, as_person(who))
    with scope.whole_country("tests"):
        old = making.fresh(season).continuation.previous
    urls = [url_of(season)]
    if who == "vera":
        fresh = renewals.next_year(name="Lain")
        urls += [url_of(old, "jeda/?bulan=2027-04"), url_of(old, "jeda/orang/?bulan=2027-04"),
                  url_of(fresh, "perpanjangan/tautkan/"),
                 url_of(fresh)]  # fmt: skip
    for number, url in enumerate(urls):
        page.goto(HOME + url)
        page.screenshot(path=f"/tmp/renew-{who}-{width}-{number}.png", full_page=True)
        assert_accessible(page)
        assert_fits(page)


def test_a_village_has_its_renewal_on_the_home_page(as_person, season):
    home = text(as_person("kartika").get("/"))
    assert "Perpanjangan 2027: 5 orang, 3 perlu diperbaiki" in home
    assert "Perpanjangan 2027" not in text(as_person("bagus").get("/"))


def test_before_anybody_has_begun_all_of_them_are_to_be_put_on_the_list(as_person):
    old = renewals.last_year()
    making.approved(old, 3)
    renewals.linked(old)
    home = text(as_person("kartika").get("/"))
    assert "Perpanjangan 2027: 3 orang, 3 belum dimasukkan" in home


def test_a_list_offers_its_last_people(as_person, season):
    with scope.whole_country("tests"):
        own = season.proposals.get(area=people.SENDEN)
    page = text(as_person("kartika").get(f"/usulan/{own.pk}/"))
    assert "Ambil dari daftar lama" in page
    other = making.draft(making.programme(name="Tanpa lanjutan"), 1, first=70)
    assert "daftar lama" not in text(as_person("kartika").get(f"/usulan/{other.pk}/"))


@pytest.mark.parametrize("who", ["vera", "amir", "rini"])
def test_the_dinas_hears_of_cover_that_ends_without_a_successor(as_person, who, monkeypatch):
    old = renewals.last_year()
    making.approved(old, 1)
    monkeypatch.setattr("django.utils.timezone.localdate", lambda *given: date(2026, 10, 5))
    home = text(as_person(who).get("/"))
    assert f"{old} habis akhir Desember 2026 tanpa lanjutan" in home
    assert "31 Maret 2027" in home
    renewals.linked(old)
    assert "tanpa lanjutan" not in text(as_person(who).get("/"))


@pytest.mark.parametrize(
    ("today", "told"),
    [
        (date(2026, 9, 30), False),
        (date(2026, 10, 1), True),
        (date(2027, 3, 31), True),
        (date(2027, 4, 1), False),
    ],
)
def test_from_three_months_before_until_nothing_can_be_kept(today, told):
    old = renewals.last_year()
    making.approved(old, 1)
    rini = people.office("rini")
    with scope.enter(rini):
        assert (old in outlook.ending(rini, today)) == told


def test_the_page_of_a_programme_leads_there(as_person, season):
    with scope.whole_country("tests"):
        old = making.fresh(season).continuation.previous
    page = text(as_person("rini").get(url_of(season, "")))
    assert f"Lanjutan dari {old}" in page
    assert f"oleh {season}" in text(as_person("rini").get(url_of(old, "")))
    assert f"Lanjutan dari {old}" in text(as_person("kartika").get(url_of(season, "")))
    assert "Bila ada jeda" not in text(as_person("kartika").get(url_of(old, "")))


class TestNotes:
    def test_a_village_prints_one_for_each_of_its_people(self, as_person, season):
        with scope.whole_country("tests"):
            old = making.fresh(season).continuation.previous
        page = text(as_person("kartika").get(url_of(old, "bayar-sendiri/"), {"cetak": "1"}))
        assert "Yth. Pekerja 4," in page and "sampai Desember 2026" in page
        assert "Bayarlah paling lambat 31 Maret 2027" in page and "Rp16.800 sebulan" in page
        assert "Pekerja 10" not in page  # of another village
        assert "Pekerja 0" not in page  # who died
        page = text(as_person("rini").get(url_of(old, "bayar-sendiri/"), {"wilayah": BOGORAN}))
        assert "Pekerja 10" in page and "Pekerja 4" not in page

    def test_nobody_who_waits_for_a_decree_is_told_that_something_is_paid(self, as_person):
        old = renewals.last_year()
        making.approved(old, 2)
        rini, url = as_person("rini"), url_of(old, "bayar-sendiri/")
        page = text(rini.get(url))
        assert "Yth." not in page and "Surat dibuat untuk yang ditetapkan keputusan" in page
        renewals.decreed(old)
        assert "Yth. Pekerja 0" in text(rini.get(url))

    def test_whoever_is_paid_further_is_told_their_own_day(self, as_person, season):
        with scope.whole_country("tests"):
            old = making.fresh(season).continuation.previous
        page = text(as_person("kartika").get(url_of(old, "bayar-sendiri/")))
        assert "sampai April 2027" in page and "31 Juli 2027" in page

    def test_the_regency_writes_its_own(self, as_person, season):
        with scope.whole_country("tests"):
            old = making.fresh(season).continuation.previous
        rini, url = as_person("rini"), "/pengaturan/surat-bayar-sendiri/"
        assert "Yth. {nama}" in text(rini.get(url))
        assert "Tidak dikenal: {bulan}" in text(rini.post(url, {"text": "Sampai {bulan}."}))
        rini.post(url, {"text": "Halo {nama}.\n\nSampai {batas}."})
        page = text(rini.get(url_of(old, "bayar-sendiri/")))
        assert "Halo Pekerja 4." in page and "Sampai 31 Maret 2027." in page
        assert as_person("vera").get(url).status_code == 403

    @pytest.mark.parametrize("width", short([360, 1280]))
    def test_they_fit_and_each_begins_a_sheet_of_paper(self, page_at, as_person, season, width):
        with scope.whole_country("tests"):
            old = making.fresh(season).continuation.previous
        page = page_at(width, as_person("rini"))
        for url in (url_of(old, "bayar-sendiri/"), "/pengaturan/surat-bayar-sendiri/"):
            page.goto(HOME + url)
            page.screenshot(path=f"/tmp/renew-note-{width}-{len(url)}.png", full_page=True)
            assert_accessible(page)
            assert_fits(page)
        page.goto(HOME + url_of(old, "bayar-sendiri/?cetak=1"))
        sheets = page.pdf(prefer_css_page_size=True).count(b"/Type /Page\n")
        assert sheets >= 6


@pytest.mark.parametrize(
    ("end", "name"),
    [
        ("perpanjangan/", "Pekerja 1"),
        ("bayar-sendiri/", "Pekerja 11"),
        ("jeda/orang/", "Pekerja 11"),
    ],
)
def test_people_are_searched_for_by_name_and_by_the_digits_that_are_shown(
    as_person, season, end, name
):
    vera = as_person("vera")
    url = url_of(season if end == "perpanjangan/" else previous(season), end)
    everybody = vera.get(url).context["page"].paginator.count
    assert everybody > 2
    answer = vera.post(url, {"q": name.upper()}, follow=True)
    assert answer.redirect_chain and set(re.findall(r"Pekerja \d+", text(answer))) == {name}
    assert "Tidak ada yang cocok" in vera.get(url, {"q": "siapa ini"}).text
    found = vera.post(url, {"q": people.nik(1)})
    assert found.context["page"].paginator.count == everybody
    assert people.nik(1) not in found.text and "hanya enam angka pertama" in found.text
    assert vera.post(url, {"q": "357801"}).context["page"].paginator.count == 0
    assert vera.get(url, {"q": people.nik(1)}).url == url
