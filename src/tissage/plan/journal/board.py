"""Words of the journal."""

from django.utils.translation import gettext_lazy as _

from tissage.people.journal import register

register(
    {
        "plan.take_sheet": _("a pris la fiche de %(object)s"),
    }
)
register(
    {
        "plan.export_workbook": _("a pris le classeur du plan « %(object)s »"),
        "plan.import_workbook": _("a importé un classeur dans « %(object)s » : %(created)s lignes créées, %(changed)s modifiées"),
        "plan.undo_workbook": _("a annulé l’import d’un classeur dans « %(object)s » (%(rows)s lignes)"),
    }
)
