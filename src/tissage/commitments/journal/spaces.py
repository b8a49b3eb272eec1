"""Spaces, sets, sendings, answers. In a space the object of every act is the space itself: no list, no candidate, no answer is named."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from tissage.people.journal import register

register(
    {
        "commitments.open_space": _("a ouvert l’espace %(object)s"),
        "commitments.change_space": _("a changé la présentation de l’espace"),
        "commitments.give_space_role": _("a donné un rôle dans l’espace"),
        "commitments.end_space_role": _("a mis fin à un rôle dans l’espace"),
        "commitments.create_ask_set": _("a commencé un ensemble de demandes"),
        "commitments.change_ask_set": _("a changé la présentation d’un ensemble de demandes"),
        "commitments.set_dates": _("a fixé l’élection et le dernier jour pour répondre"),
        "commitments.write_category": _("a écrit une catégorie de demandes"),
        "commitments.remove_category": _("a retiré une catégorie vide"),
        "commitments.write_ask": _("a écrit une demande"),
        "commitments.remove_ask": _("a retiré une demande"),
        "commitments.import_asks": _("a lu un tableau de demandes : %(new)s nouvelles, %(changed)s changées"),
        "commitments.confirm_competence": _("a noté qui a confirmé la compétence d’une demande"),
        "commitments.freeze_ask_set": _("a figé le texte d’un ensemble de %(asks)s demandes"),
        "commitments.start_from_file": _("est parti·e d’un ensemble reçu, texte figé (%(asks)s demandes)"),
        "commitments.create_election": _("a noté une élection"),
        "commitments.write_contestant": _("a écrit une liste candidate"),
        "commitments.remove_contestant": _("a retiré une liste candidate à qui rien n’avait été envoyé"),
        "commitments.send_ask_set": _("a envoyé l’ensemble à une liste"),
        "commitments.prove_sending": _("a joint la preuve d’un envoi"),
        "commitments.renew_reply_link": _("a remplacé le lien d’une liste"),
        "commitments.remind_all": _("a rappelé le délai aux %(lists)s listes"),
        "commitments.reopen_reply": _("a rouvert les réponses d’une liste"),
        "commitments.type_answer": _("a saisi une réponse reçue"),
        "commitments.publish_answers": _("a publié %(answers)s réponses"),
        "commitments.close_phase": _("a clos la phase des candidatures et effacé %(contacts)s contacts"),
        "commitments.export_ask_set": _("a emporté un ensemble de demandes en un fichier"),
        "commitments.receive_ask_set": _("a reçu l’ensemble %(object)s : %(contestants)s listes, %(answers)s réponses de plus"),
    }
)
register({"commitments.hand_in": _("a remis ses réponses par son lien")}, unsigned=_("Une liste"))
