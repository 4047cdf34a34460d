from django.urls import path

from enrollment.illness.views import illness_question

urlpatterns = [path("pertanyaan-sakit/", illness_question, name="illness_question")]
"""Below /pengaturan/."""
