from django.urls import URLPattern, path

from tissage.plan.views import board, sheets

urlpatterns: list[URLPattern] = [
    path("<int:plan>/tableau/", board.board, name="board"),
    path("<int:plan>/actions/<int:action>/fiche/", sheets.action_sheet, name="action_sheet"),
    path("<int:plan>/partenaires/", sheets.partners, name="partners"),
    path("<int:plan>/partenaires/<int:organization>/fiche/", sheets.partner_sheet, name="partner_sheet"),
]
