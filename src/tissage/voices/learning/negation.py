"""What tells two near statements apart: negations, lacks, antonyms, rival subjects. The encoder does not see it (« bien dormir / mal dormir » 0.87).

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

# Words that say no. Two of them in French are still one « no » (« plus aucun bus », « jamais rien »).
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
        "zero",
        "not",
        "no",
        "never",
        "nothing",
        "without",
        "none",
        "nobody",
        "cannot",
        "cant",
        "dont",
        "doesnt",
        "isnt",
        "arent",
        "wont",
        "nowhere",
        "niet",
        "geen",
        "nooit",
        "niets",
        "zonder",
        "niemand",
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
    ]
)
# Words that say that something lacks, goes or must end. With a « no », the two cancel (« ne manquer de rien »).
_LACKS = frozenset(
    [
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
        "lack",
        "lacking",
        "lacks",
        "stop",
        "lose",
        "losing",
        "lost",
        "gebrek",
        "verliezen",
        "stoppen",
        "mangel",
        "verlieren",
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
_PREFIXED = re.compile(r"^(?:in|im|ir|il|mal|me|des|dis|non|un|mis|on)(?=.{4,})")
# Subjects that the encoder puts side by side and that are not one: each line lists rivals, words of one subject joined by « / ».
_RIVALS: tuple[str, ...] = (
    "enfants/enfant/gosses/gamins/gamin/kids/children/kinderen/kinder parents/ouders petits grands mere/maman/mother/moeder pere/papa/father/vader "
    "soeur/soeurs/sister frere/freres/brother mari/husband femme/epouse/wife fille/filles/daughter fils/son/zoon "
    "voisins/voisin/voisine/voisines/neighbours/neighbors/buren/nachbarn collegues/collegue/colleagues amis/ami/amie/amies/copains/copines/potes/friends/vrienden",
    "chien/chiens/dog/dogs/hond chat/chats/chatte/cat/cats/kat oiseaux/oiseau cheval/chevaux poules/poule lapin/lapins",
    "bus tram train/trains metro velo/velos/bike/fiets voiture/voitures/auto/autos/car avion",
    "pain/brood/bread viande/vlees/meat poisson/vis fruits legumes eau/water vin biere cafe lait",
    "medecin/medecins/docteur/docteurs/generaliste/doctor/huisarts dentiste/dentistes/dentist/tandarts kine pharmacie/pharmacien psychologue/psy "
    "opticien/lunettes",
    "ecole/ecoles/school creche/creches/garderie poste banque/bank eglise mosquee hopital/hospital/ziekenhuis",
    "fumer/cigarette/tabac/smoking/roken boire/alcool/drinking/drinken drogue/drogues/drugs jouer",
    "foot/football/voetbal basket natation/piscine danse musique/music/muziek cinema/film theatre lecture/lire petanque tennis judo",
    "lundi mardi mercredi jeudi vendredi samedi dimanche",
    "ete/summer/zomer hiver/winter printemps automne",
    "matin/morning/ochtend midi soir/soiree/evening/avond nuit/nuits/night/nacht",
    "francais/french/frans neerlandais/dutch anglais/english/engels arabe allemand",
    "loyer/loyers/rent/huur electricite gaz telephone internet mazout courses",
    "logement/logements/maison/maisons/appartement/housing/huis emploi/travail/boulot/job/jobs/werk formation sante/health amour",
    "chambre cuisine salon jardin/garden cave",
    "manteau/manteaux chaussures/bottes/shoes pantalon robe",
    "police pompiers justice commune cpas mutuelle syndicat",
    "temps/time/tijd argent/money/geld",
    "dos/back dents/tete/genoux",
    "lire ecrire nager compter parler",
    "bruit/noise odeur/odeurs dechets/poubelles poussiere",
    "jeunes/young/jongeren aines/vieux/seniors bebes femmes hommes etrangers handicapes",
)


@dataclass(frozen=True, slots=True)
class Marks:
    """How a statement is turned. `negated`: it says no, or lacks, not both; `poles`: (pair, +1 or -1); `quantity`: +1 more, -1 less, 2 too much, 0 unsaid.

    `subjects`: which of several rivals it speaks of.
    """

    negated: bool
    poles: frozenset[tuple[str, int]]
    quantity: int
    subjects: frozenset[tuple[int, str]]
    words: frozenset[str]


@lru_cache(maxsize=1)
def _pole_words() -> dict[str, tuple[tuple[str, int], ...]]:
    found: dict[str, list[tuple[str, int]]] = {}
    for name, plus, minus in _POLES:
        for sign, words in ((1, plus), (-1, minus)):
            for word in words.split():
                found.setdefault(word, []).append((name, sign))
    return {word: tuple(poles) for word, poles in found.items()}


@lru_cache(maxsize=1)
def _subject_words() -> dict[str, tuple[tuple[int, str], ...]]:
    found: dict[str, list[tuple[int, str]]] = {}
    for number, line in enumerate(_RIVALS):
        for rival in line.split():
            for word in rival.split("/"):
                found.setdefault(word, []).append((number, rival))
    return {word: tuple(subjects) for word, subjects in found.items()}


@lru_cache(maxsize=1)
def _known() -> frozenset[str]:
    return _NEGATIONS | _LACKS | _pole_words().keys() | _subject_words().keys()


@lru_cache(maxsize=8192)
def marks_of(text: str) -> Marks:
    """The marks of a statement, whatever its language among the four."""
    folded = re.sub(r"n['’]t\b", " not", fold(text))
    for phrase in _NOT_NEGATIONS:
        folded = folded.replace(phrase, " ")
    words = _WORD.findall(folded)
    known = [word if word in _known() else word[:-1] if word.endswith("s") else word for word in words]  # « absents » is « absent »
    negations = sum(word in _NEGATIONS for word in known)
    lacks = any(word in _LACKS for word in known)
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
    poles = frozenset(pole for word in known for pole in table.get(word, ()))
    rivals = _subject_words()
    subjects = frozenset(subject for word in known for subject in rivals.get(word, ()))
    return Marks(bool(negations) != lacks, poles, quantity, subjects, frozenset(words))


def opposed(one: Marks, other: Marks) -> bool:
    """True when the two may say opposite things, or speak of rival subjects: never proposed together."""
    if one.negated != other.negated:
        return True
    if one.quantity * other.quantity < 0 or (2 in (one.quantity, other.quantity) and -1 in (one.quantity, other.quantity)):
        return True
    if any((name, -sign) in other.poles and (name, sign) not in other.poles for name, sign in one.poles):
        return True
    if any((name, -sign) in one.poles and (name, sign) not in one.poles for name, sign in other.poles):
        return True
    if _rival(one.subjects, other.subjects):
        return True
    return _prefixed(one.words - other.words, other.words - one.words)


def _rival(one: frozenset[tuple[int, str]], other: frozenset[tuple[int, str]]) -> bool:
    """« mon chien / mon chat »: both speak of a list of rivals, and share none of it."""
    lists_one, lists_other = {number for number, _rival in one}, {number for number, _rival in other}
    return any(
        not {subject for subject in one if subject[0] == number} & {subject for subject in other if subject[0] == number}
        for number in lists_one & lists_other
    )


def _prefixed(one: Iterable[str], other: Iterable[str]) -> bool:
    """« sécurité / insécurité », « heureux / malheureux », « équilibre / déséquilibre »."""
    bare_one, bare_other = set(one), set(other)
    return any(_PREFIXED.sub("", word) in bare_other for word in bare_one if _PREFIXED.match(word)) or any(
        _PREFIXED.sub("", word) in bare_one for word in bare_other if _PREFIXED.match(word)
    )
