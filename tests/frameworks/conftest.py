"""Grace looks after the installation; a later draft stands beside the shipped version."""

import pytest

from tissage.core.nomenclature import Term
from tissage.frameworks.exchange.nomenclature_csv import NomenclatureFile
from tissage.frameworks.operations import import_version, load_shipped_frameworks
from tissage.frameworks.queries import nomenclature_of
from tissage.people.models import User


@pytest.fixture
def version(db, now):
    return load_shipped_frameworks(now=now)


@pytest.fixture
def grace(db, now):
    user = User.objects.create_user(email="grace@example.org", name="Grace", password="une phrase de passe")
    user.administrator_since = now
    user.save()
    return user


@pytest.fixture
def later_terms(version):
    """The shipped codes without A11, with A12 and « Bien manger »."""
    terms = [term for term in nomenclature_of(version).terms if (term.kind, term.code) != ("component", "A11")]
    changed = [Term(term.kind, term.code, term.parent, {"fr": "Bien manger"}) if term.code == "A01" else term for term in terms]
    return (*changed, Term("component", "A12", "A", {"fr": "Numérique"}))


@pytest.fixture
def draft(version, later_terms, now):
    file = NomenclatureFile(tuple(later_terms), (), (), {})
    return import_version(framework=version.framework, label="2026-relecture-1", file=file, base=version, by=None, now=now)
