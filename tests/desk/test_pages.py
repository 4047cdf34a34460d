"""The desk without scripts: each decision is a form that leads to the next person."""

import re
from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from enrollment.desk.models import UsualReason
from enrollment.proposals import actions
from enrollment.proposals.models import Entry, Step
from enrollment.workers.models import Disclosure, Worker
from tests import people
from tests.desk.asking import desk_of, form_of, programme_desk
from tests.proposals import making
from tests.proposals.asking import of, text
from tests.proposals.test_steps_back import act_of
from villages import scope

pytestmark = pytest.mark.django_db
MORE = 4
"""Statements that somebody without family, or alone in a village, saves."""


def rename(proposal, *names):
    with scope.whole_country("tests"):
        for row, name in zip(making.entries(proposal), names, strict=True):
            Worker.objects.filter(pk=row.worker_id).update(name=name)
    return making.entries(proposal)


@pytest.fixture
def three():
    proposal = making.submitted(making.programme(), 3)
    rename(proposal, "ANI", "BUDI", "CICI")
    return proposal


def shown(page):
    return re.search(r"data-desk-person\s*>\s*([^<]+?)\s*<", page)[1]


def decide(client, address, act, **given):
    """What the form of the page sends, and where it leads."""
    page = client.get(address)
    values = form_of(text(page), act) | {"act": act, **given}
    return client.post(address, values, follow=True)


class TestDeciding:
    def test_leads_to_the_next_and_says_what_was_done(self, as_person, three):
        vera = as_person("vera")
        answer = decide(vera, desk_of(three), "verify")
        page = text(answer)
        assert answer.redirect_chain, "a form leads on by way of an address"
        assert "ANI diverifikasi." in page
        assert shown(page) == "BUDI"
        assert making.states(three) == {"verified": 1, "submitted": 2}

    def test_goes_on_to_the_end_and_leads_back_to_the_list(self, as_person, three):
        vera = as_person("vera")
        for _ in range(2):
            decide(vera, desk_of(three), "verify")
        page = text(decide(vera, desk_of(three), "verify"))
        assert "Tidak ada yang menunggu Anda" in page
        assert of(three) in page
        assert "Semua orang dengan saringan ini sudah diputuskan" in page
        assert making.states(three) == {"verified": 3}

    def test_people_who_do_not_wait_here_are_said_to_be_with_others(self, as_person, three):
        first, second, _ = making.entries(three)
        making.act("vera", "return", three, reason="x", pks=[first.pk, second.pk])
        vera, village = as_person("vera"), "2 orang ada pada pengusulnya untuk diperbaiki."
        page = text(vera.get(desk_of(three, status="returned")))
        assert village in page and "sudah diputuskan" not in page
        page = text(vera.get(programme_desk(three.programme, status="returned", q="ANI")))
        assert "Siapa yang ditemukan saringan ini" in page and "sudah diputuskan" not in page
        decide(vera, desk_of(three), "verify")
        page = text(vera.get(desk_of(three, status="semua")))
        assert village[:-1] in page and "1 orang menunggu persetujuan Dinas" in page

    def test_a_usual_reason_or_an_own_one_is_what_the_village_reads(self, as_person, three):
        vera = as_person("vera")
        page = text(vera.get(desk_of(three)))
        assert "Nama ibu kandung berbeda dari KK" in page
        decide(vera, desk_of(three), "return", reason="Nama ibu kandung berbeda dari KK")
        decide(vera, desk_of(three), "reject", own="Bukan warga sini", reason="")
        with scope.whole_country("tests"):
            reasons = list(Entry.objects.exclude(reason="").values_list("state", "reason"))
        assert sorted(reasons) == [
            ("rejected", "Bukan warga sini"),
            ("returned", "Nama ibu kandung berbeda dari KK"),
        ]

    def test_an_empty_own_reason_is_asked_for_and_no_usual_one_taken(self, as_person, three):
        usual = "Nama ibu kandung berbeda dari KK"
        page = text(decide(as_person("vera"), desk_of(three), "return", own=" ", reason=usual))
        assert "Tulis alasannya" in page
        assert making.states(three) == {"submitted": 3}

    def test_without_a_reason_it_stays_with_what_was_typed(self, as_person, three):
        page = text(decide(as_person("vera"), desk_of(three), "return", own="  "))
        assert "Tulis alasannya" in page
        assert shown(page) == "ANI"
        assert re.search(r"<details[^>]*data-sheet[^>]*open", page)
        assert making.states(three) == {"submitted": 3}
        long = "panjang " * 200
        page = text(decide(as_person("vera"), desk_of(three), "return", own=long))
        assert "paling panjang" in page and long.strip() in page

    def test_whoever_no_longer_fits_stays_with_the_reason(self, as_person, three):
        with scope.whole_country("tests"):
            first = making.entries(three)[0]
            Worker.objects.filter(pk=first.worker_id).update(findings=["rt.missing"])
        page = text(decide(as_person("vera"), desk_of(three), "verify"))
        assert "Tidak diverifikasi: orang ini tidak memenuhi syarat lagi." in page
        assert shown(page) == "ANI" and "Data belum lengkap" in page
        assert making.states(three) == {"submitted": 3}

    def test_the_approver_has_the_same_desk_with_other_verbs(self, as_person, three):
        making.act("vera", "verify", three)
        amir = as_person("amir")
        assert "cukup untuk <b>100</b> orang" in text(amir.get(desk_of(three)))
        page = text(decide(amir, desk_of(three), "approve"))
        assert "ANI disetujui." in page and "cukup untuk <b>99</b> orang" in page
        values = form_of(page, "approve") | {"act": "approve"}
        page = text(amir.post(desk_of(three), values, headers={"HX-Request": "true"}))
        assert "BUDI disetujui." in page and "cukup untuk <b>98</b> orang" in page
        assert making.states(three) == {"approved": 2, "verified": 1}

    @pytest.mark.parametrize("who", ["rini", "kartika", "audi", "bima"])
    def test_whoever_decides_nothing_has_no_desk(self, as_person, three, who):
        assert as_person(who).get(desk_of(three)).status_code == 403
        assert as_person(who).get(programme_desk(three.programme)).status_code == 403
        answer = as_person(who).post(desk_of(three), {"act": "verify"})
        assert answer.status_code == 403

    def test_a_verb_that_is_not_of_this_desk_is_refused(self, as_person, three):
        page = text(as_person("vera").get(desk_of(three)))
        for act in ("approve", "unverify", "admit?", ""):
            values = form_of(page, "verify") | {"act": act}
            assert as_person("vera").post(desk_of(three), values).status_code == 403
        assert making.states(three) == {"submitted": 3}


