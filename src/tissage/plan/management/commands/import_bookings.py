"""`tissage import bookings FILE --territory S --plan NAME --year Y`: an accounting extract, read again as often as one likes."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from django.core.management.base import CommandParser
from django.utils import timezone

from tissage.core.extracts import FIELDS, missing_columns
from tissage.core.messages import Explained
from tissage.plan.exchange.extract_uploads import blocks_of, columns_of
from tissage.plan.exchange.extracts import Extract, UnreadableFile, format_of_extract, open_extract
from tissage.plan.models import Booking, BookingImport, Plan
from tissage.plan.operations.booking_imports import apply_extract, preview_extract, receive_extract
from tissage.plan.operations.extract_files import delete_extract_file
from tissage.ui.commands import JsonCommand, Refusal

_COUNTS = ("rows", "new", "known", "changed_total", "back", "vanished_total", "problems_total", "notices_total", "totals")


class Command(JsonCommand):
    help = "Lit un extrait comptable (csv, xlsx, ods) : ajoute ce qui est nouveau, garde les répartitions, dit ce qui a changé ou disparu."

    def add_arguments(self, parser: CommandParser) -> None:
        super().add_arguments(parser)
        parser.add_argument("file", metavar="FICHIER")
        parser.add_argument("--territory", required=True, metavar="ADRESSE", help="adresse courte du territoire")
        parser.add_argument("--plan", required=True, metavar="NOM", help="nom du plan, tel qu’il s’affiche")
        parser.add_argument("--year", required=True, type=int, metavar="ANNÉE", help="exercice")
        parser.add_argument("--kind", choices=Booking.Kind.values, help="genre des lignes quand aucune colonne ne le dit (dépense sinon)")
        parser.add_argument("--partial", action="store_true", help="l’extrait n’a pas tout l’exercice : rien n’est marqué comme disparu")
        parser.add_argument("--dry-run", action="store_true", help="dire ce qui serait fait, ne rien écrire")
        parser.add_argument("--accept-problems", action="store_true", help="lire les lignes lisibles, dire les autres")

    def answer(self, **options: Any) -> dict[str, Any]:
        path, slug, year = Path(options["file"]), options["territory"], options["year"]
        plan = Plan.objects.select_related("territory", "framework").filter(territory__slug=slug, name=options["plan"]).first()
        if plan is None:
            names = ", ".join(Plan.objects.filter(territory__slug=slug).order_by("name").values_list("name", flat=True))
            raise Refusal(
                f"Pas de plan « {options['plan']} » dans le territoire « {slug} ». Ses plans : {names or 'aucun'}.", territory=slug
            )
        if year not in plan.years:
            raise Refusal(f"Le plan « {plan} » va de {plan.starts_on.year} à {plan.ends_on.year} : {year} n’en est pas.", territory=slug)
        self._shown = -1
        received: BookingImport | None = None
        try:
            extract = open_extract(path, format_of_extract(path.name))
            received = receive_extract(
                plan=plan, year=year, name=path.name, format=extract.format, blocks=blocks_of(path), by=None, now=timezone.now(),
                partial=options["partial"],
            )  # fmt: skip
            return self._read(received, extract, options)
        except Explained as refusal:
            raise Refusal(str(refusal), territory=slug) from None
        finally:
            if received is not None:
                forget_unfinished(received)

    def _read(self, received: BookingImport, extract: Extract, options: dict[str, Any]) -> dict[str, Any]:
        mapping = columns_of(received, extract) or extract.guess
        if options["kind"]:
            mapping = {**mapping, "kind_of_all": options["kind"]}
        if missing := missing_columns(mapping):
            raise UnreadableFile(
                "Colonnes introuvables : %(missing)s. Le fichier a : %(header)s. "
                "Renommez-les, ou lisez cet extrait depuis l’écran, qui demande laquelle est laquelle.",
                missing=", ".join(FIELDS[name] for name in missing),
                header=", ".join(extract.header),
            )
        reader = extract.reader(mapping)
        report = preview_extract(booking_import=received, extract=extract, reader=reader, progress=self.progress)
        if report["problems_total"] and not options["accept_problems"]:
            for finding in report["problems"][:20]:
                self.say(f"Ligne {finding['line']}, {finding['column']} : {finding['message']}")
            raise Refusal(
                f"{report['problems_total']} lignes ne peuvent pas être lues : rien n’a été écrit. "
                "Corrigez-les, ou acceptez de lire le reste (--accept-problems).",
                **self.result(received, report),
            )
        if not options["dry_run"]:
            received.mapping = mapping
            received.save(update_fields=["mapping"])
            apply_extract(booking_import=received, extract=extract, reader=reader, now=timezone.now(), progress=self.progress)
            report = received.report
        return self.result(received, report)

    def result(self, received: BookingImport, report: dict[str, Any]) -> dict[str, Any]:
        counts = {name.removesuffix("_total"): report[name] for name in _COUNTS}
        findings = {
            name: [{key: one[key] for key in ("line", "column", "value", "message")} for one in report[name]]
            for name in ("problems", "notices")
        }
        counts |= {"changed": report["changed_total"], "vanished": report["vanished_total"], **findings}
        counts["problems_total"], counts["notices_total"] = report["problems_total"], report["notices_total"]
        return {
            "territory": received.plan.territory.slug,
            "plan": received.plan.name,
            "year": received.year,
            **counts,
            "split_by_rules": report.get("split_by_rules", 0),
            "applied": received.state == BookingImport.State.APPLIED,
        }

    def progress(self, step: str, done: int, total: int) -> None:
        """One line each twenty thousand rows: what is quick stays silent."""
        if done // 20_000 != self._shown // 20_000 and done >= 20_000:
            self.say(f"{done} lignes lues…" if step == "reading" else f"{done} écritures nouvelles notées sur {total}…")
        self._shown = done

    def words(self, result: dict[str, Any]) -> str:
        done = "lu" if result["applied"] else "regardé, rien d’écrit"
        lines = [
            f"{result['plan']}, exercice {result['year']} : extrait {done}. {result['rows']} écritures.",
            f"{result['new']} nouvelles, {result['known']} déjà là, {result['changed']} changées, {result['back']} revenues, "
            f"{result['vanished']} disparues ; {result['split_by_rules']} réparties par les règles.",
        ]
        for name, title in (("problems", "Problèmes"), ("notices", "À regarder")):
            if result[name]:
                lines.append(f"{title} :")
                lines += [f"  ligne {finding['line']}, {finding['column']} : {finding['message']}" for finding in result[name]]
        return "\n".join(lines)


def forget_unfinished(received: BookingImport) -> None:
    """A reading that was only looked at, or refused, leaves no file and nothing to take up again."""
    received.refresh_from_db()
    if received.state in (BookingImport.State.RECEIVED, BookingImport.State.PREVIEW):
        delete_extract_file(received)
        received.delete()
