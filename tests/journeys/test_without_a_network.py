"""A hall without a network, lived by Alice: she prepares her laptop, writes offline, loses the browser, finds the network again."""

from __future__ import annotations

import datetime as dt
import time
from collections import Counter

import pytest
from django.contrib.sessions.models import Session
from playwright.sync_api import expect

from tissage.voices.models import Expression, HomogeneousGroup, Question
from tissage.voices.operations.halls import open_hall
from tissage.voices.operations.workshops import Wording, close_workshop, create_workshop, reopen_workshop


@pytest.fixture
def workshop(territory, alice, now):
    group = HomogeneousGroup.objects.create(territory=territory, name="Jeunes de la gare", language="fr")
    good, bad = (Question.objects.get(territory=territory, code=code) for code in ("WB", "IB"))
    workshop = create_workshop(
        group=group,
        held_on=dt.date(2026, 11, 22),
        wordings=[Wording(good, "Qu’est-ce qui vous fait du bien ?"), Wording(bad, "Qu’est-ce qui vous fait du mal ?")],
        by=alice,
        now=now,
    )
    open_hall(workshop=workshop, mode="facilitator", languages=["fr", "ar"], consent_text="", by=alice, now=now)
    return workshop


@pytest.fixture
def address(live_server, workshop):
    return f"{live_server.url}/territoires/sormont/ateliers/{workshop.pk}/hors-ligne/"


def write(page, text, *, language="fr", french=""):
    page.get_by_label("Langue").select_option(language)
    page.get_by_label("Une carte, telle qu’écrite").fill(text)
    if french:
        page.get_by_label("Formulation française").fill(french)
    page.get_by_label("Une carte, telle qu’écrite").press("Enter")
    expect(page.locator("[data-cards] .o-card").first).to_contain_text(text)


def log_in(page, user):
    page.get_by_label("E-mail").fill(user.email)
    page.get_by_label("Mot de passe").fill("une phrase de passe")
    page.get_by_role("button", name="Se connecter", exact=True).click()


def written() -> Counter:
    return Counter(Expression.objects.filter(withdrawn_at__isnull=True).values_list("question__code", "text"))


def prepare(page, address):
    page.goto(address)
    page.get_by_role("button", name="Préparer pour la salle").click()
    expect(page.locator("[data-ready]")).to_contain_text("Cet appareil est prêt")


