"""Words of the journal."""

from django.utils.translation import gettext_lazy as _

from tissage.people.journal import register

register(
    {
        "reports.inscribe_reader": _("a inscrit une personne qui lira le plan « %(object)s »"),
        "reports.give_reader_link": _("a donné un lien de lecture (%(object)s)"),
        "reports.revoke_reader_link": _("a fermé un lien de lecture (%(object)s)"),
        "reports.comment": _("a commenté ce qui a été adopté"),
        "reports.answer_comment": _("a répondu au commentaire d’une personne qui lit"),
    }
)
register({"reports.comment_by_link": _("a commenté ce qui a été adopté")}, unsigned=_("Une personne, par son lien de lecture"))
