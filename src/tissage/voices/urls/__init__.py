"""Addresses of this app, all under /territoires/<slug>/; one file a part of the work. Those of the phones are in `phones.py`."""

from . import agreement, conduct, desk, gathering, languages, offline, paper, quality, rainbow, voices, wall

app_name = "voices"
urlpatterns = [
    *voices.urlpatterns,
    *conduct.urlpatterns,
    *offline.urlpatterns,
    *wall.urlpatterns,
    *paper.urlpatterns,
    *gathering.urlpatterns,
    *languages.urlpatterns,
    *rainbow.urlpatterns,
    *desk.urlpatterns,
    *agreement.urlpatterns,
    *quality.urlpatterns,
]