def test_a_whole_workshop_without_a_network_is_sent_once(laptop, sign_in, address, workshop, alice, violations, now):
    context = laptop()
    page = laptop.page(context)
    sign_in(page, alice)
    prepare(page, address)
    assert violations(page) == []

    # The network goes. What the server holds changes meanwhile: the page that opens is the one on the device.
    context.set_offline(True)
    HomogeneousGroup.objects.update(name="Un autre nom")
    page.reload()
    expect(page.locator(".t-lede")).to_contain_text("Jeunes de la gare")

    write(page, "sourire")
    write(page, "Sourire")
    write(page, "الخبز", language="ar", french="le pain")
    page.get_by_label("IB · Le mal-être").check()
    write(page, "le bruit la nuit")
    write(page, "à retirer")
    page.get_by_role("button", name="Retirer : à retirer").click()
    page.get_by_role("button", name="Modifier : le bruit la nuit").click()
    page.get_by_label("Les mots de la carte").fill("le bruit du chantier")
    page.get_by_role("button", name="Enregistrer").click()
    expect(page.get_by_role("status")).to_contain_text("4 cartes en attente")
    assert violations(page) == []

    # The wall of this device, and its print, by question.
    page.get_by_role("link", name="Le mur de cet appareil").click()
    expect(page.locator("[data-wall] .h-card")).to_have_count(1)
    page.get_by_label("WB · Le bien-être").check()
    expect(page.locator("[data-wall] .h-card")).to_have_count(2)
    expect(page.locator("[data-wall] .h-card").first).to_contain_text("×\u00a02")
    expect(page.locator("[data-wall] .h-words[lang=ar]")).to_have_attribute("dir", "rtl")
    assert violations(page) == []
    page.get_by_role("link", name="Imprimer").click()
    page.emulate_media(media="print")
    paper = page.locator(".o-paper")
    expect(paper).to_be_visible()
    expect(page.locator(".t-header")).to_be_hidden()
    for words in ("Qu’est-ce qui vous fait du bien ?", "sourire", "le pain", "الخبز", "le bruit du chantier"):
        expect(paper).to_contain_text(words)
    expect(paper).not_to_contain_text("à retirer")
    page.emulate_media(media="screen")

    # The browser is killed; it opens again, still without a network: everything is there.
    laptop.kill()
    assert written() == Counter()
    context = laptop()
    context.set_offline(True)
    page = laptop.page(context)
    page.goto(address)
    expect(page.get_by_role("status")).to_contain_text("4 cartes en attente")
    page.get_by_label("IB · Le mal-être").check()
    expect(page.locator("[data-cards] .o-card")).to_contain_text(["le bruit du chantier"])
    expect(page.locator("[data-cards] .t-pill")).to_have_text(["en attente"])

    # The browser was killed, and its sign-in with it. The network returns: nothing is lost, and nothing leaves without an account.
    context.set_offline(False)
    page.get_by_role("link", name="Se connecter et revenir ici").click()
    assert written() == Counter()
    log_in(page, alice)
    expect(page.get_by_role("status")).to_contain_text("4 cartes envoyées")
    expect(page.locator("[data-cards] .t-pill").first).to_have_text("envoyée")
    once = Counter({("WB", "sourire"): 1, ("WB", "Sourire"): 1, ("WB", "الخبز"): 1, ("IB", "le bruit du chantier"): 1})
    assert written() == once
    assert Expression.objects.get(language="ar").french_text == "le pain"

    # Sent again, from two tabs, after reloads: still once.
    other = laptop.page(context)
    other.goto(address)
    page.reload()
    page.get_by_label("WB · Le bien-être").check()
    write(page, "un parc")
    expect(page.get_by_role("status")).to_contain_text("5 cartes envoyées")
    expect(other.get_by_role("status")).to_contain_text("5 cartes envoyées")
    assert written() == once + Counter({("WB", "un parc"): 1})
    other.close()

    # Closed and all sent: the device keeps nothing.
    close_workshop(workshop=workshop, by=alice, now=now)
    page.reload()
    expect(page.locator("[data-ready]")).to_contain_text("cet appareil ne garde plus rien")
    eventually(lambda: held(page), {"cards": 0, "caches": 0, "workers": 0})


def eventually(look, expected):
    """What the browser does in its own time; a busy machine is not a failure."""
    for _ in range(75):
        if look() == expected:
            return
        time.sleep(0.2)
    assert look() == expected


def held(page):
    """What the browser still holds of the hall."""
    return page.evaluate(
        """async () => {
            const base = await new Promise((resolve) => {
                indexedDB.databases().then(([one]) => { const asked = indexedDB.open(one.name); asked.onsuccess = () => resolve(asked.result); });
            });
            const cards = await new Promise((resolve) => {
                const asked = base.transaction("notes").objectStore("notes").count(); asked.onsuccess = () => resolve(asked.result);
            });
            return {cards, caches: (await caches.keys()).length, workers: (await navigator.serviceWorker.getRegistrations()).length};
        }"""
    )


def test_an_expired_sign_in_loses_nothing_and_the_page_says_how_to_go_on(laptop, sign_in, address, alice):
    context = laptop()
    page = laptop.page(context)
    sign_in(page, alice)
    prepare(page, address)
    write(page, "avant")
    expect(page.get_by_role("status")).to_contain_text("1 carte envoyée")

    Session.objects.all().delete()
    write(page, "après")
    expect(page.get_by_text("Reconnectez-vous")).to_be_visible()
    expect(page.get_by_role("status")).to_contain_text("1 carte en attente")
    assert written() == Counter({("WB", "avant"): 1})

    page.get_by_role("link", name="Se connecter et revenir ici").click()
    log_in(page, alice)
    expect(page.get_by_role("status")).to_contain_text("2 cartes envoyées")
    assert page.url == address
    assert written() == Counter({("WB", "avant"): 1, ("WB", "après"): 1})


