"""What is litter and what is not: a demand, a path through a menu, a warning about links are an SOP's."""

import pytest

from sopgen.sop.drafting.litter import litter_reason

LITTER = (
    ("Baca juga: 7 Cara Menaikkan Omzet", "read also"),
    ("Read more: How we ship", "read also"),
    ("Bagikan ke WhatsApp", "share buttons"),
    ("Facebook | Twitter | Telegram", "share buttons"),
    ("Beranda › Blog › SOP", "navigation"),
    ("Selanjutnya »", "navigation"),
    ("Penulis: Sinta Dewi", "author"),
    ("Posted on 12 March 2024", "author"),
    ("Leave a reply", "comments"),
    ("4,8 (120 ulasan)", "ratings and counts"),
    ("© 2026 Toko Maju. Hak cipta dilindungi.", "copyright"),
    ("Kategori: bisnis, layanan", "tags"),
    ("Iklan", "advertising"),
    ("Kelas online GRATIS! Klik dan dapatkan promo diskon hari ini!", "advertising"),
    ("Dapatkan template SOP hanya Rp99.000! Hubungi kami di 0812-0000-0000.", "advertising"),
    ("Buy our course now and get 50% off! Click here.", "advertising"),
    ("Kunjungi toko kami untuk promo menarik lainnya", "advertising"),
    ("Halaman 3 dari 9", "page number"),
    ("We use cookies to make this site better", "cookies and newsletters"),
)
OWN = (
    "Dilarang menjanjikan promo atau diskon gratis tanpa persetujuan.",
    "Jangan klik tautan dari pelanggan.",
    "Buka Menu > Akun > Ubah Sandi",
    "Agen wajib membagikan nomor tiket.",
    "Kirim tautan unduh kepada pelanggan.",
    "Ongkos kirim gratis hanya untuk pesanan di atas batas.",
    "Baca pertanyaan sampai selesai",
    "Catat komentar pelanggan",
    "Free returns are offered within 30 days.",
    "Halo Kak {nama}, ada promo menarik hanya Rp99.000!",
    "Biaya kirim ulang hanya Rp10.000.",
    "Customers get 50% off when a parcel is a week late.",
    "Never share a customer's data.",
    "Diperbarui: 3 Januari 2026",
)


@pytest.mark.parametrize(("text", "reason"), LITTER)
def test_litter_is_known_by_its_reason(text, reason):
    """Each kind of litter is told from the others."""
    assert litter_reason(text) == reason


@pytest.mark.parametrize("text", OWN)
def test_what_an_sop_may_say_is_no_litter(text):
    """A line that only holds a word of advertising stays."""
    assert litter_reason(text) == ""
