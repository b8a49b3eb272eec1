"""The space of an association, run here by the coordinator so that every page of it is opened; and the same set received by the territory."""

from __future__ import annotations

import datetime as dt

CANARY = "<script>alert('canari')</script>"


def space_world(territory, by, now) -> dict[str, object]:
    """The value of every argument that an address of the candidate phase asks: a published set, and the link of another still open."""
    from django.conf import settings

    from tissage.commitments.exchange.ask_file import write_ask_file
    from tissage.commitments.models import AskSet
    from tissage.commitments.operations import sets
    from tissage.network.models import Organization
    from tissage.people.cipher import ensure_key_ring

    ensure_key_ring(settings.TISSAGE_HOME)
    before, today = now - dt.timedelta(days=20), now.date()
    did = {"by": by, "now": before}
    house = Organization.objects.create(territory=territory, name=f"Association {CANARY}")
    space = sets.create_space(organization=house, slug="espace", name=f"Espace {CANARY}", owner=by, description=CANARY, **did)
    election = sets.create_election(space=space, name=f"Élection {CANARY}", held_on=today, **did)
    contact = sets.Contact(CANARY, "liste@example.org", CANARY)
    contestant = sets.write_contestant(election=election, name=f"Liste {CANARY}", party=CANARY, contact=contact, **did)
    found = {}
    for code, deadline in (("demandes", today - dt.timedelta(days=5)), ("encore-ouvert", today + dt.timedelta(days=30))):
        said = {"introduction": CANARY, "selection_rule": CANARY, "neutrality_note": CANARY, "owner_name": CANARY}
        made = sets.create_ask_set(
            space=space, code=code, title=f"Demandes {CANARY}", election=election, answer_deadline=deadline, **said, **did
        )
        category = sets.write_category(ask_set=made, code="a", label=f"Catégorie {CANARY}", **did)
        words = {"text": CANARY, "rationale": CANARY, "success_criterion": CANARY, "proof_hint": CANARY, "source_ref": CANARY}
        ask = sets.write_ask(
            ask_set=made, category=category, code="L1", kind="lever", competence=["commune"], legal_mapping_note=CANARY, **words, **did
        )
        sets.freeze_ask_set(ask_set=made, **did)
        sent = sets.send_to(ask_set=made, contestant=contestant, channel="email", sent_on=before.date(), **did)
        sets.answer_by_link(sending=sent.sending, replies={ask.pk: sets.Reply("yes_if", CANARY, CANARY)}, now=before)
        found[code] = (made, category, ask, sent)
    made, category, ask, sent = found["demandes"]
    sets.hand_in(sending=sent.sending, now=before)
    proof = sets.keep_space_file(space=space, title=CANARY, upload_name="envoi.pdf", content=b"%PDF-1.7", **did)
    sets.prove_sending(sending=sent.sending, proof=proof, **did)
    sets.publish_answers(ask_set=made, by=by, now=now)
    sets.receive_ask_set(territory=territory, content=write_ask_file(AskSet.objects.get(pk=made.pk)), by=by, now=now)
    return {
        "space": space.slug,
        "ask_set": made.code,
        "category": category.pk,
        "ask": ask.pk,
        "contestant": contestant.pk,
        "sending": sent.sending.pk,
        "space_file": proof.uuid,
        "space_role": space.memberships.get().pk,
        "reply_token": found["encore-ouvert"][3].link.rstrip("/").rsplit("/", 1)[-1],
    }
