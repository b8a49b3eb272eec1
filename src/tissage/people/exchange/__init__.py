"""Files out of this app."""