class TestWhole:
    def test_a_programme_is_gone_through_village_after_village(self, as_person):
        subsidy = making.programme()
        rename(making.submitted(subsidy, 1), "SENDEN")
        bogoran = making.submitted(subsidy, 1, by="bagus", first=50, area=people.BOGORAN)
        rename(bogoran, "BOGORAN")
        vera = as_person("vera")
        page = text(decide(vera, programme_desk(subsidy), "verify"))
        assert "BOGORAN diverifikasi." in page and shown(page) == "SENDEN"

    def test_filters_are_kept(self, as_person, three):
        vera, filtered = (
            as_person("vera"),
            programme_desk(three.programme, q="i", wilayah=people.SENDEN),
        )
        answer = decide(vera, filtered, "verify")
        assert "q=i" in answer.redirect_chain[0][0] and "wilayah=" in answer.redirect_chain[0][0]

    def test_the_list_leads_there_with_its_filters(self, as_person, three):
        vera = as_person("vera")
        page = text(vera.get(f"/usulan/program/{three.programme_id}/orang/?q=BUDI"))
        address = re.search(r'href="(/usulan/program/[^"]+/meja/[^"]*)"', page)[1]
        assert re.search(r'class="btn btn-quiet"\s+name="act"\s+value="verify"', page), (
            "not primary"
        )
        assert shown(text(vera.get(address))) == "BUDI"
        for status in ("verified", "rejected"):
            assert "/meja/" not in text(vera.get(of(three) + f"?status={status}"))
        for who in ("rini", "kartika"):
            assert "/meja/" not in text(as_person(who).get(of(three) + "?status=semua"))


