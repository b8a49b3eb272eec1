"""What learns from codings: an encoder of sentences, a classifier, near-duplicates. numpy only: no tables, no Django, no network."""

import os

# One thread for sums of small matrices: two workers that each start two of them wait for one another on a small server.
# Said before numpy is imported; an operator's own value wins.
os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
