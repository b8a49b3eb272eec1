"""What is worth mending in the codings; propositions."""

from django.urls import path

from tissage.voices.views import propositions, quality

urlpatterns = [
    path("qualite/", quality.quality, name="quality"),
    path("qualite/<slug:part>/", quality.quality_part, name="quality_part"),
    path("formulations/", propositions.propositions, name="propositions"),
    path("formulations/exporter/", propositions.export_propositions, name="export_propositions"),
    path("formulations/code/<str:component>/", propositions.propositions_of, name="propositions_of"),
    path("formulations/code/<str:component>/faire/", propositions.make_proposition, name="make_proposition"),
    path("formulations/<int:proposition>/modifier/", propositions.reword_proposition, name="reword_proposition"),
    path("formulations/<int:proposition>/rattacher/", propositions.attach_to_proposition, name="attach_to_proposition"),
    path("formulations/<int:proposition>/detacher/", propositions.detach_from_proposition, name="detach_from_proposition"),
    path("formulations/<int:proposition>/supprimer/", propositions.delete_proposition, name="delete_proposition"),
]
