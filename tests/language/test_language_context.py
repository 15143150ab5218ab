"""Chances in context: exact, within their own conversation, better informed than a message alone."""

from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from sopgen.base.errors import PackError
from sopgen.compliance.pack import default_pack_folder, load_pack
from sopgen.language import context_training
from sopgen.language.context import (
    ROLES,
    WEIGHT_STEPS,
    WINDOW,
    ContextWeights,
    Correction,
    Numbers,
    Talk,
    features_of,
    read_context,
    reconsidered,
    write_context,
)
from sopgen.language.context_training import lesson_of, train_context
from sopgen.language.labelled import Line
from sopgen.language.predictors import read_models

UNITS = 5
LABELS = {"agent": ("answer", "emotional"), "customer": ("complaint",)}
TALKS = st.lists(
    st.lists(st.tuples(st.sampled_from(ROLES), st.floats(0, 1)), min_size=1, max_size=12), max_size=5
)


def talk_of(talks: list[list[tuple[str, float]]]) -> Talk:
    """Return the talks laid out, the same chance for all labels of a message."""
    said = [(number, role, chance) for number, each in enumerate(talks) for role, chance in each]
    return Talk(
        conversations=np.array([number for number, _, _ in said], np.intp),
        places={
            role: np.array([at for at, each in enumerate(said) if each[1] == role], np.intp) for role in ROLES
        },
        chances={
            role: np.array(
                [[chance] * len(LABELS[role]) for _, each, chance in said if each == role]
            ).reshape(-1, len(LABELS[role]))
            for role in ROLES
        },
    )


@pytest.fixture(scope="module")
def weights() -> ContextWeights:
    """Return weights of any kind."""
    random = np.random.default_rng(1)

    def some(*shape: int) -> Numbers:
        steps: Numbers = np.rint(random.normal(size=shape) * WEIGHT_STEPS) / WEIGHT_STEPS
        return steps

    def correction(role: str) -> Correction:
        features = features_of(talk_of([[(role, 0.5)]]))[role].shape[1]
        labels = len(LABELS[role])
        return Correction(
            labels=LABELS[role],
            weights=some(features, labels),
            bias=np.full(labels, -0.25),
            slope=np.full(labels, 1.5),
            inner=some(features, UNITS),
            inner_bias=some(UNITS),
            outer=some(UNITS, labels),
        )

    return {role: correction(role) for role in ROLES}


@given(talks=TALKS)
def test_company_changes_no_chance(weights: ContextWeights, talks: list[list[tuple[str, float]]]) -> None:
    """Many conversations at once give the same chances, to the last bit, as each by itself."""
    together = reconsidered(talk_of(talks), weights)
    alone = [reconsidered(talk_of([each]), weights) for each in talks]
    for role in ROLES:
        expected = [each[role] for each in alone] or [np.zeros((0, len(LABELS[role])))]
        assert together[role].tobytes() == np.concatenate(expected).tobytes()


def test_only_what_is_near_counts(weights: ContextWeights) -> None:
    """A message beyond the window of both parties changes nothing; the last one within it does."""
    talks = [("agent", 0.9)] + [("customer", 0.5), ("agent", 0.5)] * (WINDOW + 1)
    changed = [("agent", 0.1), *talks[1:]]
    before, after = (reconsidered(talk_of([each]), weights)["agent"] for each in (talks, changed))
    assert (before[-1] == after[-1]).all()
    assert (before[WINDOW] != after[WINDOW]).any()


def test_weights_come_back_as_they_were_written(weights: ContextWeights, tmp_path: Path) -> None:
    """Writing rounds nothing away, and the same model gives the same bytes."""
    paths = [tmp_path / "one.npz", tmp_path / "two.npz"]
    for path in paths:
        write_context(weights, path)
    read = read_context(paths[0])
    assert paths[0].read_bytes() == paths[1].read_bytes()
    for role in ROLES:
        assert read[role].labels == weights[role].labels
        for part in ("weights", "bias", "slope", "inner", "inner_bias", "outer"):
            assert (getattr(read[role], part) == getattr(weights[role], part)).all()


def test_a_damaged_file_is_named(tmp_path: Path) -> None:
    """What is no model is told with its place."""
    (tmp_path / "context.npz").write_bytes(b"PK")
    with pytest.raises(PackError, match=r"context\.npz") as raised:
        read_context(tmp_path / "context.npz")
    assert raised.value.code == "MDL101"


def test_other_models_are_refused(tmp_path: Path, weights: ContextWeights) -> None:
    """A correction weighs the labels of the models beside it; others would be weighed wrongly in silence."""
    folder = tmp_path / "model"
    folder.mkdir()
    for role in ROLES:
        (folder / f"{role}.npz").write_bytes((default_pack_folder() / "model" / f"{role}.npz").read_bytes())
    write_context(weights, folder / "context.npz")
    models = read_models([tmp_path], thorough=False)
    assert models.context is not None
    with pytest.raises(PackError) as raised:
        models.context()(talk_of([[("agent", 0.5)]]), {"agent": ("answer",), "customer": ("complaint",)})
    assert raised.value.code == "MDL108"


