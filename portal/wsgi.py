"""The WSGI application for gunicorn."""

import os

from django.core.wsgi import get_wsgi_application

from portal.launch import database, demo

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "portal.settings")

application = get_wsgi_application()
database.refuse_privileged_login()
demo.refuse_strangers()
