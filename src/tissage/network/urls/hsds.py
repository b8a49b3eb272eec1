"""Addresses of the open interface, as its standard writes them: in English, without a last slash."""

from django.urls import path

from tissage.network.views.hsds import door, nothing_here

app_name = "hsds"
urlpatterns = [
    path("", door("about"), name="about"),
    path("profile", door("profile"), name="profile"),
    path("openapi.json", door("openapi"), name="openapi"),
    path("services", door("services"), name="services"),
    path("services/<str:service_id>", door("service"), name="service"),
    path("organizations", door("organizations"), name="organizations"),
    path("organizations/<str:organization_id>", door("organization"), name="organization"),
    path("taxonomies", door("taxonomies"), name="taxonomies"),
    path("taxonomies/<str:taxonomy_id>", door("taxonomy"), name="taxonomy"),
    path("taxonomy_terms", door("taxonomy_terms"), name="taxonomy_terms"),
    path("taxonomy_terms/<str:taxonomy_term_id>", door("taxonomy_term"), name="taxonomy_term"),
    path("service_at_locations", door("at_places"), name="at_places"),
    path("service_at_locations/<str:service_at_location_id>", door("at_place"), name="at_place"),
    path("<path:elsewhere>", nothing_here, name="nothing"),
]
