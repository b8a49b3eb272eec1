"""REFI-QDA projects (`.qdpx`, QDA-XML 1.0) out and in: what NVivo, MAXQDA, ATLAS.ti, QualCoder and others exchange.

A project is an archive: `project.qde` (users, codebook, sources, selections, codings) and the plain text of each source. Here a source
is a group, a selection is a criterion, a coding is the code that somebody gave it. Standard: https://www.qdasoftware.org.
"""
