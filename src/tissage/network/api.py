"""The open read interface of the directory, HSDS 3.0 (`network.md` §6.1): thin doors over `queries.hsds` and `exchange.hsds`.

django-ninja reads what was asked and describes the doors; answers are written by our own records and held to the published schemas.
Imported by the first request that needs it (`urls/hsds.py`).
"""

from __future__ import annotations

import datetime as dt
from typing import Annotated, Any, Literal
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext
from ninja import NinjaAPI, Query, Schema
from ninja.errors import HttpError, ValidationError
from pydantic import AfterValidator, Field, WithJsonSchema

from tissage.frameworks.queries_vocabulary import vocabulary
from tissage.network.exchange.hsds import schemas as hsds
from tissage.network.exchange.hsds.answers import Listing, answer, matching, page_of, problem
from tissage.network.exchange.hsds.organizations import organization
from tissage.network.exchange.hsds.services import Writer
from tissage.network.exchange.hsds.terms import Taxonomies
from tissage.network.queries import hsds as queries

api = NinjaAPI(
    title="Tissage · annuaire des services (HSDS 3.0)",
    version=hsds.PROFILE_VERSION,
    description="Services publiés des territoires publics. Lecture seule. Une adresse qui n’est pas publique ne sort pas.",
    urls_namespace="hsds",
    docs_url=None,
    openapi_url=None,
    openapi_extra={"info": {"license": {"name": "EUPL-1.2"}}},
)
MOST = 500
MOST_MINIMAL = 5_000


def _moment(text: str) -> str:
    dt.datetime.fromisoformat(text)  # its ValueError is a refusal
    return text


Words = Annotated[str, Field(max_length=200, pattern=r"^[^\x00]*$")]
Flag = Literal["true", "false"]
Moment = Annotated[str, AfterValidator(_moment), WithJsonSchema({"type": "string", "format": "date-time"})]
Postcode = Annotated[str, Field(pattern=r"^[1-9][0-9]{3}$")]


class Paging(Schema):
    page: Annotated[int, Field(ge=1, le=1_000_000)] = 1
    per_page: Annotated[int, Field(ge=1, le=MOST_MINIMAL)] = 50
    format: Literal["json"] = "json"


class Searching(Paging):
    search: Words = ""


class Narrowing(Searching):
    taxonomy_term_id: UUID | None = None
    taxonomy_id: UUID | None = None
    organization_id: UUID | None = None
    modified_after: Moment | None = None
    full: Flag = "false"


class OfServices(Narrowing):
    minimal: Flag = "false"


class OfPlaces(Narrowing):
    postcode: Postcode | None = None
    proximity: (
        Annotated[float, Field(ge=0, le=500_000, description="Mètres autour du milieu du code postal ; demande `postcode`.")] | None
    ) = None


class OfTerms(Searching):
    taxonomy_id: UUID | None = None
    parent_id: UUID | None = None
    top_only: Flag = "false"


class OfOrganizations(Searching):
    full: Flag = "false"


def _said(schema: str, *, absent: bool = False, moved: bool = False) -> dict[str, Any]:
    """What a door answers, for the description: its record, and every refusal."""

    def content(name: str) -> dict[str, Any]:
        return {"application/json": {"schema": hsds.reference(name)}}

    told = {422: "Un paramètre ne peut pas être lu", 429: "Trop de demandes en une minute"} | (
        {404: "Rien à cette adresse"} if absent else {}
    )
    responses: dict[int, Any] = {status: {"description": words, "content": content("problem")} for status, words in told.items()}
    responses[200] = {"description": "OK", "content": content(schema)}
    responses[304] = {"description": "Rien n’a changé depuis l’empreinte donnée"}
    if moved:
        responses[301] = {"description": "Cette fiche a été réunie à une autre"}
    return {"responses": responses}


def _taxonomies() -> Taxonomies:
    return Taxonomies(vocabulary())


def _writer() -> Writer:
    return Writer(timezone.localdate(), _taxonomies(), queries.scope_of, queries.score_of)


def _listing(asked: Paging) -> Listing:
    if asked.per_page > MOST and getattr(asked, "minimal", "false") != "true":
        asked.per_page = MOST
    return Listing(asked.page, asked.per_page)


