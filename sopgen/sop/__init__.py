"""What an SOP is: read from its source, held with its releases, looked over for gaps.

Decisions:

- **Errors break, warnings do not.** A flaw that leaves open what a clause demands or how it is bound
  (front matter, ids, attributes) is an error, and `reader.read_sop` then returns None: half an SOP must not
  judge anyone. A flaw inside an example chat drops only that example.
- **A frozen release is sacred.** When a released source or PDF is missing or differs from its hash, the whole
  SOP is left out by `library.read_library`: judging by another version in silence would be worse than not
  judging.
- **Lists are clauses where demands live.** In responsibilities, standards, prohibitions, indicators,
  escalation and records every list holds clauses, in procedures every ordered list holds steps. Elsewhere,
  and for nested lists, a list holds clauses when one of its items carries `{#id …}`; otherwise it is prose.
- **Ids are explicit.** An item without one gets a provisional id made from its first words, and a warning.
  Sections and quick replies get ids from their kind or title, because nothing is judged by them.
- **Prose stays Markdown, verbatim.** Comments (`<!-- … -->`) are the author's own and are left out.
"""
