"""Dates as a person writes them: 3/2/2026, 03.02.2026, 2026-02-03."""

DATE_INPUT_FORMATS = ["%d/%m/%Y", "%d/%m/%y", "%d.%m.%Y", "%d-%m-%Y", "%Y-%m-%d", "%d %B %Y"]
THOUSAND_SEPARATOR = "\u202f"
NUMBER_GROUPING = 3
