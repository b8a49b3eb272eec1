"""What each kind of activity asks for (`agenda.md` §3, §4): how one may register, what is sensitive, what has no date.

A kind that is not in the table is ordinary: everything is offered, nothing is presumed.
"""

from __future__ import annotations

from dataclasses import dataclass

NONE, EXTERNAL, LIGHT, SCHOOL = "none", "external", "light", "school"
ANY = (NONE, EXTERNAL, LIGHT, SCHOOL)


@dataclass(frozen=True, slots=True)
class KindRules:
    """`registrations`: the modes that are allowed, the first one proposed. `presumed_sensitive` and `usually_dated` only fill the form."""

    registrations: tuple[str, ...] = ANY
    presumed_sensitive: bool = False
    usually_dated: bool = True

    @property
    def counts_only(self) -> bool:
        """Nobody registers, whatever the settings say."""
        return self.registrations == (NONE,)


ORDINARY = KindRules()
RULES = {
    # A health act: nothing of it in the tool but a head count.
    "screening_test": KindRules(registrations=(NONE,), presumed_sensitive=True),
    # Pupils never register by themselves: a school books classes.
    "school_animation": KindRules(registrations=(SCHOOL, NONE)),
    "philo_workshop": KindRules(registrations=(SCHOOL, NONE)),
    "theatre": KindRules(registrations=(SCHOOL, NONE, EXTERNAL, LIGHT)),
    "podcast": KindRules(registrations=(NONE,), usually_dated=False),
    "mural": KindRules(registrations=(NONE, EXTERNAL, LIGHT), usually_dated=False),
    "street_action": KindRules(registrations=(NONE,)),
}


def rules_of(kind: str) -> KindRules:
    """
    >>> rules_of("screening_test").counts_only
    True
    """
    return RULES.get(kind, ORDINARY)


def allowed_mode(kind: str, mode: str) -> str:
    """The mode asked for when this kind allows it, else the nearest it allows: a screening has none, whatever was asked.

    >>> allowed_mode("screening_test", "light")
    'none'
    >>> allowed_mode("philo_workshop", "light")
    'school'
    """
    allowed = rules_of(kind).registrations
    return mode if mode in allowed else allowed[0]