def test_a_workshop_closed_meanwhile_refuses_and_the_cards_stay_and_can_be_taken_away(laptop, sign_in, address, workshop, alice, now):
    context = laptop()
    page = laptop.page(context)
    sign_in(page, alice)
    prepare(page, address)
    context.set_offline(True)
    write(page, "trop tard")
    close_workshop(workshop=workshop, by=alice, now=now)
    context.set_offline(False)
    expect(page.locator("[data-stuck]")).to_contain_text("L’atelier a été clos")
    assert written() == Counter()
    with page.expect_download() as taken:
        page.get_by_role("button", name="Télécharger en texte").click()
    assert "- trop tard" in taken.value.path().read_text(encoding="utf-8")

    # Erasing asks first, and never drops in silence what is not sent.
    page.get_by_role("button", name="Effacer de cet appareil").click()
    expect(page.get_by_role("dialog")).to_contain_text("1 carte n’est pas encore partie")
    expect(page.get_by_role("button", name="Effacer", exact=True)).to_be_disabled()
    page.get_by_role("button", name="Ne rien changer").click()
    assert held(page)["cards"] == 1

    # The coordination opens the workshop again: the card leaves by itself.
    reopen_workshop(workshop=workshop, by=alice, now=now)
    page.reload()
    expect(page.get_by_role("status")).to_contain_text("1 carte envoyée")
    assert written() == Counter({("WB", "trop tard"): 1})


def test_an_acknowledgement_that_never_arrives_writes_nothing_twice(laptop, sign_in, address, alice):
    """The server wrote the card, and the Wi-Fi died before its answer: it is sent again, changed meanwhile, and stands once."""
    context = laptop()
    page = laptop.page(context)
    sign_in(page, alice)
    prepare(page, address)
    lost = []

    def loses_the_answer(route):
        if route.request.method == "POST" and len(lost) < 2:
            lost.append(route.fetch().status)
            route.abort()
        else:
            route.continue_()

    page.route("**/hors-ligne/envoyer/", loses_the_answer)
    with page.expect_event("requestfailed"):
        write(page, "le marché")
    expect(page.get_by_role("status")).to_contain_text("1 carte en attente")
    assert written() == Counter({("WB", "le marché"): 1})
    page.get_by_role("button", name="Modifier : le marché").click()
    page.get_by_label("Les mots de la carte").fill("le marché du jeudi")
    with page.expect_event("requestfailed"):
        page.get_by_role("button", name="Enregistrer").click()
    page.get_by_role("button", name="Envoyer maintenant").click()
    expect(page.get_by_role("status")).to_contain_text("1 carte envoyée")
    assert lost == [200, 200]
    assert written() == Counter({("WB", "le marché du jeudi"): 1})

    # Taken back: the server forgets the words too, though the device never had its word that it held them.
    page.get_by_role("button", name="Retirer : le marché du jeudi").click()
    expect(page.locator("[data-cards] .o-card")).to_have_count(0)
    expect(page.get_by_role("status")).to_be_empty()
    expect(page.get_by_role("button", name="Envoyer maintenant")).to_be_hidden()
    assert list(Expression.objects.values_list("text", flat=True)) == [""]


def test_an_address_without_https_cannot_be_kept_says_so_and_still_keeps_and_sends(laptop, live_server, address, alice, settings):
    """By its name in the hall's own network, over plain HTTP: no service worker, no locks, no random UUID in the browser."""
    settings.ALLOWED_HOSTS = ["*"]
    context = laptop("--host-resolver-rules=MAP salle.test 127.0.0.1")
    page = laptop.page(context)
    page.goto(address.replace("localhost", "salle.test"))
    log_in(page, alice)
    assert page.evaluate("() => window.isSecureContext") is False
    expect(page.locator("[data-ready]")).to_contain_text("pas en https://")
    expect(page.get_by_role("button", name="Préparer pour la salle")).to_be_hidden()
    context.set_offline(True)
    write(page, "quand même")
    expect(page.get_by_role("status")).to_contain_text("1 carte en attente")
    context.set_offline(False)
    expect(page.get_by_role("status")).to_contain_text("1 carte envoyée")
    assert written() == Counter({("WB", "quand même"): 1})


