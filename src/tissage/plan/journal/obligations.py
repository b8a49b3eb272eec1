"""Words of the journal."""

from django.utils.translation import gettext_lazy as _

from tissage.people.journal import register

register(
    {
        "plan.choose_sitting": _("a choisi la séance pour « %(object)s »"),
        "plan.note_step": _("a noté une étape faite de « %(object)s »"),
        "plan.take_back_step": _("a retiré une étape notée de « %(object)s »"),
        "plan.meet_obligation": _("a noté l’obligation « %(object)s » remplie"),
        "plan.take_back_obligation": _("a noté l’obligation « %(object)s » à nouveau à remplir"),
        "plan.switch_off_obligation": _("a écarté l’obligation « %(object)s »"),
        "plan.resume_obligation": _("a repris l’obligation « %(object)s »"),
        "plan.draw_feed": _("a tiré l’adresse secrète de son calendrier du plan"),
        "plan.revoke_feed": _("a fermé l’adresse secrète de son calendrier du plan"),
    }
)
