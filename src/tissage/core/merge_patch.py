"""JSON Merge Patch (RFC 7396): how a profile says what it changes of a standard."""

from __future__ import annotations

from typing import Any


def merge_patch(target: Any, patch: Any) -> Any:
    """The target with the patch laid over it: objects merge, `None` takes a member away, anything else replaces. Neither argument changes.

    >>> merge_patch({"title": "Hello", "author": {"name": "A", "phone": "1"}}, {"author": {"phone": None}, "tags": ["x"]})
    {'title': 'Hello', 'author': {'name': 'A'}, 'tags': ['x']}
    """
    if not isinstance(patch, dict):
        return patch
    result = dict(target) if isinstance(target, dict) else {}
    for name, value in patch.items():
        if value is None:
            result.pop(name, None)
        else:
            result[name] = merge_patch(result.get(name), value)
    return result
