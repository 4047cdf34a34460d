"""Below /orang-keluar/; /keluar/ logs out."""

from django.urls import path

from enrollment.leavings import views

urlpatterns = [
    path("", views.leaving_list, name="leaving_list"),
    path("perlu/", views.leaving_due, name="leaving_due"),
    path("baru/<uuid:entry>/", views.leaving_new, name="leaving_new"),
    path("<uuid:public_id>/", views.leaving_detail, name="leaving_detail"),
    path("<uuid:public_id>/kirim/", views.leaving_file, name="leaving_file"),
    path("<uuid:public_id>/setujui/", views.leaving_approve, name="leaving_approve"),
    path("<uuid:public_id>/tolak/", views.leaving_refuse, name="leaving_refuse"),
    path("<uuid:public_id>/tarik/", views.leaving_take_back, name="leaving_take_back"),
    path("<uuid:public_id>/dokumen/", views.leaving_document, name="leaving_document"),
]
