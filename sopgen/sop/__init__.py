"""What an SOP is: read from its source, held with its releases, looked over for gaps.

Decisions:

- **Errors break, warnings do not.** A flaw that leaves open what a clause demands or how it is bound
  (front matter, ids, attributes) is an error, and `reader.read_sop` then returns None: half an SOP must not
  judge anyone. A flaw inside an example chat drops only that example.
- **A frozen release is sacred.** Its source, PDF, assets and entry in the index are held against their hashes
  at every reading. When a file of a release is missing or was changed, the release is withheld: it keeps its
  time, and nothing governs in it, because judging by another version in silence would be worse than not
  judging. The other releases keep to their own times. When the index itself cannot be relied upon (an entry
  was changed or taken out, a file has none, a date hangs on a lost source), nobody can tell which version
  governs when, and the whole SOP is left out.
- **A broken draft breaks the draft alone.** Its errors are told; what was released goes on to govern.
- **A release is made whole or not at all.** It is written aside and moved in place file by file, the index
  last; until then nothing of it counts. Only `release_store` writes there, and only one at a time.
- **Lists are clauses where demands live.** In responsibilities, standards, prohibitions, indicators,
  escalation and records every list holds clauses, in procedures every ordered list holds steps. Elsewhere,
  and for nested lists, a list holds clauses when one of its items carries `{#id …}`; otherwise it is prose.
- **Ids are explicit.** An item without one gets a provisional id made from its first words, and a warning.
  Sections and quick replies get ids from their kind or title, because nothing is judged by them.
- **Prose stays Markdown, verbatim.** Comments (`<!-- … -->`) are the author's own and are left out.
"""
