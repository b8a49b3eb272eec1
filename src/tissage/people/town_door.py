"""Coming in through the town's OpenID Connect provider: an address it verified opens the account of that address, and nothing is stored of the rest."""

from __future__ import annotations

from typing import Any

from allauth.core.exceptions import ImmediateHttpResponse
from allauth.socialaccount.adapter import DefaultSocialAccountAdapter
from django.contrib import messages
from django.http import HttpRequest
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext

from .operations.sign_in import join_through_the_town
from .queries_sign_in import account_of, invitations_of


class TownDoorAdapter(DefaultSocialAccountAdapter):  # type: ignore[misc]  # allauth gives no types
    def list_apps(self, request: HttpRequest, provider: str | None = None, client_id: str | None = None) -> list[Any]:
        """Those of the settings; none is looked for in the database."""
        from allauth.socialaccount.adapter import _build_apps_from_settings

        found = _build_apps_from_settings(provider=provider, client_id=client_id)
        return [app for apps in found.values() for app in apps]

    def is_open_for_signup(self, request: HttpRequest, sociallogin: Any) -> bool:
        """An account comes from an invitation."""
        return False

    def pre_social_login(self, request: HttpRequest, sociallogin: Any) -> None:
        """The account of the verified address; a new one when an invitation to that address waits; else back to the door, in words."""
        verified = [one.email for one in sociallogin.email_addresses if one.verified]
        for email in verified:
            if user := account_of(email):
                sociallogin.user = user
                return
        now = timezone.now()
        for email in verified:
            if invitations := invitations_of(email, now=now):
                said = sociallogin.user
                name = " ".join(part for part in (said.name, *_names(sociallogin)) if part)[:120]
                sociallogin.user = join_through_the_town(invitations=invitations, name=name or email.partition("@")[0], now=now)
                return
        raise self._back(
            request,
            gettext(
                "Aucun compte Tissage n’a l’adresse que donne ce service. Demandez une invitation à la coordination de votre territoire."
            )
            if verified
            else gettext("Ce service ne dit pas que votre adresse e-mail est vérifiée. Connectez-vous avec votre mot de passe."),
        )

    def on_authentication_error(self, request: HttpRequest, provider: Any, **details: Any) -> None:
        raise self._back(request, gettext("La connexion n’a pas abouti. Recommencez, ou connectez-vous avec votre mot de passe."))

    def _back(self, request: HttpRequest, words: str) -> ImmediateHttpResponse:
        messages.error(request, words)
        return ImmediateHttpResponse(redirect("account_login"))


def _names(sociallogin: Any) -> list[str]:
    data = sociallogin.account.get_provider_account().get_user_data() or {}
    return [str(data["name"])] if data.get("name") else []
