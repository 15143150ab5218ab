"""`sopgen explain`, and the snippets of the command line's own codes."""

from sopgen.cli.catalogue import all_codes
from sopgen.cli.codes import CODES

OWN = {entry.code: entry for entry in CODES}


def test_explain_without_a_word_lists_checks_and_codes(call):
    """Everything that can be explained is listed."""
    told = call("explain").out
    assert "first-response-time" in told
    assert all(code in told for code in all_codes())


def test_explain_shows_what_a_check_demands_by_name_and_by_code(call):
    """The same text for the readable name and for the stable code, with a chat for pass and for fail."""
    by_name = call("explain", "opening-greeting").out
    code = by_name.split()[0]
    assert call("explain", code.lower()).out == by_name
    assert "\npass: " in by_name
    assert "\nfail: " in by_name
    assert "remedy: " in by_name


def test_explain_of_a_check_with_phrases_says_how_they_are_written(call):
    """What `|`, `…` and `*` do; a check without phrases has no need of it."""
    told = call("explain", "must-say").out
    assert "`|` separates phrases" in told
    assert "`…` stands for up to four other words" in told
    assert "`*` ends a word that begins so" in told
    assert "separates phrases" not in call("explain", "first-response-time").out


def test_explain_of_an_unknown_word_names_the_nearest(call):
    """A mistyped check ends with 2."""
    ran = call("explain", "opening-greting")
    assert ran.status == 2
    assert "did you mean 'opening-greeting'?" in ran.err
    far = call("explain", "ZZZ").err
    assert "sopgen explain" in far
    assert len(far) < 300


def test_an_options_file_breaks_as_its_code_says(call, project):
    """CLI104: the one snippet is refused, the other is taken."""
    for text, status in ((OWN["CLI104"].breaks, 2), (OWN["CLI104"].keeps, 0)):
        (project / "told.json").write_text(text, encoding="utf-8")
        assert call("convert", "chats.jsonl", "--options", "told.json").status == status


def test_a_moment_breaks_as_its_code_says(call):
    """CLI105: the one snippet is refused, the other is taken."""
    assert "CLI105" in call("check", "chats.jsonl", "--as-of", OWN["CLI105"].breaks).err
    assert call("check", "chats.jsonl", "--as-of", OWN["CLI105"].keeps).status == 0


def test_a_run_id_breaks_as_its_code_says(call):
    """CLI107: the one snippet is refused, the other is taken."""
    assert "CLI107" in call("check", "chats.jsonl", "--run-id", OWN["CLI107"].breaks).err
    assert call("check", "chats.jsonl", "--run-id", OWN["CLI107"].keeps).status == 0


def test_an_unreadable_export_breaks_as_its_code_says(call, project):
    """CLI108: the one snippet ends with 5, the other is checked."""
    for text, status in ((OWN["CLI108"].breaks, 5), (OWN["CLI108"].keeps, 0)):
        (project / "told.jsonl").write_text(text, encoding="utf-8")
        ran = call("check", "told.jsonl", "--format", "canonical")
        assert ran.status == status
        assert ("CLI108" in ran.err) is (status == 5)


def test_a_gold_file_breaks_as_its_code_says(call, project):
    """CLI109: the one snippet has nothing to score and ends with 5, the other is scored."""
    for text, status in ((OWN["CLI109"].breaks, 5), (OWN["CLI109"].keeps, 0)):
        (project / "told.jsonl").write_text(text, encoding="utf-8")
        ran = call("evaluate", "told.jsonl")
        assert ran.status == status
        assert ("CLI109" in ran.err) is (status == 5)


def test_examples_break_as_their_codes_say(call, project):
    """EXM101 and EXM102: an example that does not hold, and a known gap that has closed."""
    source = project / "sop_sources/cs-kecil/sop.md"
    text = source.read_text(encoding="utf-8")
    start, end = text.index("- **Wajib** membuka"), text.index("- **Wajib** membalas")
    for code in ("EXM101", "EXM102"):
        for snippet, told in ((OWN[code].breaks, True), (OWN[code].keeps, False)):
            source.write_text(text[:start] + snippet + text[end:], encoding="utf-8")
            assert (code in call("test").err) is told