def _wanted(asked: Narrowing, taxonomies: Taxonomies) -> queries.Wanted:
    """The filters, with what names nothing said as such: a term or a taxonomy that is not ours finds nothing."""
    terms: list[tuple[str, frozenset[str] | None]] = []
    nothing = False
    if asked.taxonomy_term_id:
        if term := taxonomies.find(str(asked.taxonomy_term_id)):
            terms.append((term.kind, taxonomies.vocabulary.with_children(term.kind, term.code)))
        nothing = term is None
    if asked.taxonomy_id:
        if kind := taxonomies.kind_of(str(asked.taxonomy_id)):
            terms.append((kind, None))
        nothing = nothing or not kind
    after = None
    if asked.modified_after:
        after = dt.datetime.fromisoformat(asked.modified_after)
        after = after if after.tzinfo else timezone.make_aware(after)
    return queries.Wanted(asked.search, tuple(terms), asked.organization_id, after, nothing)


@api.get("/", url_name="about", operation_id="about", summary="Ce que parle cette interface", openapi_extra=_said("about"))
def about(request: HttpRequest) -> HttpResponse:
    def there(name: str) -> str:
        return request.build_absolute_uri(reverse(f"hsds:{name}"))

    return answer(request, {"version": hsds.STANDARD, "profile": there("profile"), "openapi_url": there("openapi")})


@api.get("/profile", url_name="profile", operation_id="profile", summary="Le profil belge", openapi_extra=_said("profile"))
def profile(request: HttpRequest) -> HttpResponse:
    said = {"name": hsds.PROFILE_NAME, "version": hsds.PROFILE_VERSION, "hsds_version": hsds.STANDARD, "merge_patch": hsds.profile_patch()}
    return answer(request, said)


@api.get("/openapi.json", url_name="openapi", include_in_schema=False)
def openapi(request: HttpRequest) -> HttpResponse:
    return answer(request, openapi_document())


def openapi_document() -> dict[str, Any]:
    """The description of every door, with the schemas that answers are held to."""
    document = dict(api.get_openapi_schema(path_prefix="hsds/"))
    components = dict(document.get("components") or {})
    return document | {"components": components | {"schemas": {**components.get("schemas", {}), **hsds.schemas()}}}


@api.get("/services", url_name="services", operation_id="services", summary="Services publiés", openapi_extra=_said("service_page"))
def services(request: HttpRequest, asked: Query[OfServices]) -> HttpResponse:
    writer = _writer()
    found = queries.services(_wanted(asked, writer.taxonomies), writer.day)
    if asked.minimal == "true":
        return answer(request, page_of(queries.minimal(found), _listing(asked), writer.minimal))
    full = asked.full == "true"
    return answer(request, page_of(found, _listing(asked), lambda row: writer.service(row, full=full), queries.services_by_key))


@api.get(
    "/services/{service_id}", url_name="service", operation_id="service", summary="Un service", openapi_extra=_said("service", absent=True)
)
def service(request: HttpRequest, service_id: UUID) -> HttpResponse:
    writer = _writer()
    row = queries.loaded(queries.services(queries.Wanted(), writer.day)).filter(uuid=service_id).first()
    return answer(request, writer.service(row, full=True)) if row else absent(request)


@api.get(
    "/organizations", url_name="organizations", operation_id="organizations", summary="Leurs organisations",
    openapi_extra=_said("organization_page"),
)  # fmt: skip
def organizations(request: HttpRequest, asked: Query[OfOrganizations]) -> HttpResponse:
    writer = _writer()
    found = queries.organizations(writer.day, search=asked.search)
    if asked.full != "true":
        return answer(request, page_of(found, _listing(asked), organization))
    loaded = queries.with_own_services(found, writer.day)
    return answer(request, page_of(loaded, _listing(asked), writer.organization))


@api.get(
    "/organizations/{organization_id}", url_name="organization", operation_id="organization", summary="Une organisation",
    openapi_extra=_said("organization", absent=True, moved=True),
)  # fmt: skip
def one_organization(request: HttpRequest, organization_id: UUID) -> HttpResponse:
    writer = _writer()
    found = queries.with_own_services(queries.organizations(writer.day), writer.day)
    if row := found.filter(uuid=organization_id).first():
        return answer(request, writer.organization(row))
    if (kept := queries.kept(organization_id)) != organization_id and found.filter(uuid=kept).exists():
        moved = problem(301, gettext("Cette fiche a été réunie à une autre."))
        moved.headers["Location"] = reverse("hsds:organization", args=[kept])
        return moved
    return absent(request)


