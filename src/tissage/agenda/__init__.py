"""What partners do together: campaigns, activities, dates, and one report per date. Never a list of who came.

Not here: organisations, places and trainings (network), actions and figures of a plan (plan), promises and proofs (commitments).
"""