class TestTakingBack:
    def test_several_in_a_row_go_back_through_the_sitting(self, as_person, three):
        vera = as_person("vera")
        decide(vera, desk_of(three), "verify")
        decide(vera, desk_of(three), "return", own="x")
        decide(vera, desk_of(three), "reject", own="x")
        assert making.states(three) == {"verified": 1, "returned": 1, "rejected": 1}
        for name, states in (
            ("CICI", {"verified": 1, "returned": 1, "submitted": 1}),
            ("BUDI", {"verified": 1, "submitted": 2}),
            ("ANI", {"submitted": 3}),
        ):
            page = text(vera.post(desk_of(three), {"act": "undo"}, follow=True))
            assert shown(page) == name
            assert making.states(three) == states
        page = text(vera.post(desk_of(three), {"act": "undo"}, follow=True))
        assert "Tidak ada keputusan Anda yang dapat dibatalkan" in page

    def test_is_not_possible_once_somebody_has_gone_on(self, as_person, three):
        vera = as_person("vera")
        decide(vera, desk_of(three), "verify")
        decide(vera, desk_of(three), "verify")
        second = making.entries(three)[1]
        making.act("amir", "approve", three, pks=[second.pk])
        page = text(vera.post(desk_of(three), {"act": "undo"}, follow=True))
        assert "Tidak dapat dibatalkan. Sudah disetujui oleh Amir, Penyetuju Dinas, pukul" in page
        assert making.states(three) == {"verified": 1, "approved": 1, "submitted": 1}
        text(vera.post(desk_of(three), {"act": "undo"}, follow=True))
        assert making.states(three) == {"approved": 1, "submitted": 2}, "the one before it is"

    def test_takes_back_nothing_of_another_verifier(self, as_person, three):
        decide(as_person("vera"), desk_of(three), "verify")
        people.NAMES.setdefault("vena", (people.Role.VERIFIER, people.TRENGGALEK))
        as_person("vena").post(desk_of(three), {"act": "undo"}, follow=True)
        assert making.states(three) == {"verified": 1, "submitted": 2}


class TestMeanwhile:
    @pytest.fixture
    def opened(self, as_person, three):
        """The form as it was shown before others acted."""
        vera = as_person("vera")
        return vera, form_of(text(vera.get(desk_of(three))), "verify") | {"act": "verify"}

    def test_a_row_that_was_decided_meanwhile_says_by_whom(self, opened, three):
        vera, form = opened
        vena = people.hold("vena", people.Role.VERIFIER, people.TRENGGALEK)
        act_of(vena, "verify", three, [making.entries(three)[0].pk])
        page = text(vera.post(desk_of(three), form | {"act": "return", "own": "x"}))
        assert "Sudah diverifikasi oleh Vena, Verifikator Dinas, pukul" in page
        assert "Keputusan Anda belum disimpan" in page
        assert shown(page) == "ANI"
        assert making.states(three) == {"verified": 1, "submitted": 2}

    def test_a_row_that_came_back_in_the_same_state_is_another_one(self, opened, three):
        vera, form = opened
        first = making.entries(three)[0]
        making.act("vera", "return", three, reason="x", pks=[first.pk])
        kartika = people.office("kartika")
        with scope.enter(kartika):
            actions.submit(making.fresh(three), by=kartika, unrepaired=True)
        page = text(vera.post(desk_of(three), form))
        assert "Sudah diajukan ke Dinas oleh Kartika, kepala desa, pukul" in page
        assert making.states(three) == {"submitted": 3}

    def test_a_person_whose_data_were_changed_meanwhile_is_not_decided(self, opened, three):
        vera, form = opened
        worker = making.entries(three)[0].worker_id
        with scope.enter(people.office("kartika")):
            rows = Worker.objects.filter(pk=worker)
            rows.update(address="Jl. Baru 1", updated_at=timezone.now())
        page = text(vera.post(desk_of(three), form))
        assert "Data orang ini diubah oleh Kartika pukul" in page
        assert making.states(three) == {"submitted": 3}
        assert "ANI diverifikasi." in text(decide(vera, desk_of(three), "verify")), "seen again"

    def test_a_form_that_does_not_say_what_it_showed_decides_nothing(self, opened, three):
        vera, form = opened
        for seen in ("", "kemarin"):
            vera.post(desk_of(three), form | {"seen": seen})
        assert making.states(three) == {"submitted": 3}

    def test_ticked_people_who_changed_since_the_page_was_shown_are_left_as_they_are(
        self, as_person, three
    ):
        vera = as_person("vera")
        page = text(vera.get(of(three)))
        seen = re.search(r'name="seen" value="([^"]+)"', page)[1]
        first = making.entries(three)[0]
        making.act("vera", "return", three, reason="x", pks=[first.pk])
        making.act("vera", "recall", three, pks=[first.pk])
        ticks = [str(row.public_id) for row in making.entries(three)]
        given = {"act": "verify", "pick": ticks, "seen": seen}
        answer = text(vera.post(of(three, "tindak/"), given, follow=True))
        assert "2 orang diverifikasi." in answer
        assert "1 orang berubah sesudah halaman Anda tampil" in answer
        assert making.states(three) == {"verified": 2, "submitted": 1}


