"""Clauses as a page names them, with links into the manual at the version in force."""

from dataclasses import dataclass
from urllib.parse import quote

from sopgen.compliance.model import Judgement
from sopgen.quality.figure.clause import ClauseFacts
from sopgen.quality.page import ClauseName


@dataclass(frozen=True, slots=True, kw_only=True)
class Manual:
    """Where the manuals' site lies as seen from a page; "" when none was built."""

    url: str = ""

    def link(self, sop: str, version: str, clause: str) -> str:
        """Return the permanent address of a clause in one version, or "" without a site."""
        if not self.url:
            return ""
        sop, version, clause = (quote(part, safe="") for part in (sop, version, clause))
        return f"{self.url.rstrip('/')}/{sop}/{version}/index.html#{clause}"


def clause_of_facts(facts: ClauseFacts, manual: Manual) -> ClauseName:
    """Return a clause that was counted, as the newest version that judged has it."""
    key = facts.key
    return ClauseName(
        sop=key.sop,
        version=facts.version,
        clause=key.clause,
        number=facts.number,
        text=facts.text,
        language=facts.language,
        check=key.check,
        code=facts.code,
        severity=facts.severity,
        error_class=str(facts.error_class),
        link=manual.link(key.sop, facts.version, key.clause),
    )


def clause_of_judgement(judgement: Judgement, manual: Manual) -> ClauseName:
    """Return the clause that a finding departs from."""
    return ClauseName(
        sop=judgement.sop,
        version=judgement.version,
        clause=judgement.clause,
        number=judgement.clause_number,
        text=judgement.clause_text,
        language=judgement.language,
        check=judgement.check,
        code=judgement.code,
        severity=judgement.severity,
        error_class=str(judgement.error_class),
        link=manual.link(judgement.sop, judgement.version, judgement.clause),
    )
