"""Pages of voices: find what I may see, make one call, answer. One file a subject."""
