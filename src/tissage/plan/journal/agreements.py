"""Words of the journal: the money of agreements. No amount is ever named."""

from django.utils.translation import gettext_lazy as _

from tissage.people.journal import register

register(
    {
        "plan.add_instalment": _("a prévu une tranche de la convention %(object)s"),
        "plan.remove_instalment": _("a retiré une tranche de la convention %(object)s"),
        "plan.pay_instalment": _("a noté le paiement d’une tranche de la convention %(object)s"),
        "plan.take_payment_back": _("a retiré le paiement d’une tranche de la convention %(object)s"),
        "plan.submit_proof": _("a reçu un justificatif de la convention %(object)s"),
        "plan.judge_proof": _("a décidé d’un justificatif de la convention %(object)s"),
        "plan.claim_back": _("a réclamé une restitution pour la convention %(object)s"),
        "plan.clawback_received": _("a noté une restitution reçue pour la convention %(object)s"),
        "plan.clawback_dropped": _("a abandonné une restitution pour la convention %(object)s"),
    }
)
