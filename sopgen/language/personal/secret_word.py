"""The words for secrets and for accounts, and those that may stand between such a word and its value.

All of them for texts that are folded. What is found serves to mask, never to judge: the words by which an
agent asks for a secret are those of the pack.
"""

import re

_ENDING = r"(?:[ -]?(?:nya|ny|ku|mu))?(?![a-z])"


def _words(listed: str) -> frozenset[str]:
    return frozenset(listed.split())


PASSWORD = re.compile(
    r"(?<![a-z0-9])(?:p[a4]s{1,2}[ -]?w[o0a]?r?[dt]s?|pass?wor|passwod|pwd|pw(?!-)|pswd?|passcode|passphrase|"
    rf"(?:kata ?)?sandi|kata ?kunci|pass(?=(?:[ -]?nya)?\s*[:=])){_ENDING}"
)
"""A word for a secret that may be a word itself."""

_CODE_OF = (
    r"otp|verifikasi|verif|keamanan|rahasia|akses|sms|pin|aktivasi|autentikasi|authenticator|otorisasi|2fa|"
    r"login|masuk"
)
_OF_CODE = (
    r"verification|security|access|auth(?:entication|ori[sz]ation)?|one[- ]time|sms|2fa|login|otp|pin|secret"
)
NUMERIC = re.compile(
    r"(?<![a-z0-9])(?:(?:kode|token|code)[ -]?"
    rf"(?:{_CODE_OF})|(?:{_OF_CODE})[ -]?(?:code|kode|number|token)|[o0][ .]?t[ .]?p|m?-?p[i1]n|"
    rf"c[vc][vcn]2?){_ENDING}(?![ -]*(?:lokasi|location|loc|point|titik|maps?|peta|bb|bbm|cod|ups)(?![a-z]))"
)
"""A word for a secret that holds digits; a pin on a map is none."""

ACCOUNT = re.compile(
    r"(?<![a-z0-9])(?:user[ -]?(?:name|id)?|usn|nama pengguna|id (?:login|pengguna|user)|login id|"
    rf"akun|account){_ENDING}"
)
"""A word for the name under which somebody logs in."""

BETWEEN = _words(
    "nya ny saya sy gw gue gua aku ku kami akun akunnya email emailnya lama lamanya baru barunya yg yang "
    "skrg sekarang terakhir tadi td barusan masuk adalah ialah yaitu yakni itu ini is was be to jadi "
    "menjadi sebelumnya sblmnya sih ya kak ka min gan om mas mbak mba bang pak bu keluar muncul dapat "
    "dapet dpt udah udh sudah sdh no nomor nomer number code kode login atm mbanking m-banking bca bri "
    "bni bsi mandiri jago wifi kartu dan and my the old new current temporary temp cuma masih pake pakai "
    "it's its i got for here here's are diterima terima gopay ovo dana shopee tokopedia dari di via lewat "
    "melalui ke sms wa whatsapp hp bank from by on"
)
"""What may stand between a word for a secret and its value (our decision, 2026-11-23)."""

ANOTHER = _words("dan and atau or terus trus lalu then lama baru yg yang barunya lamanya old new")
"""What may stand between two values."""

TELLING = _words("is was adalah ialah yaitu yakni")
"""Words that say as a colon does that the value follows."""

UNITS = _words(
    "digit digits angka huruf karakter character characters kali x jam menit detik hari minggu bulan "
    "tahun minutes minute hours hour days day times time attempts seconds second rb ribu jt juta orang "
    "pcs buah number numbers nomor %"
)
"""What makes a number a count."""

OTHERS = _words(
    "pesanan order orderan resi invoice inv faktur rp idr usd jam pukul tgl tanggal umur usia nomor nomer "
    "nmr no tiket ticket tracking awb booking total harga tahun lantai gang jl jalan kamar room anggota "
    "member nasabah cif id polis nip nik efin ref ktp rek rekening dob"
)
"""What calls the number after it something else than a secret."""

STATES = _words(
    "salah benar lupa tidak tdk gak ga nggak ngga belum blm gagal ada kosong jangan jgn error wrong "
    "incorrect invalid expired not never none sama same ok oke bisa rahasia secret kadaluarsa kedaluwarsa "
    "n/a apa what minimal harus wajib silakan mohon"
)
"""What is said of a secret after a colon instead of the secret itself."""
