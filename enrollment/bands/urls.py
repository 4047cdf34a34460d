from django.urls import path

from enrollment.bands import views

urlpatterns = [
    path("jenjang-persetujuan/", views.bands, name="approval_bands"),
    path("jenjang-persetujuan/usulan/", views.suggestion, name="approval_bands_suggested"),
    path("jenjang-persetujuan/<int:pk>/hapus/", views.remove, name="approval_band_remove"),
]
"""Below /pengaturan/."""
