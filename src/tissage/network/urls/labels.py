"""Labels and charters, who holds them, reports of a breach."""

from __future__ import annotations

from django.urls import URLPattern, path

from tissage.network.views import awards, label_reports, labels

_VERSION = "labels/<int:scheme>/versions/<int:label_version>/"
_AWARD = "labels/attributions/<uuid:award>/"
_REPORT = "labels/signalements/<int:label_report>/"

urlpatterns: list[URLPattern] = [
    path("labels/", labels.labels, name="labels"),
    path("labels/nouveau/", labels.create_label, name="create_label"),
    path("labels/<int:scheme>/", labels.label, name="label"),
    path("labels/<int:scheme>/modifier/", labels.change_label, name="change_label"),
    path("labels/<int:scheme>/liste/", labels.label_holders, name="label_holders"),
    path("labels/<int:scheme>/demander/", awards.ask_award, name="ask_award"),
    path("labels/<int:scheme>/versions/nouvelle/", labels.draft_version, name="draft_label_version"),
    path(_VERSION, labels.label_version, name="label_version"),
    path(f"{_VERSION}publier/", labels.publish_version, name="publish_label_version"),
    path(f"{_VERSION}exigences/nouvelle/", labels.add_requirement, name="add_requirement"),
    path(f"{_VERSION}exigences/<int:requirement>/retirer/", labels.remove_requirement, name="remove_requirement"),
    path(_AWARD, awards.award, name="award"),
    path(f"{_AWARD}exigences/<int:requirement>/", awards.fulfil_requirement, name="fulfil_requirement"),
    path(f"{_AWARD}exigences/<int:requirement>/retirer/", awards.take_fulfilment_back, name="take_fulfilment_back"),
    path(f"{_AWARD}confirmer/", awards.confirm_award, name="confirm_award"),
    path(f"{_AWARD}liste/", awards.list_award, name="list_award"),
    path(f"{_AWARD}suspendre/", awards.suspend_award, name="suspend_award"),
    path(f"{_AWARD}retablir/", awards.resume_award, name="resume_award"),
    path(f"{_AWARD}retirer/", awards.withdraw_award, name="withdraw_award"),
    path(f"{_AWARD}signaler/", label_reports.report_breach, name="report_breach"),
    path("labels/signalements/", label_reports.label_reports, name="label_reports"),
    path(_REPORT, label_reports.label_report, name="label_report"),
    path(f"{_REPORT}dire/", label_reports.tell_holder, name="tell_label_holder"),
    path(f"{_REPORT}repondre/", label_reports.reply_to_report, name="reply_to_label_report"),
    path(f"{_REPORT}conclure/", label_reports.judge_report, name="judge_label_report"),
]
