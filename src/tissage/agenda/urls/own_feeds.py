"""An organisation's own calendar."""

from django.urls import path

from tissage.agenda.views import feeds

urlpatterns = [path("mon-agenda/", feeds.own_feeds, name="own_feeds")]
