"""Words of the journal."""

from django.utils.translation import gettext_lazy as _

from tissage.people.journal import register

register(
    {
        "plan.import_page": _(
            "a importé une page dans le plan « %(object)s » (%(created)s nouvelles, %(changed)s modifiées, %(unchanged)s inchangées)"
        ),
    }
)
