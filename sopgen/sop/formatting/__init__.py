"""The source of an SOP put in order: ids where there are none, a tidy front matter, all else byte for byte.

    text -> edits (a place and what stands there then) -> text, which is read again and held against the first

Decisions

- **Clauses, steps and procedures get ids**, from the words that tell them apart, in their own language,
  without numbers (a limit changes, an id does not) and without modal words. A section gets one only
  where its own hangs on its heading; quick replies keep the ids of their titles, because nothing is judged by
  them.
- **No id is used twice**, not even one that only a release had, or that `was=` names.
- **An editor's file stays an editor's file.** An edit inserts or replaces what it must. Line ends, blanks,
  comments, wrapped lines and fences stay as they are; nothing is laid out anew.
- **The front matter** gets its keys in the order of the documentation, with the comments above them; quotes
  only where YAML needs them; lengths of time and hours in one form; no blanks at line ends. No YAML library
  rewrites it: they move comments and wrap lines. PyYAML tells where each value stands, and a value is
  replaced there.
- **What it says never changes.** The result is read again; where it says anything else than the source, the
  source is left as it was (FMT101).
- **An SOP with errors is left alone**: what could not be read cannot be held against the result.
"""

from sopgen.sop.formatting.source import formatted

__all__ = ["formatted"]
