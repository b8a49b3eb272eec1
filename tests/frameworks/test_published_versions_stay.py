"""What is published stays: operations say why, and the database refuses whoever asks."""

import pytest
from django.db import DatabaseError, connection, transaction
from django.test.utils import CaptureQueriesContext

from tissage.frameworks.models import FrameworkVersion, Node
from tissage.frameworks.operations import PublishedCodesStay, load_shipped_frameworks, remove_code

pytestmark = pytest.mark.django_db


@pytest.fixture
def version(db, now):
    return load_shipped_frameworks(now=now)


def refused(change):
    with pytest.raises(DatabaseError, match="published version"), transaction.atomic():
        change()


def test_a_published_code_is_not_removed_by_the_operation(version, now):
    with pytest.raises(PublishedCodesStay):
        remove_code(node=version.nodes.get(code="A01"), by=None, now=now)
    assert version.nodes.filter(code="A01").exists()


@pytest.mark.parametrize(
    "change",
    [
        lambda version: Node.objects.filter(version=version, code="A01").update(code="A99"),
        lambda version: Node.objects.filter(version=version, code="A01").update(kind="sense"),
        lambda version: Node.objects.filter(version=version, code="k").delete(),
        lambda version: FrameworkVersion.objects.filter(pk=version.pk).update(published_at=None),
        lambda version: FrameworkVersion.objects.filter(pk=version.pk).update(label="autre"),
        lambda version: FrameworkVersion.objects.filter(pk=version.pk)._raw_delete("default"),
    ],
)
def test_the_database_refuses_to_touch_what_is_published(version, change):
    refused(lambda: change(version))
    assert version.nodes.filter(code__in=["A01", "k"]).count() == 2
    assert FrameworkVersion.objects.published().get(framework__slug="spiral") == version


def test_a_label_of_a_published_code_may_be_corrected(version):
    Node.objects.filter(version=version, code="A01").update(labels={"fr": "Manger"}, status="partial")
    assert version.nodes.get(code="A01").labels == {"fr": "Manger"}


def test_a_draft_may_change_in_everything(version):
    draft = FrameworkVersion.objects.create(framework=version.framework, label="brouillon")
    node = Node.objects.create(version=draft, kind="component", code="A01")
    Node.objects.filter(pk=node.pk).update(code="A02")
    Node.objects.filter(pk=node.pk).delete()
    draft.delete()
    assert FrameworkVersion.objects.get(framework__slug="spiral") == version


def test_codes_are_loaded_in_few_queries(now):
    with CaptureQueriesContext(
        connection,
    ) as queries:
        load_shipped_frameworks(now=now)
    assert len(queries) < 20


@pytest.mark.django_db(transaction=True)
def test_browser_tests_can_empty_the_tables_between_them(now):
    load_shipped_frameworks(now=now)
    assert Node.objects.exists()
