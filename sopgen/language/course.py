"""What a label is learnt from: labelled lines, their sentences, and what a teacher makes of both.

What a whole message does not do, its sentences hardly do: each is a further example. How true a label is of a
line is said by people and, where there is one, by a teacher (`teacher`), who alone says which sentences of a
message do what it does. Of a tone people alone say so.
"""

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
from numpy.typing import NDArray

from sopgen.language.encoder import Heard
from sopgen.language.feature import (
    BUCKETS,
    CONTEXT_LENGTH,
    CONTEXT_WEIGHT,
    Utterance,
    bucket_of,
    fact_names,
    links_of,
    share_of,
    tokens_of,
    word_features,
)
from sopgen.language.labelled import Line
from sopgen.language.teacher import Teach, heard_lines

Hear = Callable[[Line], Utterance]
"""How a labelled line reaches the model: with what cues find in it."""

CONVERSATION_WEIGHT = 2.0
"""How much more a message of a conversation counts than a line by itself: such lines hold far more of what is
rare, conversations hold it as chats do (chosen by cross-validation of two labels, 2026-11-23)."""

SENTENCE_WEIGHT = 0.5
"""What a sentence counts of a message that has several (as above, over 0, 0.25, 0.5 and 1)."""

OF_THE_WHOLE = frozenset({"courtesy", "hold"})
"""Labels that say that a message does nothing else: a sentence may do so where the whole does not."""

OF_TONE = frozenset({"angry", "blame", "emotional"})
"""Labels for which the teacher's word is not taken: it hears more of a tone than people do.

With its word about sentences, the average precision on dialogues held back went from 0.68 to 0.62 for
emotional and from 0.83 to 0.80 for blame, but from 0.82 to 0.85 for result and from 0.911 to 0.918 for
pending. With its word about lines alone it rose, but findings of calm-tone on gold conversations were right
less often than without, at as many false alarms on real agents (2026-11-23; angry was not tried)."""

TAUGHT = 0.5
"""How far the teacher's word counts about lines, and about sentences of those that do not do something.

Of 0, 0.5 and 0.8, the average precision on dialogues held back was 0.906, 0.911 and 0.905 of block-threat,
0.962, 0.965 and 0.965 of report-back, 0.909, 0.911 and 0.907 of pending (2026-11-23)."""

CLEAR = 0.02
"""A case is learnt as what it surely is when the doubt is no larger than this (our decision, 2026-11-23)."""

LEAST_WORDS = 3
"""Words of a sentence; fewer are taken together with the next, if there is one."""

DECIMALS = 2
"""To which the teacher's chances are rounded, so that what processors reckon otherwise in further digits is
not learnt (our decision, 2026-11-23)."""

READ_AT_ONCE = 2_000
"""Messages that a teacher reads before `progress` is told of the next."""

_SENTENCES = re.compile(r"(?<=[.!?…])\s+|\n+|(?<=\w);\s")

Numbers = NDArray[np.float64]
Singles = NDArray[np.float32]
Flags = NDArray[np.bool_]
Places = NDArray[np.intp]


@dataclass(frozen=True, slots=True, kw_only=True)
class Material:
    """The lines of a role and their sentences: features, a row each, and a teacher's chances by label.

    `said` are the lines as they are heard, then the sentences. `line_of` names the line of each sentence,
    `counts` what each line counts, and `decided` the lines in which people decided about a finding.
    """

    lines: Sequence[Line]
    said: Sequence[Utterance]
    features: Any
    told: Mapping[str, Numbers]
    counts: Numbers
    decided: Flags
    sentences: Any
    sentences_told: Mapping[str, Numbers]
    line_of: Places


