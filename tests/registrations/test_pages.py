"""The pages of what goes to BPJS, as who uses them: find the way, read what happened."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from enrollment.matching import working
from enrollment.matching.models import AnswerFile
from enrollment.registrations import making
from enrollment.registrations.models import Registering
from tests import people
from tests.pages.browser import HOME, assert_accessible, assert_fits, assert_tables_fit
from tests.pages.source import on_one_line
from tests.registrations import sending
from tests.selection import short
from villages import scope

pytestmark = pytest.mark.django_db


def text(answer):
    return on_one_line(answer.content.decode())


def at(name, *args):
    return reverse(name, args=args)


def job(model):
    with scope.whole_country("tests"):
        return model.objects.latest("created_at")


def as_upload(rows):
    return SimpleUploadedFile("jawaban.xlsx", sending.workbook(rows).read())


def test_from_the_decree_to_the_answer(as_person):
    """The whole way of an administrator: what is alike, file, answer, looked at, saved."""
    decree = sending.decreed(3, defaults=False)
    rini = as_person("rini")
    there = at("registration", decree.pk)
    assert there in text(rini.get(at("decree_detail", decree.pk)))
    assert "Isian berkas belum ada" in text(rini.get(there))
    page = text(rini.post(at("registration_defaults", decree.pk), sending.DEFAULTS, follow=True))
    assert "Buat berkas: 3 peserta baru" in page
    assert "sedang dibuat" in text(rini.post(there, {"kind": "new"}, follow=True))
    making.advance(job(Registering).pk)
    batch = job(Registering).batch_id
    page = text(rini.get(at("batch_detail", batch)))
    assert "Berkas 1" in page and "Pekerja 1" in page and people.nik(1) not in page
    file = rini.get(at("batch_file", batch, 1))
    assert file.status_code == 200 and len(sending.rows_of(file.content)) == 4
    one, two, three = sending.lines(sending.fresh_batch(batch))
    rows = [
        sending.answer(one, kpj="11112222333", words="Valid"),
        sending.answer(two, words="Ditolak: tidak bekerja"),
        sending.answer(three, words="Menunggu cabang"),
    ]
    rini.post(at("answers_upload", batch), {"file": as_upload(rows)})
    answers = job(AnswerFile)
    working.advance(answers.pk)
    page = text(rini.get(at("answers_detail", answers.pk)))
    assert "Simpan 2 jawaban" in page and "“Menunggu cabang”" in page
    rini.post(at("answers_take", answers.pk))
    working.advance(answers.pk)
    page = text(rini.get(there))
    assert "Diterima" in page and "Ditolak" in page and "Belum dijawab" in page
    assert "Catat keluar" not in page  # the Dinas does that
    vera = as_person("vera")
    assert "1 orang ditolak BPJS" in text(vera.get(there))
    filed = vera.post(at("registration_refused", decree.pk), follow=True)
    assert "1 orang yang ditolak BPJS dicatat keluar" in text(filed)


def test_words_are_explained_on_the_page(as_person):
    batch = sending.send(sending.decreed(2))
    answers = sending.receive(
        batch, [sending.answer(line, words="Menunggu cabang") for line in sending.lines(batch)]
    )
    rini, there = as_person("rini"), at("answers_detail", answers.pk)
    form = {"arti-TOTAL_FORMS": "1", "arti-INITIAL_FORMS": "1", "arti-0-words": "Menunggu cabang"}
    refused = {**form, "arti-0-state": "refused"}
    page = text(rini.post(at("answers_explain", answers.pk), refused))
    assert "Isi golongan alasannya" in page and '<option value="refused" selected>' in page
    refused["arti-0-reason"] = "Belum lengkap"
    page = text(rini.post(at("answers_explain", answers.pk), refused, follow=True))
    assert "2 jawaban sekarang dimengerti" in page and "Simpan 2 jawaban" in text(rini.get(there))


def test_a_doubtful_row_is_matched_by_hand(as_person):
    batch = sending.send(sending.decreed(1))
    answers = sending.receive(batch, [["", "", "SIAPA", "", "Valid"]])
    rini, there = as_person("rini"), at("answers_settle", answers.pk)
    refused = text(rini.post(there, {"row": "2"}))
    assert "Isi kunci baris orangnya" in refused and 'value="2"' in refused
    key = sending.lines(batch)[0].key
    refused = text(rini.post(there, {"row": "7", "key": key}))
    assert "Tidak ada baris dengan nomor itu" in refused and f'value="{key}"' in refused
    assert "Tidak ada baris dengan kunci itu" in text(rini.post(there, {"row": "2", "key": "X"}))
    assert "dicocokkan" in text(rini.post(there, {"row": "2", "key": key}, follow=True))


def test_the_same_answers_are_refused_with_a_sentence(as_person):
    batch = sending.send(sending.decreed(1))
    rows = [sending.answer(sending.lines(batch)[0], words="Valid")]
    content = sending.workbook(rows).read()
    rini, there = as_person("rini"), at("answers_upload", batch.pk)
    rini.post(there, {"file": SimpleUploadedFile("a.xlsx", content)})
    again = rini.post(there, {"file": SimpleUploadedFile("b.xlsx", content)})
    assert "sudah diunggah untuk kiriman ini" in text(again)


def test_the_branch_makes_files_and_other_offices_only_read(as_person):
    decree = sending.decreed(1)
    there = at("registration", decree.pk)
    assert "Buat berkas: 1" in text(as_person("bima").get(there))
    for name in ("vera", "audi"):
        assert "Buat berkas" not in text(as_person(name).get(there))
    for name in ("kartika", "boni", "olan"):
        assert as_person(name).get(there).status_code in (403, 404)


@pytest.fixture
def shown(as_person):
    """Pages at which something is to be seen."""
    decree = sending.decreed(6)
    batch = sending.send(decree)
    words = ["Valid", "Ditolak: NIK tidak ditemukan", "Menunggu cabang", "Sudah peserta", "Valid"]
    rows = [
        sending.answer(line, words=said, kpj=f"1111222233{line.number}")
        for line, said in zip(sending.lines(batch), words, strict=False)
    ]
    answers = sending.receive(batch, rows)
    looked_at = at("answers_detail", answers.pk)
    other = sending.take(sending.receive(batch, rows[:3]))
    return [
        at("registration", decree.pk), at("registration_defaults", decree.pk),
        at("registration_people", decree.pk), at("batch_detail", batch.pk),
        at("answers_upload", batch.pk), looked_at, at("answers_detail", other.pk),
    ]  # fmt: skip


@pytest.mark.parametrize("width", short([360, 1280]))
def test_the_pages_are_accessible_and_fit(width, shown, page_at, as_person):
    page = page_at(width, as_person("rini"))
    for number, address in enumerate(shown):
        page.goto(f"{HOME}{address}")
        page.screenshot(path=f"/tmp/reg-{width}-{number}.png", full_page=True)
        assert_accessible(page)
        assert_fits(page)
        assert_tables_fit(page)
