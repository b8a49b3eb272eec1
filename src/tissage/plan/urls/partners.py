"""Addresses that open without an account: a partner's figures of a year, for whoever holds the link it was sent."""

from django.urls import path

from tissage.plan.views import partners

app_name = "partners"
urlpatterns = [
    path("<str:token>/", partners.answer, name="answer"),
    path("<str:token>/enregistrer/", partners.save, name="save"),
    path("<str:token>/remettre/", partners.submit, name="submit"),
    path("<str:token>/pieces/<uuid:document>/", partners.proof, name="proof"),
    path("<str:token>/nouveau-lien/", partners.renew, name="renew"),
]
