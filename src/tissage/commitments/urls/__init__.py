"""Addresses of this app under a territory: the term phase; one file a part of the work."""

from . import assessments, evidence, promises, scorecards, sets, standstill

app_name = "commitments"
urlpatterns = [
    *standstill.urlpatterns,
    *sets.urlpatterns,
    *scorecards.urlpatterns,
    *evidence.urlpatterns,
    *assessments.urlpatterns,
    *promises.urlpatterns,
]
