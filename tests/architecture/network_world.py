"""One of everything of the network: an organisation with its people, places and documents, a collective that met."""

from __future__ import annotations

CANARY = "<script>alert('canari')</script>"


def network_world(territory, by, now) -> dict[str, object]:
    """The value of every argument that an address of the network asks."""
    from tissage.network.operations import organizations
    from tissage.network.operations.documents import keep_document
    from tissage.network.operations.merges import merge_organizations
    from tissage.network.operations.places import add_neighbourhoods, add_place

    did = {"by": by, "now": now}
    house = organizations.create_organization(territory=territory, name=f"Maison {CANARY}", description=CANARY, phone=CANARY, **did)
    contact = organizations.add_person(organization=house, display_name=CANARY, role=CANARY, email="contact@example.org", **did)
    address = add_place(organization=house, name=CANARY, street=CANARY, public_area_label=CANARY, accessibility=CANARY, **did)
    [place] = add_neighbourhoods(territory=territory, names=[f"Quartier {CANARY}"], **did)
    document = keep_document(
        territory=territory, title=CANARY, kind="pièce", upload_name=f"{CANARY}.pdf", content=b"%PDF-1.7", organization=house, **did
    )
    twin = organizations.create_organization(territory=territory, name=f"Jumelle {CANARY}", **did)
    return {
        **meeting_world(territory, house, contact, did),
        "merge": merge_organizations(kept=house, merged=twin, **did).pk,
        "organization": house.pk,
        "contact": contact.pk,
        "address": address.pk,
        "place": place.pk,
        "document": document.uuid,
    }


def meeting_world(territory, house, contact, did) -> dict[str, object]:
    """A collective with a member, its representative, a meeting that decided something and who owes what."""
    import datetime as dt

    from tissage.network.operations import collectives, decisions, meetings

    today = did["now"].date()
    collective = collectives.create_collective(
        territory=territory, name=f"Commission {CANARY}", kind="commission", purpose=CANARY, missions=[CANARY], political_lead=CANARY, **did
    )
    membership = collectives.join_collective(collective=collective, organization=house, since=today, commitments_text=CANARY, **did)
    seat = collectives.take_seat(membership=membership, person=contact, kind="titular", since=today, **did)
    meeting = meetings.plan_meeting(
        collective=collective, starts_at=did["now"], title=CANARY, place=CANARY, agenda=CANARY, minutes=CANARY, **did
    )
    owed = decisions.Owed(CANARY, house, today + dt.timedelta(days=9), contact)
    decision = decisions.write_decision(meeting=meeting, text=CANARY, kind="decision", vote=CANARY, subjects=[CANARY], owed=owed, **did)
    item = decision.action_items.get()
    decisions.move_due_date(item=item, due_on=today + dt.timedelta(days=19), why=CANARY, **did)
    return {
        "collective": collective.pk,
        "membership": membership.pk,
        "seat": seat.pk,
        "meeting": meeting.pk,
        "decision": decision.pk,
        "item": item.pk,
    }
