"""REFI-QDA out: valid against the published schema, the same bytes, nothing lost. In: ours as it was, others as far as can be read."""

from __future__ import annotations

import csv
import datetime as dt
import io
import json

import pytest
from django.core.management import call_command
from django.urls import reverse
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.voices.importing import NOW, bring
from tests.voices.qda import PROJECT, archive, assert_valid, book_as_project, code, foreign, identifier, passage, project_bytes
from tissage.core.codes import Code
from tissage.core.descriptions import describe, read_description
from tissage.core.guids import NAMESPACE, coder_guid, guid, plain_guid
from tissage.frameworks.exchange.refi_codebook import opening_code, read_codebook, write_codebook
from tissage.frameworks.models import FrameworkVersion
from tissage.frameworks.queries import nomenclature_of, territory_nomenclature
from tissage.people.models import Entry, Membership, Territory, User
from tissage.voices.exchange.refi_qda.writer import write_project
from tissage.voices.exchange.writers import export_rows, write_csv
from tissage.voices.models import Coding, Criterion, Expression
from tissage.voices.operations import open_territory
from tissage.voices.operations.codings import set_code, validate_coding

pytestmark = pytest.mark.django_db

NS = {"q": PROJECT}
WORDS = st.text(
    st.one_of(
        st.sampled_from("\"';,|\n\r\t =+-@é🧵\\'<&>:—_x0"),
        st.characters(exclude_categories=["Cs", "Cc"], exclude_characters="\ufffe\uffff"),
    ),
    min_size=1,
    max_size=40,
).filter(str.strip)
DELICATE = [
    "un toit", "a < b & \"c\" 'd'", "ligne\r\nautre\rfin\nencore", "  bords  ", "🧵 fil 🧶", "]]>", "— Tissage —", "nb: 12", "\\n", "\tretrait",
    "e\u0301 combiné", "a\u2028b",
]  # fmt: skip


def exported(territory: Territory) -> bytes:
    stream = io.BytesIO()
    write_project(stream, territory)
    return stream.getvalue()


def as_rows(territory: Territory) -> list[dict[str, str]]:
    """The criteria as the CSV export tells them, in an order of their own."""
    stream = io.BytesIO()
    write_csv(stream, export_rows(territory))
    rows = csv.DictReader(io.StringIO(stream.getvalue().decode(), newline=""))
    return sorted(rows, key=lambda row: (row["source"], row["identifiant"]))


@pytest.fixture
def full(enter, territory, group, question, alice, erin, now) -> Territory:
    """Every kind of criterion: delicate words, counts, notes, languages, all parts of a code, coders, memos, uncoded ones."""
    one, two, *_rest = enter(*((text, 1, None) for text in DELICATE), ("pain", 3, Code("A01", "11", "P15", "k")), ("loin", 2, Code("Z99")))
    Criterion.objects.filter(pk=one.pk).update(
        language="nl", french_text="un toit\r\n: <b>", said_on="2026-03-01", source_created="2014-02-26 08:49"
    )
    set_code(criterion=one, code=Code("D03", "", "O"), facet="money", memo="j’hésite\nencore", by=erin, now=now + dt.timedelta(hours=1))
    set_code(criterion=two, code=Code("H01", "", "Q20"), by=alice, now=now)
    validate_coding(criterion=two, by=erin, now=now)
    Expression.objects.create(
        territory=territory, group=group, question=question, criterion=one, batch=one.batch, text="een\tnoot\\", language="nl",
        french_text="une note", recorded_at=now,
    )  # fmt: skip
    Criterion.objects.filter(pk=one.pk).update(expression_count=2)
    return territory


# --- Out --------------------------------------------------------------------------------------------------------


def test_a_project_is_valid_against_the_published_schema(full):
    root = assert_valid(project_bytes(exported(full)))
    selections = root.findall(".//q:PlainTextSelection", NS)
    assert len(selections) == Criterion.objects.live().filter(territory=full).count()
    assert [source.get("name") for source in root.findall(".//q:TextSource", NS)] == ["Jeunes de la gare"]
    guids = [element.get("guid") for element in root.iter() if element.get("guid")]
    assert len(guids) == len(set(guids))


def test_a_project_without_any_criterion_is_valid_too(territory):
    assert_valid(project_bytes(exported(territory)))


