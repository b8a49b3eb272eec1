"""Services as the team and their own organisation edit them, imports, and organisations to merge."""

from __future__ import annotations

from django.urls import path

from tissage.network.queries.service_words import CHECK, PRICE, REACH, WHAT, WHOM
from tissage.network.views import own_organization, service_parts, services

urlpatterns = [
    path("services/", services.services, name="services"),
    path("services/nouveau/", services.create_service, name="create_service"),
    path("services/<uuid:service>/", services.service, name="service"),
    path("services/<uuid:service>/service/", services.section, {"section": WHAT}, name="service_what"),
    path("services/<uuid:service>/pour-qui/", services.section, {"section": WHOM}, name="service_whom"),
    path("services/<uuid:service>/comment-faire/", services.section, {"section": REACH}, name="service_reach"),
    path("services/<uuid:service>/prix/", services.section, {"section": PRICE}, name="service_price"),
    path("services/<uuid:service>/verification/", services.section, {"section": CHECK}, name="service_check"),
    path("services/<uuid:service>/accueil/", service_parts.service_welcome, name="service_welcome"),
    path("services/<uuid:service>/publier/", services.publish_service, name="publish_service"),
    path("services/<uuid:service>/archiver/", services.archive_service, name="archive_service"),
    path("services/<uuid:service>/reprendre/", services.restore_service, name="restore_service"),
    path("services/<uuid:service>/verifie/", services.assure_service, name="assure_service"),
    path("services/<uuid:service>/historique/", services.service_history, name="service_history"),
    path("services/<uuid:service>/historique/<int:field_change>/revenir/", services.put_field_back, name="put_field_back"),
    path("services/<uuid:service>/contacts/nouveau/", service_parts.add_service_contact, name="add_service_contact"),
    path("services/<uuid:service>/contacts/<int:service_contact>/", service_parts.change_service_contact, name="change_service_contact"),
    path(
        "services/<uuid:service>/contacts/<int:service_contact>/retirer/",
        service_parts.remove_service_contact,
        name="remove_service_contact",
    ),
    path("services/<uuid:service>/lieux/nouveau/", service_parts.place_service, name="place_service"),
    path("services/<uuid:service>/lieux/<uuid:at_place>/", service_parts.change_at_place, name="change_at_place"),
    path("services/<uuid:service>/lieux/<uuid:at_place>/retirer/", service_parts.take_service_from_place, name="take_service_from_place"),
    path("mon-organisation/", own_organization.own_organization, name="own_organization"),
    path("mon-organisation/<int:organization>/modifier/", own_organization.change_own_organization, name="change_own_organization"),
    path("mon-organisation/<int:organization>/services/nouveau/", services.add_service, name="add_service"),
    path("mon-organisation/<int:organization>/lieux/nouveau/", own_organization.add_own_place, name="add_own_place"),
    path("mon-organisation/<int:organization>/lieux/<int:address>/", own_organization.change_own_place, name="change_own_place"),
]