@api.get("/taxonomies", url_name="taxonomies", operation_id="taxonomies", summary="Vocabulaires", openapi_extra=_said("taxonomy_page"))
def taxonomies(request: HttpRequest, asked: Query[Searching]) -> HttpResponse:
    return answer(request, page_of(matching(_taxonomies().taxonomies(), asked.search), _listing(asked), lambda row: row))


@api.get(
    "/taxonomies/{taxonomy_id}", url_name="taxonomy", operation_id="taxonomy", summary="Un vocabulaire",
    openapi_extra=_said("taxonomy", absent=True),
)  # fmt: skip
def taxonomy(request: HttpRequest, taxonomy_id: UUID) -> HttpResponse:
    row = next((one for one in _taxonomies().taxonomies() if one["id"] == str(taxonomy_id)), None)
    return answer(request, row) if row else absent(request)


@api.get(
    "/taxonomy_terms", url_name="taxonomy_terms", operation_id="taxonomy_terms", summary="Termes des vocabulaires",
    openapi_extra=_said("taxonomy_term_page"),
)  # fmt: skip
def taxonomy_terms(request: HttpRequest, asked: Query[OfTerms]) -> HttpResponse:
    known = _taxonomies()
    rows = [known.record(term) for term in known.terms()]
    if asked.taxonomy_id:
        rows = [row for row in rows if row["taxonomy_id"] == str(asked.taxonomy_id)]
    if asked.parent_id:
        rows = [row for row in rows if row.get("parent_id") == str(asked.parent_id)]
    if asked.top_only == "true":
        rows = [row for row in rows if "parent_id" not in row]
    return answer(request, page_of(matching(rows, asked.search), _listing(asked), lambda row: row))


@api.get(
    "/taxonomy_terms/{taxonomy_term_id}", url_name="taxonomy_term", operation_id="taxonomy_term", summary="Un terme",
    openapi_extra=_said("taxonomy_term", absent=True),
)  # fmt: skip
def taxonomy_term(request: HttpRequest, taxonomy_term_id: UUID) -> HttpResponse:
    known = _taxonomies()
    term = known.find(str(taxonomy_term_id))
    return answer(request, known.record(term)) if term else absent(request)


@api.get(
    "/service_at_locations", url_name="at_places", operation_id="service_at_locations", summary="Où reçoivent les services",
    openapi_extra=_said("service_at_location_page"),
)  # fmt: skip
def at_places(request: HttpRequest, asked: Query[OfPlaces]) -> HttpResponse:
    if asked.proximity is not None and asked.postcode is None:
        raise HttpError(422, gettext("« proximity » demande aussi « postcode »."))
    writer = _writer()
    wanted = _wanted(asked, writer.taxonomies)
    found = queries.at_places(wanted, writer.day, postcode=asked.postcode or "", metres=asked.proximity)
    full = asked.full == "true"
    return answer(request, page_of(found, _listing(asked), lambda row: writer.at_location(row, full=full), queries.places_by_key))


@api.get(
    "/service_at_locations/{service_at_location_id}", url_name="at_place", operation_id="service_at_location", summary="Un lieu d’un service",
    openapi_extra=_said("service_at_location", absent=True),
)  # fmt: skip
def at_place(request: HttpRequest, service_at_location_id: UUID) -> HttpResponse:
    writer = _writer()
    found = queries.with_services(queries.at_places(queries.Wanted(), writer.day))
    row = found.filter(uuid=service_at_location_id).first()
    return answer(request, writer.at_location(row, full=True)) if row else absent(request)


def absent(request: HttpRequest) -> HttpResponse:
    return problem(404, gettext("Rien à cette adresse."))


@api.exception_handler(HttpError)
def refused(request: HttpRequest, error: HttpError) -> HttpResponse:
    return problem(error.status_code, error.message)


@api.exception_handler(ValidationError)
def unreadable(request: HttpRequest, error: ValidationError) -> HttpResponse:
    where = list(dict.fromkeys(str(part) for one in error.errors for part in one["loc"][-1:]))
    return problem(422, gettext("Un paramètre ne peut pas être lu."), where)
