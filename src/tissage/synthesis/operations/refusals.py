"""What an operation says when it cannot do what was asked."""


class SynthesisRefused(ValueError):
    """Refused, for a reason in words fit for the user."""
