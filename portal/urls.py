"""Every address of the portal, room by room."""

from django.urls import path

from portal import health

urlpatterns = [
    path("sehat/", health.health, name="health"),
]