class TestWhatIsShown:
    def test_masked_and_recorded_and_unmasked_on_demand(self, as_person, three):
        vera, first = as_person("vera"), making.entries(three)[0]
        page = text(vera.get(desk_of(three)))
        nik = making.fresh(Worker(pk=first.worker_id)).nik
        assert nik not in page and nik[:6] in page
        form = form_of(page, "verify")
        revealed = text(vera.post(desk_of(three), form | {"act": "unmask"}))
        assert nik in revealed and "tercatat atas nama Anda" in revealed
        with scope.whole_country("tests"):
            kinds = Disclosure.objects.filter(worker=first.worker_id).values_list("kind", flat=True)
            assert sorted(kinds) == ["unmask", "view"]

    def test_the_same_person_and_their_family_on_lists(self, as_person):
        earlier = making.programme(name="Tahun lalu", year=2025, first_month=date(2025, 1, 1))
        subsidy = making.programme()
        proposal = making.submitted(subsidy, 2, kk="3503070101200001")
        rename(proposal, "ANI", "BUDI")
        kartika, first = people.office("kartika"), making.entries(proposal)[0]
        with scope.enter(kartika):
            old = actions.start(earlier, by=kartika)
            actions.pick(old, Worker.objects.filter(pk=first.worker_id), by=kartika)
            actions.submit(old, by=kartika)
        making.act("vera", "reject", old, reason="Sudah punya jaminan")
        people.worker(70, people.BOGORAN, name="ANI")
        page = text(as_person("vera").get(desk_of(proposal)))
        assert "Tahun lalu" in page and "Sudah punya jaminan" in page
        assert "Sekeluarga" in page and ">BUDI</a>" in page
        assert "Nama dan tanggal lahir sama, NIK lain" in page

    def test_nothing_is_told_of_another_regency(self, as_person):
        subsidy = making.programme()
        proposal = making.submitted(subsidy, 1, kk="3503070101200001", name="ANI")
        people.worker(70, people.BAURENO, name="ANI", kk="3503070101200001")
        page = text(as_person("vera").get(desk_of(proposal)))
        assert "NIK lain" not in page and "Sekeluarga" not in page

    def test_queries_do_not_depend_on_who_and_how_many(self, as_person):
        def statements(proposal):
            with CaptureQueriesContext(connection) as asked:
                page = text(as_person("vera").get(programme_desk(proposal.programme)))
            assert "data-desk-person" in page
            return len(asked)

        alone = making.submitted(making.programme(), 1, kk="")
        few = statements(alone)
        family = {"kk": "3503070101200009", "findings": ["kk.format"], "name": "ANI"}
        many = making.submitted(
            making.programme(year=2027, first_month=date(2027, 1, 1)), 20, first=100, **family
        )
        making.submitted(many.programme, 20, by="bagus", first=200, area=people.BOGORAN)
        assert statements(many) <= few + MORE


