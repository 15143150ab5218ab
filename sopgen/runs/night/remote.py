"""Inboxes on other machines, through fsspec: listed there, and what changed fetched to a folder here.

Who may read them is for fsspec to know: from the environment (AWS_PROFILE …) and from its own configuration
files. No credential passes through here into a message.
"""

import os
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path, PurePosixPath
from typing import Any

from sopgen.base.errors import ExportError, MachineError, SopgenError
from sopgen.conversation.export import bundlers
from sopgen.conversation.location import NO_CHATS, OPTIONS_SUFFIX, Location, bundled
from sopgen.runs.night.arrival import Arrival, state_of
from sopgen.runs.night.setting import Inbox, shown_url
from sopgen.runs.trouble import storing

_MAGIC = frozenset("*?[")
_TIMES = ("LastModified", "mtime", "modified", "last_modified", "updated", "created")
_TAGS = ("ETag", "etag", "md5Hash", "checksum")
_LONGEST_REASON = 300


class RemoteInbox:
    """An inbox behind a URL. `spool` is the folder here under which its files come to lie."""

    def __init__(self, inbox: Inbox, url: str, spool: Path) -> None:
        """`url` is the inbox's path with what it names of the environment filled in."""
        self._inbox = inbox
        self._url = url
        self._spool = spool
        self._names: dict[Path, tuple[str, int]] = {}

    def arrivals(self) -> tuple[Arrival, ...]:
        """Return what lies in the inbox; nothing is fetched yet.

        ExportError NGT104: it cannot be listed. MachineError NGT105: a library is missing.
        """
        with self._reaching():
            filesystem, root = _opened(self._url)
            listed = _listed(filesystem, root)
        described = dict(self._described(listed, root))
        chats = [path for path in described if not path.name.endswith(OPTIONS_SUFFIX)]
        locations = bundled(tuple(self._location(path, described) for path in chats), bundlers())
        return tuple(self._arrival(each, described) for each in locations)

    def fetch(self, arrival: Arrival) -> bool:
        """Return whether the files, brought here now, are as they were listed. ExportError NGT104."""
        with self._reaching():
            filesystem, _ = _opened(self._url)
            for path in arrival.files:
                name, _ = self._names[path]
                with storing(path):
                    path.parent.mkdir(parents=True, exist_ok=True)
                draft = path.with_name(f".{path.name}.part")
                filesystem.get_file(name, os.fspath(draft))
                draft.replace(path)
        return all(path.stat().st_size == self._names[path][1] for path in arrival.files)

    def _described(self, listed: Mapping[str, Any], root: str) -> Iterator[tuple[Path, Any]]:
        """Yield where each file will lie, with what is known of it: name, bytes, tag, moment."""
        stem = _stem(root)
        for name, found in sorted(listed.items()):
            inside = PurePosixPath(name[len(stem) :].lstrip("/") if name.startswith(stem) else name)
            parts = inside.parts or (PurePosixPath(name).name,)
            if found.get("type") != "file" or _is_no_chat(parts):
                continue
            path = self._spool.joinpath(*parts)
            self._names[path] = (name, int(found.get("size") or 0))
            yield path, ("/".join(parts), int(found.get("size") or 0), _tag(found), _moment(found))

    def _location(self, path: Path, described: Mapping[Path, Any]) -> Location:
        beside = path.with_name(path.name + OPTIONS_SUFFIX)
        source = f"{shown_url(self._inbox.path).rstrip('/')}!{path.relative_to(self._spool).as_posix()}"
        return Location(path=path, source=source, options=beside if beside in described else None)

    def _arrival(self, location: Location, described: Mapping[Path, Any]) -> Arrival:
        name = location.source
        if location.members:
            first = location.members[0].relative_to(self._spool).as_posix()
            name = f"{shown_url(self._inbox.path).rstrip('/')}!{first}"
        arrival = Arrival(
            inbox=self._inbox, location=replace(location, source=name), name=name, state=b"", moment=0
        )
        state, moment = state_of([described[path] for path in arrival.files])
        return replace(arrival, state=state, moment=moment)

    @contextmanager
    def _reaching(self) -> Iterator[None]:
        """Run the block; what the other machine or the way there refuses becomes NGT104 or NGT105."""
        try:
            yield
        except SopgenError:
            raise
        except ImportError as error:
            message = f"inbox '{self._inbox.name}' needs a library: {error}"
            hint = "pip install 'sopgen[inboxes]'; other kinds of URL need the library that fsspec names"
            raise MachineError("NGT105", message, hint=hint) from error
        except Exception as error:  # every kind of file system raises errors of its own
            reason = " ".join(f"{type(error).__name__}: {error}".split())[:_LONGEST_REASON]
            shown = reason.replace(self._url, shown_url(self._inbox.path))
            message = f"inbox '{self._inbox.name}': {shown_url(self._inbox.path)} cannot be read: {shown}"
            hint = "check the address, the network, and who may read there; the other inboxes were read"
            raise ExportError("NGT104", message, hint=hint) from error


def _opened(url: str) -> tuple[Any, str]:
    """Return the file system that a URL names, and the path in it."""
    import fsspec  # noqa: PLC0415 -- an extra, and slow to load

    filesystem, root = fsspec.core.url_to_fs(url)
    filesystem.invalidate_cache()
    return filesystem, str(root)


def _listed(filesystem: Any, root: str) -> Mapping[str, Any]:
    """Return the files at a path, below a folder, or fitting a pattern, by name."""
    if _MAGIC & set(root):
        found: Mapping[str, Any] = filesystem.glob(root, detail=True)
        return found
    found = filesystem.find(root, detail=True)
    if not found and not filesystem.exists(root):
        raise FileNotFoundError(f"nothing at {root}")
    return found


def _stem(root: str) -> str:
    """Return the folder in which a pattern looks, or the path itself where it is none."""
    starts = [root.find(sign) for sign in _MAGIC if sign in root]
    return root[: min(starts)].rpartition("/")[0] if starts else root


def _is_no_chat(parts: tuple[str, ...]) -> bool:
    """Return whether a name leads out of the spool, is hidden, or is a picture."""
    strange = any(part in ("..", "/", "") or part.startswith((".", "~$", "__MACOSX")) for part in parts)
    return strange or PurePosixPath(parts[-1]).suffix.lower() in NO_CHATS


def _tag(found: Mapping[str, Any]) -> str:
    return next((str(found[key]) for key in _TAGS if found.get(key)), "")


def _moment(found: Mapping[str, Any]) -> int:
    """Return when a file was written, in microseconds since 1970; 0 where nobody says."""
    value = next((found[key] for key in _TIMES if found.get(key)), None)
    match value:
        case datetime():
            aware = value if value.tzinfo else value.replace(tzinfo=UTC)
            return int(aware.timestamp() * 1_000_000)
        case date() | None | str():
            return 0
        case _:
            return int(float(value) * 1_000_000)
