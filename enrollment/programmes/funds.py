"""What a regency calls the funds: a nagari has no APBDes, but an APB Nagari."""

from collections.abc import Iterable

from enrollment.programmes.models import Fund

USUAL = {"desa": "APBDes / ADD"}


def funds_of(village_word: str) -> list[tuple[str, str]]:
    """Each fund and its name where villages are called so; "" for the whole country."""
    if not village_word:
        return [(fund.value, fund.label) for fund in Fund]
    own = USUAL.get(village_word.lower(), f"APB {village_word.title()}")
    return [(fund.value, own if fund == Fund.VILLAGE else fund.label) for fund in Fund]


def fund_name(fund: str, village_word: str) -> str:
    return dict(funds_of(village_word)).get(fund, fund)


def fund_names(funds: Iterable[str], village_word: str) -> str:
    return ", ".join(fund_name(fund, village_word) for fund in funds)
