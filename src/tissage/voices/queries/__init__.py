"""Reads of voices that cross tables. One file a subject."""
