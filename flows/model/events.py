"""Events of the record, which name people, files and units by id only."""

from collections.abc import Mapping
from typing import Any, Literal, NamedTuple

from flows.model.empty import EMPTY

EventName = Literal[
    "PerintahIssued",
    "PerintahFinished",
    "PerintahReopened",
    "TugasOpened",
    "TugasFinished",
    "TugasReturned",
    "ReturnAsked",
    "TugasWithdrawn",
    "TugasUndone",
    "TugasMoved",
    "HindranceStated",
    "HindranceJudged",
    "HindranceEnded",
    "ExtensionAsked",
    "ExtensionJudged",
    "OutageCounted",
    "OutageDeclared",
    "PerintahStopped",
    "PerintahChanged",
    "RecordBegun",
    "ActRecorded",
    "ActDisputed",
    "PostGiven",
    "PostEnded",
    "DayAdded",
    "DayRemoved",
    "LimitsRecomputed",
    "InviteClaimed",
    "ProxyMarked",
    "ClaimRefused",
    "ConceptMade",
    "ConceptJudged",
    "TugasHeld",
    "ReceiptGiven",
    "ReminderSent",
    "MeetingRecorded",
    "MeetingCorrected",
    "ArchiveTaken",
    "RowsFilled",
    "DataFrozen",
    "FindingsMarked",
    "FindingJudged",
    "ObjectionRaised",
    "ObjectionAnswered",
    "UnitSkipped",
    "UnitCleared",
    "RekapCompiled",
    "RekapSuperseded",
    "RekapTaken",
    "ParafGiven",
    "SignatureGiven",
    "SignatureVoided",
    "SopApproved",
    "DocumentIssued",
    "PersonBound",
    "PersonUnbound",
    "PersonBlocked",
    "PersonReturned",
    "PersonErased",
    "BackupMade",
    "CodeRefused",
    "GroupBound",
    "GroupMigrated",
    "GroupLost",
    "StaffTaken",
    "IndicatorsTaken",
    "InvitesMade",
    "RowsSealed",
]


class Event(NamedTuple):
    """One fact of a chain: that of perintah `perintah_id`, or the office's own (None).

    `person_id` acted as `role` of `unit` under `mandate`: a Jenis, or "sistem".
    """

    name: EventName
    perintah_id: int | None = None
    tugas: str | None = None
    unit: str | None = None
    person_id: int | None = None
    role: str | None = None
    mandate: str = ""
    data: Mapping[str, Any] = EMPTY
