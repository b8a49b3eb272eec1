"""Words of the journal: budget changes, without any amount."""

from django.utils.translation import gettext_lazy as _

from tissage.people.journal import register

register(
    {
        "plan.create_funding": _("a inscrit la ligne de financement %(object)s"),
        "plan.change_funding": _("a changé la ligne de financement %(object)s"),
        "plan.remove_funding": _("a retiré la ligne de financement %(object)s"),
        "plan.copy_funding": _("a repris %(lines)s lignes et %(allocations)s affectations de l’année d’avant (%(object)s)"),
        "plan.create_stage": _("a ouvert l’étape budgétaire %(object)s"),
        "plan.change_stage": _("a changé l’étape budgétaire %(object)s"),
        "plan.remove_stage": _("a retiré l’étape budgétaire %(object)s, ses %(amounts)s montants et ses %(allocations)s affectations"),
        "plan.save_budget": _("a changé %(lines)s montants de lignes et %(allocations)s affectations (%(object)s)"),
        "plan.create_help": _("a noté une aide en nature pour l’action %(object)s"),
        "plan.change_help": _("a changé une aide en nature de l’action %(object)s"),
        "plan.remove_help": _("a retiré une aide en nature de l’action %(object)s"),
        "plan.create_staff": _("a noté du personnel sur l’action %(object)s"),
        "plan.change_staff": _("a changé le personnel de l’action %(object)s"),
        "plan.remove_staff": _("a retiré du personnel de l’action %(object)s"),
    }
)
