from django.urls import path

from enrollment.schedules import views

urlpatterns = [
    path("<uuid:pk>/jadwal/", views.schedule, name="programme_schedule"),
    path("<uuid:pk>/jadwal/tambahan/", views.extend, name="schedule_extend"),
]
"""Below /program/."""

settings = [
    path("masa-beku/", views.freezes, name="freezes"),
    path("masa-beku/<int:pk>/akhiri/", views.thaw, name="freeze_end"),
]
"""Below /pengaturan/."""
