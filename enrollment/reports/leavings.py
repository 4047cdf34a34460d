"""What there is to do about people who leave, on the home pages of the village and the Dinas."""

from collections.abc import Iterator

from enrollment.formats import angka
from enrollment.leavings import showing
from enrollment.leavings.rules import Stage
from enrollment.reports.todos import Todo, address
from villages.access import allowed
from villages.models import Office


def todos(office: Office) -> Iterator[Todo]:
    """To decide, to send, and who has gone and is still paid for; each number leads to its list,
    one person to the form."""
    if allowed(office, "leaving.decide") and (people := showing.to_decide(office).count()):
        yield Todo(
            title=f"Putuskan keluarnya {angka(people)} orang",
            text="Sesudah disetujui, tempat dan dananya bebas untuk yang menunggu.",
            url=address("leaving_list", status=Stage.FILED.value),
            link="Putuskan",
            count=people,
        )
    if allowed(office, "leaving.file") and (people := showing.to_send(office).count()):
        yield Todo(
            title=f"Kirim {angka(people)} catatan keluar ke Dinas",
            text="Sudah disiapkan. Baca akibatnya, lalu kirim.",
            url=address("leaving_list", status=Stage.PREPARED.value, sisi=1),
            link="Baca",
            count=people,
        )
    if allowed(office, "leaving.prepare"):
        yield from _due(office)


def _due(office: Office) -> Iterator[Todo]:
    people = showing.due_people(office)
    if people:
        only = showing.due(office).first() if people == 1 else None
        yield Todo(
            title=f"Catat keluarnya {angka(people)} orang",
            text="Meninggal, pindah, atau salah data sesudah masuk keputusan atau rancangannya. "
            "Tempat dan dananya terpakai sampai keluarnya disetujui.",
            url=address("leaving_new", only.public_id) if only else address("leaving_due"),
            link="Catat",
            count=None if only else people,
            mark="user-minus",
        )
