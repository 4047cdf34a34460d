"""The pages of /pengaturan/ about accounts, offices and places."""

from django.urls import path

from villages.settings import accounts, pairs, places

urlpatterns = [
    path("akun/", accounts.account_list, name="account_list"),
    path("akun/baru/", accounts.account_new, name="account_new"),
    *accounts.TABLE.urls("akun/"),
    path("akun/<int:pk>/", accounts.account_detail, name="account_detail"),
    path("akun/<int:pk>/ubah/", accounts.account_edit, name="account_edit"),
    path("akun/<int:pk>/kode/", accounts.account_code, name="account_code"),
    path("akun/<int:pk>/jabatan/", accounts.office_give, name="office_give"),
    path("jabatan/<uuid:public_id>/masa/", accounts.office_term, name="office_term"),
    path("jabatan/<uuid:public_id>/serahkan/", accounts.office_hand_over, name="office_hand_over"),
    path("wilayah/", places.area_list, name="area_list"),
    *places.TABLE.urls("wilayah/"),
    path("wilayah/<str:code>/", places.area_detail, name="area_detail"),
    path("opd/", places.agency_list, name="agency_list"),
    path("opd/baru/", places.agency_new, name="agency_new"),
    path("opd/<int:pk>/", places.agency_edit, name="agency_edit"),
    path("opd/<int:pk>/hapus/", places.agency_delete, name="agency_delete"),
    path("rangkap/", pairs.role_pairs, name="role_pairs"),
    path("rangkap/<int:pk>/hapus/", pairs.role_pair_remove, name="role_pair_remove"),
    path("profil/", places.profile_edit, name="profile_edit"),
]
