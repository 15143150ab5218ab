"""What a finding is known by over runs: one conversation that departs from one clause by the same words.

A new export of the same chats, a rerun, and a new version of the SOP keep it; so do other message ids and
other places of the words. Other words are another finding.
"""

import hashlib
import re

from sopgen.runs.finding import TEXT_LENGTH, Finding

FINGERPRINT = re.compile(r"[0-9a-f]{12}")
"""48 bits: of 560 projects with a million findings each, one has a pair that shares one (n²/2N; our decision,
2026-11-22)."""


def fingerprint_of(finding: Finding) -> str:
    """Return the fingerprint, 12 hexadecimal digits."""
    judgement = finding.judgement
    words = (" ".join(each.text[:TEXT_LENGTH].casefold().split()) for each in judgement.evidence)
    told = (judgement.conversation, judgement.sop, judgement.clause, judgement.check, *words)
    return hashlib.blake2b("\0".join(told).encode("utf-8", "replace"), digest_size=6).hexdigest()
