"""Addresses of this app under a territory; one file a part of the work."""

from . import agreements, articles, board, bookings, figures, money, obligations, page_import, register, workbook

app_name = "plan"
urlpatterns = [
    *register.urlpatterns,
    *page_import.urlpatterns,
    *board.urlpatterns,
    *workbook.urlpatterns,
    *money.urlpatterns,
    *bookings.urlpatterns,
    *figures.urlpatterns,
    *articles.urlpatterns,
    *agreements.urlpatterns,
    *obligations.urlpatterns,
]
