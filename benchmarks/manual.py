"""What the manuals cost, as ratios to what nobody could do without, measured in one run.

    html       at most 4     CPU of reading the SOPs and writing the whole site, to that of a bare loop of
                             markdown-it-py and jinja2 over the same files
    pdf        at most 1.15  CPU of printing, to WeasyPrint alone on the same HTML and style sheets
    style      at most 1.2   CPU of WeasyPrint alone with our style sheets, to that with a minimal one
    unchanged  at most 0.5   seconds of a build that finds nothing changed, after start-up

Usage: python benchmarks/manual.py [--sops 30] [--pdfs 8] [--rounds 5]

Each round measures all of them in turn, and each ratio is the median of those of the rounds: a machine that
is busy with other things slows both sides of a round alike. What was imported is kept out of the collector's
sight, as `sopgen build` does too. The SOPs are made up: some 1,000 words each, with tables, steps, chats and
emoji.
"""

import argparse
import gc
import json
import random
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from statistics import median

import weasyprint
from jinja2 import Environment
from markdown_it import MarkdownIt
from weasyprint.text.fonts import FontConfiguration

from sopgen.manual.body import render_body
from sopgen.manual.build import build_manuals
from sopgen.manual.model import manuals_of
from sopgen.manual.paper import sop_sheet
from sopgen.manual.pdf import _make_fetcher, print_sheet
from sopgen.manual.record import Record, inputs_of, recall, remember
from sopgen.manual.sheet import Sheet
from sopgen.manual.work import Order
from sopgen.sop.library import read_library

AT = datetime(2026, 11, 22, tzinfo=UTC)
MINIMAL = "@page { size: A4; margin: 25mm } html { font: 10pt/1.5 'Manual Sans' }"
WORDS = (
    *("pelanggan", "pesanan", "balasan", "agen", "chat", "data", "tiket", "sistem", "waktu", "menit"),
    *("jawaban", "pertanyaan", "keluhan", "barang", "resi", "pengiriman", "pembayaran", "nomor", "catatan"),
    *("laporan", "penyelia", "bantuan", "layanan", "jelas", "sopan", "cepat", "tepat", "lengkap"),
)
PAGE = (
    "<!doctype html><html lang=id><head><meta charset=utf-8><title>{{ title }}</title></head>"
    "<body><nav>{% for each in titles %}<a href='{{ each }}.html'>{{ each }}</a>{% endfor %}</nav>"
    "<main>{{ body|safe }}</main></body></html>"
)


def sentence(chance: random.Random, length: int) -> str:
    """Return a sentence of so many words."""
    return " ".join(chance.choices(WORDS, k=length)).capitalize() + "."


def clause(chance: random.Random, number: int) -> str:
    """Return a clause with its two example chats."""
    said, told = sentence(chance, 9), sentence(chance, 8)
    return f"""- **Wajib** {sentence(chance, 16).lower()} {{#c-{number} check=calm-tone severity=major}}

  ```chat pass "{sentence(chance, 4)}"
  09:00 pelanggan  {said}
  09:01 agen       Selamat pagi Kak 🙏 {told}
  ```

  ```chat fail "{sentence(chance, 4)}"
  09:00 pelanggan  {said}
  09:01 agen       baca dulu dong
  ```
"""


def source(number: int) -> str:
    """Return the source of one SOP of some 1,000 words."""
    chance = random.Random(number)  # noqa: S311  # made-up words
    prose = [" ".join(sentence(chance, 12) for _ in range(3)) for _ in range(6)]
    rows = "\n".join(f"| {chance.choice(WORDS)} | {sentence(chance, 7)} |" for _ in range(6))
    duties = "\n".join(
        f'- {sentence(chance, 12)} {{#d-{each} check=none reason="di luar percakapan"}}' for each in range(5)
    )
    steps = "\n".join(f"{each + 1}. {sentence(chance, 13)} {{#s-{each}}}" for each in range(8))
    how = "check=no-secret-request severity=critical"
    bans = "\n".join(
        f"- **Dilarang** {sentence(chance, 12).lower()} {{#b-{each} {how}}}" for each in range(4)
    )
    clauses = "\n".join(clause(chance, each) for each in range(6))
    return f"""---
id: sop-{number:02d}
title: {sentence(chance, 4).rstrip(".")}
language: id
owner: Kepala Layanan
approver: Direktur Operasional
review_every: 90d
---

## Tujuan
{prose[0]}

## Ruang Lingkup
{prose[1]}

{prose[2]}

## Definisi
| Istilah | Arti |
|---|---|
{rows}

## Tanggung Jawab
{duties}

## Perangkat
{prose[3]} 📦

## Standar Pelayanan
{clauses}

## Prosedur
### A. Menjawab chat {{#answering}}
{prose[4]}

{steps}

> [!TEMPLATE] Salam pembuka
> Halo Kak, dengan {{nama}} di sini. 😊 {sentence(chance, 12)}

## Larangan
{bans}

## Tinjauan
{prose[5]}
"""


def bare(folder: Path, out: Path) -> None:
    """Do the least that makes pages of the sources: read, render, fill, write."""
    parser, template = (
        MarkdownIt("commonmark").enable("table"),
        Environment(autoescape=True).from_string(PAGE),
    )
    paths = sorted(folder.glob("*/sop.md"))
    titles = [path.parent.name for path in paths]
    out.mkdir(exist_ok=True)
    for path in paths:
        text = path.read_text(encoding="utf-8").split("---\n", 2)[2]
        html = template.render(title=path.parent.name, titles=titles, body=parser.render(text))
        (out / f"{path.parent.name}.html").write_text(html, encoding="utf-8")


