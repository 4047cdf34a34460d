"""The portal's addresses and the gallery, whatever DEBUG says."""

from django.contrib.auth import views
from django.urls import include, path

from portal.gallery import gallery

urlpatterns = [path("rancangan/", gallery, name="gallery"), path("", include("portal.urls"))]
