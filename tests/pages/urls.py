"""The portal's addresses, the gallery whatever DEBUG says, and every error page."""

from django.contrib.auth.decorators import login_not_required
from django.shortcuts import render
from django.urls import include, path

from portal.gallery import gallery


@login_not_required
def error_page(request, name):
    return render(request, f"{name}.html")


@login_not_required
def broken(request):
    raise RuntimeError("a view that fails")


urlpatterns = [
    path("rancangan/", gallery),
    path("galat/<str:name>/", error_page),
    path("rusak/", broken),
    path("", include("portal.urls")),
]