def test_each_selection_stands_on_its_words_in_the_plain_text(full):
    content = exported(full)
    root = assert_valid(project_bytes(content))
    [source] = root.findall(".//q:TextSource", NS)
    text = project_bytes(content, "sources/" + source.get("plainTextPath").removeprefix("internal://")).decode()
    found = [text[int(one.get("startPosition")) : int(one.get("endPosition"))] for one in source.findall("q:PlainTextSelection", NS)]
    assert found == [*DELICATE, "pain", "loin"]
    assert "WB · " in text


def test_codings_name_the_code_the_person_and_the_day_and_no_address(full, erin):
    content = exported(full)
    root = assert_valid(project_bytes(content))
    names = {one.get("guid"): one.get("name") for one in root.findall(".//q:Code", NS)}
    by_words = {}
    for selection in root.findall(".//q:PlainTextSelection", NS):
        codings = selection.findall("q:Coding", NS)
        if codings:
            by_words[tuple(names[one.find("q:CodeRef", NS).get("targetGUID")].split(" ")[0] for one in codings)] = codings
    assert set(by_words) == {("D03", "O"), ("H01", "Q20"), ("A01-11", "P15", "k"), ("Z99",)}
    [first, _sense] = by_words["D03", "O"]
    assert (first.get("creatingUser"), first.get("creationDateTime")) == (coder_guid(erin.email), "2026-11-22T10:00:00Z")
    assert {one.get("name") for one in root.findall(".//q:User", NS)} == {"Alice", "Erin"}
    assert b"@example.org" not in project_bytes(content)


def test_the_same_base_gives_the_same_bytes(full):
    assert exported(full) == exported(full)


def test_identifiers_are_those_of_the_standard_and_plain_forms_are_read():
    import uuid

    assert guid("criterion", "a", "é") == str(uuid.uuid5(NAMESPACE, "criterion\x1fa\x1fé"))
    assert plain_guid("{6F9619FF-8B86-D011-B42D-00CF4FC964FF}") == "6f9619ff-8b86-d011-b42d-00cf4fc964ff"
    assert plain_guid("../../etc") == ""


@given(WORDS, st.dictionaries(st.sampled_from(["nb", "critère en français", "mémo"]), WORDS, min_size=1))
def test_facts_come_back_from_a_description(words, facts):
    words = words.replace("\r", "").strip()
    assert read_description(describe(words, facts)) == (words, facts) or "— Tissage —" in words


# --- Round trip -------------------------------------------------------------------------------------------------


def test_what_was_exported_imports_to_the_same_criteria_codings_and_coders(full, alice, erin, now, tmp_path):
    path = tmp_path / "out.qdpx"
    path.write_bytes(exported(full))
    again = open_territory(slug="copie", name=full.name, now=NOW)
    Membership.objects.create(user=erin, territory=again, role="facilitator", since=now)
    plan, _ = bring(path, "refi-qda", "copie")
    assert plan.problems.as_list() == []
    assert plan.created == Criterion.objects.live().filter(territory=full).count()
    assert as_rows(again) == as_rows(full)
    codings = Coding.objects.filter(criterion__territory=again).order_by("criterion__component")
    assert [(str(one), one.coder, one.memo, one.status) for one in codings] == [
        ("A01/P15", None, "", "proposed"),
        ("D03/O", erin, "j’hésite\nencore", "proposed"),
        ("H01/Q20", erin, "", "validated"),
        ("Z99", None, "", "proposed"),
    ]
    assert codings.get(component="D03").coded_at == now + dt.timedelta(hours=1)


def test_importing_again_changes_nothing_and_a_change_made_elsewhere_is_one(full, tmp_path):
    path = tmp_path / "out.qdpx"
    path.write_bytes(exported(full))
    total = Criterion.objects.live().filter(territory=full).count()
    plan, batch = bring(path, "refi-qda", full.slug)
    assert (plan.created, plan.changed, plan.unchanged, batch) == (0, 0, total, None)
    document = project_bytes(path)
    h01, d04 = guid("code", "component", "H01"), guid("code", "component", "D04")
    recoded = document.replace(f'CodeRef targetGUID="{h01}"'.encode(), f'CodeRef targetGUID="{d04}"'.encode())
    members = {"project.qde": recoded}
    source = assert_valid(document).find(".//q:TextSource", NS).get("plainTextPath").removeprefix("internal://")
    members[f"sources/{source}"] = project_bytes(path, f"sources/{source}")
    plan, _ = bring(archive(members, tmp_path / "other.qdpx"), "refi-qda", full.slug)
    assert (plan.created, plan.changed) == (0, 1)
    assert Criterion.objects.filter(territory=full, component="D04", sense="Q20").count() == 1


