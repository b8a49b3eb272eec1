"""Figures of the plan of the world: a partner that answered by its link, an article with a picture. Every text holds the canary."""

from __future__ import annotations

import datetime as dt
import io
import secrets
from decimal import Decimal

from PIL import Image


def counted(territory, by, now, canary):
    """The secret of a partner's link, as `partner_token`; `article` and `picture_file`."""
    from tissage.plan.models import Action, PartnerLink
    from tissage.plan.operations import articles, figures, indicators, partner_links
    from tissage.voices.exchange.photos import clean_photo

    did = {"by": by, "now": now}
    action = Action.objects.select_related("plan__territory").filter(plan__territory=territory).order_by("pk").first()
    partner = action.partners.select_related("organization").order_by("pk").first().organization
    indicator = indicators.create_indicator(
        action=action, name=f"Compté par un partenaire {canary}", unit=canary, method=canary, organization=partner, **did
    )
    token = secrets.token_urlsafe(32)
    link = PartnerLink.objects.create(
        plan=action.plan,
        organization=partner,
        year=2026,
        email="partenaire@example.org",
        token_hash=partner_links.hash_token(token),
        deadline=dt.date(2099, 12, 31),
        made_by=by,
        made_at=now,
        sent_at=now,
    )
    said = {"how_counted": canary, "sentence": canary}
    figures.write_figure(indicator=indicator, year=2026, value=Decimal(3), **said, by=None, link=link, now=now)
    texts = dict.fromkeys(("done", "benefits", "difficulties", "feedback"), canary)
    account = figures.write_account(action=action, year=2026, organization=partner, texts=texts, by=None, link=link, now=now)
    figures.submit_figures(plan=action.plan, year=2026, organization=partner, by=None, link=link, now=now)
    figures.return_figure(figure=account, comment=canary, **did)
    Action.objects.filter(pk=action.pk).update(is_pilot=True)
    action.is_pilot = True
    words = {"title": f"Article {canary}", "text": canary, "author": canary}
    article = articles.write_article(action=action, on=now.date(), **words, **did)
    content = io.BytesIO()
    Image.new("RGB", (60, 40), "white").save(content, "JPEG")
    size = len(content.getvalue())
    content.seek(0)
    picture = articles.add_picture(article=article, picture=clean_photo(content, size), alternative=canary, **did)
    articles.publish_article(article=article, **did)
    return {"partner_token": token, "article": article.pk, "picture_file": picture.uuid}
