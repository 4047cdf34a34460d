"""Logging in and out, the account with password and second factor, and the office to act in."""

from django.contrib.auth.views import LogoutView
from django.urls import path

from villages import views
from villages.accounts import views as accounts
from villages.accounts.factor import views as factor
from villages.accounts.factor.proof import open_without

urlpatterns = [
    path("masuk/", accounts.LogIn.as_view(), name="login"),
    path("masuk/kode/", factor.login_code, name="login_code"),
    path("keluar/", open_without(LogoutView.as_view()), name="logout"),
    path("akun/", accounts.account, name="account"),
    path("isian/", accounts.kept_forms, name="kept_forms"),
    path("isian/buang/", accounts.kept_form_drop, name="kept_form_drop"),
    path("sesi/", accounts.session_state, name="session_state"),
    path("akun/perangkat/", accounts.sessions_end, name="sessions_end"),
    path("akun/dua-langkah/", factor.set_up, name="factor_set_up"),
    path("akun/dua-langkah/lepas/", factor.turn_off, name="factor_off"),
    path("akun/kode-pemulihan/", factor.recovery_codes, name="recovery_codes"),
    path("lepas-dua-langkah/", factor.reset_list, name="reset_list"),
    path("lepas-dua-langkah/minta/", factor.reset_ask, name="reset_ask"),
    path("lepas-dua-langkah/setuju/", factor.reset_confirm, name="reset_confirm"),
    path("kata-sandi/", open_without(accounts.NewPassword.as_view()), name="password_change"),
    path("sandi-baru/", accounts.first_password, name="first_password"),
    path("jabatan/", views.act_as, name="act_as"),
]
