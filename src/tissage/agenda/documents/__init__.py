"""Documents on paper, one module each."""
