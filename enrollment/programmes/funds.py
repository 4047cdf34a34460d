"""What a regency calls the funds: a nagari has no APBDes, but an APB Nagari."""

from enrollment.programmes.models import Fund

USUAL = {"desa": "APBDes / ADD"}


def funds_of(village_word: str) -> list[tuple[str, str]]:
    """Each fund and its name where villages are called so."""
    own = USUAL.get(village_word.lower(), f"APB {village_word.title()}")
    return [(fund.value, own if fund == Fund.VILLAGE else fund.label) for fund in Fund]


def fund_name(fund: str, village_word: str) -> str:
    return dict(funds_of(village_word)).get(fund, fund)
