"""An SOP's content as HTML."""

import re
from dataclasses import replace

from markupsafe import Markup

from sopgen.base.diagnostic import Level
from sopgen.manual.body import render_body
from sopgen.manual.paper import for_paper
from sopgen.manual.template import dressed
from sopgen.manual.theme import ClauseRemark, Theme
from sopgen.sop.reader import read_sop

SOURCE = """---
id: cs-hari
title: Melewati malam
language: {language}
owner: Kepala Layanan
approver: Direktur
review_every: 90d
---

## Standar Pelayanan
- **Wajib** mengabari pelanggan. {{#kabar check=first-response-time limit=2m}}

  ```chat pass "menunggu gudang"
  22:50 pelanggan  paket saya di mana?
  22:51 agen       kami tanyakan ke gudang ya Kak
  08:05 agen       paketnya berangkat pagi ini
  08:06 pelanggan  makasih
  08:00 agen       sudah sampai Kak?
  ```
"""


def body_of(language="id", theme=None):
    """Return the HTML of the SOP above."""
    sop = read_sop(SOURCE.format(language=language), file="sop.md", report=lambda _: None)
    with dressed(theme or Theme()):
        return str(render_body(sop, report=lambda _: None).html)


def test_a_chat_that_goes_on_says_which_day_it_is():
    """Before the first line of each later day stands its number, and nowhere else."""
    lines = re.findall(
        r'<li class="line event"><span class="said">([^<]*)</span></li>|<time>([^<]*)<', body_of()
    )
    told = [day or time for day, time in lines]
    assert told == ["22:50", "22:51", "Hari ke-2", "08:05", "08:06", "Hari ke-3", "08:00"]
    assert "Day 2" in body_of("en")


def test_what_misleads_readers_is_reported_with_its_line():
    """A mark that turns the writing direction is an error at its place; a word that is only split is none."""
    text = SOURCE.format(language="id").replace("mengabari", "\u202emengabari\u202c peng\u200bguna")
    flaws = []
    render_body(read_sop(text, file="sop.md", report=lambda _: None), report=flaws.append)
    assert [(each.code, str(each.span), each.level) for each in flaws] == [
        ("MAN116", "sop.md:11:13", Level.ERROR)
    ]


def test_a_check_is_called_by_its_title():
    """People read what a check is called; its name is there for whoever looks for it."""
    theme = Theme(checks=(("first-response-time", "Balasan <pertama>", "First reply"),))
    assert '<span class="value" title="first-response-time">Balasan &lt;pertama&gt;</span>' in body_of(
        theme=theme
    )
    assert '<span class="value" title="first-response-time">First reply</span>' in body_of("en", theme)
    assert "<code>" not in body_of(theme=theme)


def test_a_check_without_a_title_goes_by_its_name():
    """Whoever builds a manual without a checker still sees what is checked."""
    assert "<code>first-response-time</code>" in body_of(theme=Theme(checks=(("other", "Lain", "Other"),)))


def test_what_is_said_of_a_clause_stays_on_the_site():
    """How a clause was kept is plain text in the SOP's language, and not there on paper."""
    remark = ClauseRemark(
        sop="cs-hari", version="draft", clause="kabar", indonesian="Terjaga <b>", english="Kept <b>"
    )
    theme = Theme(compliance=(remark,))
    assert '<p class="facts kept">Terjaga &lt;b&gt;</p>' in body_of(theme=theme)
    assert '<p class="facts kept">Kept &lt;b&gt;</p>' in body_of("en", theme)
    shown, plain = (Markup(body_of(theme=each)) for each in (theme, None))  # noqa: S704 - made by the body
    assert for_paper(shown, "cs-hari") == for_paper(plain, "cs-hari")
    elsewhere = Theme(compliance=(replace(remark, version="1.0"), replace(remark, sop="other")))
    assert body_of(theme=elsewhere) == body_of()
