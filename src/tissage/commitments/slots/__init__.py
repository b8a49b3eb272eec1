"""What this app shows on pages upstream, a file a part of the work; `config/slots.py` names each."""
