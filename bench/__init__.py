"""Speed, measured by hand: figures and ratios against a baseline of the same run. `make bench`, or `python -m bench NAME…`."""
