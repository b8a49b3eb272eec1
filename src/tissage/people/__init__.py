"""Accounts, territories, roles, and the journal of who did what.

Not here: participants of a workshop. They have no record.
"""
