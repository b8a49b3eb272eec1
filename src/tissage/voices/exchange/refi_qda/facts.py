"""What a criterion carries that the format has no place for: named in the description of its selection, read back from there."""

from __future__ import annotations

from tissage.core.columns import EXPORTED

ORIGIN = "Tissage"
SOURCE = "refi-qda"
"""Where the identifiers of selections made by another program belong."""
MEMO = "mémo"

# In the text, in the codebook or in the codings themselves: not said again.
_ELSEWHERE = {"platform", "group", "text", "component", "sub_component", "sense", "beneficiary"}
FACTS = {field: heading for field, heading in EXPORTED.items() if field not in _ELSEWHERE}
"""Field → the name of its line in a description."""
