"""What leaves the house: a year of the plan frozen, the documents issued from it, the vote and the answer, and those who read adopted things by a link.

Not here: the figures and the money themselves (plan), the words of a synthesis (synthesis), the sittings' calendar (plan).
"""
