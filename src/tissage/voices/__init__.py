"""What residents say: groups, workshops, expressions, criteria, codings, propositions.

Not here: what is counted or published from it (synthesis). No participant has a record.
"""
