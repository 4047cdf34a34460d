from django.db import migrations, models
from django.db.models import Q


class Migration(migrations.Migration):
    """No village is called a kecamatan, whatever a table of areas says."""

    dependencies = [("villages", "0013_terms_of_offices")]

    operations = [
        migrations.AddConstraint(
            "area",
            models.CheckConstraint(
                condition=Q(level=1, kind="provinsi")
                | Q(level=2, kind__in=["kabupaten", "kota"])
                | Q(level=3, kind__in=["kecamatan", "distrik"])
                | Q(level=4, kind__in=["kelurahan", "desa", "desa_adat"]),
                name="area_kind_fits_level",
                violation_error_message="Jenisnya tidak cocok dengan kodenya: kode 10 angka adalah "
                "desa atau kelurahan, 6 angka kecamatan, 4 angka kabupaten atau kota.",
            ),
        )
    ]
