"""What the acts of this app are called in the journal."""

from tissage.people.journal import register

register({})
