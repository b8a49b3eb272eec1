"""Reference data in and out: one module per format."""
