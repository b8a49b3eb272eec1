"""Tables of asks, answers, commitments, evidence and assessments (`commitments.md` §8)."""

from .asks import Answer, Ask, AskCategory, AskSet, Contestant, Election, Sending
from .judgements import Assessment, AssessmentProposal, Completion, Scorecard, Verdict
from .promises import Commitment, CommitmentAction, CommitmentAsk, Evidence, EvidenceLink, LaterDecision, Milestone
from .spaces import Space, SpaceFile, SpaceMembership

__all__ = [
    "Answer",
    "Ask",
    "AskCategory",
    "AskSet",
    "Assessment",
    "AssessmentProposal",
    "Commitment",
    "CommitmentAction",
    "CommitmentAsk",
    "Completion",
    "Contestant",
    "Election",
    "Evidence",
    "EvidenceLink",
    "LaterDecision",
    "Milestone",
    "Scorecard",
    "Sending",
    "Space",
    "SpaceFile",
    "SpaceMembership",
    "Verdict",
]
