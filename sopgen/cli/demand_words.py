"""The words by which clauses demand what the shipped checks judge, Indonesian and English.

Our own collection (2026-11-23), after the clauses of the SOPs in `sop_sources` and common manuals of service.
A row is a check, what its clause does with what the words name, and the words as a pattern over small
letters. Rows stand by how much they tell: the first that fits a clause is the one that it means.
"""

import re
from dataclasses import dataclass
from enum import StrEnum


class Stance(StrEnum):
    """What a clause does with what its words name."""

    DEMANDS = "demands"
    FORBIDS = "forbids"


@dataclass(frozen=True, slots=True, kw_only=True)
class DemandWords:
    """Words that mean a check where the clause takes that stance to them."""

    check: str
    stance: Stance
    pattern: re.Pattern[str]


def _row(check: str, stance: Stance, *patterns: str) -> DemandWords:
    return DemandWords(check=check, stance=stance, pattern=re.compile(rf"\b(?:{'|'.join(patterns)})\b"))


_UP_TO_3, _UP_TO_5 = r"(?:[\w'-]+,? ){0,3}", r"(?:[\w'-]+,? ){0,5}"
_ASK = r"(?:(?:me)?minta\w*|menanyakan|tanyakan|bertanya|ask\w*|request\w*)"
_GIVE = (
    r"(?:(?:mem)?beri(?:kan|tahukan)?|(?:me)?nyampaikan|sampaikan|(?:me)?nyebut\w*|sebutkan|giv\w+|give"
    r"|tell\w*|stat\w+|provid\w+)"
)
_CONFIRM = (
    r"(?:konfirmasi\w*|meng[ko]+nfirmasi\w*|(?:me)?mastikan|pastikan|menanyakan|tanyakan|confirm\w*"
    r"|make sure|making sure|"
    r"ensur\w+|ask\w*|check\w*)"
)
_CHAT = r"(?:percakapan|chat|sesi|tiket|obrolan|layanan|conversations?|sessions?|tickets?)"
_CLOSE = r"(?:(?:me)?nutup|tutup|ditutup|penutupan|(?:meng)?akhiri|diakhiri|clos\w+|end(?:s|ing)?)"
_SECRET = (
    r"(?:otp|pin|cvv|cvc|passwords?|passcodes?|kata sandi|sandi|kode (?:verifikasi|rahasia|keamanan)|"
    r"(?:verification|one-time) codes?|one-time passwords?|secrets?|data rahasia)"
)
_OTHER_WISH = (
    r"(?:tanpa|without|kecuali|except|selain|untuk|(?:meng)?ganti|(?:meng)?ubah|(?:me)?reset|chang\w+|buat"
    r"|membuat)"
)
_PERSONAL = (
    r"(?:data (?:pribadi|pelanggan|diri|konsumen|nasabah)|informasi (?:pribadi|pelanggan)"
    r"|nomor pribadi pelanggan|"
    r"(?:personal|private) (?:data|information|details)|customers?'?s? (?:data|information|details))"
)

