"""Promises kept or not: asks, sendings, answers, commitments, evidence, assessments, scorecards.

The candidate phase lives in the space of an association; the term phase in a territory. Not here: plans and actions (plan), activities (agenda), meetings (network).
"""
