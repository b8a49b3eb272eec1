"""Addresses that open without an account."""

from django.urls import path

from tissage.plan.views import calendar_feeds

app_name = "feeds"
urlpatterns = [path("<str:token>.ics", calendar_feeds.calendar, name="calendar")]
