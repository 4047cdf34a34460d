"""Setting the ways of lists, and asking for the way of one."""

from __future__ import annotations

from collections.abc import Mapping

from django.utils import timezone

from enrollment.programmes.models import PremiumSubsidy
from enrollment.routes.models import Route
from enrollment.routes.rules import Via, way_of
from villages import access, areas
from villages.models import Area, Office, Role


def route_of(programme: PremiumSubsidy) -> Route:
    """The ways that the programme has set; one that is not stored, if it has set none."""
    kept = Route.objects.filter(pk=programme.pk).first()
    return kept or Route(programme=programme, regency_id=programme.regency_id)


def way(programme: PremiumSubsidy, area: Area) -> Via:
    """Which way the list of this village goes if it is handed in now."""
    route = route_of(programme)
    return way_of(area.kind, desa=route.desa, kelurahan=route.kelurahan)


def set_ways(programme: PremiumSubsidy, *, desa: str, kelurahan: str, by: Office) -> Route:
    access.permit(by, "programme.make")
    values = {"regency_id": programme.regency_id, "desa": desa, "kelurahan": kelurahan}
    return Route.objects.update_or_create(pk=programme.pk, defaults=values)[0]


def nobody_checks(route: Route, office: Office) -> str:
    """What to tell where lists go to an office that nobody holds today; empty if all are held."""
    missing = [
        text
        for via, text in _unheld(office).items()
        if text and via in (route.desa, route.kelurahan)
    ]
    return " ".join(missing)


def _unheld(office: Office) -> Mapping[str, str]:
    held = Office.objects.visible_to(office).held_on(timezone.localdate())
    codes = set(held.filter(role=Role.DISTRICT).values_list("area", flat=True))
    districts = set(
        Area.objects.visible_to(office)
        .districts()
        .filter(current=True)
        .values_list("pk", flat=True)
    )
    without = len(districts - codes)
    dpmd = held.filter(role=Role.DPMD, area=areas.at_level(office.area_id, areas.REGENCY))
    return {
        Via.DISTRICT: f"{without} dari {len(districts)} kecamatan belum punya pemegang jabatan, "
        "jadi daftar dari sana belum ada yang memeriksa. Beri jabatannya di Pengaturan, Akun."
        if without
        else "",
        Via.DPMD: ""
        if dpmd.exists()
        else "Belum ada yang memegang jabatan DPMD, jadi daftarnya belum ada yang memeriksa. Beri "
        "jabatannya di Pengaturan, Akun.",
    }