@settings(max_examples=12, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(texts=st.lists(WORDS, min_size=1, max_size=5), french=st.lists(WORDS, min_size=5, max_size=5))
def test_any_words_survive_the_round_trip(enter, territory, group, question, tmp_path, texts, french):
    Criterion.objects.filter(territory=territory).update(withdrawn_at=NOW)
    [seed] = enter("x")
    Criterion.objects.filter(pk=seed.pk).update(withdrawn_at=NOW)
    for text, other in zip(texts, french, strict=False):
        Criterion.objects.create(
            territory=territory, group=group, question=question, batch=seed.batch, text=text, french_text=other, recorded_at=NOW
        )
    path = tmp_path / "out.qdpx"
    path.write_bytes(exported(territory))
    assert_valid(project_bytes(path))
    copy = open_territory(slug=f"copie-{seed.pk}", name=territory.name, now=NOW)
    plan, _ = bring(path, "refi-qda", copy.slug)
    assert plan.problems.as_list() == []
    assert as_rows(copy) == as_rows(territory)
    # The archive of the copy differs by its territory alone: selections, texts and codes are the same bytes.
    theirs, ours = project_bytes(exported(copy)), project_bytes(path)
    assert (
        theirs.partition(b"<PlainTextSelection")[2].split(b"</TextSource>")[0]
        == ours.partition(b"<PlainTextSelection")[2].split(b"</TextSource>")[0]
    )


# --- Other programs' projects -----------------------------------------------------------------------------------

TEXT = "Entretien\r\n\r\navoir des amis 🧵 proches, un toit"


@pytest.fixture
def interview(tmp_path):
    """Two sources, codes named otherwise, a passage selected twice, a stranger among the codes, a picture."""
    codes = (
        code(1, "D · Relations", code(2, "D03 - Amitié"), codable=False)
        + code(3, "Sens", code(4, "P · Possibilité", code(5, "P15 argent")), codable=False)
        + code(6, "Transport scolaire")
        + code(7, "WB")
        + code(8, "A03")
    )
    start = TEXT.index("avoir")
    end = TEXT.index(",")
    roof = TEXT.index("un toit")
    selections = (
        passage(20, start, end, 2, 7, user=9)
        + passage(21, start, end, 5)
        + passage(22, roof, roof + 7, 8, 2, 6, 7)
        + passage(23, 4000, 4010, 2, 7)
    )
    inline = f'<PlainTextContent>rester ici</PlainTextContent>{passage(24, 0, 6, 6, 7)}<Coding guid="{identifier(99)}"><CodeRef targetGUID="{identifier(6)}"/></Coding>'
    return foreign(
        tmp_path / "autre.qdpx",
        users=f'<User guid="{{{identifier(9).upper()}}}" name="ALICE" id="al"/>',
        codes=codes,
        sources=f'<TextSource guid="{identifier(30)}" name="Groupe des aînés" plainTextPath="internal://A.TXT">{selections}</TextSource>'
        f'<TextSource guid="{identifier(31)}" name="Quartier">{inline}</TextSource>'
        f'<PictureSource guid="{identifier(32)}" name="photo" path="internal://p.jpg"/>',
        texts={"Sources/a.txt": "\ufeff" + TEXT},
    )


def test_another_program_s_project_gives_what_can_be_read_and_says_the_rest(interview, territory, alice):
    plan, _ = bring(interview, "refi-qda", territory.slug, accept_problems=True)
    found = Criterion.objects.filter(territory=territory).order_by("pk")
    assert [(one.group.name, one.question.code, one.text, one.code, one.source) for one in found.select_related("group", "question")] == [
        ("Groupe des aînés", "WB", "avoir des amis 🧵 proches", "D03/P15", "refi-qda"),
        ("Groupe des aînés", "WB", "un toit", "A03", "refi-qda"),
        ("Quartier", "WB", "rester", "", "refi-qda"),
    ]
    coding = Coding.objects.get(criterion=found[0])
    assert (coding.coder, coding.coded_at, coding.origin) == (alice, dt.datetime(2026, 3, 1, 9, 30, tzinfo=dt.UTC), "imported")
    assert Coding.objects.get(criterion=found[1]).coder is None
    assert [finding["message"] for finding in plan.problems.as_list()] == [
        "Ce passage n’est pas dans le texte de sa source\u00a0: ses positions ne peuvent pas être lues."
    ]
    said = " ".join(finding["message"] for finding in plan.notices.as_list())
    for words in ("Transport scolaire", "plusieurs composantes\u00a0: 1", "pas du texte", "une source entière\u00a0: 1"):
        assert words in said, words
    again, _ = bring(interview, "refi-qda", territory.slug, accept_problems=True)
    assert (again.created, again.changed, again.unchanged) == (0, 0, 3)


def test_a_project_that_names_no_question_asks_for_it(tmp_path, territory, alice, as_user):
    source = f'<TextSource guid="{identifier(3)}" name="G"><PlainTextContent>un toit</PlainTextContent>{passage(4, 0, 7, 1)}</TextSource>'
    path = foreign(tmp_path / "x.qdpx", codes=code(1, "Logement"), sources=source)
    err = io.StringIO()
    with pytest.raises(SystemExit):
        call_command("import_refi_qda", str(path), territory=territory.slug, stdout=io.StringIO(), stderr=err)
    assert "--question WB" in err.getvalue()
    call_command("import_refi_qda", str(path), territory=territory.slug, question="IB", stdout=io.StringIO())
    [criterion] = Criterion.objects.filter(territory=territory)
    assert (criterion.text, criterion.question.code) == ("un toit", "IB")
    with path.open("rb") as stream:
        answer = as_user(alice).post(reverse("voices:import_upload", args=[territory.slug]), {"file": stream}, follow=True)
    assert answer.redirect_chain[-1][0].endswith("/colonnes/")


def test_a_component_is_recognised_by_its_name_alone(tmp_path, territory):
    label = territory_nomenclature(territory).label_of("D03")
    source = f'<TextSource guid="{identifier(3)}" name="G"><PlainTextContent>un ami</PlainTextContent>{passage(4, 0, 6, 1, 2)}</TextSource>'
    path = foreign(tmp_path / "x.qdpx", codes=code(1, label.upper().replace("&", "&amp;")) + code(2, "ACT"), sources=source)
    bring(path, "refi-qda", territory.slug)
    assert Criterion.objects.get(territory=territory).component == "D03"


# --- Hostile archives -------------------------------------------------------------------------------------------

EMPTY = f'<Project xmlns="{PROJECT}" name="x"/>'
BOMB = '<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">]>'
OUTSIDE = '<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">]>'


@pytest.mark.parametrize(
    ("members", "words"),
    [
        ({"project.qde": EMPTY, "../../evil.txt": "x"}, "chemin suspect"),
        ({"project.qde": EMPTY, "/etc/evil": "x"}, "chemin suspect"),
        ({"project.qde": EMPTY, "sources\\..\\evil": "x"}, "chemin suspect"),
        ({"project.qde": EMPTY, "C:/evil": "x"}, "chemin suspect"),
        ({"project.qde": EMPTY, "PROJECT.QDE": EMPTY}, "deux fois"),
        ({"a.qde": EMPTY, "b.qde": EMPTY}, "un seul projet"),
        ({"sources/a.txt": "x"}, "un seul projet"),
        ({"project.qde": BOMB + EMPTY.replace("/>", ">&b;</Project>")}, "DOCTYPE"),
        ({"project.qde": OUTSIDE + EMPTY.replace("/>", ">&a;</Project>")}, "DOCTYPE"),
        ({"project.qde": "<html/>"}, "n’est pas un projet"),
        ({"project.qde": "<Project"}, "n’est pas lisible"),
        ({"project.qde": "<Project>" + "<a>" * 400}, "DOCTYPE"),
        ({"project.qde": EMPTY}, "aucun passage"),
        ({"project.qde": "<a>" + " " * 90_000_000}, "démesuré"),
    ],
)
def test_an_archive_that_may_do_harm_is_refused_in_words(members, words, territory, tmp_path):
    path = archive(members, tmp_path / "x.qdpx")
    err, out = io.StringIO(), io.StringIO()
    with pytest.raises(SystemExit):
        call_command("import_refi_qda", str(path), "--json", territory=territory.slug, stdout=out, stderr=err)
    assert words in json.loads(out.getvalue())["error"]
    assert not Criterion.objects.exists()


def test_links_too_many_files_and_what_is_no_archive_are_refused(territory, tmp_path):
    import zipfile

    path = tmp_path / "x.qdpx"
    with zipfile.ZipFile(path, "w") as found:
        found.writestr("project.qde", EMPTY)
        link = zipfile.ZipInfo("sources/a.txt")
        link.external_attr = 0o120777 << 16
        found.writestr(link, "/etc/passwd")
    many = tmp_path / "many.qdpx"
    archive({"project.qde": EMPTY, **{f"sources/{number}.txt": "" for number in range(20_001)}}, many)
    nothing = tmp_path / "no.qdpx"
    nothing.write_bytes(b"PK not at all")
    for one, words in ((path, "chemin suspect"), (many, "plus de 20000 fichiers"), (nothing, "n’est pas un projet REFI-QDA lisible")):
        out = io.StringIO()
        with pytest.raises(SystemExit):
            call_command("import_refi_qda", str(one), "--json", territory=territory.slug, stdout=out, stderr=io.StringIO())
        assert words in json.loads(out.getvalue())["error"]


def test_a_path_that_points_outside_the_archive_reads_nothing(tmp_path, territory):
    secret = tmp_path / "secret.txt"
    secret.write_text("un secret de la machine")
    sources = "".join(
        f'<TextSource guid="{identifier(30 + place)}" name="G" plainTextPath="{path}">{passage(60 + place, 0, 9, 1)}</TextSource>'
        for place, path in enumerate((f"absolute://{secret}", f"internal://../../{secret}", f"file://{secret}", str(secret)))
    )
    path = foreign(tmp_path / "x.qdpx", codes=code(1, "WB"), sources=sources)
    plan, _ = bring(path, "refi-qda", territory.slug, accept_problems=True)
    assert (plan.created, plan.problems.total) == (0, 4)


# --- Codebooks --------------------------------------------------------------------------------------------------


def test_a_codebook_is_valid_and_reads_back_to_the_same_nomenclature(territory):
    nomenclature = territory_nomenclature(territory)
    content = write_codebook(nomenclature)
    assert content == write_codebook(nomenclature)
    assert_valid(book_as_project(content))
    file = read_codebook(content)
    assert (file.problems, file.notices, file.kept) == ((), (), {})
    assert sorted(file.terms, key=lambda term: (term.kind, term.code)) == sorted(
        nomenclature.terms, key=lambda term: (term.kind, term.code)
    )


def test_another_program_s_codebook_gives_its_codes_and_says_the_rest(territory):
    base = territory_nomenclature(territory).terms
    content = (
        '<?xml version="1.0"?><CodeBook xmlns="urn:QDA-XML:codebook:1.0"><Codes>'
        + code(1, "A - Moyens de vie", code(2, "A01: Manger, boire"), code(3, "A77 Nouveau"), code(4, "idées en vrac"), codable=False)
        + "</Codes></CodeBook>"
    ).encode()
    file = read_codebook(content, base)
    assert file.problems == ()
    assert {(term.kind, term.code): term.label() for term in file.terms if term.kind in ("dimension", "component")} == {
        ("dimension", "A"): "Moyens de vie",
        ("component", "A01"): "Manger, boire",
        ("component", "A77"): "Nouveau",
    }
    assert [notice.value for notice in file.notices] == ["idées en vrac"]
    assert file.kept["sense_letter"] == 5


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (BOMB.encode() + b"<CodeBook/>", "DOCTYPE"),
        (b"<CodeBook>", "lisible"),
        (b"<CodeBook/>", "Aucun code SPIRAL"),
        (b"<a>" * 1000, "DOCTYPE"),
    ],
)
def test_a_codebook_that_cannot_be_read_says_why(content, words):
    assert words in read_codebook(content).problems[0].message


