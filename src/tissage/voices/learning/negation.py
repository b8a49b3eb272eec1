"""What turns a statement into its opposite: negations, lacks, antonyms. The encoder does not see it (« bien dormir / mal dormir » 0.87).

A statement is read as marks. Two statements whose marks differ are never proposed together: a proposal that is missed costs a
person one click, opposites merged cost the group its word. French first; English, Dutch and German a little.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache

from tissage.core.folding import fold

_WORD = re.compile(r"[^\W_]+")

# What says that there is none, not, or too little of it. « plus » alone is told apart below: « plus de bruit », « ne … plus ».
_NEGATIONS = frozenset(
    [
        "pas",
        "jamais",
        "rien",
        "aucun",
        "aucune",
        "sans",
        "ni",
        "personne",
        "nul",
        "nulle",
        "nullement",
        "non",
        "guere",
        "manque",
        "manquer",
        "manquent",
        "manquait",
        "manques",
        "absence",
        "absent",
        "absente",
        "perdre",
        "perdu",
        "perdue",
        "perdent",
        "perte",
        "prive",
        "privee",
        "priver",
        "privation",
        "penurie",
        "defaut",
        "impossible",
        "impossibilite",
        "incapable",
        "refus",
        "refuse",
        "refusee",
        "refuser",
        "interdit",
        "interdite",
        "interdire",
        "empeche",
        "empecher",
        "arreter",
        "arrete",
        "arretez",
        "cesser",
        "stop",
        "eviter",
        "fini",
        "finir",
        "insuffisant",
        "insuffisante",
        "insuffisamment",
        "faute",
        "zero",
        "not",
        "no",
        "never",
        "nothing",
        "without",
        "none",
        "nobody",
        "lack",
        "lacking",
        "lacks",
        "cannot",
        "cant",
        "dont",
        "doesnt",
        "isnt",
        "arent",
        "wont",
        "nowhere",
        "stop",
        "niet",
        "geen",
        "nooit",
        "niets",
        "zonder",
        "niemand",
        "gebrek",
        "nergens",
        "nicht",
        "kein",
        "keine",
        "keinen",
        "keiner",
        "nie",
        "nichts",
        "ohne",
        "niemand",
        "mangel",
    ]
)
# « rien que », « pas que », « sans cesse », « pas mal » are no negation; read before the words above.
_NOT_NEGATIONS = (
    "rien que",
    "pas que",
    "pas seulement",
    "sans cesse",
    "sans arret",
    "sans doute",
    "pas mal de",
    "non seulement",
    "rien qu",
    "une personne",
    "la personne",
    "les personnes",
    "personne agee",
    "personne seule",
    "chaque personne",
    "par personne",
    "en personne",
    "not only",
)
# Pairs of poles: each word on the left says the opposite of each word on its right.
_POLES: tuple[tuple[str, str, str], ...] = (
    ("good", "bien bon bonne bons bonnes mieux meilleur meilleure meilleurs meilleures agreable sympa good well better nice goed beter gut besser", "mal mauvais mauvaise mauvaises pire pires desagreable horrible affreux bad badly worse poor slecht slechter schlecht"),
    ("more", "davantage beaucoup assez suffisamment augmenter augmente augmentation hausse monter more much many enough meer genoeg mehr genug", "moins peu diminuer diminue diminution baisse baisser reduire reduction less fewer little too minder weinig weniger wenig"),
    ("alone", "entoure entouree entoures ensemble accompagne accompagnee compagnie surrounded together samen zusammen", "seul seule seuls seules isole isolee isoles isolement solitude solitaire abandonne abandonnee alone lonely loneliness eenzaam alleen einsam allein"),
    ("safe", "securite sur sure surs sures tranquille tranquillite safe safety veilig sicher", "insecurite danger dangereux dangereuse peur menace menacee crainte unsafe danger dangerous afraid fear onveilig gevaarlijk bang unsicher angst"),
    ("joy", "joie heureux heureuse content contente rire sourire bonheur gai joyeux joyeuse happy happiness joy laughing blij gelukkig froh glucklich", "tristesse triste tristes malheureux malheureuse malheur pleurer chagrin sad sadness crying unhappy verdrietig traurig unglucklich"),
    ("rich", "riche riches richesse aise rich rijk reich", "pauvre pauvres pauvrete misere precarite poor poverty arm armoede armut"),
    ("clean", "propre propres proprete nettoye nettoyee sain saine clean schoon sauber", "sale sales salete pollue polluee pollution dirty rubbish vuil schmutzig dreckig"),
    ("calm", "calme silence silencieux paisible quiet calm stil rustig ruhig", "bruit bruyant bruyants bruyante vacarme tapage boucan noise noisy loud lawaai larm laut"),
    ("health", "sante forme gueri guerie guerir healthy health gezond gesund", "malade malades maladie souffrir souffrance douleur sick ill illness ziek krank"),
    ("respect", "respect respecte respectee respecter respectueux respected", "irrespect mepris meprise meprisee mepriser insulte insulter insultee humilie humiliee disrespect despised"),
    ("free", "libre libres liberte librement free freedom vrij frei", "enferme enfermee prison oblige obligee contrainte contraintes prisonnier dependre dependant dependante trapped forced"),
    ("trust", "confiance fiable trust vertrouwen vertrauen", "mefiance mefiant doute trahi trahison mensonge mentir distrust lies wantrouwen"),
    ("work", "emploi embauche embauchee travail boulot job work werk arbeit", "chomage chomeur licencie licenciee licenciement unemployed unemployment werkloos arbeitslos"),
    ("love", "aimer aime aimee amour love loved liefde liebe", "hair haine deteste hate hated haat hass"),
    ("peace", "paix entente accord peace vrede frieden", "guerre conflit conflits dispute disputes disputer bagarre violence violent violences war quarrel quarrels ruzie streit"),
    ("easy", "facile faciles facilement simple easy makkelijk einfach", "difficile difficiles difficilement difficulte complique compliquee dur dure hard difficult moeilijk schwierig schwer"),
    ("rest", "repose reposee reposer repos detendu detendue relax rested", "epuise epuisee fatigue fatiguee fatigues crevee creve stress stresse stressee tired exhausted stressed moe mude"),
    ("open", "ouvert ouverte ouverts ouvrir accessible accessibles open", "ferme fermee fermes fermer fermeture closed inaccessible dicht gesloten geschlossen"),
    ("cheap", "abordable abordables gratuit gratuite gratuits cheap affordable goedkoop billig", "cher chere chers cheres couteux payant expensive duur teuer"),
    ("near", "pres proche proches proximite near close dichtbij nah", "loin eloigne eloignee eloignement far ver weit"),
    ("early", "tot avance early", "tard retard retards late"),
    ("warm", "chaud chaude chauffe chauffee chaleur chauffer warm", "froid froide gele glacial cold koud kalt"),
    ("just", "juste justes justice equitable egalite egal egaux fair equal gelijk gerecht", "injuste injustes injustice inegalite inegalites inegal unfair unequal oneerlijk ungerecht"),
    ("include", "inclure inclus incluse accueilli accueillie accueillir accepte acceptee accepter integre integree welcome included", "exclu exclue exclure exclusion rejete rejetee rejet rejeter discrimination racisme excluded rejected racism"),
    ("listen", "ecoute ecoutee ecoutes ecouter entendu entendue listened heard", "ignore ignoree ignorer ignored"),
    ("hope", "espoir espere esperer optimiste positif positive hope hoop hoffnung", "desespoir desespere desesperee pessimiste negatif negative hopeless despair"),
    ("proud", "fier fiere fierte valorise valorisee proud trots stolz", "honte honteux honteuse devalorise devalorisee rabaisse rabaissee ashamed shame schaamte scham"),
    ("give", "donner donne donnez give", "prendre recevoir prends take"),
    ("help", "aider aide help helpen helfen", "nuire embeter deranger"),
    ("succeed", "reussir reussi reussite reussie success succeed", "echec echouer rate rater ratee failure fail"),
    ("start", "commencer commence demarrer start begin", "terminer termine"),
    ("in", "entrer rester stay", "sortir quitter partir leave"),
    ("day", "jour journee day dag tag", "nuit night nacht"),
    ("fast", "rapide rapidement vite quick quickly fast snel schnell", "lent lente lentement lenteur slow slowly traag langsam"),
    ("big", "grand grande grands grandes large spacieux spacieuse big groot gross", "petit petite petits petites etroit etroite small klein"),
    ("young", "jeune jeunes young jong jung", "vieux vieille vieilles aines age agee agees old oud alt"),
    ("gather", "reunir reunis reunie rassembler unis unie gathered", "separe separee separes separer separation divorce divise divises"),
    ("kind", "gentil gentille gentillesse poli polie politesse kind polite", "mechant mechante agressif agressive agressivite impoli impolie rude aggressive"),
    ("light", "lumiere eclaire eclairee eclairage clair light", "sombre noir obscurite dark"),
    ("up", "monter", "descendre"),
    ("with", "avec with met mit", ""),
)  # fmt: skip
_PREFIXED = re.compile(r"^(?:in|im|ir|il|mal|des|dis|non|un|mis)(?=.{4,})")
_ACT_STOP = frozenset(
    ["arreter", "arrete", "arretez", "cesser", "stop", "eviter", "moins", "reduire", "diminuer", "interdire", "supprimer"]
)


@dataclass(frozen=True, slots=True)
class Marks:
    """How a statement is turned. `negated`: an odd number of negations; `poles`: (pair, +1 or -1); `more`: +1 more, -1 less, 0 unsaid."""

    negated: bool
    poles: frozenset[tuple[str, int]]
    quantity: int
    words: frozenset[str]


@lru_cache(maxsize=1)
def _pole_words() -> dict[str, tuple[tuple[str, int], ...]]:
    found: dict[str, list[tuple[str, int]]] = {}
    for name, plus, minus in _POLES:
        for sign, words in ((1, plus), (-1, minus)):
            for word in words.split():
                found.setdefault(word, []).append((name, sign))
    return {word: tuple(poles) for word, poles in found.items()}


@lru_cache(maxsize=8192)
def marks_of(text: str) -> Marks:
    """The marks of a statement, whatever its language among the four."""
    folded = re.sub(r"n['’]t\b", " not", fold(text))
    for phrase in _NOT_NEGATIONS:
        folded = folded.replace(phrase, " ")
    words = _WORD.findall(folded)
    negations = sum(word in _NEGATIONS for word in words)
    quantity = 0
    has_ne = any(word in ("ne", "n") for word in words)
    for place, word in enumerate(words):
        after = words[place + 1] if place + 1 < len(words) else ""
        if word == "plus":
            if has_ne and not negations:  # « je ne dors plus »
                negations += 1
            elif (place == 0 and after not in ("de", "d", "des", "du")) or after in ("possible", "rien", "jamais"):
                negations += after not in ("possible",)
            else:
                quantity = 1
        elif word in ("davantage", "more", "meer", "mehr"):
            quantity = 1
        elif word in ("pu",) and after in ("de", "d"):  # « pu de sous », as it is said
            negations += 1
        elif word in ("moins", "less", "fewer", "minder", "weniger"):
            quantity = -1
        elif word in ("trop", "too", "te", "zu") and quantity == 0:
            quantity = 2  # too much: neither more nor less is asked
    if has_ne and not negations:
        negations += 1
    table = _pole_words()
    poles = frozenset(pole for word in words for pole in table.get(word, ()))
    return Marks(bool(negations % 2), poles, quantity, frozenset(words))


def opposed(one: Marks, other: Marks) -> bool:
    """True when the two may say opposite things: never proposed together."""
    if one.negated != other.negated:
        return True
    if one.quantity * other.quantity < 0 or (2 in (one.quantity, other.quantity) and -1 in (one.quantity, other.quantity)):
        return True
    if any((name, -sign) in other.poles and (name, sign) not in other.poles for name, sign in one.poles):
        return True
    if any((name, -sign) in one.poles and (name, sign) not in one.poles for name, sign in other.poles):
        return True
    return _prefixed(one.words - other.words, other.words - one.words)


def _prefixed(one: Iterable[str], other: Iterable[str]) -> bool:
    """« sécurité / insécurité », « heureux / malheureux », « équilibre / déséquilibre »."""
    bare_one, bare_other = set(one), set(other)
    return any(_PREFIXED.sub("", word) in bare_other for word in bare_one if _PREFIXED.match(word)) or any(
        _PREFIXED.sub("", word) in bare_one for word in bare_other if _PREFIXED.match(word)
    )
