"""What people noted of findings beside the SOPs, as an erasure meets it: the baseline, and decisions."""

from collections.abc import Collection
from dataclasses import dataclass
from pathlib import Path

from sopgen.cli.knowing import project_known
from sopgen.cli.screen.trouble import Gathered
from sopgen.quality.known import forget_lines, read_baseline
from sopgen.quality.veil import project_veil


@dataclass(frozen=True, slots=True, kw_only=True)
class ProjectNotes:
    """The notes of the project whose SOPs stand in `sops`, and which writes into `output`."""

    sops: Path
    output: Path

    def baseline(self, findings: Collection[str], conversations: Collection[str]) -> tuple[str, ...]:
        """Return those of the baseline that are among the findings, or of one of the conversations.

        A line names its conversation last, also where the run that it came from is gone.
        """
        lines = read_baseline(self.sops.parent, Gathered(quiet=True))
        if not lines:
            return ()
        veil = project_veil(self.output)
        shown = {" ".join(form.split()) for each in conversations for form in veil.forms(each)}
        return tuple(
            sorted(each for each, about in lines.items() if each in findings or _conversation(about) in shown)
        )

    def decisions(self, findings: Collection[str]) -> int:
        """Return about how many of the findings somebody decided."""
        return len(project_known(self.sops, Gathered(quiet=True)).dispositions.keys() & set(findings))

    def forget(self, findings: Collection[str]) -> None:
        """Take findings out of the baseline."""
        forget_lines(self.sops.parent, findings)


def _conversation(about: str) -> str:
    """Return the conversation that a line of the baseline is about, after its clause and check."""
    return " ".join(about.split()[2:])
