"""Other people's documents (Word, plain text, HTML, Markdown) into the draft of an SOP.

    bytes -> reading -> pieces -> litter apart -> headings found -> chapters -> Markdown, and a fate per line

Decisions:

- **Nothing is lost.** Every line of a document has a fate: placed in a section, kept below "Belum
  ditempatkan" (Unplaced), or set aside as litter with a reason. Litter is kept too, in a comment at the end.
- **Nothing is invented.** What a document does not say (owner, approver, a check) is a TODO. A clause is
  bound to no check: the lint asks for one, and a person decides. Words stay as they are, but for mojibake.
- **Readers only tell what they see** (`plain`, `marked`, `web`, `word`): text, bold, labels, levels. What a
  heading means is decided in one place for all of them, so that a bold line in Word and a numbered line in a
  text file are treated alike.
- **Text that its author took back is no text.** Struck, deleted and hidden words are litter, never part of a
  clause.
- **Pictures stay in their place.** Those that a manual shows, and that come in the document or lie beside it,
  are files of the draft in `pictures/`; for others a TODO names file, line and description. None is fetched.
- **Tables are laid out as browsers do.** A cell over several rows is told in each. What names columns is no
  clause; in the standards, a table of three columns, or of short cells that demand nothing, stays a table.
- **Lists keep their levels, not their letters.** Markdown counts `1.`; "a." and "i." become numbers.
- **Word files are read as data.** No macro, field or outside part is followed; archives are measured before
  they are unpacked. The line numbers of a Word file count its paragraphs and table rows.
- **A doubtful heading opens nothing.** It stands below Unplaced with its text, where a person sees it.
"""