DEMAND_WORDS: tuple[DemandWords, ...] = (
    _row(
        "no-secret-request", Stance.FORBIDS,
        rf"(?:{_ASK}|demand\w*)"
        rf"(?:[^\w'-]{{1,3}}(?!{_OTHER_WISH}\b)[\w'-]+){{0,8}}?[^\w'-]{{1,3}}(?:kode )?{_SECRET}",
    ),
    _row(
        "no-secret-request", Stance.DEMANDS,
        rf"{_SECRET}\b.{{0,30}} (?:never|not|tidak boleh|dilarang|jangan) (?:be )?(?:asked|requested|diminta"
        rf"|ditanyakan)",
    ),
    _row(
        "no-personal-data-leak", Stance.FORBIDS,
        rf"(?:(?:mem)?bocorkan|(?:me)?nyebar\w*|sebarkan|(?:mem)?bagikan|(?:mem)?berikan|(?:mem)?beritahukan"
        rf"|mengungkap\w*|menampilkan|menyebutkan|shar\w+|disclos\w+|leak\w*|reveal\w*|giv\w+|expos\w+"
        rf"|post\w*)"
        rf"(?:[^\w'-]{{1,3}}(?!tanpa|without)[\w'-]+){{0,6}}?[^\w'-]{{1,3}}{_PERSONAL}",
    ),
    _row(
        "no-personal-data-leak", Stance.DEMANDS,
        rf"(?:men)?jaga {_UP_TO_3}(?:kerahasiaan|privasi|rahasia)", r"(?:me)?lindungi (?:\w+ )?data",
        rf"(?:keep|protect|safeguard)\w* {_UP_TO_3}{_PERSONAL}",
    ),
    _row(
        "confirm-before-close", Stance.DEMANDS,
        rf"{_CONFIRM} .{{0,80}}\b(?:sebelum|before) (?:\w+ ){{0,2}}{_CLOSE}",
        r"(?:memastikan|pastikan|make sure|ensure) (?:that )?(?:the )?(?:pelanggan|pembeli"
        r"|customer) (?:sudah|telah|has been|is) "
        r"(?:terbantu|puas|helped|satisfied)",
        rf"(?:sebelum|before) {_CLOSE}(?: \w+){{0,3}},? (?:[\w']+ ){{0,3}}{_CONFIRM}",
    ),
    _row(
        "confirm-before-close", Stance.FORBIDS,
        rf"{_CLOSE} {_UP_TO_3}(?:sebelum|tanpa|before|without|until|unless) {_UP_TO_5}"
        r"(?:konfirmasi|\w*konfirmasi\w*|\w*onfirmasi|(?:me)?mastikan|persetujuan|selesai|puas|jelas"
        r"|confirm\w*|resolved|solved|satisf\w+|agree\w*|asking|checking|clear)",
    ),
    _row(
        "further-assistance", Stance.DEMANDS,
        r"(?:bantuan|pertanyaan|keperluan|kebutuhan) (?:lain|lagi|tambahan|lanjutan)",
        rf"ada {_UP_TO_3}(?:lain|lagi) yang", "masih ada yang (?:bisa|dapat|perlu|di[a-z]+)",
        rf"ada yang (?:bisa|dapat|perlu) {_UP_TO_3}lagi",
        "ada hal lain", "(?:further|additional|more) (?:help|assistance|questions)", "anything else",
    ),
    _row(
        "polite-closing", Stance.DEMANDS,
        r"salam (?:penutup|perpisahan)", r"penutup (?:yang )?(?:ramah|sopan)",
        rf"{_CLOSE} {_UP_TO_3}(?:dengan|with|by) {_UP_TO_5}"
        r"(?:salam|terima ?kasih|sopan|ramah|doa|harapan|thank\w*|goodbye|farewell|wish\w*|polite\w*)",
        rf"terima ?kasih .{{0,40}}\b(?:sebelum|saat|ketika) {_CLOSE}",
        rf"thank\w* .{{0,40}}\b(?:before|when|and say) (?:{_CLOSE}|goodbye)",
        rf"(?:terima ?kasih|salam) {_UP_TO_5}(?:akhir|penutup)(?! pekan)", "terima ?kasih (?:atau|dan) salam",
        r"thank(?:s| you)? (?:or|and) (?:\w+ )?goodbye",
        "(?:polite|friendly) closing", "say(?:ing)? goodbye",
    ),
    _row("gratitude", Stance.DEMANDS, r"(?:ber)?terima ?kasih", r"thank(?:s|ing|ed)?", "gratitude"),
    _row(
        "opening-greeting", Stance.DEMANDS,
        r"(?:me)?nyapa(?! rekan)", r"sapa(?:lah|an)?(?! rekan)", "disapa",
        r"(?:(?:meng)?ucap(?:kan|an)|(?:mem)?beri(?:kan)?) (?:\w+ )?salam", "salam pembuka",
        r"(?:di|meng)?awali\w* (?:[\w']+ ){0,3}(?:salam|sapaan)", r"greet(?:s|ed|ing)?(?! colleagues)",
        "say(?:ing)? hello",
    ),
    _row(
        "agent-introduction", Stance.DEMANDS,
        r"(?:mem)?perkenalkan (?:diri|nama)", r"(?:me)?ngenalkan diri",
        r"(?:me)?nyebut\w* (?:nama (?:agen|diri|petugas|sendiri|cs)|namanya)",
        "sebutkan nama (?:anda|agen|sendiri|diri)",
        r"introduc\w+ (?:himself|herself|themselves|themself|yourself|oneself)",
        r"(?:giv\w+|stat\w+|say\w*|mention\w*) (?:\w+ )?(?:your|their|his|her|own|agent's) (?:own )?name",
    ),
    _row(
        "brand-mention", Stance.DEMANDS,
        rf"(?:(?:me)?nyebut\w*|sebut\w*) {_UP_TO_3}nama (?:perusahaan|merek|brand|toko)",
        rf"(?:mention|say|stat|nam)\w* {_UP_TO_3}(?:brand(?: name)?|(?:company|shop|store)(?:'s)? name)",
    ),
    _row(
        "restate-need", Stance.DEMANDS,
        rf"(?:(?:meng)?ulang\w*|(?:me)?rangkum|(?:me)?nyimpulkan|simpulkan) {_UP_TO_3}"
        r"(?:kebutuhan|keperluan|masalah|permintaan|keluhan|pertanyaan|kendala)",
        rf"(?:restat\w+|repeat\w*|summari[sz]\w*|paraphras\w+|rephras\w+) {_UP_TO_3}"
        r"(?:needs?|problem|issue|question|request|concern|complaint)",
    ),
    _row(
        "ask-need", Stance.DEMANDS,
        rf"(?:menanyakan|tanyakan|bertanya|tanya) {_UP_TO_3}(?:kebutuhan|keperluan|bantuan)(?:nya)?",
        rf"(?:menanyakan|tanyakan|bertanya|tanya) {_UP_TO_3}(?:yang (?:bisa|dapat|perlu) dibantu)",
        r"(?:me)?nawarkan bantuan", "tawarkan bantuan",
        rf"ask\w* {_UP_TO_3}(?:how (?:\w+ ){{0,3}}(?:help|assist)|what (?:\w+ ){{0,4}}needs?|what is needed)",
        r"offer\w* (?:to help|(?:your )?(?:help|assistance))",
    ),
    _row(
        "off-channel", Stance.FORBIDS,
        r"(?:nomor|kontak|akun|whatsapp|wa|hp|telepon|rekening) (?:\w+ ){0,2}pribadi(?! (?:pelanggan|orang))",
        r"(?:personal|private) (?:[\w/]+ )?(?:numbers?|phones?|accounts?|contacts?|chats?|whatsapp)"
        r"(?! (?:data|information|details))",
        r"(?:di )?luar (?:kanal|jalur|saluran|platform|aplikasi)",
        r"outside (?:\w+ ){0,2}(?:platform|channel)s?",
    ),
    _row(
        "no-profanity", Stance.FORBIDS,
        r"(?:berkata|kata|bahasa|ucapan|kata-kata|berbicara|berbahasa|perkataan) (?:[\w-]+ ){0,2}(?:kasar"
        r"|kotor|jorok|makian)",
        r"(?:me)?maki(?:-maki)?", "mengumpat", "makian", "umpatan", r"profan\w+", r"swear\w*",
        "curs(?:e|es|ing)",
        r"(?:foul|rude|coarse|abusive|offensive|vulgar|bad) (?:language|words?)",
    ),
    _row("no-block-threat", Stance.FORBIDS, r"(?:meng)?ancam", "ancaman", r"threat(?:s|en\w*)?"),
    _row(
        "no-arguing", Stance.FORBIDS,
        r"(?:ber|men)?debat", r"(?:me)?nyalahkan", "salahkan", "membantah", "bertengkar", "adu argumen",
        r"argu(?:e|es|ing)", r"blam(?:e|es|ing)",
    ),
    _row(
        "unauthorised-promise", Stance.FORBIDS,
        r"(?:men)?janjikan", "menjamin", "berjanji", r"(?:mem)?beri(?:kan)? (?:janji|jaminan)",
        r"(?<!break a )(?<!keep a )promis(?:e|ing)", rf"(?:make|making|give|giving) {_UP_TO_3}promises",
        r"guarantee(?:ing)?",
    ),
    _row(
        "promise-kept", Stance.DEMANDS,
        r"(?:me)?nepati janji", r"janji .{0,30}\bditepati", rf"keep\w* {_UP_TO_3}promises?",
        r"promises? .{0,20}\bkept",
    ),
    _row(
        "verification-asked", Stance.DEMANDS,
        rf"(?:(?:mem)?verifikasi|{_CONFIRM}|{_ASK}|mencocokkan|verif\w+) {_UP_TO_5}"
        r"(?:identitas|data diri|kepemilikan(?: akun)?|pemilik akun|identity|identification|ownership"
        r"|account (?:owner|holder))",
        r"verifikasi (?:akun|data|pelanggan)", r"verif\w+ (?:the )?customers?",
    ),
    _row(
        "verification-asked", Stance.FORBIDS,
        r"(?:tanpa|sebelum) (?:\w+ ){0,2}(?:di|mem)?verifikasi",
        r"(?:without|before|until|unless) (?:[\w']+ ){0,3}verif\w+",
    ),
    _row(
        "empathy", Stance.DEMANDS,
        r"(?:ber)?empati", r"empath\w+",
        rf"(?:(?:me)?mahami|pahami|akui|mengakui) {_UP_TO_3}(?:perasaan|kekesalan|kekecewaan)",
        rf"acknowledg\w+ {_UP_TO_3}(?:feelings?|frustration|anger)",
    ),
    _row(
        "complaint-apology", Stance.DEMANDS,
        r"(?:(?:me)?minta|(?:me)?mohon|permintaan|permohonan|(?:me)?nyampaikan|sampaikan|ucapkan"
        r"|mengucapkan) (?:\w+ ){0,2}maaf",
        r"apolog(?:y|ies|i[sz](?:e|es|ing))", "say(?:ing)? sorry",
    ),
    _row(
        "evidence-request", Stance.DEMANDS,
        rf"{_ASK} {_UP_TO_5}(?:bukti|foto|tangkapan layar|screenshots?|video|evidence|proof|photos?"
        rf"|pictures?)",
    ),
    _row(
        "complaint-details", Stance.DEMANDS,
        rf"(?:{_ASK}|(?:meng)?gali|gather\w*|collect\w*) {_UP_TO_5}"
        r"(?:detail|rincian|kronologi|nomor pesanan|(?<!personal )details|order numbers?)",
    ),
    _row(
        "complaint-estimate", Stance.DEMANDS,
        rf"{_GIVE} {_UP_TO_3}(?:estimasi|perkiraan)(?! (?:biaya|ongkir|harga))",
        rf"{_GIVE} {_UP_TO_3}kapan",
        rf"(?:sebutkan|(?:me)?nyebutkan|name|tell) {_UP_TO_3}(?:hari dan jam|day and (?:the )?hour)",
        r"(?:estimasi|perkiraan) (?:waktu|penyelesaian|selesai)",
        rf"{_GIVE} {_UP_TO_3}(?:(?<!cost )(?<!price )estimates?|estimated time"
        rf"|time ?frame)(?! of (?:the )?(?:cost|price))",
    ),
    _row(
        "status-update", Stance.DEMANDS,
        r"(?:kabar|update|perkembangan|status) (?:[\w-]+ ){0,3}(?:setiap|tiap|berkala)",
        r"(?:status|an) updates? (?:\w+ ){0,3}every", r"updat\w+ (?:the )?customers? (?:\w+ ){0,3}every",
        rf"keep\w* {_UP_TO_3}(?:informed|updated|posted)",
    ),
    _row(
        "complaint-follow-up", Stance.DEMANDS,
        "tindak lanjut", r"(?:me)?nindaklanjuti", "tindaklanjuti", r"follow(?:s|ing)?[- ]up",
    ),
    _row(
        "feedback-invited", Stance.DEMANDS,
        rf"(?:{_ASK}|(?:meng)?ajak|(?:meng)?undang|mempersilakan|invit\w+|encourag\w+) {_UP_TO_5}"
        r"(?:penilaian|rating|umpan balik|ulasan|survei|menilai|feedback|ratings?|rate|reviews?|survey)",
    ),
    _row(
        "no-hanging-chat", Stance.FORBIDS,
        rf"(?:(?:meng)?gantung\w*|digantung|(?:me)?ninggalkan|tinggalkan|(?:mem)?biarkan"
        rf"|(?:meng)?abaikan) {_UP_TO_3}"
        r"(?:chat|percakapan|pelanggan|pesan|obrolan|pertanyaan)",
        rf"(?:leav\w+|abandon\w*|ignor\w+) {_UP_TO_3}(?:chats?|customers?|conversations?|messages?|hanging"
        rf"|unanswered|waiting)",
    ),
    _row(
        "no-hanging-chat", Stance.DEMANDS,
        "(?:men)?jawab (?:setiap|semua|tiap) pesan", "answer (?:every|each|all) messages?",
    ),
    _row("step-by-step", Stance.DEMANDS, "langkah demi langkah", "step[- ]by[- ]step"),
    _row(
        "repeated-question", Stance.FORBIDS,
        r"(?:menanyakan|tanyakan|bertanya|(?:me)?minta) .{0,40}"
        r"\b(?:sudah (?:\w+ )?diberikan|berulang|dua kali|lagi)",
        r"ask\w* .{0,40}\b(?:again|twice|already (?:\w+ )?given)",
    ),
    _row("copy-paste", Stance.FORBIDS, r"copy[- ]?past(?:e|ing)", "salin[- ]tempel"),
    _row(
        "answer-in-customer-language", Stance.DEMANDS,
        r"bahasa (?:yang (?:sama|dipakai|digunakan) )?(?:dengan |oleh )?pelanggan",
        "(?:customer's|same) language",
    ),
    _row(
        "calm-tone", Stance.DEMANDS,
        "tetap (?:tenang|sopan|ramah|santun)", "nada (?:yang )?(?:tenang|sopan|netral|ramah)",
        r"(?:bahasa|kata|kata-kata|tutur kata|kalimat) (?:yang )?(?:sopan|santun|ramah)",
        r"(?:bersikap|berbahasa) (?:ramah|sopan|santun)",
        "sopan santun", r"(?:stay\w*|remain\w*|keep\w*|be) (?:calm|polite|courteous)",
        "calm(?: and [a-z]+)? (?:tone|manner)",
        "polite(?: and [a-z]+)? (?:words|language|tone|manner)",
    ),
    _row(
        "calm-tone", Stance.FORBIDS,
        "nada (?:tinggi|kasar|marah)", "membentak", "bentak", "marah-marah", r"sarkas\w*", r"sarcas\w+",
        r"shout\w*",
        r"(?:bersikap|bernada) (?:kasar|sinis)", "be(?:ing)? rude", r"rais\w+ (?:\w+ )?voice",
    ),
)  # fmt: skip
