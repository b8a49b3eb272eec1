"""Words of the journal."""

from django.utils.translation import gettext_lazy as _

from tissage.people.journal import register

register(
    {
        "plan.take_sheet": _("a pris la fiche de %(object)s"),
    }
)
