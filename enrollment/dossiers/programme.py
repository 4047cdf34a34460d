"""A programme's page: what it gives, to whom, by which rules, and how far its lists have come."""

from django.db.models import Count, Q, Sum
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from enrollment.decrees.by_villages.models import DecidedByVillages
from enrollment.formats import angka
from enrollment.programmes import (
    benefits,
    budget,
    funds,
    grounds,
    losses,
    pricing,
    rounds,
    rules,
    waves,
)
from enrollment.programmes.forms import LossForm
from enrollment.programmes.models import PremiumSubsidy
from enrollment.proposals.papers import actions as papers
from enrollment.proposals.papers.rules import asked_in_words
from enrollment.reverification import actions as reverification
from enrollment.reverification.rules import demand_in_words
from enrollment.routes import actions as routes
from enrollment.routes.rules import ways_in_words
from enrollment.schedules import actions as schedules
from enrollment.schedules.rules import dates_in_words
from enrollment.statements import actions as statements
from enrollment.statements.rules import demand_in_words as statement_in_words
from villages import access
from villages.models import Area
from villages.permissions import VILLAGE


@require_safe
def programme_detail(request, pk):
    """What a programme gives, to whom, and how many places and how much money are left."""
    rows = PremiumSubsidy.objects.select_related("fund")
    programme = access.fetch(request, rows, may="programme.view", pk=pk)
    office, may = request.office, access.allowed
    may_make = may(office, "programme.make")
    demand = reverification.demand_of(programme)
    return render(
        request,
        "programmes/detail.html",
        {
            "programme": programme,
            "citations": programme.citations(request.regency),
            "occupations": ", ".join(map(str, programme.occupations.all())) or "semua pekerjaan",
            "benefits": benefits.of(programme.components),
            "quota": programme.quotas.filter(area=office.area_id).first(),
            "whole": _whole(programme, office),
            "outdated": may_make and pricing.is_outdated(programme),
            "may_make": may_make,
            "may_renew": may(office, "renewal.make"),
            "may_see_gap": may(office, "renewal.view"),
            "may_see_renewal": may(office, "renewal.people_view"),
            "rules": _rules(programme, request.regency.village_word, may_make, demand),
            **_verified(programme, office, demand),
            "may_propose": programme.is_open and may(office, "proposal.make"),
            **_offered(programme, may_make),
            **_of_the_dinas(request, programme),
            "planning": _planning(request, programme) if may_make else None,
        },
    )


def _verified(programme, office, demand):
    """When the village has to look at its recipients again, and for others whether any has to."""
    if demand is None or not access.allowed(office, "reverification.view"):
        return {"may_see_verified": False}
    of_village = office.role in VILLAGE and programme.state != programme.State.DRAFT
    return {
        "may_see_verified": True,
        "may_verify": access.allowed(office, "reverification.make"),
        "verified": reverification.standing_of(programme, office) if of_village else None,
    }


def _whole(programme, office):
    """The programme with all its waves, if it has several; the one that the page is about is
    marked."""
    whole = waves.of(programme, office)
    for wave in whole.waves if whole else ():
        wave.is_shown = wave == programme
    return whole


def _of_the_dinas(request, programme):
    """The progress of the lists, and who pays: what villages and agencies need not know."""
    if not access.allowed(request.office, "submissions.view"):
        return {"standing": None}
    payer = grounds.payer_of(programme)
    kinds = funds.wadah_of(request.regency.village_word)
    return {
        "standing": _standing(programme, request.office),
        "fits": budget.fitting(programme),
        "payer": payer,
        "wadah": kinds.get(payer.kind, ""),
    }


