"""Bookings of schools, as the lead answers them. Nothing of a registrant is ever journalled."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from tissage.people.journal import register

register(
    {
        "agenda.confirm_booking": _("a confirmé une école pour %(object)s"),
        "agenda.refuse_booking": _("a refusé une école pour %(object)s"),
    }
)
