"""Tables of frozen years, issued documents, votes and readers' links."""

from .readers import ReaderComment, ReaderLink
from .reports import Deliberation, FrozenYear, Report, ReportFile, WordTemplate

__all__ = ["Deliberation", "FrozenYear", "ReaderComment", "ReaderLink", "Report", "ReportFile", "WordTemplate"]
