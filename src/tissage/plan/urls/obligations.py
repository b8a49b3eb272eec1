"""Obligations of a year, what is missing, and the calendar one follows."""

from django.urls import path

from tissage.plan.views import calendar_feeds, obligations

urlpatterns = [
    path("<int:plan>/echeances/", obligations.obligations, name="obligations"),
    path("<int:plan>/echeances/agenda/", calendar_feeds.calendar_feed, name="calendar_feed"),
    path("<int:plan>/echeances/<int:obligation>/<int:year>/", obligations.obligation, name="obligation"),
    path("<int:plan>/ce-qui-manque/", obligations.missing, name="missing"),
]
