"""The sentences of the page that works without a network, in the language of the screen, for its scripts. A pair says one, then many."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext_lazy


def _pair(sentences: Any) -> tuple[str, str]:
    """One, then many. The script fills `{count}`: plural rules of French and English differ only on zero, and it knows them."""
    return str(sentences % 1), str(sentences % 2)


def offline_words() -> dict[str, str | tuple[str, str]]:
    """Each key is used by `static/voices/js/offline/`, which fills `{count}` and the like."""
    return {
        "moment": _("{date} à {hour} h {minute}"),
        "ready": _pair(
            ngettext_lazy(
                "Cet appareil est prêt, {count} fichier, le {moment}. La page s’ouvre sans réseau.",
                "Cet appareil est prêt, {count} fichiers, le {moment}. La page s’ouvre sans réseau.",
            )
        ),
        "not_ready": _("Cet appareil n’est pas encore prêt : sans réseau, cette page ne s’ouvrirait pas."),
        "preparing": _("Préparation en cours…"),
        "prepare_failed": _("Un fichier n’a pas pu être gardé. Vérifiez le réseau et la place sur l’appareil, puis recommencez."),
        "cannot_insecure": _(
            "Cette adresse n’est pas en https:// : le navigateur refuse de garder la page. La saisie et l’envoi en attente "
            "marchent tant que cette page reste ouverte ; ne la fermez pas et ne la rechargez pas sans réseau."
        ),
        "cannot_old": _(
            "Ce navigateur ne sait pas garder une page, ou il est en fenêtre privée. La saisie et l’envoi en attente marchent "
            "tant que cette page reste ouverte ; ne la fermez pas et ne la rechargez pas sans réseau."
        ),
        "not_durable": _("Ce navigateur ne garde rien : les cartes seraient perdues si cette page se fermait."),
        "disk_refused": _("L’appareil n’a pas pu garder cette carte : il manque peut-être de place. Vos mots sont encore dans le champ."),
        "too_long": _("{length} signes : une carte en porte {most} au plus. Une idée par carte ; rien n’est perdu, raccourcissez."),
        "waiting": _pair(
            ngettext_lazy("{count} carte en attente, gardée sur cet appareil.", "{count} cartes en attente, gardées sur cet appareil.")
        ),
        "nothing_waits": _("Rien n’attend."),
        "sent_count": _pair(ngettext_lazy("{count} carte envoyée.", "{count} cartes envoyées.")),
        "no_network": _("Pas de réseau pour l’instant : l’envoi reprendra de lui-même."),
        "is_closed": _("L’atelier est clos."),
        "is_gone": _("Ce compte n’ouvre pas cet atelier."),
        "signin": _("La connexion à votre compte a pris fin."),
        "stuck_closed": _pair(
            ngettext_lazy(
                "L’atelier a été clos avant que {count} carte ne parte : il ne la reçoit plus. Elle reste ici. "
                "La coordination peut rouvrir l’atelier ; vous pouvez aussi l’emporter en texte.",
                "L’atelier a été clos avant que {count} cartes ne partent : il ne les reçoit plus. Elles restent ici. "
                "La coordination peut rouvrir l’atelier ; vous pouvez aussi les emporter en texte.",
            )
        ),
        "stuck_gone": _pair(
            ngettext_lazy(
                "{count} carte ne peut pas partir avec ce compte. Elle reste ici : changez de compte, ou emportez-la en texte.",
                "{count} cartes ne peuvent pas partir avec ce compte. Elles restent ici : changez de compte, ou emportez-les en texte.",
            )
        ),
        "stuck_refused": _pair(
            ngettext_lazy(
                "{count} carte n’a pas été prise ; la raison est écrite dessous. Corrigez-la, ou emportez-la en texte.",
                "{count} cartes n’ont pas été prises ; la raison est écrite sous chacune. Corrigez-les, ou emportez-les en texte.",
            )
        ),
        "queued": _("en attente"),
        "sent": _("envoyée"),
        "refused": _("pas prise"),
        "refused_too_long": _("pas prise : trop longue"),
        "refused_empty": _("pas prise : vide"),
        "refused_unknown_question": _("pas prise : cette question n’est plus posée"),
        "refused_too_many": _("pas prise : trop de cartes"),
        "edit": _("Modifier"),
        "edit_this": _("Modifier : {words}"),
        "edit_words": _("Les mots de la carte"),
        "edit_french": _("Formulation française"),
        "remove": _("Retirer"),
        "remove_this": _("Retirer : {words}"),
        "save": _("Enregistrer"),
        "cancel": _("Annuler"),
        "count_here": _pair(ngettext_lazy("{count} carte à cette question", "{count} cartes à cette question")),
        "nothing_here": _("Aucune carte sur cet appareil pour cette question."),
        "times": _pair(ngettext_lazy("dit {count} fois", "dit {count} fois")),
        "full": _("Plein écran"),
        "leave_full": _("Quitter le plein écran"),
        "copied": _("Copié"),
        "file_name": _("cartes-non-envoyees.txt"),
        "erase_page": _("Aucune carte n’est sur cet appareil. La page gardée sera effacée d’ici."),
        "erase_all": _pair(
            ngettext_lazy(
                "{count} carte est sur cet appareil, et elle est envoyée. La page et la carte seront effacées d’ici.",
                "{count} cartes sont sur cet appareil, toutes envoyées. La page et les cartes seront effacées d’ici.",
            )
        ),
        "erase_unsent": _pair(
            ngettext_lazy(
                "{count} carte n’est pas encore partie. L’effacer la perdrait pour toujours : envoyez-la d’abord, ou emportez-la en texte.",
                "{count} cartes ne sont pas encore parties. Les effacer les perdrait pour toujours : envoyez-les d’abord, ou emportez-les en texte.",
            )
        ),
        "erased": _pair(
            ngettext_lazy(
                "L’atelier est clos et tout est parti : cet appareil ne garde plus rien ({count} carte effacée).",
                "L’atelier est clos et tout est parti : cet appareil ne garde plus rien ({count} cartes effacées).",
            )
        ),
    }
