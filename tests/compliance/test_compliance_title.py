"""What the checks are called, without loading them."""

from sopgen.compliance.model import Titles
from sopgen.compliance.pack import default_pack_folder, load_pack
from sopgen.compliance.title import titles_of


def test_the_titles_are_those_of_the_loaded_checks():
    """Every check of the default pack has the title that the loaded pack gives it."""
    folders = (default_pack_folder(),)
    pack = load_pack(folders, lambda _: None)
    assert dict(titles_of(folders)) == {name: rule.title for name, rule in pack.rules.items()}


def test_a_folder_on_top_renames_a_check_and_a_broken_file_names_none(tmp_path):
    """Overrides word a title anew; what cannot be read, or lacks a language, names nothing."""
    (tmp_path / "rules").mkdir()
    (tmp_path / "rules" / "own.yaml").write_text("name: own\ntitle:\n  id: Milik kami\n  en: Ours\nwhen: {\n")
    (tmp_path / "rules" / "half.yaml").write_text("name: half\ntitle: {id: Separuh}\n")
    (tmp_path / "rules" / "broken.yaml").write_bytes(b"name: \xff\n")
    (tmp_path / "overrides.yaml").write_text(
        "calm-tone:\n  title: {id: Nada kita, en: Our tone}\nown: {weight: 2}\n"
    )
    titles = titles_of((default_pack_folder(), tmp_path))
    assert titles["own"] == Titles(id="Milik kami", en="Ours")
    assert titles["calm-tone"] == Titles(id="Nada kita", en="Our tone")
    assert not {"half", "broken"} & titles.keys()