@dataclass(frozen=True, slots=True, kw_only=True)
class Course:
    """What one label is learnt from: examples, a row each; first the lines in which it was looked for.

    `asked` are these lines, and `truth` whether people gave it to them. Of each example, `line_of` says from
    which line it comes, `target` how true the label is of it (0 to 1), and `counts` what it counts.
    """

    asked: Places
    truth: Flags
    features: Any
    line_of: Places
    target: Numbers
    counts: Numbers

    def examples(self, lines: Places) -> tuple[Any, Flags, Numbers]:
        """Return features, answers and weights of what comes from these lines; an unclear case is both."""
        chosen = np.isin(self.line_of, lines)
        yes = np.flatnonzero(chosen & (self.target > CLEAR))
        no = np.flatnonzero(chosen & (self.target < 1 - CLEAR))
        weights = (self.counts[yes] * self.target[yes], self.counts[no] * (1 - self.target[no]))
        answers = np.repeat((True, False), (len(yes), len(no)))
        return self.features[np.concatenate((yes, no))], answers, np.concatenate(weights)


def gather(
    lines: Sequence[Line], role: str, hear: Hear, progress: Callable[[str], None], teach: Teach | None
) -> Material:
    """Return what there is to learn from about a role; a teacher also hears what others said around it."""
    chosen = [line for line in lines if line.role == role]
    cut = list(_cut(chosen))
    told: Mapping[str, Numbers] = {}
    sentences_told: Mapping[str, Numbers] = {}
    if teach:
        every = zip(lines, heard_lines(lines), strict=True)
        heard = [each for line, each in every if line.role == role]
        parts = [heard[number]._replace(text=sentence) for number, sentence in cut]
        told = _told(teach, role, heard, "lines", progress)
        sentences_told = _told(teach, role, parts, "sentences", progress)
    whole = [hear(line) for line in chosen]
    sentences = [hear(replace(chosen[number], text=sentence)) for number, sentence in cut]
    return Material(
        lines=chosen,
        said=[*whole, *sentences],
        features=_matrix(whole),
        told=told,
        counts=np.array([CONVERSATION_WEIGHT if line.conversation else 1.0 for line in chosen]),
        decided=np.array([bool(line.finding) for line in chosen]),
        sentences=_matrix(sentences),
        sentences_told=sentences_told,
        line_of=np.array([number for number, _ in cut], np.intp),
    )


def _told(
    teach: Teach, role: str, heard: Sequence[Heard], what: str, progress: Callable[[str], None]
) -> Mapping[str, Numbers]:
    """Return the chance of each label, one number a message; no label where there are no messages."""
    found = []
    for start in range(0, len(heard), READ_AT_ONCE):
        progress(f"{role}: the encoder reads {what}, {start} of {len(heard)} done")
        found.append(teach(role, heard[start : start + READ_AT_ONCE]))
    labels = found[0] if found else ()
    return {label: np.concatenate([part[label] for part in found]).round(DECIMALS) for label in labels}


def _cut(lines: Sequence[Line]) -> Iterator[tuple[int, str]]:
    """Yield the sentences of the lines that have several, each with the number of its line."""
    for number, line in enumerate(lines):
        sentences = sentences_of(line.text)
        if len(sentences) > 1:
            for sentence in sentences:
                yield number, sentence


def sentences_of(text: str) -> list[str]:
    """Return the sentences of a text, very short ones together with the next, if there is one."""
    found: list[str] = []
    for part in _SENTENCES.split(text):
        if found and len(found[-1].split()) < LEAST_WORDS:
            found[-1] = f"{found[-1]} {part}"
        elif part:
            found.append(part)
    return found


def course_of(label: str, material: Material) -> Course:
    """Return what a label is learnt from: the lines in which it was looked for, and sentences of them."""
    from scipy.sparse import vstack  # noqa: PLC0415

    answers = _answers(label, material)
    asked, rows = answers.asked, answers.sentences
    return Course(
        asked=asked,
        truth=answers.truth,
        features=vstack((material.features[asked], material.sentences[rows]), format="csr"),
        line_of=np.concatenate((asked, material.line_of[rows])),
        target=np.concatenate((answers.of_lines, answers.of_sentences)),
        counts=np.concatenate((material.counts[asked], np.full(len(rows), SENTENCE_WEIGHT))),
    )


