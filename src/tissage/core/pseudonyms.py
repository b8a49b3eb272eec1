"""Pseudonyms that the tool draws for a sensitive date: two ordinary words, that say nothing of anybody (`agenda.md` §4)."""

from __future__ import annotations

from collections.abc import Callable, Sequence

MASCULINE = (
    "tilleul", "ruisseau", "galet", "carnet", "merle", "crayon", "sentier", "jardin", "panier", "noyer", "bateau", "nuage", "violon",
    "cerisier", "tabouret", "lampion", "ruban", "caillou", "hamac", "pommier", "banc", "bouton", "moulin", "citron",
)  # fmt: skip
FEMININE = (
    "rivière", "lanterne", "théière", "fougère", "colline", "boussole", "valise", "cabane", "mésange", "prairie", "noisette", "horloge",
    "écharpe", "plume", "corbeille", "clairière", "bougie", "pomme", "fenêtre", "marelle", "bobine", "tasse", "barque", "cerise",
)  # fmt: skip
ADJECTIVES = (
    ("calme", "calme"), ("doré", "dorée"), ("léger", "légère"), ("lointain", "lointaine"), ("matinal", "matinale"), ("discret", "discrète"),
    ("rond", "ronde"), ("ancien", "ancienne"), ("clair", "claire"), ("tranquille", "tranquille"), ("ambré", "ambrée"), ("voisin", "voisine"),
    ("patient", "patiente"), ("boisé", "boisée"), ("carré", "carrée"), ("neuf", "neuve"), ("rayé", "rayée"), ("tiède", "tiède"),
    ("abrité", "abritée"), ("rapide", "rapide"), ("haut", "haute"), ("feuillu", "feuillue"), ("brodé", "brodée"), ("paisible", "paisible"),
)  # fmt: skip


def draw_pseudonym(pick: Callable[[Sequence[int]], int]) -> str:
    """Two words that agree. `pick` draws a number of a range: `secrets.choice`, or a known order in a test.

    >>> draw_pseudonym(lambda numbers: numbers[0])
    'tilleul calme'
    """
    number = pick(range(len(MASCULINE) + len(FEMININE)))
    masculine, feminine = ADJECTIVES[pick(range(len(ADJECTIVES)))]
    if number < len(MASCULINE):
        return f"{MASCULINE[number]} {masculine}"
    return f"{FEMININE[number - len(MASCULINE)]} {feminine}"
