"""Collectives, who sits there, their meetings, what was decided and who owes what."""

from django.urls import path

from tissage.network.views import collectives, composition, decisions, meetings, minutes

urlpatterns = [
    path("collectifs/", collectives.collectives, name="collectives"),
    path("collectifs/nouveau/", collectives.create_collective, name="create_collective"),
    path("collectifs/<int:collective>/", collectives.collective, name="collective"),
    path("collectifs/<int:collective>/modifier/", collectives.change_collective, name="change_collective"),
    path("collectifs/<int:collective>/reunions/nouvelle/", meetings.plan_meeting, name="plan_meeting"),
    path("collectifs/<int:collective>/membres/nouveau/", composition.join_collective, name="join_collective"),
    path("collectifs/<int:collective>/membres/<int:membership>/", composition.change_membership, name="change_membership"),
    path("collectifs/<int:collective>/membres/<int:membership>/depart/", composition.leave_collective, name="leave_collective"),
    path("collectifs/<int:collective>/membres/<int:membership>/siege/", composition.take_seat, name="take_seat"),
    path("collectifs/<int:collective>/membres/<int:membership>/sieges/<int:seat>/", composition.leave_seat, name="leave_seat"),
    path("reunions/<int:meeting>/", meetings.meeting, name="meeting"),
    path("reunions/<int:meeting>/modifier/", meetings.change_meeting, name="change_meeting"),
    path("reunions/<int:meeting>/annuler/", meetings.cancel_meeting, name="cancel_meeting"),
    path("reunions/<int:meeting>/retablir/", meetings.restore_meeting, name="restore_meeting"),
    path("reunions/<int:meeting>/convoquer/", meetings.call_meeting, name="call_meeting"),
    path("reunions/<int:meeting>/presences/", meetings.presences, name="presences"),
    path("reunions/<int:meeting>/clore/", meetings.close_meeting, name="close_meeting"),
    path("reunions/<int:meeting>/rouvrir/", meetings.reopen_meeting, name="reopen_meeting"),
    path("reunions/<int:meeting>/convocation.pdf", minutes.convocation_pdf, name="convocation_pdf"),
    path("reunions/<int:meeting>/proces-verbal/", minutes.minutes, name="minutes"),
    path("reunions/<int:meeting>/proces-verbal.pdf", minutes.minutes_pdf, name="minutes_pdf"),
    path("reunions/<int:meeting>/approuver/", minutes.adopt_minutes, name="adopt_minutes"),
    path("reunions/<int:meeting>/decisions/nouvelle/", decisions.write_decision, name="write_decision"),
    path("reunions/<int:meeting>/decisions/<int:decision>/", decisions.change_decision, name="change_decision"),
    path("reunions/<int:meeting>/decisions/<int:decision>/retirer/", decisions.remove_decision, name="remove_decision"),
    path("reunions/<int:meeting>/suites/nouvelle/", decisions.add_action_item, name="add_action_item"),
    path("reunions/<int:meeting>/suites/<int:item>/reporter/", decisions.move_due_date, name="move_due_date"),
    path("reunions/<int:meeting>/suites/<int:item>/faite/", decisions.finish_action_item, name="finish_action_item"),
    path("reunions/<int:meeting>/suites/<int:item>/abandonner/", decisions.drop_action_item, name="drop_action_item"),
    path("reunions/<int:meeting>/suites/<int:item>/reprendre/", decisions.reopen_action_item, name="reopen_action_item"),
]
