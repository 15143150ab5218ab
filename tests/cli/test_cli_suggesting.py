"""Checks are suggested for what clauses demand or forbid in plain words, and for nothing else."""

import pytest

from sopgen.cli.choice import pack_folders
from sopgen.cli.demand_words import DEMAND_WORDS
from sopgen.cli.suggesting import suggesting
from sopgen.compliance.pack import load_pack

MEANT = {
    "opening-greeting": (
        "Agen wajib menyapa pelanggan.",
        "Agents must greet the customer.",
        "Jangan lupa menyapa.",
    ),
    "ask-need": ("Tanyakan kebutuhannya bila belum disebutkan.", "Agents must ask how they can help."),
    "polite-closing": (
        "Wajib mengucapkan terima kasih dan salam penutup.",
        "Thank the customer and say goodbye.",
    ),
    "gratitude": ("Wajib berterima kasih kepada pelanggan.", "Thank the customer for the information."),
    "confirm-before-close": (
        "Wajib mengonfirmasi masalah selesai sebelum menutup chat.",
        "Sebelum menutup percakapan, pastikan masalahnya selesai.",
        "Jangan menutup chat sebelum pelanggan mengonfirmasi.",
        "Never close a chat before the customer confirms.",
    ),
    "no-secret-request": (
        "Dilarang meminta OTP.",
        "Agen tidak boleh menanyakan PIN, OTP, atau kata sandi.",
        "Agents must not request the customer's OTP.",
        "OTP and PIN must never be requested.",
    ),
    "calm-tone": ("Wajib menggunakan bahasa yang sopan.", "Agents must stay calm and use polite words."),
    "no-profanity": ("Dilarang berkata kasar.", "Do not swear."),
    "no-block-threat": ("Dilarang mengancam pelanggan.", "Never threaten the customer."),
    "no-arguing": ("Dilarang berdebat atau menyalahkan pelanggan.", "Agents must not argue with customers."),
    "no-personal-data-leak": (
        "Dilarang membagikan data pribadi pelanggan lain.",
        "Do not share personal data of other customers.",
        "Wajib menjaga kerahasiaan data pelanggan.",
    ),
    "verification-asked": (
        "Wajib memverifikasi identitas sebelum mengubah akun.",
        "Dilarang mengubah akun tanpa verifikasi.",
        "Verify the customer's identity before changing an account.",
    ),
    "complaint-apology": ("Wajib meminta maaf atas keluhan.", "Apologise for the trouble."),
    "empathy": ("Tunjukkan empati kepada pelanggan yang marah.", "Show empathy."),
    "complaint-details": ("Wajib menanyakan detail keluhan.", "Ask for the details of the complaint."),
    "evidence-request": ("Minta bukti berupa foto.", "Ask the customer for a photo of the item."),
    "complaint-estimate": ("Berikan estimasi waktu penyelesaian.", "Give an estimate."),
    "complaint-follow-up": ("Wajib menindaklanjuti keluhan.", "Follow up every complaint."),
    "brand-mention": ("Sebutkan nama perusahaan.", "Mention the brand name."),
    "agent-introduction": ("Agen wajib memperkenalkan diri.", "Introduce yourself by name."),
    "restate-need": ("Ulangi kebutuhan pelanggan dengan kata sendiri.", "Restate the customer's need."),
    "further-assistance": ("Tawarkan bantuan lain.", "Ask whether there is anything else."),
    "feedback-invited": ("Minta pelanggan memberi penilaian.", "Invite the customer to give feedback."),
    "off-channel": ("Dilarang memberikan nomor pribadi.", "Do not give out private numbers."),
    "unauthorised-promise": ("Dilarang menjanjikan refund.", "Do not make promises that you cannot keep."),
    "repeated-question": (
        "Jangan menanyakan data yang sudah diberikan.",
        "Never ask for the same thing twice.",
    ),
    "promise-kept": ("Agen wajib menepati janji.", "Promises must be kept."),
}
NOT_MEANT = (
    "Agen tidak wajib menyapa pelanggan.",
    'Dilarang menyapa pelanggan dengan "Bro".',
    "Pelanggan wajib menyapa agen.",
    "Pelanggan tidak boleh berkata kasar.",
    "Ingatkan pelanggan agar tidak membagikan OTP.",
    "Jangan minta pelanggan datang ke kantor untuk ganti PIN.",
    "Do not ask the customer to reset the password.",
    "Jangan memproses permintaan tanpa meminta PIN transaksi.",
    "Agen boleh meminta bukti.",
    "Agen tidak perlu meminta maaf.",
    "Dilarang meminta maaf.",
    "Bila pelanggan mengucapkan terima kasih, tutup tiket.",
    "Bila pelanggan berkata kasar, teruskan ke supervisor.",
    "Bila pelanggan tidak membalas dalam 5 menit, tutup percakapan.",
    "Agents must not apologise for policy.",
    "Sapa rekan kerja setiap pagi.",
    "Update the spreadsheet every day.",
    "Save the order number in the CRM.",
    "Supervisor wajib menindaklanjuti eskalasi.",
    "Agen wajib mengganti password setiap 30 hari.",
    "Wajib menutup tiket dengan kode selesai.",
    "Dilarang makan di meja kerja.",
    "Menanyakan pertanyaan kepada pelanggan untuk memastikan bahwa tidak ada yang salah diberikan.",
)


@pytest.fixture(scope="module")
def rules(tmp_path_factory):
    """Return the shipped checks."""
    return load_pack(pack_folders((), sops=tmp_path_factory.mktemp("project")), lambda _: None).rules


@pytest.mark.parametrize(
    ("check", "text"), [(check, text) for check, texts in MEANT.items() for text in texts]
)
def test_a_demand_is_known_by_its_words(rules, check, text):
    """What a clause demands in the commonest words of either language gets its check, and no other."""
    assert suggesting(rules)(text) == (f"check={check}",)


@pytest.mark.parametrize("text", NOT_MEANT)
def test_nothing_is_suggested_where_nothing_is_meant(rules, text):
    """Denied, allowed, somebody else's, or of another matter."""
    assert suggesting(rules)(text) == ()


def test_only_checks_that_are_there_are_suggested(rules):
    """Every check that words mean is shipped; a pack without it gets no suggestion of it."""
    assert {each.check for each in DEMAND_WORDS} <= set(rules)
    fewer = {name: rule for name, rule in rules.items() if name != "opening-greeting"}
    assert suggesting(fewer)("Agen wajib menyapa pelanggan.") == ()
