"""What the journal says of acts on reference data."""

from django.utils.translation import gettext_lazy as _

from tissage.people.journal import register

register(
    {
        "frameworks.load_version": _("a chargé la version %(object)s livrée avec Tissage (%(codes)s codes)"),
        "frameworks.load_plan_framework": _(
            "a chargé le cadre de plan %(object)s livré avec Tissage (%(codes)s codes, %(obligations)s obligations)"
        ),
        "frameworks.load_vocabulary": _("a chargé le vocabulaire %(object)s livré avec Tissage (%(codes)s mots)"),
        "frameworks.import_version": _("a importé la version %(object)s en brouillon (%(codes)s codes)"),
        "frameworks.publish_version": _("a publié la version %(object)s (%(codes)s codes)"),
        "frameworks.discard_draft": _("a abandonné le brouillon %(object)s"),
        "frameworks.correct_code": _("a corrigé le code %(object)s"),
        "frameworks.add_code": _("a ajouté le code %(object)s"),
        "frameworks.remove_code": _("a retiré du brouillon le code %(object)s"),
        "frameworks.map_code": _("a dit ce que devient le code %(object)s"),
        "frameworks.choose_version": _("a choisi la version %(object)s"),
    }
)
