"""What is published of a decree, below its address."""

from django.urls import path

from enrollment.public.publishing import views

urlpatterns = [
    path("<uuid:pk>/jdih.zip", views.jdih_package, name="jdih_package"),
    path("<uuid:pk>/jumlah-per-wilayah.csv", views.village_counts, name="village_counts"),
]
