"""The collective of the invented town with its members, a house and its services, a label, a training, and a decision that nobody followed.

Organisations and what is public about the house come from the field's own tables; every date, person, count and decision is invented.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Any

from tissage.network.models import Collective, Organization, Place, Service
from tissage.network.operations.awards import confirm_award, fulfil_requirement
from tissage.network.operations.collectives import create_collective, join_collective
from tissage.network.operations.conflicts import declare_conflict
from tissage.network.operations.decisions import Owed, write_decision
from tissage.network.operations.documents import keep_document
from tissage.network.operations.labels import add_requirement, create_label, publish_version
from tissage.network.operations.meetings import adopt_minutes, close_meeting, note_presences, plan_meeting, write_minutes
from tissage.network.operations.organizations import add_person, create_organization
from tissage.network.operations.places import add_place
from tissage.network.operations.services import add_contact, create_service, place_service, publish_service
from tissage.network.operations.trainings import create_training, note_attendance, plan_session
from tissage.people.models import Territory, User

COORDINATOR = "Service Égalité des Chances et Citoyenneté du CPAS"
HOUSE = "Maison Arc-en-Ciel Mons"
COLLECTIVE = "Collectif AMORMOS"
LABEL = "Ici Ami.e.x – Mons Friendly"
SINCE = dt.date(2024, 1, 15)
OBJECTIVES = [
    "Faire respecter l’orientation sexuelle et l’identité de genre de chacun·e",
    "Former les membres et les professionnel·les",
    "Proposer des activités gratuites autour du 17 mai et en automne",
    "Suivre et évaluer ce qui est fait",
]


@dataclass(frozen=True, slots=True)
class Offer:
    """A service of the house: name, one sentence, what it is, its words, hours."""

    name: str
    sentence: str
    description: str
    terms: dict[str, list[str]]
    hours: str


OFFERS = [
    Offer(
        "Aide juridique",
        "Une aide dans la procédure de protection internationale et pour s’installer en Belgique.",
        "La Maison accompagne les personnes réfugiées et les demandeur·euse·s de protection internationale dans leur procédure et dans leurs premiers pas : logement, emploi, besoins de base. On y vient avec ses questions et ses papiers ; rien n’est demandé d’autre.",
        {
            "theme": ["acces-aux-droits", "discrimination"],
            "concerned_group": ["lgbtqia", "demandeurs-de-protection"],
            "service_kind": ["accompagnement"],
        },
        "Tu 13:30-17:00; Th 09:00-12:00",
    ),
    Offer(
        "Écoute et soutien psychologique",
        "Des entretiens individuels, à son rythme.",
        "Des entretiens individuels pour parler de ce qu’on vit, y compris pendant la procédure de protection internationale ou après des violences. Une personne écoute, conseille, et oriente si on le souhaite.",
        {"theme": ["sante-mentale"], "concerned_group": ["lgbtqia", "demandeurs-de-protection"], "service_kind": ["ecoute"]},
        "Mo,We 13:00-18:00",
    ),
    Offer(
        "Se rencontrer",
        "Des événements, des projets, un groupe de parole chaque mois.",
        "Des événements culturels et des projets pour tisser des liens entre les personnes et avec la ville. Chaque mois, un groupe de discussion se tient avec l’association Tels Quels.",
        {"theme": ["lien-social"], "concerned_group": ["lgbtqia"], "service_kind": ["animation", "groupe-de-parole"]},
        "Fr 17:00-21:00",
    ),
]


def make_members(territory: Territory, rows: list[dict[str, str]], *, by: User, now: dt.datetime) -> dict[str, Organization]:
    """The organisations of the collective and around it, then the collective itself."""
    did: dict[str, Any] = {"by": by, "now": now}
    known: dict[str, Organization] = {one.name: one for one in Organization.objects.filter(territory=territory)}
    for row in rows:
        if row["name"] not in known:
            known[row["name"]] = create_organization(
                territory=territory,
                name=row["name"],
                alternate_name=row["alternate_name"],
                kind=row["kind"],
                parent=known.get(row["parent"]),
                description=row["description"],
                **did,
            )
    collective = create_collective(
        territory=territory,
        name=COLLECTIVE,
        kind=Collective.Kind.COLLECTIVE,
        purpose="« À Mons on respecte mon orientation sexuelle et mon identité de genre »",
        objectives=OBJECTIVES,
        founded_on=dt.date(2013, 1, 1),
        coordinator=known[COORDINATOR],
        **did,
    )
    for row in rows:
        if row["role"]:
            join_collective(collective=collective, organization=known[row["name"]], since=SINCE, role=row["role"], **did)
    follow_nothing(collective, known, by=by)
    member = collective.memberships.get(organization=known[HOUSE])
    declare_conflict(
        membership=member,
        subject="Local de la Maison",
        declared_on=dt.date(2025, 3, 3),
        handled_how="La Maison quitte la table quand le sujet est traité.",
        **did,
    )
    return known


def follow_nothing(collective: Collective, known: dict[str, Organization], *, by: User) -> None:
    """A meeting of more than a year ago decided something that nobody did; the collective has not met since."""
    held_at = dt.datetime(2025, 9, 11, 16, 0, tzinfo=dt.UTC)
    did: dict[str, Any] = {"by": by, "now": held_at + dt.timedelta(days=1)}
    meeting = plan_meeting(
        collective=collective,
        title="Préparer l’automne",
        starts_at=held_at,
        place="Salle du Canal",
        agenda="1. Programme d’automne\n2. Un lieu d’accueil d’urgence\n3. Divers",
        by=by,
        now=held_at - dt.timedelta(days=20),
    )
    states = ["present", "excused", "present", "absent"]
    seated = list(collective.memberships.select_related("organization").order_by("organization__search", "pk"))
    note_presences(meeting=meeting, states={one.organization: states[i % 4] for i, one in enumerate(seated)}, attendees_count=14, **did)
    write_minutes(
        meeting=meeting,
        minutes="Le programme d’automne est arrêté. Le collectif demande un lieu d’accueil d’urgence.",
        seen="",
        visibility="members",
        **did,
    )
    write_decision(
        meeting=meeting,
        kind="decision",
        text="Chercher avec la Ville et le CPAS un lieu d’accueil d’urgence pour les jeunes chassé·es de chez eux.",
        vote="à l’unanimité",
        owed=Owed("Rencontrer le CPAS et la Ville au sujet du lieu d’accueil", known[COORDINATOR], dt.date(2025, 11, 30)),
        **did,
    )
    meeting.refresh_from_db()
    close_meeting(meeting=meeting, **did)
    adopt_minutes(meeting=meeting, on=dt.date(2025, 10, 2), by=by, now=held_at + dt.timedelta(days=21))


def make_house(territory: Territory, known: dict[str, Organization], *, by: User, now: dt.datetime) -> None:
    """The house, where it is (public in its own profile), and what it offers."""
    did: dict[str, Any] = {"by": by, "now": now}
    house = known[HOUSE]
    add_person(organization=house, display_name="Inès Lambert", role="coordination", email="ines@demo.example", **did)
    place = add_place(
        organization=house,
        name=HOUSE,
        kind=Place.Kind.PHYSICAL,
        address_visibility=Place.Visibility.PUBLIC,
        street="Boulevard du Président Kennedy 7/001",
        postal_code="7000",
        public_area_label="Mons",
        **did,
    )
    statement = keep_document(
        territory=territory,
        title="À qui s’adresse la Maison",
        kind="déclaration",
        upload_name="declaration.txt",
        content="Texte inventé pour la démonstration : la Maison s’adresse aux personnes LGBTQIA+.".encode(),
        organization=house,
        **did,
    )
    checked_on = (now - dt.timedelta(days=40)).date()
    for offer in OFFERS:
        service = create_service(
            organization=house,
            name=offer.name,
            short_description=offer.sentence,
            description=offer.description,
            area="Région de Mons",
            who_may_use=Service.WhoMayUse.PUBLIC,
            fee=Service.Fee.UNKNOWN,
            lgbtqi_scope=Service.Scope.DEDICATED,
            evidence_document=statement,
            assured_on=checked_on,
            terms={
                **offer.terms,
                "audience": ["tous-publics"],
                "reception": ["en-presentiel"],
                "contact_mode": ["telephoner"],
                "language": ["fr"],
            },
            **did,
        )
        add_contact(service=service, label="Accueil", phone="+32 493 48 16 35", **did)
        place_service(service=service, place=place, opening_hours=offer.hours, **did)
        publish_service(service=service, **did)


def make_label(territory: Territory, known: dict[str, Organization], *, by: User, now: dt.datetime) -> None:
    """The label: a session followed, a charter signed, then the public list. Who holds it here is invented."""
    did: dict[str, Any] = {"by": by, "now": now}
    training = create_training(
        territory=territory,
        title="Séance d’information du label",
        provider=known["Tels Quels ASBL"],
        gives_qualification=True,
        valid_months=24,
        **did,
    )
    label = create_label(territory=territory, name=LABEL, owner=known[HOUSE], validity_months=24, **did)
    version = label.versions.get()
    add_requirement(version=version, kind="training", text="Suivre la séance d’information, gratuite", training=training, **did)
    signature = add_requirement(version=version, kind="signature", text="Signer la charte", **did)
    publish_version(version=version, **did)
    session = plan_session(training=training, held_on=(now - dt.timedelta(days=70)).date(), place="Salle du Canal", **did)
    for name in ("Plaza", "Infor Jeune Mons"):
        note_attendance(session=session, organization=known[name], headcount=3, **did)
    award = version.awards.filter(organization=known["Plaza"]).first()
    if award is not None:
        met_on = (now - dt.timedelta(days=60)).date()
        fulfil_requirement(award=award, requirement=signature, met_on=met_on, evidence="Charte signée à l’accueil", **did)
        confirm_award(award=award, on=(now - dt.timedelta(days=55)).date(), list_publicly=True, note="", **did)
