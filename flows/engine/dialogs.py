"""All dialogs by the name that drafts store."""

from collections.abc import Mapping

from flows.administration import days_off, indicators, outage_declared
from flows.deadlines import escalation, extension, hindrance
from flows.detours import objection, returning, skipping
from flows.dialogs.question import Dialog
from flows.enquiries import verification
from flows.filling import evidence, in_chat, sent_part, source_change
from flows.kinds import isi, perintah, putusan, rapat, rekap, sanggah, teruskan, verifikasi
from flows.orders import correcting, earlier_rekap, ordering, stopping
from flows.papers import sop_approval
from flows.staff import posts, recording, staff_lists

DIALOGS: Mapping[str, Dialog] = {
    dialog.name: dialog
    for dialog in (
        hindrance.HINDERED,
        escalation.HANDING,
        extension.DENYING,
        extension.EXTENDING,
        extension.GRANTING,
        ordering.DRAFTING,
        days_off.CALENDAR,
        outage_declared.DECLARING,
        posts.POSTING,
        sop_approval.RATIFYING,
        recording.DISPUTING,
        recording.RECORDING,
        staff_lists.STAFFING,
        recording.PROXYING,
        stopping.CHANGING,
        stopping.STOPPING,
        in_chat.CHANGE,
        in_chat.CHATFILL,
        sent_part.SENT,
        source_change.CHANGE_SOURCE,
        correcting.MARKING,
        earlier_rekap.LENDING,
        evidence.EVIDENCE,
        indicators.LISTING,
        isi.EXPLAINING,
        objection.OBJECTING,
        ordering.ORDERING,
        perintah.CLARIFYING,
        putusan.DECIDING,
        rapat.MEETING,
        rekap.ANALYSING,
        returning.RETURNING,
        returning.ASKING,
        sanggah.EXPLAINING,
        skipping.SKIPPING,
        teruskan.FORWARDING,
        verifikasi.REJECTING,
        verification.VERIFYING,
    )
}
