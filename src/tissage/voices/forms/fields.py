"""Fields that several forms share."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

LANGUAGES = [
    ("", _("inconnue")),
    ("fr", _("français")),
    ("nl", _("néerlandais")),
    ("de", _("allemand")),
    ("en", _("anglais")),
    ("ar", _("arabe")),
    ("tr", _("turc")),
    ("it", _("italien")),
    ("es", _("espagnol")),
    ("pt", _("portugais")),
    ("ro", _("roumain")),
    ("uk", _("ukrainien")),
]
