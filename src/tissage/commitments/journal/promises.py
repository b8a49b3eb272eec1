"""Commitments, evidence, assessments, scorecards."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from tissage.people.journal import register

register(
    {
        "commitments.create_commitment": _("a noté un engagement : %(object)s"),
        "commitments.change_commitment": _("a modifié un engagement : %(object)s"),
        "commitments.publish_commitment": _("a publié un engagement : %(object)s"),
        "commitments.withdraw_commitment": _("a retiré un engagement : %(object)s"),
        "commitments.restore_commitment": _("a rétabli un engagement : %(object)s"),
        "commitments.add_milestone": _("a ajouté une étape à un engagement : %(object)s"),
        "commitments.move_milestone": _("a déplacé la date d’une étape : %(object)s"),
        "commitments.reach_milestone": _("a noté une étape atteinte : %(object)s"),
        "commitments.reopen_milestone": _("a rouvert une étape : %(object)s"),
        "commitments.note_later_decision": _("a relié une décision qui revient sur : %(object)s"),
        "commitments.forget_later_decision": _("a délié une décision : %(object)s"),
        "commitments.add_evidence": _("a proposé une preuve"),
        "commitments.change_evidence": _("a modifié une preuve proposée"),
        "commitments.validate_evidence": _("a validé une preuve"),
        "commitments.refuse_evidence": _("a écarté une preuve"),
        "commitments.reopen_evidence": _("a remis une preuve à valider"),
        "commitments.contest_evidence": _("a noté qu’une preuve est contestée"),
        "commitments.settle_evidence": _("a noté qu’une preuve n’est plus contestée"),
        "commitments.show_evidence": _("a changé qui voit une preuve"),
        "commitments.propose_evidence": _("a lu les faits du territoire : %(proposed)s preuves proposées"),
        "commitments.propose_assessment": _("a proposé une évaluation"),
        "commitments.change_proposal": _("a modifié une évaluation proposée"),
        "commitments.tell_assessed": _("a écrit à l’organisation évaluée"),
        "commitments.withdraw_proposal": _("a retiré une évaluation proposée"),
        "commitments.refuse_proposal": _("a refusé une évaluation proposée"),
        "commitments.validate_assessment": _("a validé une évaluation"),
        "commitments.reply_as_member": _("a répondu à une évaluation"),
        "commitments.import_proposals": _("a proposé %(proposals)s évaluations d’un fichier"),
        "commitments.export_subjects": _("a téléchargé les évaluations (%(rows)s lignes)"),
        "commitments.freeze_scorecard": _("a figé le tableau de score %(object)s"),
    }
)
register({"commitments.reply_to_assessment": _("a répondu à une évaluation")}, unsigned=_("L’organisation évaluée, par son lien"))