@pytest.mark.parametrize(
    ("name", "found"),
    [
        ("D03 · Amitié", ("D03", "Amitié")),
        ("D03", ("D03", "")),
        ("P15 - argent", ("P15", "argent")),
        ("A01-11", ("A01-11", "")),
        ("Amitié", ("", "Amitié")),
        ("D031 x", ("", "D031 x")),
    ],
)
def test_the_code_that_opens_a_name(name, found):
    assert opening_code(name) == found


def test_a_codebook_goes_through_the_screens_of_reference_data(territory, erin, as_user, now):
    erin.administrator_since = now
    erin.save()
    client = as_user(erin)
    version = FrameworkVersion.objects.get(framework__slug="spiral")
    content = client.get(reverse("frameworks:export_codebook", args=[version.pk])).content
    upload = io.BytesIO(content.replace("D03 · ".encode(), "D03 · Nouveau nom : ".encode()))
    upload.name = "codes.qdc"
    preview = client.post(reverse("frameworks:import"), {"label": "revue", "file": upload, "source": "NVivo"}).content.decode()
    assert "Nouveau nom" in preview
    assert FrameworkVersion.objects.filter(framework__slug="spiral").count() == 1


# --- Commands and screens ---------------------------------------------------------------------------------------


def test_the_commands_write_and_read_both_kinds_of_file(full, tmp_path):
    out = io.StringIO()
    project, book = tmp_path / "a.qdpx", tmp_path / "revue.qdc"
    call_command("export_refi_qda", full.slug, str(project), "--json", stdout=out)
    total = Criterion.objects.live().filter(territory=full).count()
    assert json.loads(out.getvalue()) == {"territory": "sormont", "format": "qdpx", "file": str(project), "criteria": total}
    assert project.stat().st_mode & 0o077 == 0
    said = Entry.objects.filter(verb="voices.export_criteria").latest("pk")
    assert (said.fields, said.numbers) == (["qdpx"], {"criteria": total})
    out = io.StringIO()
    call_command("import_refi_qda", str(project), "--dry-run", "--json", territory="nouveau", stdout=out)
    assert (json.loads(out.getvalue())["created"], Territory.objects.filter(slug="nouveau").exists()) == (total, False)
    call_command("import_refi_qda", str(project), territory="nouveau", stdout=io.StringIO())
    assert Criterion.objects.live().filter(territory__slug="nouveau").count() == total
    call_command("export_refi_qda", full.slug, str(book), stdout=io.StringIO())
    out = io.StringIO()
    call_command("import_refi_qda", str(book), "--dry-run", "--json", territory=full.slug, stdout=out)
    assert (json.loads(out.getvalue())["written"], FrameworkVersion.objects.filter(framework__slug="spiral").count()) == (False, 1)
    call_command("import_refi_qda", str(book), territory=full.slug, stdout=io.StringIO())
    draft = FrameworkVersion.objects.get(label="revue")
    assert draft.is_draft
    assert {term.code for term in nomenclature_of(draft).terms} == {term.code for term in territory_nomenclature(full).terms}


