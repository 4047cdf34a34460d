"""Lists of people: drawn up, handed in, decided about."""

from django.urls import path

from enrollment.proposals import bulk_views, decide, repairing, repricing_views, views

urlpatterns = [
    path("", views.proposal_list, name="proposal_list"),
    path("mulai/<uuid:programme>/", views.proposal_start, name="proposal_start"),
    path("orang/<uuid:public_id>/", views.entry_detail, name="entry_detail"),
    path("orang/<uuid:public_id>/perbaiki/", repairing.entry_repair, name="entry_repair"),
    path("program/<uuid:pk>/", decide.submission_list, name="submission_list"),
    path("program/<uuid:pk>/orang/", decide.programme_people, name="programme_people"),
    path("program/<uuid:pk>/orang/tindak/", decide.programme_act, name="programme_act"),
    path("program/<uuid:pk>/iuran/", repricing_views.reprice, name="reprice"),
    path("proses/<uuid:pk>/", bulk_views.bulk_detail, name="bulk_detail"),
    path("<uuid:pk>/", views.proposal_detail, name="proposal_detail"),
    path("<uuid:pk>/pilih/", views.proposal_pick, name="proposal_pick"),
    path("<uuid:pk>/ajukan/", views.proposal_submit, name="proposal_submit"),
    path("<uuid:pk>/pengganti/", views.proposal_replace, name="proposal_replace"),
    path("<uuid:pk>/tindak/", decide.proposal_act, name="proposal_act"),
]
