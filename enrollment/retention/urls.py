from django.urls import path

from enrollment.retention.views import retention_list

urlpatterns = [path("lama-simpan/", retention_list, name="retention_list")]
