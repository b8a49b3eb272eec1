"""Readers of a plan: the links the team gives, and what was adopted for those who have an account."""

from django.urls import path

from tissage.reports.views import readers_own, readers_team

urlpatterns = [
    path("adoptes/", readers_own.adopted, name="adopted"),
    path("adoptes/<int:plan>/", readers_own.adopted_plan, name="adopted_plan"),
    path("adoptes/<int:plan>/versions/<int:plan_version>/", readers_own.adopted_version, name="adopted_version"),
    path("adoptes/<int:plan>/documents/<int:report>/", readers_own.adopted_report, name="adopted_report"),
    path("adoptes/<int:plan>/fichiers/<uuid:report_file>/", readers_own.adopted_file, name="adopted_file"),
    path("adoptes/<int:plan>/proces-verbaux/<int:meeting>/", readers_own.adopted_minutes, name="adopted_minutes"),
    path("adoptes/<int:plan>/commenter/<str:subject>/<int:about>/", readers_own.comment_adopted, name="comment_adopted"),
    path("<int:plan>/lecture/", readers_team.readers, name="readers"),
    path("<int:plan>/lecture/nouveau/", readers_team.give_link, name="give_link"),
    path("<int:plan>/lecture/<int:reader>/fermer/", readers_team.revoke_link, name="revoke_link"),
    path("<int:plan>/lecture/commentaires/<int:reader_comment>/", readers_team.answer_comment, name="answer_comment"),
]
