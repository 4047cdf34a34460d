from pathlib import Path

from django.db import migrations

from villages.migrations.operations.seeds import Seed

SEEDS = Path(__file__).with_name("seeds")


class Migration(migrations.Migration):
    """Reference data to start with; from then on an administrator keeps the tables.

    Occupations: `registry_code` is the number of the civil registry (SIAK, and the village
    information systems that follow it), which their exports hold in the place of a word.

    Tariffs: amounts and bases in rupiah a month, rates in hundredths of a percent. The BPU
    minimum (16,800) is confirmed by the programmes of the regencies; the other brackets, the PPU
    rates and the discount are the published ones. The base of a bracket is the middle of its step
    (annex II of PP 44/2015), but for the first and the last. For JP, the highest wage that counts
    is announced by BPJS each March (PP 45/2015).

    Discounts: PP 50/2025 leaves out premiums paid from APBN or APBD money; a village's money
    (dana desa, ADD) comes from those two, so it is planned at the full price. The lines are for
    work other than transport, whose own, longer period (January 2026 to March 2027) needs to know
    the occupation and is left to the administrator.
    """

    dependencies = [("enrollment", "0004_functions")]

    operations = [
        Seed("enrollment_occupation", SEEDS / "occupations.v1.json"),
        Seed("enrollment_tariff", SEEDS / "tariffs.v1.json"),
        Seed("enrollment_tariffdiscount", SEEDS / "tariff_discounts.v1.json"),
    ]
