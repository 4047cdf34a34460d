"""What anybody may see, without logging in."""

from django.urls import path

from enrollment.decrees.codes.giving import PLACE
from enrollment.public import views

urlpatterns = [
    path(f"{PLACE}/", views.check, name="public_check"),
    path(f"{PLACE}/<str:code>/", views.decree, name="public_decree"),
]
