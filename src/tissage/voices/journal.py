"""What the acts of this app are called in the journal. The object is a group, a workshop or a number: never a resident's words."""

from django.utils.translation import gettext_lazy as _

from tissage.people.journal import register

register(
    {
        "voices.create_group": _("a créé le groupe %(object)s"),
        "voices.change_group": _("a changé le groupe %(object)s"),
        "voices.create_workshop": _("a noté l’atelier %(object)s"),
        "voices.change_workshop": _("a changé l’atelier %(object)s"),
        "voices.close_workshop": _("a clos l’atelier %(object)s"),
        "voices.reopen_workshop": _("a rouvert l’atelier %(object)s"),
        "voices.add_question": _("a ajouté la question %(object)s"),
        "voices.change_question": _("a changé la question %(object)s"),
        "voices.remove_question": _("a retiré la question %(object)s"),
        "voices.enter_criteria": _("a saisi %(criteria)s critères (%(object)s)"),
        "voices.enter_expressions": _("a saisi %(expressions)s expressions (%(object)s)"),
        "voices.edit_criterion": _("a corrigé le %(object)s"),
        "voices.merge_criteria": _("a fusionné %(merged)s critères dans le %(object)s"),
        "voices.split_criterion": _("a séparé le %(object)s en %(parts)s"),
        "voices.make_criterion": _("a fait le %(object)s avec %(expressions)s expressions"),
        "voices.attach_expressions": _("a rattaché %(expressions)s expressions au %(object)s"),
        "voices.detach_expressions": _("a détaché %(expressions)s expressions du %(object)s"),
        "voices.withdraw_criterion": _("a retiré le %(object)s à la demande du groupe"),
        "voices.set_code": _("a codé le %(object)s"),
        "voices.validate_coding": _("a validé le code du %(object)s"),
        "voices.correct_proposition": _("a corrigé la %(object)s"),
        "voices.import_criteria": _("a importé %(created)s nouveaux critères, %(changed)s modifiés (%(object)s)"),
        "voices.cancel_import": _("a arrêté : %(object)s"),
        "voices.undo_import": _("a annulé : %(object)s"),
        "voices.export_criteria": _("a exporté %(criteria)s critères de %(object)s"),
        "voices.undo_batch": _("a annulé : %(object)s"),
    }
)
