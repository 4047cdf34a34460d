"""The address of the blank template."""

from django.urls import path

from enrollment.blanks import views

urlpatterns = [path("impor/templat/", views.import_template, name="import_template")]
