from django.apps import AppConfig


class EnrollmentConfig(AppConfig):
    name = "enrollment"
    verbose_name = "Perlindungan pekerja rentan"
    default_auto_field = "django.db.models.BigAutoField"
