"""What a machine needs to run sopgen, examined part by part, each with what to install.

The libraries are those that WeasyPrint loads; trying them here costs milliseconds, importing WeasyPrint to
find out would cost a second and end in a traceback.
"""

import ctypes
import platform
import shutil
import subprocess
import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path

from sopgen.base.diagnostic import Diagnostic, Level
from sopgen.base.errors import SopgenError
from sopgen.compliance.pack import default_pack_folder, load_pack

LEAST_PYTHON = (3, 11)

LIBRARIES = (
    ("libgobject-2.0.so.0", "libgobject-2.0.0.dylib"),
    ("libpango-1.0.so.0", "libpango-1.0.dylib"),
    ("libpangoft2-1.0.so.0", "libpangoft2-1.0.dylib"),
    ("libharfbuzz.so.0", "libharfbuzz.0.dylib"),
    ("libharfbuzz-subset.so.0", "libharfbuzz-subset.0.dylib"),
    ("libfontconfig.so.1", "libfontconfig.1.dylib"),
)
"""What the PDF renderer loads, by its file names on Linux and on macOS."""

_SEE = "run 'sopgen test' to see what is wrong with them"
_BREW_FOLDERS = ("/opt/homebrew/lib", "/usr/local/lib")


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """One part of a machine: whether it is ready, what was found, and what to do when it is not.

    `apt` and `brew` are the packages to install on Debian or Ubuntu and on macOS; `advice` is what to do
    when no package helps.
    """

    name: str
    ready: bool
    found: str
    apt: str = ""
    brew: str = ""
    advice: str = ""


def examine(output: Path) -> tuple[Part, ...]:
    """Return the parts of this machine that sopgen needs; `output` is where results would go."""
    return (_python(), _libraries(), _emoji(), _output(output), _pack())


def remedy(part: Part, *, system: str) -> str:
    """Return the line to type on `system` ("Linux", "Darwin") to mend the part; "" when it is ready."""
    if part.ready:
        return ""
    if system == "Darwin" and part.brew:
        return f"brew install {part.brew}"
    if part.apt:
        return f"sudo apt-get install {part.apt}" + ("" if system == "Linux" else " (Debian, Ubuntu)")
    return part.advice


def _python() -> Part:
    return Part(
        name="Python 3.11 or newer",
        ready=sys.version_info[:2] >= LEAST_PYTHON,
        found=f"{platform.python_version()}, {sys.executable}",
        apt="python3 python3-venv",
        brew="python@3.13",
    )


def _libraries() -> Part:
    missing = [names[0] for names in LIBRARIES if not any(_loads(name) for name in names)]
    return Part(
        name="Pango, for PDFs",
        ready=not missing,
        found=f"cannot load {', '.join(missing)}" if missing else _pango_version(),
        apt="libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0",
        brew="pango",
    )


def _loads(name: str) -> bool:
    folders = ("", *_BREW_FOLDERS) if name.endswith(".dylib") else ("",)
    return any(_loads_at(f"{folder}/{name}" if folder else name) for folder in folders)


def _loads_at(path: str) -> bool:
    try:
        ctypes.CDLL(path)
    except OSError:
        return False
    return True


def _pango_version() -> str:
    """Return the version that Pango itself tells, where the Linux name loads."""
    try:
        say = ctypes.CDLL("libpango-1.0.so.0").pango_version_string
    except OSError:
        return "found"
    say.restype = ctypes.c_char_p
    told: bytes = say()
    return told.decode()


def _emoji() -> Part:
    fonts = _fonts_with_emoji()
    return Part(
        name="An emoji font, for PDFs",
        ready=bool(fonts),
        found=fonts[0] if fonts else "fontconfig lists none",
        apt="fontconfig fonts-noto-color-emoji",
        brew="fontconfig font-noto-color-emoji",
    )


def _fonts_with_emoji() -> list[str]:
    """Return the families that fontconfig holds for emoji fonts (a text font with outlined emoji is none)."""
    program = shutil.which("fc-list")
    if program is None:
        return []
    call = [program, ":lang=und-zsye", "family"]
    listed = subprocess.run(call, capture_output=True, text=True, timeout=60, check=False)  # noqa: S603
    return sorted({line.split(",")[0].strip() for line in listed.stdout.splitlines() if line.strip()})


def _output(folder: Path) -> Part:
    nearest = next(each for each in (folder, *folder.absolute().parents) if each.exists())
    try:
        with tempfile.TemporaryFile(dir=nearest):
            pass
    except OSError as error:
        advice = f"make '{nearest}' writable, or name another folder: --out DIR"
        return Part(
            name="A place for results", ready=False, found=f"{nearest}: {error.strerror}", advice=advice
        )
    return Part(name="A place for results", ready=True, found=str(folder.absolute()))


def _pack() -> Part:
    flaws: list[Diagnostic] = []
    try:
        pack = load_pack((default_pack_folder(),), flaws.append)
    except SopgenError as error:
        return Part(name="The checks", ready=False, found=error.message, advice=_SEE)
    errors = [flaw for flaw in flaws if flaw.level is Level.ERROR]
    found = f"{len(pack.rules)} checks, pack {pack.version}" + (f", {len(errors)} errors" if errors else "")
    return Part(name="The checks", ready=not errors, found=found, advice=_SEE)
