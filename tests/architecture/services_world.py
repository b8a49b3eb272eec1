"""A service with everything on its sheet: the values of the addresses of sheets."""

from __future__ import annotations

CANARY = "<script>alert('canari')</script>"


def service_world(territory, by, now) -> dict[str, object]:
    from tissage.network.models import Organization
    from tissage.network.operations import services
    from tissage.network.operations.places import add_place

    did = {"by": by, "now": now}
    house = Organization.objects.filter(territory=territory, name__startswith="Maison").order_by("pk")[0]
    words = {
        "audience": ["jeunes"],
        "theme": ["sante-mentale"],
        "reception": ["en-presentiel"],
        "contact_mode": ["telephoner"],
        "language": ["fr"],
    }
    said = {
        "short_description": CANARY,
        "description": CANARY,
        "area": CANARY,
        "audience_note": CANARY,
        "fee_note": CANARY,
        "alert": CANARY,
    }
    made = services.create_service(organization=house, name=f"Service {CANARY}", terms=words, **said, **did)
    services.change_service(service=made, application_process=CANARY, **did)
    contact = services.add_contact(service=made, label=CANARY, phone="065 00 00 00", visibility="hidden", **did)
    place = add_place(organization=house, name=f"Accueil {CANARY}", street=CANARY, address_visibility="never", **did)
    at_place = services.place_service(service=made, place=place, opening_hours="Mo-Fr 09:00-12:00", note=CANARY, **did)
    return {
        "service": made.uuid,
        "service_contact": contact.pk,
        "at_place": at_place.uuid,
        "field_change": made.changes.get(field="application_process").pk,
    }
