"""Syntheses as data: CSV and JSON with their dictionary. Spreadsheets and documents are in `documents`."""
