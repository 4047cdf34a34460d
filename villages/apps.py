from django.apps import AppConfig


class VillagesConfig(AppConfig):
    name = "villages"
    verbose_name = "Wilayah dan jabatan"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from villages import signals  # noqa: F401
