"""Campaigns, activities and dates."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from tissage.people.journal import register

register(
    {
        "agenda.create_campaign": _("a préparé la campagne %(object)s"),
        "agenda.change_campaign": _("a modifié la campagne %(object)s"),
        "agenda.copy_campaign": _("a copié une édition : %(object)s, %(activities)s activités en brouillon, %(partners)s partenaires"),
        "agenda.reopen_draft": _("a remis en préparation la campagne %(object)s"),
        "agenda.open_campaign": _("a ouvert aux propositions la campagne %(object)s"),
        "agenda.publish_campaign": _("a publié le programme de %(object)s"),
        "agenda.begin_campaign": _("a noté que la campagne %(object)s est en cours"),
        "agenda.evaluate_campaign": _("a ouvert l’évaluation de la campagne %(object)s"),
        "agenda.add_partner": _("a ajouté à une campagne le partenaire %(object)s"),
        "agenda.remove_partner": _("a retiré d’une campagne le partenaire %(object)s"),
        "agenda.invite_partner": _("a envoyé à %(object)s le lien d’une campagne"),
        "agenda.revoke_link": _("a fermé le lien de campagne de %(object)s"),
        "agenda.reopen_link": _("a rouvert le lien de campagne de %(object)s"),
        "agenda.create_activity": _("a préparé l’activité %(object)s"),
        "agenda.change_activity": _("a modifié l’activité %(object)s"),
        "agenda.change_partners": _("a changé les co-organisations de l’activité %(object)s"),
        "agenda.change_actions": _("a changé les actions du plan que sert l’activité %(object)s"),
        "agenda.propose_activity": _("a proposé l’activité %(object)s"),
        "agenda.take_back": _("a repris en brouillon l’activité %(object)s"),
        "agenda.accept_activity": _("a accepté l’activité %(object)s"),
        "agenda.refuse_activity": _("a refusé l’activité %(object)s"),
        "agenda.ask_change": _("a demandé un changement à l’activité %(object)s"),
        "agenda.reconsider": _("a repris la décision sur l’activité %(object)s"),
        "agenda.add_occurrence": _("a ajouté une date : %(object)s"),
        "agenda.change_occurrence": _("a modifié une date : %(object)s"),
        "agenda.move_occurrence": _("a déplacé une date : %(object)s"),
        "agenda.cancel_occurrence": _("a annulé une date : %(object)s"),
        "agenda.postpone_occurrence": _("a reporté une date : %(object)s"),
        "agenda.fill_occurrence": _("a noté complète une date : %(object)s"),
        "agenda.restore_occurrence": _("a rétabli une date : %(object)s"),
        "agenda.remove_occurrence": _("a retiré une date d’un brouillon : %(object)s"),
        "agenda.draw_agenda_feed": _("a tiré l’adresse d’un agenda : %(object)s"),
        "agenda.revoke_agenda_feed": _("a fermé l’adresse d’un agenda : %(object)s"),
    }
)
