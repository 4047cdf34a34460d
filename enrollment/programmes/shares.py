"""A total divided in proportion to people, to the last place. No database, no clock."""

from __future__ import annotations

from collections.abc import Mapping

from villages.refusals import Refusal


def divided(total: int, people: Mapping[str, int]) -> dict[str, int]:
    """Code → its share; together exactly `total`, by the method of the largest remainder.

    Whoever has more people never gets less; who has none gets none. Of equal remainders the first
    code gets the place. Refusal if there is nobody at all.
    """
    everybody = sum(people.values())
    if not everybody:
        raise Refusal(
            "Di wilayah yang dipilih tidak ada seorang pun menurut ukuran ini, jadi tidak dapat "
            "dibagi. Pilih ukuran atau wilayah lain."
        )
    shares = {code: total * count // everybody for code, count in people.items()}
    left = total - sum(shares.values())
    first = sorted(people, key=lambda code: (-(total * people[code] % everybody), code))
    for code in first[:left]:
        shares[code] += 1
    return shares
