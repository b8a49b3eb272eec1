from django.urls import path

from tissage.plan.views import count, figures, filling_team

YEAR = "<int:plan>/chiffres/<int:year>"
urlpatterns = [
    path("<int:plan>/chiffres/", figures.figures, name="figures"),
    path("<int:plan>/chiffres/partenaires/", figures.partner_links, name="partner_links"),
    path("<int:plan>/chiffres/pieces/<uuid:document>/", figures.figure_proof, name="figure_proof"),
    path("<int:plan>/compter/", count.count, name="count"),
    path(f"{YEAR}/delai/", figures.change_deadline, name="change_deadline"),
    path(f"{YEAR}/rappeler/", figures.remind_partners, name="remind_partners"),
    path(f"{YEAR}/relire/", figures.review, name="review"),
    path(f"{YEAR}/equipe/", filling_team.sheet, name="team"),
    path(f"{YEAR}/equipe/enregistrer/", filling_team.save, name="team_save"),
    path(f"{YEAR}/equipe/remettre/", filling_team.submit, name="team_submit"),
    path(f"{YEAR}/equipe/pieces/<uuid:document>/", filling_team.proof, name="team_proof"),
    path(f"{YEAR}/partenaires/<int:organization>/", filling_team.sheet, name="type_for_partner"),
    path(f"{YEAR}/partenaires/<int:organization>/enregistrer/", filling_team.save, name="type_for_partner_save"),
    path(f"{YEAR}/partenaires/<int:organization>/remettre/", filling_team.submit, name="type_for_partner_submit"),
    path(f"{YEAR}/partenaires/<int:organization>/pieces/<uuid:document>/", filling_team.proof, name="type_for_partner_proof"),
    path(f"{YEAR}/partenaires/<int:organization>/fermer/", figures.revoke_partner_link, name="revoke_partner_link"),
]
