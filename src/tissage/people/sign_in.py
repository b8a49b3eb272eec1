"""The forms of django-allauth, in the words of this house. The settings name them (`ACCOUNT_FORMS`, `MFA_FORMS`)."""

from __future__ import annotations

from typing import Any

from allauth.account.forms import (
    AddEmailForm,
    ChangePasswordForm,
    ConfirmLoginCodeForm,
    LoginForm,
    RequestLoginCodeForm,
    ResetPasswordForm,
)
from allauth.mfa.webauthn.forms import AddWebAuthnForm, EditWebAuthnForm
from django.forms import Field
from django.utils.translation import gettext_lazy as _

from .models import User
from .queries_sign_in import may_use_a_code


def _without_placeholder(field: Field) -> None:
    """The label above the field is enough, and stays when one types."""
    field.widget.attrs.pop("placeholder", None)


class SignInForm(LoginForm):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["login"].label = _("Adresse e-mail")
        for field in self.fields.values():
            _without_placeholder(field)


class ForgottenPasswordForm(ResetPasswordForm):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["email"].label = _("Adresse e-mail")
        _without_placeholder(self.fields["email"])


class AskForCodeForm(RequestLoginCodeForm):
    """An account that opens more than a mailbox should is treated as an unknown one; `kept_back` is the account that is told so by mail."""

    kept_back: User | None = None

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["email"].label = _("Adresse e-mail")
        _without_placeholder(self.fields["email"])

    def clean_email(self) -> str:
        email: str = super().clean_email()
        user: User | None = self.__dict__.get("_user")
        if user is not None and not may_use_a_code(user):
            self.kept_back, self._user = user, None
        return email


class TypeCodeForm(ConfirmLoginCodeForm):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["code"].label = _("Code reçu par e-mail")
        self.fields["code"].widget.attrs |= {"autocomplete": "one-time-code", "autocapitalize": "characters", "spellcheck": "false"}
        _without_placeholder(self.fields["code"])


class ChangeAddressForm(AddEmailForm):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["email"].label = _("Nouvelle adresse e-mail")
        _without_placeholder(self.fields["email"])


class NewPasswordForm(ChangePasswordForm):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for field in self.fields.values():
            _without_placeholder(field)


def _name_a_passkey(field: Field) -> None:
    field.label = _("Nom de la clé")
    field.help_text = _("Pour la reconnaître si vous en avez plusieurs : « téléphone », « clé bleue ».")


class AddPasskeyForm(AddWebAuthnForm):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _name_a_passkey(self.fields["name"])
        if "passwordless" in self.fields:
            self.fields["passwordless"].label = _("Se connecter aussi sans mot de passe")
            self.fields["passwordless"].help_text = _(
                "Cette clé remplace alors le mot de passe ; l’appareil vérifie votre empreinte, votre visage ou son code."
            )


class RenamePasskeyForm(EditWebAuthnForm):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _name_a_passkey(self.fields["name"])
