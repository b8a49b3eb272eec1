"""Words of the journal."""

from django.utils.translation import gettext_lazy as _

from tissage.people.journal import register

register(
    {
        "plan.create_plan": _("a créé le plan « %(object)s »"),
        "plan.change_plan": _("a modifié le plan « %(object)s »"),
        "plan.create_action": _("a créé l’action « %(object)s »"),
        "plan.change_action": _("a modifié l’action « %(object)s »"),
        "plan.comment_action": _("a commenté l’action « %(object)s »"),
        "plan.stop_action": _("a arrêté l’action « %(object)s »"),
        "plan.remove_action": _("a retiré l’action « %(object)s », jamais envoyée"),
        "plan.change_partners": _("a changé les partenaires de l’action « %(object)s » (%(partners)s)"),
        "plan.create_indicator": _("a créé un indicateur de l’action « %(object)s »"),
        "plan.change_indicator": _("a modifié un indicateur de l’action « %(object)s »"),
        "plan.remove_indicator": _("a retiré un indicateur de l’action « %(object)s »"),
        "plan.set_targets": _("a fixé des cibles de l’action « %(object)s » (%(years)s années)"),
        "plan.create_version": _("a fait la version %(object)s (%(actions)s actions)"),
        "plan.retake_version": _("a repris la version %(object)s telle que le plan est maintenant (%(actions)s actions)"),
        "plan.drop_version": _("a retiré la version %(object)s, jamais envoyée"),
        "plan.send_version": _("a noté l’envoi de la version %(object)s"),
        "plan.record_answer": _("a noté la réponse à la version %(object)s"),
    }
)
