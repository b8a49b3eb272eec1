from django.urls import URLPattern, path

from tissage.plan.views import booking_imports, bookings, reconcile, split_rules

BOOKINGS, EXTRACTS, RULES = "<int:plan>/argent/ecritures/", "<int:plan>/argent/extraits/", "<int:plan>/argent/regles/"

urlpatterns: list[URLPattern] = [
    path(BOOKINGS, bookings.bookings, name="bookings"),
    path(BOOKINGS + "relier/", bookings.link_bookings, name="link_bookings"),
    path(BOOKINGS + "<int:booking>/", bookings.booking, name="booking"),
    path(BOOKINGS + "<int:booking>/defaire/", bookings.unsplit_booking, name="unsplit_booking"),
    path(BOOKINGS + "<int:booking>/ligne/", bookings.link_booking, name="link_booking"),
    path(EXTRACTS, booking_imports.booking_imports, name="booking_imports"),
    path(EXTRACTS + "nouveau/", booking_imports.create_booking_import, name="create_booking_import"),
    path(EXTRACTS + "<uuid:booking_import>/", booking_imports.booking_import, name="booking_import"),
    path(EXTRACTS + "<uuid:booking_import>/avancement/", booking_imports.booking_import_progress, name="booking_import_progress"),
    path(EXTRACTS + "<uuid:booking_import>/colonnes/", booking_imports.booking_columns, name="booking_columns"),
    path(EXTRACTS + "<uuid:booking_import>/appliquer/", booking_imports.apply_booking_import, name="apply_booking_import"),
    path(EXTRACTS + "<uuid:booking_import>/abandonner/", booking_imports.cancel_booking_import, name="cancel_booking_import"),
    path(RULES, split_rules.split_rules, name="split_rules"),
    path(RULES + "nouvelle/", split_rules.create_split_rule, name="create_split_rule"),
    path(RULES + "appliquer/", bookings.apply_split_rules, name="apply_split_rules"),
    path(RULES + "<int:split_rule>/", split_rules.split_rule, name="split_rule"),
    path(RULES + "<int:split_rule>/terminer/", split_rules.end_split_rule, name="end_split_rule"),
    path(RULES + "<int:split_rule>/defaire/", split_rules.undo_splits, name="undo_splits"),
    path("<int:plan>/argent/rapprochement/", reconcile.reconcile, name="reconcile"),
]