def test_a_model_of_ones_own_has_no_context_of_others(tmp_path: Path) -> None:
    """Where a project brings the model of one role, the correction for the default's is left out."""
    (tmp_path / "model").mkdir()
    own = (default_pack_folder() / "model" / "agent.npz").read_bytes()
    (tmp_path / "model" / "agent.npz").write_bytes(own)
    assert read_models([default_pack_folder(), tmp_path], thorough=False).context is None
    assert read_models([default_pack_folder()], thorough=False).context is not None


def line(role: str, number: int, position: int, *labels: str) -> Line:
    """Return a message of a conversation."""
    return Line(
        role=role,
        before="",
        text=f"{number}.{position}",
        labels=frozenset(labels),
        asked=frozenset(LABELS[role]),
        group=str(number),
        conversation=str(number),
        position=position,
    )


def test_what_follows_tells_what_was_meant() -> None:
    """A model that cannot tell mockery by itself learns that complaints follow it."""
    random = np.random.default_rng(2)
    mocked = [number % 2 == 0 for number in range(200)]
    agents = [
        line("agent", at, 0, *(["emotional"] if mock else ["answer"])) for at, mock in enumerate(mocked)
    ]
    customers = [line("customer", at, 1, *(["complaint"] if mock else [])) for at, mock in enumerate(mocked)]
    told = np.array([[0.9 if mock else 0.1] for mock in mocked])
    lessons = {
        "agent": lesson_of(agents, LABELS["agent"], random.uniform(0.4, 0.6, size=(200, 2))),
        "customer": lesson_of(customers, LABELS["customer"], told),
    }
    context, unseen = train_context(lessons)
    right = (unseen["agent"][:, 1] > 0.5) == np.array(mocked)
    alone = (lessons["agent"].chances[:, 1] > 0.5) == np.array(mocked)
    assert right.mean() > 0.95
    assert alone.mean() < 0.65
    again, _ = train_context(lessons)
    assert all((again[role].weights == context[role].weights).all() for role in ROLES)
    assert all((again[role].outer == context[role].outer).all() for role in ROLES)


def test_the_pack_hears_conversations_alike_alone_and_together() -> None:
    """What was prepared together is what is heard by itself, hits and chances."""
    said = [
        [("customer", "barang saya pecah min", ""), ("agent", "baca dulu dong kak", "barang saya pecah min")],
        [("agent", "Selamat pagi kak", ""), ("customer", "pagi", "Selamat pagi kak")],
    ]
    together, alone = (load_pack([default_pack_folder()], print).recognise for _ in range(2))
    together.prepare(said)
    for each in said:
        for one, other in zip(together.hear(each), alone.hear(each), strict=True):
            assert one.hits == other.hits
            assert dict(one.chances) == dict(other.chances)


def test_one_conversation_corrects_nothing_and_breaks_nothing() -> None:
    """Where all that a role said lies in one fold, the others learn from nothing."""
    lessons = {
        "agent": lesson_of([line("agent", 1, 0, "answer")], LABELS["agent"], np.array([[0.7, 0.2]])),
        "customer": lesson_of([line("customer", 1, 1)], LABELS["customer"], np.array([[0.4]])),
    }
    context, unseen = train_context(lessons)
    assert unseen["agent"][0] == pytest.approx([0.7, 0.2], abs=0.01)
    assert all(np.isfinite(context[role].weights).all() for role in ROLES)


def test_gradients_are_those_of_the_surprise(monkeypatch: pytest.MonkeyPatch) -> None:
    """They are what differences of the surprise show; what nobody asked about moves nothing."""
    monkeypatch.setattr(context_training, "kept", lambda _, shape, __: np.ones(shape))
    random = np.random.default_rng(3)
    shapes = {
        "weights": (4, 2),
        "bias": (2,),
        "slope": (2,),
        "inner": (4, 3),
        "inner_bias": (3,),
        "outer": (3, 2),
    }
    parts = {name: random.normal(size=shape) for name, shape in shapes.items()}
    truth = random.integers(2, size=(6, 2)).astype(np.float64)
    asked = np.array([[1, 1]] * 5 + [[1, 0]], np.float64)
    seen, odds = random.normal(size=(6, 4)), random.normal(size=(6, 2))

    def course(asked: Numbers) -> context_training._Course:
        return context_training._Course(seen=seen, odds=odds, truth=truth, asked=asked)  # type: ignore[arg-type]

    def surprise() -> float:
        units = np.maximum(seen @ parts["inner"] + parts["inner_bias"], 0)
        scores = (
            seen @ parts["weights"] + parts["bias"] + odds * (1 + parts["slope"]) + units @ parts["outer"]
        )
        return float((asked * (np.logaddexp(0, scores) - truth * scores)).sum() / asked.sum())

    found = context_training._gradients(parts, course(asked), random)  # type: ignore[arg-type]
    for name, part in parts.items():
        for place in np.ndindex(part.shape):
            kept = part[place]
            part[place] = kept + 1e-6
            more = surprise()
            part[place] = kept - 1e-6
            assert found[name][place] == pytest.approx((more - surprise()) / 2e-6, abs=1e-6)
            part[place] = kept
    nothing = context_training._gradients(parts, course(np.zeros_like(asked)), random)  # type: ignore[arg-type]
    assert not any(gradient.any() for gradient in nothing.values())


def test_a_thorough_check_knows_that_it_is_one() -> None:
    """The limits of acts hang on it."""
    assert read_models([default_pack_folder()], thorough=True).deepen is not None
    assert read_models([default_pack_folder()], thorough=False).deepen is None
