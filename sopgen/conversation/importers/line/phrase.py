"""LINE's own words, in the languages of its exports: what stands for a file, a call, a withdrawn message."""

import re

_THINGS = (
    "photo|photos|image|video|videos|sticker|stickers|emoji|gif|voice message|audio",
    "file|location|contact|album|gift",
    "foto|gambar|stiker|pesan suara|berkas|dokumen|lokasi|kontak|hadiah",
    "写真|画像|動画|スタンプ|絵文字|ボイスメッセージ|音声|ファイル|位置情報|連絡先|アルバム|プレゼント|ギフト",
    "照片|圖片|图片|相片|影片|视频|視訊|貼圖|贴图|表情貼|語音訊息|语音信息|语音消息|語音|檔案|文件|位置訊息|位置資訊",
    "位置信息|位置|聯絡資訊|聯絡人|联系人|相簿|相册|禮物|礼物",
    "รูป|รูปภาพ|ภาพ|วิดีโอ|สติกเกอร์|ข้อความเสียง|ไฟล์|ตำแหน่งที่ตั้ง|ตำแหน่ง|สถานที่|ที่ตั้ง|รายชื่อ|อัลบั้ม",
    "사진|이미지|동영상|스티커|음성메시지|음성 메시지|파일|위치정보|위치|연락처|앨범|선물",
)
_FILE = re.compile(rf"\[(?:{'|'.join(_THINGS)})\](?:\s+(?P<more>[^\n]{{0,500}}))?", re.IGNORECASE)
_PLURALS = frozenset({"Photos", "Videos", "Stickers"})
_NULL = "(null)"

_WITHDRAWN = (
    r"unsent a message|message unsent|unsent this message",
    r"membatalkan (?:pengiriman )?pesan|menarik kembali pesan",
    r"メッセージの送信を取り消しました|送信を取り消しました",
    r"(?:已)?(?:收回|撤回)了?(?:一?[則条條])?(?:訊息|信息|消息|讯息)",
    r"ยกเลิก(?:การส่ง)?ข้อความ(?:แล้ว)?|메시지(?: 보내기)?를 취소했습니다",
)
_WITHDRAWN_ANYWHERE = re.compile("|".join(_WITHDRAWN), re.IGNORECASE)
_WITHDRAWN_ALONE = re.compile(rf"(?P<who>.{{0,80}}?)\s?(?:{'|'.join(_WITHDRAWN)})[.。]?", re.IGNORECASE)
_OF_ONESELF = frozenset({"", "you", "anda", "あなたが", "您", "你", "คุณ", "내가", "나"})

_CALL = re.compile(
    r"☎|グループ(?:ビデオ)?通話|\bgroup (?:voice |video )?call|panggilan (?:video )?grup|群組通話|群组通话",
    re.IGNORECASE,
)
_LEFT = re.compile(
    r"\bleft the (?:group|chat|room)|\bremoved .+ from the (?:group|chat)"
    r"|meninggalkan|keluar dari|mengeluarkan"
    r"|退会しました|退出しました|削除しました|退群|退出|離開|离开|移除|ออกจาก|ลบ.*ออก|나갔|내보냈",
    re.IGNORECASE,
)
_JOINED = re.compile(
    r"\bjoined the (?:group|chat|room)|\badded .+ to the (?:group|chat)|bergabung|menambahkan"
    r"|参加しました|追加しました|加入|添加|新增|เข้าร่วม|เพิ่ม|참여|들어왔|추가",
    re.IGNORECASE,
)

_NOTICES = ((_CALL, "call"), (_WITHDRAWN_ANYWHERE, "deleted"), (_LEFT, "leave"), (_JOINED, "join"))
_LONGEST = 400
"""Characters of a notice that are looked at."""


def file_in(text: str) -> tuple[str | None, str] | None:
    """Return name (None: without one) and caption of the file that a text stands for; None for real words."""
    if text in _PLURALS:
        return None, ""
    found = _FILE.fullmatch(text)
    if found is None:
        return None
    more = (found["more"] or "").strip()
    if more == _NULL or not more:
        return None, ""
    is_name = "." in more and " " not in more and "://" not in more
    return (more, "") if is_name else (None, more)


def event_in(notice: str) -> str:
    """Return which event a row without a sender is."""
    return next((event for pattern, event in _NOTICES if pattern.search(notice[:_LONGEST])), "notice")


def is_call(text: str) -> bool:
    """Return whether LINE wrote the text for a call."""
    return text.startswith("☎")


def is_withdrawn(text: str, author: str) -> bool:
    """Return whether LINE wrote the text for a message that its author took back."""
    found = _WITHDRAWN_ALONE.fullmatch(text) if len(text) <= _LONGEST else None
    return found is not None and found["who"].strip().casefold() in _OF_ONESELF | {author.casefold()}
