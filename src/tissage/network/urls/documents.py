"""Documents, given back after a permission check."""

from django.urls import path

from tissage.network.views import documents

urlpatterns = [path("pieces/<uuid:document>/", documents.document, name="document")]
