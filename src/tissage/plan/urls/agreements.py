from django.urls import path

from tissage.plan.views import agreements as views

ONE = "<int:plan>/conventions/<int:agreement>/"

urlpatterns = [
    path("<int:plan>/conventions/", views.agreements, name="agreements"),
    path("<int:plan>/conventions/nouvelle/", views.create_agreement, name="create_agreement"),
    path(ONE, views.agreement, name="agreement"),
    path(f"{ONE}modifier/", views.change_agreement, name="change_agreement"),
    path(f"{ONE}signatures/<int:party>/", views.sign, name="sign_agreement"),
    path(f"{ONE}signatures/<int:party>/retirer/", views.take_signature_back, name="take_signature_back"),
    path(f"{ONE}avenant/", views.amend, name="amend_agreement"),
    path(f"{ONE}etat/", views.move, name="move_agreement"),
    path(f"{ONE}tranches/nouvelle/", views.add_instalment, name="add_instalment"),
    path(f"{ONE}tranches/<int:instalment>/payer/", views.pay, name="pay_instalment"),
    path(f"{ONE}tranches/<int:instalment>/retirer/", views.remove_instalment, name="remove_instalment"),
    path(f"{ONE}justificatifs/nouveau/", views.add_proof, name="add_proof"),
    path(f"{ONE}justificatifs/<int:proof>/", views.judge, name="judge_proof"),
    path(f"{ONE}restitutions/nouvelle/", views.claim, name="claim_back"),
    path(f"{ONE}restitutions/<int:clawback>/", views.close_claim, name="close_clawback"),
]
