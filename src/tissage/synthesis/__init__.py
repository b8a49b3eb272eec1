"""What a set of voices says: live for the team, frozen on a date, published after reading.

Not here: needs and decisions (diagnosis). A synthesis lists every criterion, minority voices included.
"""
