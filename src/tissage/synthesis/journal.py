"""The words of this app's acts in the journal."""

from django.utils.translation import gettext_lazy as _

from tissage.people.journal import register

register(
    {
        "synthesis.freeze_synthesis": _("a figé « %(object)s » (%(criteria)s critères)"),
        "synthesis.cancel_freezing": _("a renoncé à figer « %(object)s »"),
        "synthesis.mark_discussed": _("a noté la discussion de « %(object)s »"),
        "synthesis.mark_validated": _("a noté la validation de « %(object)s » (%(present)s personnes présentes)"),
        "synthesis.read_lines": _("a lu %(lines)s lignes de « %(object)s » avant publication"),
        "synthesis.publish_synthesis": _("a publié « %(object)s »"),
        "synthesis.export_synthesis": _("a emporté un fichier de « %(object)s » (%(criteria)s critères)"),
        "synthesis.export_group_sheet": _("a emporté la feuille du groupe « %(object)s » (%(criteria)s critères)"),
        "synthesis.export_workshop_sheet": _(
            "a pris la feuille à remettre au groupe, atelier %(object)s (%(criteria)s critères, %(expressions)s expressions)"
        ),
        "synthesis.open_sheet_link": _(
            "a ouvert un lien vers la feuille de l’atelier %(object)s, avec l’accord du groupe (%(days)s jours)"
        ),
        "synthesis.revoke_sheet_link": _("a fermé le lien vers la feuille de l’atelier %(object)s"),
        "synthesis.withdraw_publication": _("a retiré la publication de « %(object)s »"),
    }
)
