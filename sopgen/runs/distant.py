"""Results taken to a place that fsspec knows: s3://, gs://, sftp://.

Who may write there is for fsspec to know, from the environment and its own configuration files.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from sopgen.base.errors import MachineError, StorageError
from sopgen.runs.folder import SUMMARY
from sopgen.runs.night.setting import shown_url

_LONGEST_REASON = 300


def send(folder: Path, url: str) -> None:
    """Copy what is in the folder to the URL, each run's summary last: where one stands, the run is whole.

    MachineError STO106: a library is missing. StorageError STO105: it cannot be written.
    """
    files = [path for path in sorted(folder.rglob("*")) if path.is_file()]
    with _reaching(url, "written"):
        filesystem, root = _opened(url)
        for path in sorted(files, key=lambda each: each.name == SUMMARY):
            there = f"{root.rstrip('/')}/{path.relative_to(folder).as_posix()}"
            filesystem.makedirs(there.rpartition("/")[0], exist_ok=True)
            filesystem.put_file(str(path), there)


def holds_run(url: str) -> bool:
    """Return whether a whole run stands at the URL; it raises what `send` does."""
    with _reaching(url, "read"):
        filesystem, root = _opened(url)
        return bool(filesystem.exists(f"{root.rstrip('/')}/{SUMMARY}"))


@contextmanager
def _reaching(url: str, verb: str) -> Iterator[None]:
    """Run the block; what goes wrong there is told as an error with a remedy."""
    try:
        yield
    except ImportError as error:
        hint = "pip install 'sopgen[inboxes]'; other kinds of URL need the library that fsspec names"
        raise MachineError("STO106", f"{shown_url(url)} needs a library: {error}", hint=hint) from error
    except Exception as error:  # every kind of file system raises errors of its own
        reason = " ".join(f"{type(error).__name__}: {error}".split())[:_LONGEST_REASON]
        message = f"{shown_url(url)} cannot be {verb}: {reason.replace(url, shown_url(url))}"
        hint = "check the address, the network, and who may write there"
        raise StorageError("STO105", message, hint=hint) from error


def _opened(url: str) -> tuple[Any, str]:
    import fsspec  # noqa: PLC0415 -- an extra, and slow to load

    filesystem, root = fsspec.core.url_to_fs(url)
    return filesystem, str(root)
