"""Our own style sheets and scripts in fewer bytes."""

import re

import pytest

from sopgen.manual.lean import lean_script, lean_style
from sopgen.manual.template import asset

STYLES = ("manual.css", "redline.css")
SCRIPTS = ("manual.js", "search.js", "sw.js", "theme.js")


def test_a_style_says_the_same():
    """Remarks and room go; what stands between selectors, in values and in strings stays."""
    css = """
    /* a remark; with { marks } */
    .a > .b, a:hover  { margin: calc(-1 * var(--indent)) auto;  font: 1rem/1.6 "Segoe UI", sans-serif; }
    @media (min-width: 40rem) {
      .c:has(> :is(h3, h4)) { color: red; }
    }
    """
    assert lean_style(css) == (
        '.a > .b,a:hover{margin:calc(-1 * var(--indent)) auto;font:1rem/1.6 "Segoe UI",sans-serif}'
        "@media (min-width: 40rem){.c:has(> :is(h3,h4)){color:red}}\n"
    )


def test_a_script_keeps_its_statements():
    """Remarks on lines of their own, empty lines and indentation go; addresses in strings stay."""
    script = '"use strict";\n\n  // told\n  const a = "https://x"; // why\n\t\n    go(a);\n// end'
    assert lean_script(script) == '"use strict";\nconst a = "https://x"; // why\ngo(a);\n'


@pytest.mark.parametrize("name", STYLES)
def test_our_styles_have_the_form_that_this_takes(name):
    """No string of them holds what is made shorter, and they become a tenth shorter at least."""
    text = asset(name).decode()
    strings = re.findall(r'"[^"\n]*"', text)
    assert not any(set("{};,/*") & set(each) or "  " in each for each in strings)
    assert lean_style(lean_style(text)) == lean_style(text)
    assert len(lean_style(text)) < 0.9 * len(text)


@pytest.mark.parametrize("name", SCRIPTS)
def test_our_scripts_have_the_form_that_this_takes(name):
    """No text of them goes over several lines, and every remark begins with two strokes."""
    text = asset(name).decode()
    assert all(line.count("`") % 2 == 0 for line in text.splitlines())
    assert "/*" not in text
    assert lean_script(lean_script(text)) == lean_script(text)
