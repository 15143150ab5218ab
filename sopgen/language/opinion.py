"""The trained model's opinion where an act asks for it: hits that cues miss, and cues that misfire.

An act says in its file which label of the model it trusts, and how far (`act.ModelUse`).
"""

import functools
import math
import re
from collections.abc import Callable, Mapping

from sopgen.language.act import Act, ModelUse
from sopgen.language.linear import Predict
from sopgen.language.recognition import Hit, Recognition

Opinions = Mapping[str, tuple[tuple[str, ModelUse], ...]]
"""By the speaker's role, the acts that ask the model, and for what."""


def opinions_of(acts: Mapping[str, Act], roles: tuple[str, ...]) -> Opinions:
    """Return who asks for an opinion on whose messages."""
    return {
        role: tuple(
            (name, act.source.model)
            for name, act in sorted(acts.items())
            if act.source.model is not None and act.source.role in ("any", role)
        )
        for role in roles
    }


def weighed(
    recognition: Recognition,
    asked: tuple[tuple[str, ModelUse], ...],
    predict: Callable[[], dict[str, float]],
) -> Recognition:
    """Return the recognition with a hit on the whole text added, or cue hits taken back."""
    if not asked or not recognition.words or _FILE_NAME.fullmatch(recognition.text.strip()):
        return recognition
    known = predict()
    found = recognition.acts
    hits = recognition.hits
    chances = {}
    for act, use in asked:
        chance = known.get(use.label)
        if chance is None:
            continue  # the model does not know the label, so it has no opinion
        chances[act] = shifted(chance, use.accept)
        if act not in found:
            if chance >= use.accept:
                hits = (*hits, Hit(act, 0, len(recognition.text)))
        elif chance < use.veto:
            hits = tuple(each for each in hits if each.act != act)
        else:
            chances[act] = max(chances[act], EVEN)  # cues have the last word down to the veto
    return recognition.with_hits(hits, chances)


Predictors = Mapping[str, Predict]
"""The trained model of each role that has one."""


_FILE_NAME = re.compile(r"[\[(<][^\n]{0,200}[\])>]|[^\s]{1,200}\.[a-z]\w{1,4}")
"""What stands for a picture or a file without a caption: it says nothing."""

EVEN = 0.5


def shifted(chance: float, limit: float) -> float:
    """Return the chance in a world where `limit` means even odds.

    Limits are chosen where verdicts come out best, so that is where an act is as likely performed as not; the
    lines that taught the model hold far more of some acts than chats do (prior shift, Saerens et al., 2002).
    """
    return EVEN if chance == limit else _chance_of(_log_odds(chance) - _log_odds_of_limit(limit))


@functools.lru_cache(maxsize=1 << 10)
def _log_odds_of_limit(limit: float) -> float:
    return _log_odds(limit)


def _log_odds(chance: float) -> float:
    bounded = min(max(chance, 1e-6), 1 - 1e-6)
    return math.log(bounded / (1 - bounded))


def _chance_of(log_odds: float) -> float:
    return 1 / (1 + math.exp(-log_odds))
