"""Double coding, agreement, disagreements."""

from django.urls import path

from tissage.voices.views import agreement, disagreements, double_coding

urlpatterns = [
    path("double-codage/", double_coding.double_codings, name="double_codings"),
    path("double-codage/<int:sample>/", double_coding.double_coding, name="double_coding"),
    path("double-codage/<int:sample>/coder/", double_coding.blind_code, name="blind_code"),
    path("double-codage/<int:sample>/reprendre/", double_coding.take_back, name="take_back"),
    path("accord/", agreement.agreement, name="agreement"),
    path("accord/chiffres.csv", agreement.agreement_csv, name="agreement_csv"),
    path("desaccords/", disagreements.disagreements, name="disagreements"),
    path("desaccords/<int:blind>/", disagreements.settle, name="settle"),
    path("desaccords/<int:blind>/rouvrir/", disagreements.reopen, name="reopen"),
]