def site(folder: Path, out: Path) -> None:
    """Read the SOPs and write the whole site, without a PDF."""
    histories = read_library(folder, lambda _: None)
    order = Order(as_of=AT, pdfs=False)
    built = build_manuals(histories, order, output=out, report=lambda _: None, progress=lambda _: None)
    assert not built.failed


def sheets_of(folder: Path, count: int) -> tuple[Sheet, ...]:
    """Return the sheets of the first SOPs."""
    manuals = [manual for each in read_library(folder, lambda _: None)[:count] for manual in manuals_of(each)]
    return tuple(
        sop_sheet(each, render_body(each.sop, report=lambda _: None), created=AT) for each in manuals
    )


def alone(sheets: Sequence[Sheet]) -> None:
    """Let WeasyPrint make the PDFs with our style sheets, which are read once, as its manual advises."""
    fonts = FontConfiguration()
    fetcher = _make_fetcher(sheets[0])
    styles = [weasyprint.CSS(string=css, font_config=fonts, url_fetcher=fetcher) for css in sheets[0].styles]
    for sheet in sheets:
        weasyprint.HTML(string=sheet.html, url_fetcher=_make_fetcher(sheet)).write_pdf(
            stylesheets=styles, font_config=fonts, pdf_tags=True, pdf_variant=f"pdf/{sheet.variant}"
        )


def plainly(sheets: Sequence[Sheet]) -> Sequence[Sheet]:
    """Return the sheets with a minimal style sheet in the same font."""
    faces = "".join(
        f'@font-face {{ font-family: "Manual Sans"; src: url("sopgen://font/{name}"); {more} }}'
        for name, more in (
            ("regular", ""),
            ("semibold", "font-weight: 700"),
            ("italic", "font-style: italic"),
        )
    )
    return [replace(sheet, styles=(faces + MINIMAL,)) for sheet in sheets]


def cpu_of(work: Callable[[], object]) -> float:
    """Return the CPU seconds that the work took in this process."""
    before = time.process_time()
    work()
    return time.process_time() - before


def seconds_of(work: Callable[[], object]) -> float:
    """Return the seconds that the work took."""
    before = time.perf_counter()
    work()
    return time.perf_counter() - before


def unchanged(folder: Path, out: Path) -> None:
    """Find that nothing has changed since the last build."""
    assert recall(out, inputs_of(folder, (), Order(as_of=AT)), AT) is not None


def settle(folder: Path, out: Path) -> None:
    """Build once, so that the next build finds nothing changed."""
    order = Order(as_of=AT, pdfs=False)
    histories = read_library(folder, lambda _: None)
    built = build_manuals(histories, order, output=out, report=lambda _: None, progress=lambda _: None)
    remember(out, inputs_of(folder, (), Order(as_of=AT)), Record(built=built, diagnostics=()), histories, AT)


def measured(folder: Path, out: Path, *, pdfs: int, rounds: int) -> list[dict[str, float]]:
    """Return the measurements of each round, in seconds; one round before them is not counted."""
    sheets = sheets_of(folder, pdfs)
    minimal = plainly(sheets)
    settle(folder, out / "settled")
    works: dict[str, Callable[[], float]] = {
        "bare html": lambda: cpu_of(lambda: bare(folder, out / "bare")),
        "site": lambda: cpu_of(lambda: site(folder, out / "site")),
        "weasyprint": lambda: cpu_of(lambda: alone(sheets)),
        "print": lambda: cpu_of(lambda: [print_sheet(sheet) for sheet in sheets]),
        "minimal style": lambda: cpu_of(lambda: alone(minimal)),
        "unchanged": lambda: seconds_of(lambda: unchanged(folder, out / "settled")),
    }
    for work in works.values():
        work()
    gc.collect()
    gc.freeze()
    return [{name: work() for name, work in works.items()} for _ in range(rounds)]


def ratios(rounds: Sequence[dict[str, float]]) -> dict[str, tuple[float, float]]:
    """Return each ratio, the median of the rounds, with the most that it may be."""

    def ratio(one: str, other: str) -> float:
        return median(each[one] / each[other] for each in rounds)

    return {
        "html": (ratio("site", "bare html"), 4.0),
        "pdf": (ratio("print", "weasyprint"), 1.15),
        "style": (ratio("weasyprint", "minimal style"), 1.2),
        "unchanged": (median(each["unchanged"] for each in rounds), 0.5),
    }


def main() -> int:
    """Print what was measured, and return 1 where something costs more than it may."""
    asked = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    asked.add_argument("--sops", type=int, default=30)
    asked.add_argument("--pdfs", type=int, default=8)
    asked.add_argument("--rounds", type=int, default=5)
    asked.add_argument("--json", action="store_true")
    options = asked.parse_args()
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name) / "sop_sources"
        for number in range(options.sops):
            (folder / f"sop-{number:02d}").mkdir(parents=True)
            (folder / f"sop-{number:02d}" / "sop.md").write_text(source(number), encoding="utf-8")
        rounds = measured(folder, Path(name), pdfs=options.pdfs, rounds=options.rounds)
    results = ratios(rounds)
    seconds = {name: median(each[name] for each in rounds) for name in rounds[0]}
    if options.json:
        print(json.dumps({"seconds": seconds, "ratios": {key: value for key, (value, _) in results.items()}}))
    else:
        print("".join(f"{key:14} {value:8.3f} s\n" for key, value in seconds.items()))
        print(
            "".join(f"{key:14} {value:8.2f}   at most {most}\n" for key, (value, most) in results.items()),
            end="",
        )
    return int(any(value > most for value, most in results.values()))


if __name__ == "__main__":
    sys.exit(main())
