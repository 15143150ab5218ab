"""The versions of an SOP from a text: `=== 1.0, effective 2026-01-01`, then `=== draft`."""

import re
from datetime import UTC, date, datetime

from sopgen.base.diagnostic import Diagnostic
from sopgen.sop.model import Category, Edition, Release, Sop, SopHistory
from sopgen.sop.reader import read_sop

HEAD = """---
id: cs-contoh
title: Pelayanan
language: id
owner: Kepala Layanan
approver: Direktur Operasional
review_every: 90d
---
"""
_PART = re.compile(
    r"^=== (?P<version>[^\n,]+)(?:, (?:effective|looked over on) (?P<day>\S+))?\n", re.MULTILINE
)


def versions_of(text: str) -> tuple[SopHistory, datetime | None]:
    """Return the history that the text sets out, and the day on which its draft is looked over."""
    parts = _PART.split(text)[1:]
    editions, draft, looked = [], None, None
    for version, day, body in zip(parts[::3], parts[1::3], parts[2::3], strict=True):
        instant = datetime.fromisoformat(day).replace(tzinfo=UTC) if day else None
        if version == "draft":
            draft, looked = _sop(body), instant
        else:
            assert instant is not None
            editions.append(Edition(release=_release(version, instant), sop=_sop(body)))
    return SopHistory(draft=draft, editions=tuple(editions)), looked


def _sop(body: str) -> Sop:
    flaws: list[Diagnostic] = []
    sop = read_sop(HEAD + body, file="sop.md", report=flaws.append)
    assert sop is not None, flaws
    return sop


def _release(version: str, effective: datetime) -> Release:
    return Release(
        version=version,
        category=Category.SUBSTANTIVE,
        effective=effective,
        approved_by="Direktur Operasional",
        approved_on=date(2026, 1, 1),
        summary="Terbitan",
        source_sha256="",
        pdf_sha256="",
    )
