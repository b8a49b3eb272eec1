"""Words of the journal."""

from tissage.people.journal import register

register({})
