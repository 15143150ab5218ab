"""Where links and pictures may lead."""

import pytest

from sopgen.base.picture import LARGEST_ATTACHED
from sopgen.manual.link import Allowed, Leads, Refusal, find_inside, judge_link, judge_picture

PNG = b"\x89PNG\r\n\x1a\n" + b"\0" * 16


@pytest.fixture
def folder(tmp_path):
    """Return an SOP's folder with some files, beside a file that it may not reach."""
    (tmp_path / "outside.txt").write_text("outside")
    home = tmp_path / "sop"
    (home / "pictures").mkdir(parents=True)
    (home / "pictures" / "order panel.png").write_bytes(PNG)
    (home / "form.pdf").write_bytes(b"%PDF-1.7")
    (home / "page.html").write_text("<script>1</script>")
    (home / "fake.png").write_text("<html>")
    (home / "sound.webp").write_bytes(b"RIFF\0\0\0\0WAVEfmt ")
    (home / "panel.webp").write_bytes(b"RIFF\x0a\0\0\0WEBPVP8 ")
    (home / "panel.jpeg").write_bytes(b"\xff\xd8\xff\xe0")
    (home / ".secret.txt").write_text("secret")
    (home / "way-out.txt").symlink_to(tmp_path / "outside.txt")
    (home / "huge.txt").write_bytes(b"0" * (LARGEST_ATTACHED + 1))
    return str(home)


@pytest.mark.parametrize(
    ("target", "leads", "file"),
    [
        ("#greet", Leads.HERE, ""),
        ("https://example.com/a?b#c", Leads.OUTSIDE, ""),
        ("MAILTO:care@example.com", Leads.OUTSIDE, ""),
        ("tel:+6221123", Leads.OUTSIDE, ""),
        ("form.pdf", Leads.FILE, "form.pdf"),
        ("./form.pdf#page=2", Leads.FILE, "form.pdf"),
        ("pictures/order%20panel.png", Leads.FILE, "pictures/order panel.png"),
    ],
)
def test_a_link_may_lead(folder, target, leads, file):
    """A link may lead to a place of the SOP, a harmless file of its folder, or a plain address."""
    assert judge_link(target, anchors={"greet"}, folder=folder) == Allowed(leads=leads, file=file)


@pytest.mark.parametrize(
    ("target", "code"),
    [
        ("javascript:alert(1)", "MAN101"),
        ("JaVaScRiPt:alert(1)", "MAN101"),
        ("vbscript:x", "MAN101"),
        ("data:text/html,x", "MAN101"),
        ("file:///etc/passwd", "MAN101"),
        ("sopgen://font/upright", "MAN101"),
        ("//example.com/x", "MAN101"),
        ("/etc/passwd", "MAN101"),
        ("../outside.txt", "MAN101"),
        ("pictures/../../outside.txt", "MAN101"),
        ("%2e%2e/outside.txt", "MAN101"),
        ("..\\outside.txt", "MAN101"),
        ("\\\\host\\share", "MAN101"),
        ("#nowhere", "MAN102"),
        ("#", "MAN102"),
        ("nothing.pdf", "MAN103"),
        ("java%09script:alert(1)", "MAN103"),
        ("page.html", "MAN103"),
        ("fake.png", "MAN103"),
        ("sound.webp", "MAN103"),
        ("huge.txt", "MAN103"),
        (".secret.txt", "MAN103"),
        ("way-out.txt", "MAN103"),
        ("pictures", "MAN103"),
        ("form.pdf%00.png", "MAN103"),
        ("a" * 5000 + ".pdf", "MAN103"),
        ("d/" * 5000 + "form.pdf", "MAN103"),
        ("", "MAN103"),
    ],
)
def test_a_link_is_refused(folder, target, code):
    """A link to anywhere else is refused, with a hint."""
    refusal = judge_link(target, anchors={"greet"}, folder=folder)
    assert isinstance(refusal, Refusal)
    assert refusal.code == code
    assert refusal.hint


@pytest.mark.parametrize(
    ("target", "code"),
    [
        ("https://example.com/pixel.png", "MAN101"),
        ("//example.com/pixel.png", "MAN101"),
        ("data:image/png;base64,AAAA", "MAN101"),
        ("file:///etc/passwd", "MAN101"),
        ("form.pdf", "MAN103"),
        ("#greet", "MAN103"),
    ],
)
def test_a_picture_is_refused(folder, target, code):
    """A picture from elsewhere, or a file that is none, is refused."""
    refusal = judge_picture(target, folder=folder)
    assert isinstance(refusal, Refusal)
    assert refusal.code == code


def test_a_picture_of_the_folder_is_shown(folder):
    """A picture below the SOP's folder is allowed, under its real name."""
    allowed = judge_picture("pictures/order%20panel.png", folder=folder)
    assert allowed == Allowed(leads=Leads.FILE, file="pictures/order panel.png")
    for name in ("panel.webp", "panel.jpeg"):
        assert judge_picture(name, folder=folder) == Allowed(leads=Leads.FILE, file=name)


def test_an_sop_without_a_folder_has_no_files():
    """An SOP that was read from text alone reaches no file, not even of the working folder."""
    assert find_inside("", "pyproject.toml") is None
