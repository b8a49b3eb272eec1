"""Words of the journal. A booking is told by its number or its date, never by its wording: it may name a person."""

from django.utils.translation import gettext_lazy as _

from tissage.people.journal import register

register(
    {
        "plan.import_bookings": _(
            "a lu l’extrait comptable %(object)s : %(new)s écritures nouvelles, %(changed)s changées, %(back)s revenues, %(vanished)s disparues"
        ),
        "plan.cancel_booking_import": _("a abandonné la lecture de l’extrait comptable %(object)s"),
        "plan.split_booking": _("a réparti l’écriture %(object)s sur %(actions)s actions"),
        "plan.unsplit_booking": _("a défait la répartition de l’écriture %(object)s"),
        "plan.link_booking": _("a changé la ligne de financement de l’écriture %(object)s"),
        "plan.link_bookings": _("a relié %(bookings)s écritures à leur ligne de financement (%(object)s)"),
        "plan.make_split_rule": _("a fait la règle de répartition %(object)s, sur %(actions)s actions"),
        "plan.end_split_rule": _("a mis fin à la règle de répartition %(object)s"),
        "plan.apply_split_rules": _("a réparti %(bookings)s écritures par les règles (%(object)s)"),
        "plan.undo_splits": _("a défait la répartition de %(bookings)s écritures faite par la règle %(object)s"),
        "plan.set_statement_totals": _("a noté %(totals)s totaux de l’état comptable (%(object)s)"),
    }
)
