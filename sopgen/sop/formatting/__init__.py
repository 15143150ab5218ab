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
- **What could not be read is left alone.** A part with an error (an id that is taken, attributes that make no
  sense) stays as it is, and is told; the others are put in order. Where the front matter cannot be read, the
  whole source stays as it was, because nothing can be held against it.
"""

from sopgen.sop.formatting.source import formatted

__all__ = ["formatted"]
