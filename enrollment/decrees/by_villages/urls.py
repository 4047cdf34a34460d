"""Below /program/ and, of the villages themselves, below /keputusan/."""

from django.urls import path

from enrollment.decrees.by_villages import views

urlpatterns = [path("<uuid:pk>/penetapan/", views.who_decides, name="who_decides")]
own = [path("pagu/<uuid:pk>/", views.village_budget, name="village_budget")]
