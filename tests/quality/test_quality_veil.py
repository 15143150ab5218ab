"""What people see of personal data: pseudonyms that hold, ids that tell nobody, a record of every look."""

import json
import re
import stat
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime
from pathlib import Path
from threading import Event

import duckdb
import pytest
from hypothesis import given
from hypothesis import strategies as st

from sopgen.base.errors import StorageError, UsageError
from sopgen.quality.codes import CODES
from sopgen.quality.mask import _initials, _names, _parts, _wholes, mask_data, mask_for
from sopgen.quality.pseudonym import ALPHABET, KEY, PRIVATE, project_key, pseudonym
from sopgen.quality.unmasking import Unmasking, altered_lines, record_unmasking
from sopgen.quality.veil import Veil, out_of, project_veil, secrets_recorded
from sopgen.quality.veiled_results import veiled

KEY_ONE, KEY_TWO = b"1" * 32, b"2" * 32
VEIL = Veil(key=KEY_ONE)
NOON = datetime(2026, 11, 22, 12, tzinfo=UTC)


def test_a_customer_has_one_pseudonym_however_the_name_is_written() -> None:
    """Case, blanks and the form of a number make no other person; another name does."""
    assert VEIL.person("Budi Santoso") == VEIL.person(" budi  SANTOSO")
    assert VEIL.person("+62 812-3456-7890") == VEIL.person("081234567890") == VEIL.person("6281234567890")
    assert VEIL.person("Budi Santosa") != VEIL.person("Budi Santoso")
    assert VEIL.person("Budi Santoso").startswith("Pelanggan ")
    assert Veil(key=KEY_ONE, language="en").person("Budi").startswith("Customer ")


@pytest.mark.parametrize("id_", ["K-17", "Budi Santoso#20240820T073000Z", "budi_2024", "Siti"])
@pytest.mark.parametrize("channel", ["livechat", "instagram"])
def test_every_way_in_which_an_id_is_shown_is_known(id_: str, channel: str) -> None:
    """An erasure finds lines by them, whichever way they were written."""
    assert VEIL.identifier(id_, channel=channel, names=("Budi Santoso",)) in VEIL.forms(id_)
    assert id_ in VEIL.forms(id_)


def test_a_word_for_anyone_is_nobodys_name() -> None:
    """Who writes as "Pelanggan", or under no name, has no pseudonym: all of them would seem one person."""
    assert VEIL.person("Pelanggan") == VEIL.person("") == VEIL.person(" guest ") == "Pelanggan"


def test_another_secret_gives_other_pseudonyms() -> None:
    """So nobody without the secret can try all names."""
    assert pseudonym(KEY_ONE, "person", "Budi") != pseudonym(KEY_TWO, "person", "Budi")
    assert pseudonym(KEY_ONE, "person", "Budi") != pseudonym(KEY_ONE, "chat", "Budi")


def test_twenty_thousand_customers_share_no_pseudonym() -> None:
    """Eight signs are enough for a month of customers."""
    names = {pseudonym(KEY_ONE, "person", f"Customer {number}") for number in range(20_000)}
    assert len(names) == 20_000
    assert all(len(name) == 9 and name[4] == "-" for name in names)


@pytest.mark.parametrize(
    ("identifier", "channel"),
    [
        ("C-2026-001", "livechat"),
        ("5113b80b", "whatsapp"),
        ("1905692", "whatsapp"),
        ("C1#20240820T072900Z", ""),
    ],
)
def test_an_id_that_tells_nobody_stays(identifier: str, channel: str) -> None:
    """People look cases up by it."""
    assert VEIL.identifier(identifier, channel=channel) == identifier


@pytest.mark.parametrize(
    ("identifier", "channel"),
    [
        ("Budi Santoso", "whatsapp"),
        ("+62 812-3456-7890", "whatsapp"),
        ("budi@toko.example", "email"),
        ("inbox/ayulestari_123", "messenger"),
        ("Rina", "telegram"),
    ],
)
def test_an_id_that_is_somebody_becomes_a_pseudonym(identifier: str, channel: str) -> None:
    """With the session of a thread kept, so that its sessions are seen to belong together."""
    shown = VEIL.identifier(identifier, channel=channel)
    session = VEIL.identifier(f"{identifier}#20240820T073000Z", channel=channel)
    assert session == f"{shown}#20240820T073000Z"
    assert not any(part in shown for part in ("Budi", "3456", "budi", "ayu", "Rina"))


def test_an_id_with_a_customers_name_in_it_becomes_a_pseudonym() -> None:
    """Where the chat tells the name, also beside digits."""
    assert "Ana" not in VEIL.identifier("Ana 2", channel="whatsapp", names=("Ana",))


def test_an_open_veil_shows_what_was_said() -> None:
    """Nothing is changed then."""
    veil = Veil(key=KEY_ONE, open=True)
    assert veil.text("hubungi 081234567890", ("Budi",)) == "hubungi 081234567890"
    assert veil.person("Budi") == veil.identifier("Budi", channel="whatsapp") == "Budi"
    assert veil.place("a/Chat WhatsApp dengan Budi.txt") == "a/Chat WhatsApp dengan Budi.txt"


@given(st.text(max_size=60))
def test_a_pseudonym_has_one_form(name: str) -> None:
    """Whatever people call themselves, half characters included."""
    assert re.fullmatch(f"[{ALPHABET}]{{4}}-[{ALPHABET}]{{4}}", pseudonym(KEY_ONE, "person", name))


def test_the_secret_is_its_owners_and_stays(tmp_path: Path) -> None:
    """The second call reads what the first one made; nobody else may read it, and git takes no note of it."""
    key = project_key(tmp_path)
    path = tmp_path / PRIVATE / KEY
    assert project_key(tmp_path) == key
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert stat.S_IMODE(path.parent.stat().st_mode) == 0o700
    assert (path.parent / ".gitignore").read_text(encoding="ascii") == "*\n"
    assert sorted(each.name for each in path.parent.iterdir()) == [".gitignore", KEY]


