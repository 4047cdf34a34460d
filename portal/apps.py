from django.apps import AppConfig
from django.core.checks import Tags, register


class PortalConfig(AppConfig):
    name = "portal"
    verbose_name = "Portal"

    def ready(self):
        from portal import sentences
        from portal.launch import database

        sentences.install()
        register(database.check_login, Tags.database)
