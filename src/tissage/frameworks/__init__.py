"""Versioned reference data: the SPIRAL nomenclature and sense letters, and whatever a decree or a method may change.

Not here: what a territory does with a code. Codes in use are never altered or deleted.
"""
