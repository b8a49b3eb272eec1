"""Forms of voices: they clean what was typed, and nothing else. One file a subject."""
