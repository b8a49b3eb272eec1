"""What learns from codings: an encoder of sentences, a classifier, near-duplicates. numpy only: no tables, no Django, no network."""
