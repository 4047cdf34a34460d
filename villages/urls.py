"""Logging in and out, the account and its password, and the office to act in."""

from django.contrib.auth.views import LogoutView
from django.urls import path

from villages import views
from villages.accounts import views as accounts

urlpatterns = [
    path("masuk/", accounts.LogIn.as_view(), name="login"),
    path("keluar/", LogoutView.as_view(), name="logout"),
    path("akun/", accounts.account, name="account"),
    path("kata-sandi/", accounts.NewPassword.as_view(), name="password_change"),
    path("sandi-baru/", accounts.first_password, name="first_password"),
    path("jabatan/", views.act_as, name="act_as"),
]
