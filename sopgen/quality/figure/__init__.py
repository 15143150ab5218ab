"""What reports count, as values: DuckDB counts the stored rows, and nothing here knows how it is shown.

Decisions (2026-11-22)

- `figures(results, reader, veil=…)` gives one frozen value for each reader (`QaFigures`, `LeadFigures`,
  `OwnerFigures`). Whatever names a customer or quotes one has passed the veil; a `ConversationKey` alone is
  as stored, to look things up by, and is not for showing.
- Counted is each conversation once, as the newest of the runs judged it (`latest_verdicts`). Days are those
  on which conversations began, by the clock of the people who wrote.
- A rate has its Wilson interval and how many it was taken of. Rates count verdicts that are pass or fail: a
  clause that was not activated, or could not be decided, is neither kept nor broken.
- A change is only called better or worse where Newcombe's interval of the difference leaves out zero, at
  99 %: a report compares some hundred clauses, of which one in a hundred that stayed
  the same is then called by chance, instead of five (`change`).
- The score of an agent or a team is the weighted share of passes among clauses that are not critical.
  Critical errors are apart: of how many conversations had one, by class. So none hides in an average, and
  none counts twice.
- A departure belongs to the author of its evidence: a verdict's `agent` is that author. Whoever closed the
  chat answers for nothing that others wrote.
- An agent with fewer than LEAST_CONVERSATIONS conversations has figures and no rank: the interval of a share
  of 29 is as wide as half the scale (`interval.SMALL_SAMPLE`), so that a rank would be chance.
- A habit is a clause that an agent broke twice or more, or once where it is critical. First come critical
  ones, then those in which the agent is worse than colleagues of the team by the interval, then by weight
  lost. Two agents of one name in two teams are two.
- Returning customers and first-contact resolution know people by the name under which they wrote, lower case;
  two of one name are one. What is the same thing is what the record's category says.
- A finding that somebody called a false alarm (`dispositions.yaml`) counts against nobody: for leads and
  owners it has the verdict that they gave instead, else `undecided`. One that is accepted, or in the
  baseline, is a departure and counts. QA sees what the checker found, and how much of it is news: what is
  known already stands last in the order of risk, fails no test of JUnit, and is named in every list.
- A report of one run looks back to the runs beside it (`history`): changes and trends are of all of them,
  everything else is of that run.
- Nothing is counted in Python loops over verdicts: twenty thousand conversations are half a million rows.
"""
