"""One of everything of the network: an organisation with its people, places and documents, a collective that met."""

from __future__ import annotations

CANARY = "<script>alert('canari')</script>"


def network_world(territory, by, now) -> dict[str, object]:
    """The value of every argument that an address of the network asks."""
    from tissage.network.operations import organizations
    from tissage.network.operations.documents import keep_document
    from tissage.network.operations.places import add_neighbourhoods, add_place

    did = {"by": by, "now": now}
    house = organizations.create_organization(territory=territory, name=f"Maison {CANARY}", description=CANARY, phone=CANARY, **did)
    contact = organizations.add_person(organization=house, display_name=CANARY, role=CANARY, email="contact@example.org", **did)
    address = add_place(organization=house, name=CANARY, street=CANARY, public_area_label=CANARY, accessibility=CANARY, **did)
    [place] = add_neighbourhoods(territory=territory, names=[f"Quartier {CANARY}"], **did)
    document = keep_document(
        territory=territory, title=CANARY, kind="pièce", upload_name=f"{CANARY}.pdf", content=b"%PDF-1.7", organization=house, **did
    )
    return {
        "organization": house.pk,
        "contact": contact.pk,
        "address": address.pk,
        "place": place.pk,
        "document": document.uuid,
    }
