"""A sample of a municipality's own Word file, made by code: every field once, loops in a table and in a list."""

from __future__ import annotations

import io

from django.utils.translation import gettext as _
from docx import Document

from .fields import FIELDS


def sample_form() -> bytes:
    """The sample: open it in Word, keep the fields that serve, lay them out as the house does."""
    file = Document()
    file.core_properties.title = _("Modèle d’exemple")
    file.core_properties.language = "fr-BE"
    file.add_heading("{{ plan }}, {{ annee }}", 0)
    file.add_paragraph("{{ porteur }} · {{ conseil }} · {{ periode }}")
    file.add_paragraph(_("État des données : {{ version }}, arrêtées : {{ arrete_le }}"))
    file.add_heading(_("L’année en bref"), 1)
    file.add_paragraph(
        _("{{ actions_menees }} actions menées sur {{ actions_prevues }}, dont {{ actions_en_retard }} en retard. ")
        + _("Dépensé : {{ depense }} sur {{ budget }}.")
    )
    file.add_heading(_("Les actions"), 1)
    columns = ("numero", "titre", "etat", "chiffres", "depense")
    table = file.add_table(rows=4, cols=len(columns), style="Table Grid")
    for cell, name in zip(table.rows[0].cells, columns, strict=True):
        cell.text = name.capitalize()
    table.rows[1].cells[0].text = "{%tr for action in actions %}"
    for cell, name in zip(table.rows[2].cells, columns, strict=True):
        cell.text = "{{ action." + name + " }}"
    table.rows[3].cells[0].text = "{%tr endfor %}"
    file.add_heading(_("Les contrôles"), 1)
    file.add_paragraph("{%p for controle in controles %}")
    file.add_paragraph("{{ controle.libelle }} : {{ controle.resultat }}. {{ controle.phrase }}")
    file.add_paragraph("{%p endfor %}")
    file.add_heading(_("Tous les champs"), 1)
    for field in FIELDS:
        if field.inside or field.example == "…":
            continue
        file.add_paragraph(f"{field.meaning} : {{{{ {field.name} }}}}", style="List Bullet")
    file.add_paragraph("{{ source }}")
    stream = io.BytesIO()
    file.save(stream)
    return stream.getvalue()
