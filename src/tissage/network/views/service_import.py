"""Services that come from a table: the file, what it would do, one button."""

from __future__ import annotations

from django.contrib import messages
from django.core import signing
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext

from tissage.core.service_rows import HEADINGS, ServiceRow
from tissage.frameworks.queries import explain
from tissage.network.forms.register import RegisterFileForm
from tissage.network.models import Service
from tissage.network.operations.register_import import RegisterRefused
from tissage.network.operations.service_import import ServiceReading, apply_services, read_again, read_services
from tissage.people.exchange.errors import UnreadableFile
from tissage.people.models import Territory

from .doors import person, territory_for

WRITE = "network.write_network"
SALT = "network.services"


def import_services(request: HttpRequest, territory: str) -> HttpResponse:
    place = territory_for(request, territory, WRITE)
    if request.method == "POST" and "rows" in request.POST:
        return _apply(request, place)
    form = RegisterFileForm(request.POST or None, request.FILES or None)
    form.fields["file"].help_text = gettext(
        "CSV, XLSX ou ODS ; 4 Mo au plus. Deux colonnes suffisent : « Organisation » et « Service ». Les autres se reconnaissent à leur nom : « Thèmes », « Publics », « Langues », « Téléphone », « Prix »… Plusieurs valeurs dans une case : séparez-les par « | »."
    )
    if request.method == "POST" and form.is_valid():
        upload = form.upload
        try:
            reading = read_services(territory=place, file_name=upload.name or "", content=upload.read())
        except UnreadableFile as refused:
            form.add_error("file", explain(refused.message))
        except RegisterRefused as refused:
            form.add_error("file", str(refused))
        else:
            return _preview(request, place, reading)
    return render(request, "network/register/ask_services.html", {"territory": place, "form": form})


def _apply(request: HttpRequest, place: Territory) -> HttpResponse:
    try:
        carried = signing.loads(request.POST["rows"], salt=SALT, max_age=24 * 3600)
    except signing.BadSignature:
        messages.error(request, gettext("Ce qui a été lu s’est perdu en route. Déposez le fichier à nouveau."))
        return redirect("network:import_services", place.slug)
    rows = [
        ServiceRow(line, organization, name, details, {kind: tuple(codes) for kind, codes in terms.items()}, contact)
        for line, organization, name, details, terms, contact in carried
    ]
    reading = read_again(territory=place, rows=rows)
    if reading.digest != request.POST.get("seen"):
        messages.warning(
            request, gettext("L’annuaire a changé depuis que cette page a été montrée. Relisez ce qui serait fait, puis confirmez.")
        )
        return _preview(request, place, reading)
    created, changed = apply_services(territory=place, reading=reading, by=person(request), now=timezone.now())
    words = gettext("Services nouveaux, en brouillon : %(created)s ; corrigés : %(changed)s. Relisez-les avant de les publier.")
    messages.success(request, words % {"created": created, "changed": changed})
    return redirect("network:services", place.slug)


def _preview(request: HttpRequest, place: Territory, reading: ServiceReading) -> HttpResponse:
    rows = [(row.line, row.organization, row.name, dict(row.details), dict(row.terms), dict(row.contact)) for row in reading.rows]
    names = {field: words[0] for field, words in HEADINGS.items()}
    known = Service.objects.filter(territory=place).in_bulk([one.known for one in reading.proposals if one.known])
    context = {
        "territory": place,
        "reading": reading,
        "lines": [
            (one, known.get(one.known or 0), [(names.get(column, column), before, after) for column, before, after in one.changes])
            for one in reading.proposals
        ],
        "rows": signing.dumps(rows, salt=SALT, compress=True),
        "problems": [(one, names.get(one.column, one.column), explain(one.message)) for one in reading.problems],
        "broken": [(line, explain(words)) for line, words in reading.broken],
        "fault_count": len(reading.problems) + len(reading.broken),
        "nothing": all(one.is_nothing for one in reading.proposals),
    }
    return render(request, "network/register/preview_services.html", context)
