"""What a regency calls the funds: a nagari has no APBDes, but an APB Nagari."""

from collections.abc import Iterable

from enrollment.programmes.models import Fund, Payer


def funds_of(village_word: str) -> dict[str, str]:
    """The key of each fund → its name where villages are called so; "" for the whole country."""
    return {fund.key: fund.called(village_word) for fund in Fund.objects.all()}


def fund_name(fund: Fund, village_word: str) -> str:
    return fund.called(village_word)


def fund_names(funds: Iterable[str], village_word: str) -> str:
    """The names of these funds (their keys), with commas between them."""
    names = funds_of(village_word)
    return ", ".join(names.get(fund, fund) for fund in funds)


def wadah_of(village_word: str) -> dict[str, str]:
    """The code of each kind of wadah → what it means, where villages are called so."""
    meanings = {str(code): str(label) for code, label in Payer.Wadah.choices}
    if village_word.lower() in ("desa", ""):
        return meanings
    budget = f"APB {village_word.title()}"
    return {
        code: meaning.replace("APBDes", budget).replace("desa", village_word)
        for code, meaning in meanings.items()
    }
