"""Addresses that open without an account: adopted things, for the one person who was given the link."""

from django.urls import path

from tissage.reports.views import readers

app_name = "readers"
urlpatterns = [
    path("<str:token>/", readers.home, name="home"),
    path("<str:token>/versions/<int:plan_version>/", readers.version, name="version"),
    path("<str:token>/documents/<int:report>/", readers.report, name="report"),
    path("<str:token>/fichiers/<uuid:report_file>/", readers.file, name="file"),
    path("<str:token>/proces-verbaux/<int:meeting>/", readers.minutes, name="minutes"),
    path("<str:token>/commenter/<str:subject>/<int:about>/", readers.comment, name="comment"),
]
