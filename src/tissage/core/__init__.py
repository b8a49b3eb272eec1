"""What the method says, in plain Python: codes, nomenclature, syntheses, suppression, charts.

Not here: Django, a disk, a clock. Time is an argument; values are frozen.
"""
