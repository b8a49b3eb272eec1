"""Money: where it stands, where it comes from, which action it goes to, what is checked."""

from django.urls import URLPattern, path

from tissage.plan.views import money, money_beside, money_grid, money_lines

MONEY = "<int:plan>/argent/"

urlpatterns: list[URLPattern] = [
    path(MONEY, money.money, name="money"),
    path(MONEY + "tableau.csv", money.money_csv, name="money_csv"),
    path(MONEY + "controles/", money.checks, name="checks"),
    path(MONEY + "financements/", money_lines.funding, name="funding"),
    path(MONEY + "financements/nouveau/", money_lines.create_funding, name="create_funding"),
    path(MONEY + "financements/reprendre/", money_lines.copy_funding, name="copy_funding"),
    path(MONEY + "financements/<int:funding_line>/", money_lines.change_funding, name="change_funding"),
    path(MONEY + "financements/<int:funding_line>/retirer/", money_lines.remove_funding, name="remove_funding"),
    path(MONEY + "etapes/", money_lines.stages, name="stages"),
    path(MONEY + "etapes/<int:stage>/", money_lines.change_stage, name="change_stage"),
    path(MONEY + "etapes/<int:stage>/retirer/", money_lines.remove_stage, name="remove_stage"),
    path(MONEY + "affectations/", money_grid.allocations, name="allocations"),
    path(MONEY + "personnel/", money_beside.staff, name="staff"),
    path(MONEY + "personnel/<int:staff_share>/", money_beside.change_staff, name="change_staff"),
    path(MONEY + "personnel/<int:staff_share>/retirer/", money_beside.remove_staff, name="remove_staff"),
    path(MONEY + "aides/", money_beside.help_in_kind, name="help_in_kind"),
    path(MONEY + "aides/<int:help_row>/", money_beside.change_help, name="change_help"),
    path(MONEY + "aides/<int:help_row>/retirer/", money_beside.remove_help, name="remove_help"),
]
