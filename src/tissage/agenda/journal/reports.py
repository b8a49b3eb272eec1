"""Reports and feedback."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from tissage.people.journal import register

register(
    {
        "agenda.file_report": _("a remis un compte rendu : %(object)s"),
        "agenda.change_report": _("a corrigé un compte rendu : %(object)s"),
        "agenda.comment_report": _("a commenté un compte rendu : %(object)s"),
        "agenda.begin_evaluation": _("a ouvert l’évaluation : %(object)s"),
        "agenda.close_campaign": _("a clos la campagne %(object)s (activités : %(activities)s)"),
        "agenda.prepare_feedback": _("a préparé un questionnaire anonyme : %(object)s"),
        "agenda.close_feedback": _("a fermé un questionnaire anonyme : %(object)s"),
        "agenda.reopen_feedback": _("a rouvert un questionnaire anonyme : %(object)s"),
        "agenda.show_comment": _("a montré un commentaire anonyme après lecture : %(object)s"),
        "agenda.withdraw_comment": _("a retiré un commentaire anonyme : %(object)s"),
    }
)
register(
    {
        "agenda.receive_report": _("a remis un compte rendu : %(object)s"),
        "agenda.receive_correction": _("a corrigé un compte rendu : %(object)s"),
    },
    unsigned=_("Le lien d’un partenaire"),
)
register({"agenda.remind_reports": _("a rappelé des comptes rendus (dates : %(dates)s)")}, unsigned=_("Le programme du jour"))
