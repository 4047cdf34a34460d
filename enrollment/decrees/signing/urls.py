"""What goes out to be signed and comes back."""

from django.urls import path

from enrollment.decrees.signing import views

urlpatterns = [
    path("<uuid:pk>/kirim/", views.decree_send, name="decree_send"),
    path("<uuid:pk>/kembali/", views.decree_receive, name="decree_receive"),
    path("berkas/<uuid:pk>/", views.decree_file, name="decree_file"),
]
