"""A label with its charter, a holder and a report; a training that was followed; a declared conflict: every argument of their addresses."""

from __future__ import annotations

from typing import Any

from django.conf import settings

from tissage.network.models import CollectiveMembership, LabelAward, Organization
from tissage.network.operations import awards, conflicts, label_reports, labels, trainings
from tissage.people.cipher import ensure_key_ring


def labelled(territory: Any, by: Any, now: Any, canary: str) -> dict[str, object]:
    """Held by the house of the network's world; another request still waits, with a requirement that is not met."""
    ensure_key_ring(settings.TISSAGE_HOME)  # the contact of a report is encrypted
    did = {"by": by, "now": now}
    house = Organization.objects.filter(territory=territory, name__startswith="Maison").order_by("pk").first()
    other = Organization.objects.create(territory=territory, name=f"Demandeuse {canary}")
    training = trainings.create_training(
        territory=territory, title=f"Séance {canary}", description=canary, provider=house, gives_qualification=True, valid_months=24, **did
    )
    session = trainings.plan_session(training=training, held_on=now.date(), place=canary, **did)
    scheme = labels.create_label(territory=territory, name=f"Label {canary}", owner=house, description=canary, **did)
    version = scheme.versions.get()
    labels.change_version(version=version, charter_text=canary, valid_from=now.date(), **did)
    labels.add_requirement(version=version, kind="training", text=canary, training=training, **did)
    signature = labels.add_requirement(version=version, kind="signature", text=canary, **did)
    labels.publish_version(version=version, **did)
    for organization in (house, other):
        trainings.note_attendance(session=session, organization=organization, headcount=2, **did)
    award, waiting = (LabelAward.objects.get(organization=one) for one in (house, other))
    for one in (award, waiting):
        awards.fulfil_requirement(award=one, requirement=signature, met_on=now.date(), evidence=canary, **did)
    awards.confirm_award(award=award, on=now.date(), list_publicly=True, note=canary, **did)
    report = label_reports.report_breach(award=award, value="other", text=canary, contact=canary, now=now)
    label_reports.tell_holder(report=report, **did)
    membership = CollectiveMembership.objects.filter(organization=house).order_by("pk").first()
    conflict = conflicts.declare_conflict(membership=membership, subject=canary, declared_on=now.date(), handled_how=canary, **did)
    return {
        "scheme": scheme.pk,
        "label_version": version.number,
        "requirement": signature.pk,
        "award": award.uuid,
        "label_report": report.pk,
        "training": training.pk,
        "training_session": session.pk,
        "conflict": conflict.pk,
    }


def labels_of_the_secret_world(write: Any, told: Any, here: dict[str, Any], member: Any, today: Any, now: Any) -> dict[str, object]:
    """A label whose published words and listed holder everybody reads; its draft, a request, a report, trainings and conflicts, which nobody does."""
    from tissage.network import models as network

    owner = write(network.Organization, **here, name=told("owner of a label"), website="", email="")
    # Who chose to be listed has a sheet in the directory: its own words are there.
    known = {name: told(f"{name} of a listed holder of a label") for name in ("name", "alternate_name", "description")}
    holder = write(network.Organization, **here, **known, website="", email="")
    training = write(network.Training, **here, title=told("training that a label asks"), provider=owner)
    said = {name: told(f"{name} of a label") for name in ("name", "description")}
    scheme = write(network.LabelScheme, **here, owner=owner, **said)
    version = write(network.LabelVersion, scheme=scheme, number=1, charter_text=told("charter"), valid_from=today, published_at=now)
    asked = write(network.LabelRequirement, version=version, kind="training", text=told("requirement of a label"), training=training)
    draft = write(network.LabelVersion, scheme=scheme, number=2, valid_from=today)
    write(network.LabelRequirement, version=draft, kind="evidence")
    dates = {"granted_on": today, "valid_until": today.replace(year=today.year + 50)}
    award = write(network.LabelAward, version=version, organization=holder, status="active", list_publicly=True, **dates)
    other = write(network.Organization, **here, website="", email="")
    hidden = write(network.LabelAward, version=version, organization=other, status="active", **dates)
    session = write(network.TrainingSession, training=training, held_on=today)
    attendance = write(network.TrainingAttendance, session=session, organization=other)
    write(network.LabelFulfilment, award=hidden, requirement=asked, attendance=attendance)
    write(network.Qualification, organization=other, training=training)
    report = write(network.LabelReport, award=award, value="other")
    conflict = write(network.ConflictDeclaration, membership=member)
    return {
        "scheme": [scheme.pk],
        "label_version": [1, 2],
        "requirement": [asked.pk],
        "award": [award.uuid, hidden.uuid],
        "label_report": [report.pk],
        "training": [training.pk],
        "training_session": [session.pk],
        "conflict": [conflict.pk],
    }
