"""A label run by a house, that asks a session and a signature; its holder is Chantecler."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Any

from tissage.network.models import LabelAward, LabelRequirement, LabelScheme, Organization, Person, Training, TrainingSession
from tissage.network.operations import awards, labels, trainings
from tissage.people.models import Membership, User

DAY = dt.date(2026, 11, 22)


@dataclass
class Label:
    """« Ici, bienvenue », published, with its two requirements and a session of its training."""

    scheme: LabelScheme
    owner: Organization
    training: Training
    session: TrainingSession
    follows: LabelRequirement
    signs: LabelRequirement


def label_of(territory: Any, by: User, now: dt.datetime, *, name: str = "Ici, bienvenue", months: int = 24) -> Label:
    did = {"by": by, "now": now}
    owner = Organization.objects.create(territory=territory, name=f"Maison de {name}")
    training = trainings.create_training(
        territory=territory, title=f"Séance de {name}", provider=owner, gives_qualification=True, valid_months=12, **did
    )
    scheme = labels.create_label(territory=territory, name=name, owner=owner, validity_months=months, **did)
    version = scheme.versions.get()
    labels.change_version(version=version, charter_text="Nous accueillons.", valid_from=dt.date(2025, 1, 1), **did)
    follows = labels.add_requirement(version=version, kind="training", text="Suivre la séance", training=training, **did)
    signs = labels.add_requirement(version=version, kind="signature", text="Signer la charte", **did)
    labels.publish_version(version=version, **did)
    session = trainings.plan_session(training=training, held_on=DAY - dt.timedelta(days=1), place="", **did)
    return Label(scheme, owner, training, session, follows, signs)


def awarded(label: Label, organization: Organization, by: User, now: dt.datetime, **more: Any) -> LabelAward:
    """The label given to an organisation today, listed."""
    did = {"by": by, "now": now}
    award = awards.ask_award(scheme=label.scheme, organization=organization, **did)
    for requirement in awards.unmet(award):
        awards.fulfil_requirement(award=award, requirement=requirement, met_on=DAY, **did)
    awards.confirm_award(award=award, on=more.pop("on", DAY), list_publicly=True, note="", **did)
    award.refresh_from_db()
    return award


def staff_of(organization: Organization, name: str, now: dt.datetime, role: str = "partner") -> User:
    user = User.objects.create_user(email=f"{name.lower()}@example.org", name=name)
    Membership.objects.create(user=user, territory=organization.territory, role=role, since=now)
    Person.objects.create(territory=organization.territory, organization=organization, user=user, display_name=name)
    return user