def answers_of(labels: Sequence[str], material: Material) -> tuple[Singles, Singles]:
    """Return how true each label (columns) is of each line, then each sentence (rows), and what that counts.

    What is no example counts nothing.
    """
    lines = len(material.lines)
    shape = (len(material.said), len(labels))
    target, counts = np.zeros(shape, np.float32), np.zeros(shape, np.float32)
    for column, label in enumerate(labels):
        answers = _answers(label, material)
        target[answers.asked, column] = answers.of_lines
        counts[answers.asked, column] = material.counts[answers.asked]
        target[lines + answers.sentences, column] = answers.of_sentences
        counts[lines + answers.sentences, column] = SENTENCE_WEIGHT
    return target, counts


@dataclass(frozen=True, slots=True, kw_only=True)
class _Answers:
    """The lines in which a label was looked for, whether people gave it to them, and how true it is of them.

    `sentences` numbers the sentences that are examples of it, `of_sentences` says how true it is of those.
    """

    asked: Places
    truth: Flags
    of_lines: Numbers
    sentences: Places
    of_sentences: Numbers


def _answers(label: str, material: Material) -> _Answers:
    looked_for = np.array([label in line.asked for line in material.lines])
    truth = np.array([label in line.labels for line in material.lines])
    target = truth.astype(np.float64)
    if label in material.told and label not in OF_TONE:
        open_to_doubt = ~material.decided
        target[open_to_doubt] += TAUGHT * (material.told[label] - truth)[open_to_doubt]
    rows, of_sentences = _sentences(label, material, looked_for, truth)
    asked = np.flatnonzero(looked_for)
    return _Answers(
        asked=asked, truth=truth[asked], of_lines=target[asked], sentences=rows, of_sentences=of_sentences
    )


def _sentences(label: str, material: Material, looked_for: Flags, truth: Flags) -> tuple[Places, Numbers]:
    """Return which sentences are examples of a label, and how true it is of each."""
    of = material.line_of
    if label in OF_THE_WHOLE:
        return np.zeros(0, np.intp), np.zeros(0)
    if label in OF_TONE or label not in material.sentences_told:
        rows = np.flatnonzero(looked_for[of] & ~truth[of])
        return rows, np.zeros(len(rows))
    rows = np.flatnonzero(looked_for[of])
    share = np.where(truth, 1.0, np.where(material.decided, 0.0, TAUGHT))
    return rows, material.sentences_told[label][rows] * share[of[rows]]


def _matrix(utterances: Sequence[Utterance]) -> Any:
    """Return the sparse features, one row a message."""
    from scipy.sparse import csr_matrix  # noqa: PLC0415

    rows: list[int] = []
    columns: list[int] = []
    values: list[float] = []
    for row, utterance in enumerate(utterances):
        for bucket, weight in features_of(utterance):
            rows.append(row)
            columns.append(bucket)
            values.append(weight)
    return csr_matrix((values, (rows, columns)), shape=(len(utterances), BUCKETS))


def features_of(utterance: Utterance) -> Iterator[tuple[int, float]]:
    """Yield what a message is made of, as bucket and weight; a bucket may come again."""
    tokens = tokens_of(utterance.text)
    share = share_of(len(tokens))
    for token in tokens:
        yield from ((bucket, weight * share) for bucket, weight in word_features(token))
    yield from ((bucket_of(name), share) for name in links_of(tokens))
    context = tokens_of(utterance.before)[-CONTEXT_LENGTH:]
    yield from ((bucket_of(f"B{token}"), CONTEXT_WEIGHT * len(context) ** -0.5) for token in context)
    yield from ((bucket_of(name), weight) for name, weight in fact_names(utterance))
