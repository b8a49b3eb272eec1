"""Words of the journal."""

from django.utils.translation import gettext_lazy as _

from tissage.people.journal import register

register(
    {
        "reports.freeze_year": _("a arrêté l’année : %(object)s (%(actions)s actions, %(missing)s manques, %(changes)s changements)"),
        "reports.reopen_year": _("a rouvert l’année : %(object)s"),
        "reports.issue_report": _("a émis le document %(object)s (%(files)s fichiers)"),
        "reports.take_report": _("a emporté le document %(object)s"),
        "reports.take_draft": _("a emporté un projet de document"),
        "reports.record_vote": _("a noté ce qui a suivi le vote : %(object)s"),
        "reports.keep_word_template": _("a déposé un modèle Word : %(object)s"),
        "reports.retire_word_template": _("a retiré un modèle Word : %(object)s"),
    }
)
