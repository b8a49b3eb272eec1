"""What a municipality does about it: plans and their versions, actions, money, figures, partners' answers, obligations met.

Not here: needs (diagnosis), reference data and rules of a programme (frameworks), organisations and meetings (network), issued documents (reports).
"""
