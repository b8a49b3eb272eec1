"""Files in and out of the network: documents that stand behind an act."""
