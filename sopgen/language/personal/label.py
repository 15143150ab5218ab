"""What the words beside a number call it.

The word right before it decides ("no. resi", "rek BCA", "HP-nya:"); words that only lead up to a number
("nomor", "adalah", "kakak") are passed over.
"""

import re
from enum import StrEnum

REACH = 60
"""Characters before a number that are read for its name (our decision, 2026-11-22)."""

_MOST_WORDS = 7
_WORD = re.compile(r"[a-z]+(?:'[a-z]+)?")
_STOP = re.compile(r"[?!;]|(?<=[a-z)]{5})\.\s|\n\s*\n")
_CLITICS = ("nya", "mu", "ku")


class Label(StrEnum):
    """What a number is called. `OTHER`: something that is nobody's datum, such as an order or an amount."""

    NIK = "nik"
    NPWP = "npwp"
    PHONE = "phone"
    CARD = "card"
    ACCOUNT = "account"
    OTHER = "other"


def _table(**words: str) -> dict[str, Label]:
    return {word: Label(name) for name, listed in words.items() for word in listed.split()}


def _words(listed: str) -> frozenset[str]:
    return frozenset(listed.split())


_LABELS = _table(
    nik="nik ktp ektp keluarga kependudukan identitas",
    npwp="npwp pajak taxpayer",
    phone="hp nohp handphone ponsel seluler telp telpon telepon tlp tlpn tel telephone phone mobile cell "
    "cellphone wa nowa whatsapp whatsap sms gopay ovo shopeepay linkaja call telegram kontak contact",
    card="kartu card cc visa mastercard amex kredit debit credit debet jcb",
    account="rek norek rekening account acct iban bca bni bri mandiri bsi btn cimb niaga danamon permata "
    "maybank panin ocbc jago seabank btpn jenius bukopin bjb muamalat uob hsbc citibank bank",
    other="resi awb tracking lacak pelacakan order orderan pesanan booking pnr reservasi invoice inv "
    "faktur kuitansi nota po bayar tiket ticket case laporan aduan pengaduan kode code pin otp token "
    "va briva virtual billing tagihan ref reff referensi reference referral id userid uid user "
    "member anggota membership transaksi transaction trx sn imei serial seri sku batch item produk "
    "product versi version polis policy klaim claim meter meteran kwh bpjs paspor passport "
    "voucher kupon nominal sebesar senilai seharga harga total saldo rp idr usd sgd eur pos zip "
    "antrian antrean queue registrasi pendaftaran kontrak contract sertifikat izin lisensi nib siup "
    "nip nis nim nisn delivery shipment consignment waybill confirmation approval poin point points",
)
_LEADING_UP = _words(
    "nomor nomer nmr no number num nr numbers adalah yaitu ialah yakni is was are as the of for dengan with "
    "yang yg ini itu berikut kakak kak ka kk anda ibu bapak bu pak kamu your you his her their our my kami "
    "kita saya aku lama baru pribadi aktif new old current nya mu ku resmi official tersebut tsb barunya "
    "pelanggan customer utama me us him a d "
    "jne jnt tiki spx sicepat anteraja ninja wahana lion pos dhl fedex ups usps"
)
_PREPOSITIONS = _words(
    "ke di to at on in via lewat melalui through pada tujuan terdaftar tercatat registered"
)


def label_of(text: str, start: int) -> Label | None:
    """Return what the words before the number at `start` of a folded text call it; None when nothing does.

    A preposition between them says where something goes or stands, so that it ends the reach of `OTHER`
    words: in "kode dikirim ke 0812…" the number is no code.
    """
    words = _WORD.findall(lead_to(text, start).rpartition(",")[2])[-_MOST_WORDS:]
    direct = True
    for at in range(len(words) - 1, -1, -1):
        found = _label(words, at)
        if found is not None:
            return found if direct or found is not Label.OTHER else None
        if words[at] in _PREPOSITIONS:
            direct = False
        elif words[at] not in _LEADING_UP:
            return None
    return None


def lead_to(text: str, start: int) -> str:
    """Return what stands right before the number, from the end of the last sentence or number on."""
    before = text[max(0, start - REACH) : start]
    cut = max((match.end() for match in _STOP.finditer(before)), default=0)
    digits = max((at + 1 for at, character in enumerate(before) if character.isdigit()), default=0)
    return before[max(cut, digits) :]


def _label(words: list[str], at: int) -> Label | None:
    """Return what the word calls a number, an Indonesian clitic left aside: "rekeningnya" is "rekening"."""
    bare = next((words[at].removesuffix(end) for end in _CLITICS if words[at].endswith(end)), words[at])
    found = _LABELS.get(words[at]) or _LABELS.get(bare)
    virtual = found is Label.ACCOUNT and {"virtual", "va", "user"} & set(words[max(0, at - 2) : at])
    return Label.OTHER if virtual else found
