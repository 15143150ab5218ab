"""The codes of the manual: what an author's source can get wrong on its way to a page, and what can stop it.

`breaks` and `keeps` are Markdown that could stand in any section of an SOP with an anchor `purpose`, those
of the theme apart.
"""

from sopgen.base.code import Code

THEME_CODES: tuple[Code, ...] = (
    Code(
        code="MAN110",
        title="a colour that is none",
        why="Colours of a theme are written as six or three hexadecimal digits after '#'.",
        breaks='[manual.colours]\naccent = "dark red"',
        keeps='[manual.colours]\naccent = "#8b1a1a"',
    ),
    Code(
        code="MAN111",
        title="colours that cannot be read on one another",
        why=(
            "Text needs a contrast of 4.5 to 1 against its ground (WCAG 2.2, level AA); agents read manuals "
            "on cheap phones and in bright rooms. Both colours and their ratio are named."
        ),
        breaks='[manual.colours]\naccent = "#7ec8e3"',
        keeps='[manual.colours]\naccent = "#0b5c7a"',
    ),
    Code(
        code="MAN112",
        title="a file of the theme that cannot be used",
        why=(
            "Logo, style sheets and templates lie in the project's folder. A manual asks nothing of other "
            "hosts, so a style sheet may not load further files, and a logo may hold no script."
        ),
        breaks='[manual]\nlogo = "no-such-logo.svg"',
        keeps="[manual]\n# no logo: the name of the SOP alone",
    ),
    Code(
        code="MAN113",
        title="an address of the site that is none",
        why="The QR codes of the PDFs lead there, so it must be a whole http or https address.",
        breaks='[manual]\nbase_url = "sop.example.com"',
        keeps='[manual]\nbase_url = "https://sop.example.com"',
    ),
)
"""What a theme can get wrong; `breaks` and `keeps` are a `sopgen.toml`."""

CODES: tuple[Code, ...] = (
    *THEME_CODES,
    Code(
        code="MAN101",
        title="a link or picture leads where a manual may not go",
        why=(
            "Readers open a manual in a browser and trust it. A link may lead to a place in the same SOP, to "
            "a file in the SOP's folder, or to http, https, mailto and tel; a picture must lie in the SOP's "
            "folder, because a manual asks nothing of other hosts."
        ),
        breaks="See [the form](javascript:alert(1)) or [the other SOP](../other/sop.md).",
        keeps="See [the form](https://example.com/form) or write to [us](mailto:care@example.com).",
    ),
    Code(
        code="MAN102",
        title="a link to a place that is not in the SOP",
        why="An agent who follows the link in the middle of a chat lands nowhere.",
        breaks="As said in [the purpose](#pourpose).",
        keeps="As said in [the purpose](#purpose).",
    ),
    Code(
        code="MAN103",
        title="a file that is not there, or that a manual cannot take",
        why=(
            "The site and the PDF carry the files they show. Taken are pictures (PNG, JPEG, GIF, WebP) and "
            "common documents up to 8 MB; pages, scripts and SVG are not, because they can run in a browser."
        ),
        breaks="![The order panel](pictures/no-such-panel.png)",
        keeps="The order panel shows the status on the left.",
    ),
    Code(
        code="MAN104",
        title="a picture without a description",
        why="People who cannot see the picture, and searches, find only what its description says.",
    ),
    Code(
        code="MAN105",
        title="characters that no font on this machine has",
        why=(
            "The PDF would show empty boxes, most often in place of emoji. The text font comes with sopgen, "
            "emoji come from the machine: install an emoji font. No snippet shows it on every machine."
        ),
    ),
    Code(
        code="MAN106",
        title="the PDF renderer complains",
        why="Something was drawn otherwise than written, such as a picture whose bytes are damaged.",
    ),
    Code(
        code="MAN107",
        title="an id or version that cannot name a folder",
        why=(
            "Every version has a folder of its own in the site: letters, digits, '.', '_', '-'. The names "
            "'latest', 'changes', 'replies' and 'assets' are the site's own. The SOP reader refuses most of "
            "these earlier."
        ),
    ),
    Code(
        code="MAN108",
        title="the PDF asks for something that it may not have",
        why="The renderer reads the SOP's own folder alone; a file may have gone during the build.",
    ),
    Code(
        code="MAN109",
        title="a released PDF is not the one that was approved",
        why=(
            "The PDF of a release is frozen with it and handed out byte for byte; it is never made again. A "
            "changed file is named when the SOPs are read, so this is seen only when it changes while the "
            "build runs."
        ),
    ),
    Code(
        code="MAN114",
        title="a link in a PDF that leads nowhere",
        why=(
            "What an author links to is judged with its line (MAN102). A link that a template wrote would be "
            "dead on paper; the PDF is not made."
        ),
    ),
    Code(
        code="MAN115",
        title="a link of the site that leads nowhere",
        why=(
            "The finished site is read back before it takes the old one's place. What an author wrote was "
            "judged before (MAN102, MAN103), so this is a slip of a template: its line is named where it can "
            "be found, else the page and line."
        ),
    ),
    Code(
        code="MAN116",
        title="a character that shows readers other words than are there",
        why=(
            "A mark that turns the writing direction, or a control character, would let people read one "
            "thing while the machine checks another. A draft with one is left out; a release is built, "
            "because nobody may edit it, and says so."
        ),
    ),
    Code(
        code="MAN117",
        title="a table with more columns than paper holds",
        why=(
            "A wide table is set in smaller type, then on a page turned sideways, then with broken words: "
            "nothing of it is lost. Beyond 40 columns fewer than four letters stand on a line."
        ),
        breaks="|" + "Jam | " * 41 + "\n|" + "---|" * 41 + "\n|" + "ya |" * 41,
        keeps="|" + "Jam | " * 40 + "\n|" + "---|" * 40 + "\n|" + "ya |" * 40,
    ),
    Code(
        code="MAN201",
        title="Pango is not on this machine",
        why=(
            "The PDFs are set with Pango, a library of the system that no Python package brings along. "
            "The hint is the command that installs it on Debian and Ubuntu; `sopgen doctor` checks it."
        ),
    ),
    Code(
        code="MAN202",
        title="the manuals cannot be written",
        why="The output folder is full, read-only or not a folder. What stood there before is still there.",
    ),
    Code(
        code="MAN203",
        title="a template of the project that cannot be used",
        why=(
            "Templates of a project run in a sandbox that sees the values of a page and nothing else. A slip "
            "in one would leave a hole in every page, so it ends the build, with the template's line."
        ),
    ),
    Code(
        code="MAN204",
        title="a process that renders PDFs ended by itself",
        why="Most likely the machine had no memory left. Each takes some 200 MB; `--workers 1` takes one.",
    ),
    Code(
        code="MAN205",
        title="another build is at work in the output folder",
        why="Two builds at once would replace each other's folders. Preview has a folder of its own.",
    ),
)
