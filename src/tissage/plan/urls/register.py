"""The register: plans, their actions, their versions."""

from django.urls import path

from tissage.plan.views import actions, indicators, plans, versions

urlpatterns = [
    path("", plans.plans, name="plans"),
    path("nouveau/", plans.create_plan, name="create_plan"),
    path("mes-actions/", actions.my_actions, name="my_actions"),
    path("<int:plan>/", plans.plan, name="plan"),
    path("<int:plan>/modifier/", plans.change_plan, name="change_plan"),
    path("<int:plan>/actions/nouvelle/", actions.create_action, name="create_action"),
    path("<int:plan>/actions/<int:action>/", actions.action, name="action"),
    path("<int:plan>/actions/<int:action>/modifier/", actions.change_action, name="change_action"),
    path("<int:plan>/actions/<int:action>/commenter/", actions.comment_action, name="comment_action"),
    path("<int:plan>/actions/<int:action>/retirer/", actions.remove_action, name="remove_action"),
    path("<int:plan>/actions/<int:action>/partenaires/", actions.change_partners, name="change_partners"),
    path("<int:plan>/actions/<int:action>/partenaires/<int:organization>/fin/", actions.end_partner, name="end_partner"),
    path("<int:plan>/actions/<int:action>/indicateurs/", indicators.indicators, name="indicators"),
    path("<int:plan>/actions/<int:action>/indicateurs/nouveau/", indicators.create_indicator, name="create_indicator"),
    path("<int:plan>/actions/<int:action>/indicateurs/<int:indicator>/", indicators.change_indicator, name="change_indicator"),
    path("<int:plan>/actions/<int:action>/indicateurs/<int:indicator>/fin/", indicators.end_indicator, name="end_indicator"),
    path("<int:plan>/actions/<int:action>/indicateurs/<int:indicator>/retirer/", indicators.remove_indicator, name="remove_indicator"),
    path("<int:plan>/versions/", versions.versions, name="versions"),
    path("<int:plan>/versions/nouvelle/", versions.create_version, name="create_version"),
    path("<int:plan>/versions/comparer/", versions.compare_versions, name="compare_versions"),
    path("<int:plan>/versions/<int:plan_version>/", versions.version, name="version"),
    path("<int:plan>/versions/<int:plan_version>/reprendre/", versions.retake_version, name="retake_version"),
    path("<int:plan>/versions/<int:plan_version>/retirer/", versions.drop_version, name="drop_version"),
    path("<int:plan>/versions/<int:plan_version>/envoyer/", versions.send_version, name="send_version"),
    path("<int:plan>/versions/<int:plan_version>/reponse/", versions.answer_version, name="answer_version"),
    path("<int:plan>/en-vigueur/", versions.in_force, name="in_force"),
]
