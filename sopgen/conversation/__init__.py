"""What was said, and how it gets here: the model, chat notation, the canonical form, export files.

An export is read in three steps. `export` finds the files and asks every importer's `sniff` how sure it is
of the first bytes; the surest one's `read` then yields, record by record, a Conversation or a SetAside;
nothing is dropped, so that what was read always equals what was checked plus what was set aside. Decisions:

- An importer is one module in `importers/`, two functions, and one row of the table in `importers/__init__`.
  It knows no other importer; what several need (lines, encodings, archives, instants, words for roles) is a
  module here.
- Flaws of a *record* are SetAside values in the stream. Remarks that do not cost a record (an assumed time
  zone, messages out of order) are Diagnostics, at most one of a code per file.
- The canonical form is carried as it stands, texts untouched: what sopgen wrote it reads back equal. Every
  other importer cleans texts (`text.clean`), because messengers put invisible marks into them.
- Nothing here opens a network connection, unpacks to disk or uses a name from inside an archive as a path.
"""
