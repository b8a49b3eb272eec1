"""The hall seen by the team: opening it, conducting it, its events."""