class TestUsualReasons:
    def test_a_regencys_own_come_first_and_the_platforms_stay(self, as_person, three):
        rini = as_person("rini")
        given = {"verb_name": "return", "text": "Foto KTP tidak terbaca"}
        page = text(rini.post("/pengaturan/alasan/", given, follow=True))
        assert "Foto KTP tidak terbaca" in page and "Nama ibu kandung berbeda dari KK" in page
        desk = text(as_person("vera").get(desk_of(three)))
        assert desk.index("Foto KTP tidak terbaca") < desk.index("Nama ibu kandung berbeda")
        again = text(as_person("rini").post("/pengaturan/alasan/", given))
        assert "sudah ada di daftar kabupaten Anda" in again

    def test_another_regency_neither_sees_nor_removes_them(self, as_person):
        given = {"verb_name": "return", "text": "Foto KTP tidak terbaca"}
        as_person("rini").post("/pengaturan/alasan/", given)
        boni = as_person("boni")
        assert "Foto KTP" not in text(boni.get("/pengaturan/alasan/"))
        with scope.whole_country("tests"):
            reason = UsualReason.objects.get(text="Foto KTP tidak terbaca")
        remove = f"/pengaturan/alasan/{reason.pk}/hapus/"
        assert boni.post(remove).status_code == 404
        assert as_person("vera").post(remove).status_code == 403
        assert as_person("rini").post(remove, follow=True).status_code == 200
        with scope.whole_country("tests"):
            assert not UsualReason.objects.filter(pk=reason.pk).exists()

    def test_those_of_the_platform_are_changed_by_no_regency(self, as_person):
        with scope.whole_country("tests"):
            reason = UsualReason.objects.filter(regency=None).first()
        assert as_person("rini").post(f"/pengaturan/alasan/{reason.pk}/hapus/").status_code == 404
        with scope.enter(people.office("rini")):
            assert UsualReason.objects.filter(pk=reason.pk).exists(), "it is there to be read"
            assert not UsualReason.objects.filter(pk=reason.pk).update(text="x")

    def test_a_tenth_for_the_same_verb_is_refused_in_words(self, as_person):
        rini = as_person("rini")
        given = {"verb_name": "return"}
        for number in range(9):
            rini.post("/pengaturan/alasan/", given | {"text": f"Alasan {number}"})
        page = text(rini.post("/pengaturan/alasan/", given | {"text": "Alasan 9"}))
        assert "Sudah ada 9 alasan untuk Kembalikan" in page
        page = text(
            rini.post("/pengaturan/alasan/", {"verb_name": "reject", "text": "Lain"}, follow=True)
        )
        assert "Alasan tersimpan" in page, "each verb has its own"
        with scope.whole_country("tests"):
            assert UsualReason.objects.filter(text__startswith="Alasan ").count() == 9
            first = UsualReason.objects.get(text="Alasan 0")
        rini.post(f"/pengaturan/alasan/{first.pk}/hapus/")
        page = text(rini.post("/pengaturan/alasan/", given | {"text": "Alasan 9"}, follow=True))
        assert "Alasan tersimpan" in page

    def test_no_more_are_offered_than_there_are_digits(self, as_person, three):
        with scope.enter(people.office("rini")):
            for number in range(12):
                UsualReason.objects.create(
                    regency_id=people.TRENGGALEK, verb_name="return", text=f"Alasan {number}"
                )
        page = text(as_person("vera").get(desk_of(three)))
        offered = re.findall(r'name="reason" value="(Alasan \d+)"', page)
        assert offered == [f"Alasan {number}" for number in range(9)]


def test_steps_of_the_desk_are_those_of_the_list(as_person, three):
    decide(as_person("vera"), desk_of(three), "verify")
    with scope.whole_country("tests"):
        step = Step.objects.get(to_state="verified")
        assert (step.name, step.role) == ("Vera", people.Role.VERIFIER)
