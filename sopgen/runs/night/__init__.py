"""Night after night: what arrived in the inboxes, judged once, kept by day, and removed when its time is up.

Decisions (2026-11-22):

- The folder of a run is the truth, the ledger (SQLite) an index of it. A run's folder holds what the ledger
  will say of it (`judged.parquet`, `inbox.jsonl`) and appears by one rename. Only then is the ledger told, in
  one transaction. Whatever dies in between, the next night finds a folder that the ledger does not know and
  takes it in; taking it in twice changes nothing. A ledger that was deleted is made again from the folders.
- What follows a run (its rows by day, its report, the message to people) is due in the ledger until it is
  done. Each of them can be done twice without harm, so a night that died is finished by the next.
- A night reads every new or changed file once. What has to be judged is written to a spool in canonical form,
  and judged from there: files that still grow, and copies of one conversation in several files, cannot change
  what is judged after it was counted.
- A conversation is known by its inbox and its id. Of several copies the latest counts: the one with the later
  last message, then of the newer file, then with more messages. A copy older than what was judged is
  `unchanged`: it brings nothing. So two files with two versions do not take turns. A newer version of the
  file that was judged counts before what it held: somebody corrected a time (2026-11-24).
- It is judged again when its content changed, or a version of an SOP that governs it, or the pack; and once
  more when it was still going on as it was judged. Content is the canonical form, without place or file.
- A file is known by its size, its time (remote: or its tag), the options it is read with, and the SOPs and
  checks. A file as before is not read at all and counts in nothing. `read = checked + unchanged + set aside`
  holds for what was read. A file whose records were set aside is as before, too, until it changes.
- A file younger than `settle`, or whose name says that it is a part, is left for the next night. A half file
  that was read all the same gives one record set aside, and is read again when it has grown.
- Results by day (`results/verdicts/day=2026-11-21/verdicts.parquet`) hold the latest verdicts of each
  conversation under the day on which it began. A day's file is replaced by rename. They outlive the runs.
- Times to keep are days. Runs hold words, and go first; results by day hold none but reasons and short pieces
  of evidence. A conversation that began before what is kept is not judged: its results would go at once.
- Erasing a person keeps no name: people are known by a keyed hash of their name, id or number. Key and hashes
  stand beside the SOPs and not in the output folder, since deleting the output must not bring anybody back.
- One night, or one erasure, at a time: a lock that dies with its process.

In flow settings, exports and a checker; out flow runs, results by day, and a ledger.
"""