def test_words_too_long_for_a_card_are_said_to_be_and_not_cut(laptop, sign_in, address, alice):
    page = laptop.page(laptop())
    sign_in(page, alice)
    page.goto(address)
    field = page.get_by_label("Une carte, telle qu’écrite")
    field.fill("é" * 281)
    field.press("Enter")
    expect(page.get_by_role("alert")).to_contain_text("281")
    expect(field).to_have_value("é" * 281)
    field.fill("é" * 280)
    field.press("Enter")
    expect(page.get_by_role("status")).to_contain_text("1 carte envoyée")


def test_a_new_release_replaces_the_kept_files_whole(laptop, sign_in, address, alice, monkeypatch):
    """A mark is written into a kept file: it is what the page uses while the release is the same, and is gone with the next one."""
    context = laptop()
    page = laptop.page(context)
    sign_in(page, alice)
    prepare(page, address)
    page.evaluate(
        """async () => {
            const cache = await caches.open((await caches.keys())[0]);
            await cache.put("/static/voices/offline.css", new Response("body { --kept: yes }", {headers: {"Content-Type": "text/css"}}));
        }"""
    )
    mark = "() => getComputedStyle(document.body).getPropertyValue('--kept').trim()"
    page.reload()
    expect(page.locator("[data-ready]")).to_contain_text("Cet appareil est prêt")
    assert page.evaluate(mark) == "yes"

    for place in ("tissage.ui.release.release", "tissage.voices.views.offline.release"):
        monkeypatch.setattr(place, lambda: "another12345")
    page.reload()
    expect(page.locator("[data-ready]")).to_contain_text("Cet appareil est prêt")
    assert page.evaluate(mark) == ""
    eventually(lambda: page.evaluate("async () => (await caches.keys()).map((name) => name.split(' ')[1])"), ["another12345"])
    context.set_offline(True)
    page.reload()
    expect(page.locator("[data-ready]")).to_contain_text("Cet appareil est prêt")
    assert page.evaluate(mark) == ""


def test_the_page_of_a_closed_workshop_lets_go_of_what_was_sent_and_points_to_what_was_not(laptop, sign_in, address, workshop, alice, now):
    context = laptop()
    page = laptop.page(context)
    sign_in(page, alice)
    prepare(page, address)
    write(page, "partie")
    expect(page.get_by_role("status")).to_contain_text("1 carte envoyée")
    context.set_offline(True)
    write(page, "pas partie")
    page.goto("about:blank")
    context.set_offline(False)
    close_workshop(workshop=workshop, by=alice, now=now)
    its_page = address.removesuffix("hors-ligne/")
    page.goto(its_page)
    expect(page.get_by_text("Des cartes de cet atelier attendent encore sur cet appareil.")).to_be_visible()
    assert held(page)["cards"] == 2

    reopen_workshop(workshop=workshop, by=alice, now=now)
    page.get_by_role("link", name="Les voir et les envoyer").click()
    expect(page.get_by_role("status")).to_contain_text("2 cartes envoyées")
    page.goto("about:blank")
    close_workshop(workshop=workshop, by=alice, now=now)
    page.goto(its_page)
    eventually(lambda: held(page), {"cards": 0, "caches": 0, "workers": 0})


def test_no_other_page_of_the_team_is_ever_kept(laptop, sign_in, address, live_server, alice):
    context = laptop()
    page = laptop.page(context)
    sign_in(page, alice)
    prepare(page, address)
    for path in ("territoires/sormont/criteres/", "territoires/sormont/groupes/", "a-faire/"):
        page.goto(f"{live_server.url}/{path}")
    page.goto(address)
    kept = page.evaluate(
        "async () => (await Promise.all((await caches.keys()).map(async (name) => (await (await caches.open(name)).keys()).map((one) => new URL(one.url).pathname)))).flat()"
    )
    pages = [path for path in kept if not path.startswith("/static/")]
    assert pages == [address.removeprefix(live_server.url)]
    context.set_offline(True)
    with pytest.raises(Exception, match="ERR_INTERNET_DISCONNECTED"):
        page.goto(f"{live_server.url}/territoires/sormont/groupes/")
