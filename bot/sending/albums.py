"""Attachments grouped into albums as the Bot API takes them."""

from collections.abc import Sequence
from itertools import groupby

from bot.documents.paper import Paper

ALBUM_LIMIT = 10


def albums(papers: Sequence[Paper]) -> list[list[Paper]]:
    """Groups of ten at most, pictures and documents apart; the first paper stays the first."""
    apart = sorted(papers, key=lambda paper: paper.is_picture != papers[0].is_picture)
    alike = [list(group) for _, group in groupby(apart, lambda paper: paper.is_picture)]
    return [
        group[at : at + ALBUM_LIMIT] for group in alike for at in range(0, len(group), ALBUM_LIMIT)
    ]
