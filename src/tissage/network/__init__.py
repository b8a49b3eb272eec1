"""Who acts: organisations, their places and people, collectives and what their meetings decide, agreements between parties.

Not here: accounts and roles (people), money and proofs of an agreement (plan), campaigns (agenda), persons who are helped (support).
"""
