"""What a regency calls the funds: a nagari has no APBDes, but an APB Nagari."""

from enrollment.programmes.models import Fund


def funds_of(village_word: str) -> dict[str, str]:
    """The key of each fund → its name where villages are called so."""
    return {fund.key: fund.called(village_word) for fund in Fund.objects.all()}


def fund_name(fund: Fund, village_word: str) -> str:
    return fund.called(village_word)
