"""The home page and the reports."""

from django.urls import path

from enrollment.reports import views

urlpatterns = [
    path("", views.home, name="home"),
    path("perubahan/", views.changes_list, name="change_list"),
]
