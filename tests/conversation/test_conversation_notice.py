"""What platforms' sentences say, in both languages; and the names that addresses hold."""

import pytest

from sopgen.conversation.event import ACTIONS, EVENTS, happening_of
from sopgen.conversation.link import file_named_by
from sopgen.conversation.model import Kind, Message, Role
from sopgen.conversation.notice import Notice, read_notice

SENTENCES = {
    "Conversation was marked resolved by Rina": Notice(event="close"),
    "Percakapan ditandai selesai oleh Rina": Notice(event="close"),
    "Percakapan ditandai terselesaikan oleh sistem karena tidak ada aktifitas": Notice(event="close"),
    "Conversation was reopened by Budi": Notice(event="other", action="reopened"),
    "Percakapan telah dibuka kembali oleh Budi": Notice(event="other", action="reopened"),
    "Conversation was marked open by system due to an error": Notice(event="other", action="reopened"),
    "Assigned to Rina by Doni": Notice(event="assign"),
    "Chat assigned to Rina because Dewi left": Notice(event="assign"),
    "Rina self-assigned this conversation": Notice(event="assign"),
    "Ditugaskan ke Rina oleh Doni": Notice(event="assign"),
    "Percakapan dialihkan ke Finance": Notice(event="assign", action="transferred"),
    "diteruskan ke Tim Dokumen": Notice(event="assign", action="transferred"),
    "transferred: Tim Dokumen": Notice(event="assign", action="transferred"),
    "blocked customer": Notice(event="other", action="blocked"),
    "Pelanggan dibisukan oleh Rina": Notice(event="other", action="blocked"),
    "Kartu pelanggan diblokir oleh Rina": Notice(event="other"),
    "blocked the card": Notice(event="other"),
    "conversation timed out": Notice(event="close"),
    "auto-closed: inactivity": Notice(event="close"),
    "Conversation unassigned by Doni": Notice(event="other"),
    "Dewi joined this conversation": Notice(event="join"),
    "Dewi bergabung": Notice(event="join"),
    "Dewi left the chat": Notice(event="leave"),
    "Budi rated the chat as good": Notice(event="rating"),
    "Auto-resolve message not sent due to outgoing message restrictions": Notice(event="other"),
    "Rina menambahkan vip": Notice(event="other"),
    "Disclosed the assignment-like words": Notice(event="other"),
    "": Notice(event="other"),
    "resolved " * 100: Notice(event="other"),
}


@pytest.mark.parametrize("sentence", SENTENCES)
def test_a_sentence_tells_what_happened(sentence: str) -> None:
    """The event and the action are those that the words name; a long text is no notice."""
    notice = read_notice(sentence)
    assert notice == SENTENCES[sentence]
    assert notice.event in EVENTS
    assert notice.action in ACTIONS | {""}


@pytest.mark.parametrize(
    ("details", "text", "happens"),
    [
        ({}, "blocked", "blocked"),
        ({}, "blocked user budi_88", "blocked"),
        ({"note_id": 7}, "auto-closed: inactivity", "closed"),
        ({"event": "other"}, "blocked user budi_88", "blocked user budi_88"),
        ({"event": "close"}, "Rina ended it", "closed"),
        ({}, "Doni memblokir pelanggan", "blocked"),
        ({}, "Pelanggan dibisukan oleh Rina", "blocked"),
        ({}, "transferred: Tim Dokumen", "transferred"),
        ({}, "chat diteruskan ke Nadia", "transferred"),
        ({}, "conversation timed out", "closed"),
        ({}, "assigned to Yoga", "assigned"),
        *(
            ({}, text, text)
            for text in (
                "Pesanan dibatalkan oleh sistem",
                "Doni memblokir ATM pelanggan",
                "PIN diblokir",
                "m-banking pelanggan diblokir",
                "spam link blocked",
                "Notifications muted by Doni",
                "Doni ended the voice call",
                "Payment timed out",
                "SLA: not resolved yet",
                "Survey sent: was your issue resolved?",
                "Tiket belum ditutup",
                "Priority escalated to High",
            )
        ),
    ],
)
def test_an_event_may_be_told_in_a_sentence(details: dict[str, object], text: str, happens: str) -> None:
    """Where nothing names the event, its own words do; what an importer named stands."""
    message = Message(
        id="1", at=None, role=Role.AGENT, author=None, text=text, kind=Kind.EVENT, details=details
    )
    assert happening_of(message) == happens


@pytest.mark.parametrize(
    ("url", "named"),
    [
        ("https://x.test/a/foto%20satu.jpg?sig=1#top", "foto satu.jpg"),
        ("https://x.test/a/", "a"),
        ("berkas.pdf", "berkas.pdf"),
        ("", ""),
    ],
)
def test_an_address_names_a_file(url: str, named: str) -> None:
    """The last part of the path, without query, fragment and percent signs."""
    assert file_named_by(url) == named
