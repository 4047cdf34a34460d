"""Logging in and out, the password, and the office to act in."""

from django.contrib.auth import views as auth
from django.urls import path

from villages import views

urlpatterns = [
    path("masuk/", auth.LoginView.as_view(redirect_authenticated_user=True), name="login"),
    path("keluar/", auth.LogoutView.as_view(), name="logout"),
    path("kata-sandi/", views.NewPassword.as_view(), name="password_change"),
    path("jabatan/", views.act_as, name="act_as"),
]
