"""Files in and out: one module per format; third-party readers and writers stay here."""
