"""Invitations, cards, sheets, photos and recordings."""

from django.urls import path

from tissage.voices.views import paper, photos, recordings

urlpatterns = [
    path("ateliers/<int:workshop>/papier/", paper.paper, name="paper"),
    path("ateliers/<int:workshop>/papier/<slug:paper>.pdf", paper.paper_pdf, name="paper_pdf"),
    path("ateliers/<int:workshop>/photos/", photos.photos, name="photos"),
    path("ateliers/<int:workshop>/photos/<uuid:photo>/", photos.photo, name="photo"),
    path("ateliers/<int:workshop>/photos/<uuid:photo>/date/", photos.change_photo_date, name="change_photo_date"),
    path("ateliers/<int:workshop>/photos/<uuid:photo>/effacer/", photos.erase_photo, name="erase_photo"),
    path("ateliers/<int:workshop>/voix/", recordings.recordings, name="recordings"),
    path("ateliers/<int:workshop>/voix/<uuid:recording>/", recordings.team_recording, name="team_recording"),
    path("ateliers/<int:workshop>/voix/<uuid:recording>/effacer/", recordings.delete_recording, name="delete_recording"),
    path("saisie/photos/", photos.entry_photos, name="entry_photos"),
]
