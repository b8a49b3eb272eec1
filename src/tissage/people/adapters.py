"""Where django-allauth asks us: closed sign-up, the person's language at sign-in, second-factor secrets under our own cipher."""

from __future__ import annotations

from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.internal.stagekit import unstash_login
from allauth.core import context
from allauth.mfa.adapter import DefaultMFAAdapter
from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils import translation
from django.utils.translation import gettext_lazy as _

from .cipher import Undecipherable, key_ring
from .models import User


def display_name(user: User) -> str:
    return user.name


def remember_language(response: HttpResponse, language: str) -> None:
    """From the next page on, screens are in this language."""
    response.set_cookie(
        settings.LANGUAGE_COOKIE_NAME,
        language,
        max_age=60 * 60 * 24 * 365,
        path=settings.LANGUAGE_COOKIE_PATH,
        secure=settings.SESSION_COOKIE_SECURE,
        httponly=True,
        samesite="Lax",
    )


class AccountAdapter(DefaultAccountAdapter):
    error_messages = {
        **DefaultAccountAdapter.error_messages,
        "too_many_login_attempts": _(
            "Trop d’essais pour ce compte : il est fermé pendant cinq minutes. Réessayez ensuite, ou choisissez un nouveau mot de passe."
        ),
    }

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        """Accounts come from invitations."""
        return False

    def post_login(self, request: HttpRequest, user: Any, **details: Any) -> HttpResponse:
        """Also puts the screens in the person's language."""
        translation.activate(user.language)
        response: HttpResponse = super().post_login(request, user, **details)
        remember_language(response, user.language)
        return response


class MFAAdapter(DefaultMFAAdapter):
    """Secrets of the second factor are bound to the account: a row copied to another account does not open it."""

    def encrypt(self, text: str) -> str:
        return key_ring().encrypt(text, place=self._place())

    def decrypt(self, encrypted_text: str) -> str:
        try:
            return key_ring().decrypt(encrypted_text, place=self._place())
        except Undecipherable as error:
            # Said as a wrong code, so that whoever tries learns nothing; the log says why.
            raise self.validation_error("incorrect_code") from error

    def _place(self) -> str:
        """The account that is signed in, or the one that gave its password and is asked for the second factor."""
        request = context.request
        if request.user.is_authenticated:
            return f"mfa:{request.user.pk}"
        signing_in = unstash_login(request, peek=True)
        if signing_in is None or signing_in.user is None:
            raise LookupError("No account is signed in or signing in: the place of this secret is unknown.")
        return f"mfa:{signing_in.user.pk}"