def _rules(programme, village_word, may_make, demand):
    """What the programme asks of its lists: (name, value in words, where it is changed or "")."""
    route, paper = routes.route_of(programme), papers.rule_of(programme)
    limited = programme.has_village_quota
    quota = f"{angka(programme.village_quota)} orang" if limited else "Tanpa batas"
    ways = ways_in_words(route.desa, route.kelurahan, village_word)
    asked = asked_in_words(paper.asked, paper.niks, returned_too=paper.returned_too)
    rows = [
        ("Jadwal", dates_in_words(schedules.dates_of(programme)), _at("programme_schedule")),
        ("Jalur", ways, _at("programme_routes")),
        ("Naskah pengajuan", asked, _at("paper_rule")),
        (
            "Pernyataan masih bekerja",
            statement_in_words(statements.demand_of(programme)),
            _at("statement_rule"),
        ),
        *(
            [("Verifikasi ulang", demand_in_words(demand.months), _at("reverification_rule"))]
            if demand
            else []
        ),
        (f"Kuota tiap {village_word}", quota, _where_quotas_are_set),
        *_who_decides(programme, village_word),
    ]
    return [(name, value, change(programme) if may_make else "") for name, value, change in rows]


def _who_decides(programme, village_word):
    """Only of a programme that is paid from villages' budgets."""
    if not programme.fund.of_villages:
        return []
    own = DecidedByVillages.objects.filter(pk=programme.pk).exists()
    who = f"Tiap {village_word}, dengan anggarannya sendiri" if own else "Kabupaten"
    return [("Ditetapkan oleh", who, _at("who_decides"))]


def _at(url_name):
    return lambda programme: reverse(url_name, args=[programme.pk])


def _where_quotas_are_set(programme):
    """Villages have quotas of their own from the day on which the programme opens."""
    if programme.state == programme.State.DRAFT:
        return reverse("programme_edit", args=[programme.pk]) + "#id_village_quota"
    return reverse("quota_bulk", args=[programme.pk])


def _offered(programme, may_make):
    """Whether the page offers to open, close or reopen the programme."""
    state = programme.State
    return {
        "may_open": may_make and programme.state == state.DRAFT,
        "may_close": may_make and programme.state == state.OPEN,
        "may_reopen": may_make and programme.state == state.CLOSED,
    }


def _standing(programme, office):
    """The progress of the lists."""
    people = programme.counts.visible_to(office).by_stage()
    lists = programme.proposals.visible_to(office).handed_in().filter(agency=None)
    villages = Area.objects.within(office.area_id).villages().filter(current=True)
    places = programme.quotas.visible_to(office).aggregate(
        all=Sum("people"), used=Sum("used"), unlimited=Count("pk", filter=Q(people=None))
    )
    limited = places["all"] is not None and not places["unlimited"]
    return {
        "came": f"{angka(lists.count())} dari {angka(villages.count())}",
        "people": sum(people.values()),
        "approved": people.get("approved", 0),
        "decreed": people.get("decreed", 0),
        "places_used": places["used"],
        "places": f"dari {angka(places['all'])} tempat" if limited else "",
    }


def _planning(request, programme):
    """How many to propose so that enough remain; by earlier rounds until a percentage is typed."""
    earlier = rounds.earlier_than(programme, request.office)
    whole = losses.together(one.acceptance for one in earlier)
    wanted = rules.people_reached(programme.ceiling, programme.cost_a_person)
    usual = {"wanted": angka(wanted), "percent": whole.percent.rstrip("%") if whole else ""}
    asked = "percent" in request.GET
    form = LossForm(request.GET if asked else None, initial=usual)
    planned = None
    if asked and form.is_valid():
        planned = form.cleaned_data["wanted"], form.cleaned_data["percent"]
    elif not asked and whole and wanted:
        planned = wanted, whole
    reserve = programme.counts.visible_to(request.office).by_stage().get("waiting", 0)
    return {"form": form, "rounds": earlier, "reserve": reserve, "asked": asked,
            **_in_numbers(planned)}  # fmt: skip


def _in_numbers(planned):
    if planned is None:
        return {}
    wanted, acceptance = planned
    propose = acceptance.to_propose(wanted)
    return {
        "wanted": wanted, "propose": propose, "percent": acceptance.percent,
        "lost": propose - wanted,
    }  # fmt: skip