@pytest.mark.parametrize(("name", "words"), [("a.zip", "n’est pas de REFI-QDA"), ("dossier/absent/a.qdpx", "ne peut pas être écrit")])
def test_an_export_that_cannot_be_is_told_why(full, tmp_path, name, words):
    err = io.StringIO()
    with pytest.raises(SystemExit):
        call_command("export_refi_qda", full.slug, str(tmp_path / name), stdout=io.StringIO(), stderr=err)
    assert words in err.getvalue()


def test_the_export_page_gives_the_project_and_the_journal_says_who_took_it(full, alice, as_user):
    answer = as_user(alice).post(reverse("voices:export_download", args=[full.slug]), {"format": "qdpx"})
    assert answer["Content-Disposition"].endswith('.qdpx"')
    assert_valid(project_bytes(b"".join(answer.streaming_content)))
    said = Entry.objects.filter(verb="voices.export_criteria").latest("pk")
    assert (said.actor, said.fields) == (alice, ["qdpx"])


def test_a_project_goes_through_the_import_screen_preview_first(full, alice, as_user, now):
    other = open_territory(slug="copie", name="Sormont", now=now)
    Membership.objects.create(user=alice, territory=other, role="facilitator", since=now)
    upload = io.BytesIO(exported(full))
    upload.name = "projet.qdpx"
    client = as_user(alice)
    answer = client.post(reverse("voices:import_upload", args=["copie"]), {"file": upload}, follow=True)
    assert "14 critères" in answer.content.decode()
    assert not Criterion.objects.filter(territory=other).exists()
    client.post(answer.redirect_chain[-1][0] + "importer/", follow=True)
    assert Criterion.objects.live().filter(territory=other).count() == 14
    assert set(User.objects.filter(pk__in=Coding.objects.filter(criterion__territory=other).values("coder"))) == {alice}