def test_a_secret_open_to_others_is_closed(tmp_path: Path) -> None:
    """A copy from a backup often has other rights."""
    project_key(tmp_path)
    path = tmp_path / PRIVATE / KEY
    path.chmod(0o644)
    project_key(tmp_path)
    assert stat.S_IMODE(path.stat().st_mode) == 0o600


def test_two_runs_at_once_make_one_secret(tmp_path: Path) -> None:
    """Whoever comes first wins, and the others take theirs."""
    with ThreadPoolExecutor(8) as pool:
        keys = set(pool.map(project_key, [tmp_path] * 16))
    assert len(keys) == 1


def test_a_damaged_secret_is_not_replaced(tmp_path: Path) -> None:
    """New pseudonyms in silence would break every case that is being followed."""
    project_key(tmp_path)
    (tmp_path / PRIVATE / KEY).write_bytes(b"short")
    with pytest.raises(StorageError) as refusal:
        project_key(tmp_path)
    assert refusal.value.code == "MSK101"


def test_reports_of_one_project_share_the_secret(tmp_path: Path) -> None:
    """Each run's folder leads to the same output folder."""
    assert out_of(tmp_path / "runs" / "a") == tmp_path == out_of(tmp_path / "a")
    one, other = (project_veil(out_of(tmp_path / "runs" / name)) for name in "ab")
    assert one.person("Budi") == other.person("Budi")


def unmasked(reason: str) -> Unmasking:
    return Unmasking(at=NOON, who="rina", what="report of run demo", reason=reason)


def test_every_look_is_recorded_in_a_chain(tmp_path: Path) -> None:
    """Lines are added; an altered or missing one shows at the line after it."""
    for number in range(4):
        log = record_unmasking(tmp_path, unmasked(f"customer asked, ticket {number}"))
    lines = log.read_bytes().splitlines(keepends=True)
    assert len(lines) == 4
    assert b'"who":"rina"' in lines[0]
    assert b"2026-11-22T12:00:00+00:00" in lines[0]
    assert stat.S_IMODE(log.stat().st_mode) == 0o600
    assert list(altered_lines(log)) == []
    log.write_bytes(lines[0] + lines[2] + lines[3])
    assert list(altered_lines(log)) == [2]


def test_a_reason_says_something(tmp_path: Path) -> None:
    """The catalogue's snippets: one is refused and leaves no record, the other is taken."""
    entry = next(each for each in CODES if each.code == "MSK102")
    refused, taken = (each.partition("--reason ")[2].strip('"') for each in (entry.breaks, entry.keeps))
    with pytest.raises(UsageError) as refusal:
        record_unmasking(tmp_path, unmasked(refused))
    assert refusal.value.code == "MSK102"
    assert not (tmp_path / PRIVATE).exists()
    assert record_unmasking(tmp_path, unmasked(taken)).is_file()


def test_what_cannot_be_recorded_is_not_shown(tmp_path: Path) -> None:
    """A place that takes no line ends the call."""
    (tmp_path / PRIVATE).write_text("a file where the folder should be", encoding="utf-8")
    with pytest.raises(StorageError):
        record_unmasking(tmp_path, unmasked("customer asked, ticket 1"))


LETTERS = st.text(alphabet="aAiI\u0130\u0131sS\u017f\u00df\u1e9ekK\u212a\u00b5\u03bc -.", max_size=12)


@given(st.lists(LETTERS, min_size=1, max_size=3), st.lists(LETTERS, max_size=6), st.data())
def test_a_pattern_that_is_not_made_would_have_found_nothing(
    names: list[str], words: list[str], data: st.DataObject
) -> None:
    """Whatever case a name is written in, a text that holds it is masked as by the pattern itself."""
    written = [data.draw(st.sampled_from((name, name.upper(), name.lower(), name.title()))) for name in names]
    text = " ".join((*words, *written))
    customers = tuple(names)
    made = _names(_wholes(customers), _parts(customers)) if _wholes(customers) else None
    expected = made.sub(_initials, mask_data(text)) if made else mask_data(text)
    assert mask_for(customers)(text) == expected


def test_stored_evidence_hides_what_answers_who_asks_for_a_secret() -> None:
    """The words of a finding are shown alone; the messages stored with them tell what a code is."""
    said = [("agent", "Boleh sebutkan kode OTP-nya?"), ("customer", "883120")]
    context = json.dumps([{"role": role, "author": "", "text": text} for role, text in said])
    with duckdb.connect() as connection:
        veiled(VEIL, Event()).prepare(connection)
        shown = connection.execute(
            "SELECT shown_evidence(['883120'], [], $context), shown_context($context, [])",
            {"context": context},
        ).fetchone()
    assert shown is not None
    assert shown[0] == ["••••••"]
    assert [each["text"] for each in json.loads(shown[1])] == ["Boleh sebutkan kode OTP-nya?", "••••••"]
    assert secrets_recorded(context) == ("883120",)
    assert secrets_recorded(None) == ()


def test_secrets_with_signs_of_patterns_are_hidden_as_they_stand() -> None:
    """Nothing of a secret is a pattern, and no part of another word is one."""
    veil = VEIL.mask((), ("R00t#k.pi(", "1234"))
    assert veil("R00t#k.pi( dan R00t#kXpi( atau 1234, 12345") == "•••••••••• dan R00t#kXpi( atau ••••, 12345"
    assert VEIL.text("halo Kak Budi, 1234", (), ("1234",)) == "halo Kak B•••, ••••"
