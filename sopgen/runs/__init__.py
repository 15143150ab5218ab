"""Many conversations: judge a stream of them, keep the results on disk, read them back.

Decisions (2026-11-21):

- A run's folder is whole or absent. Everything is written into a hidden sibling (`.<name>.part`), flushed to
  disk, and renamed at the end; an interrupted run leaves no results, and the next one sweeps what it left.
  Two runs cannot write the same folder at once: the sibling is locked.
- Totals add up, by construction and by assertion: `read = checked + unchanged + set_aside`, and
  `checked = governed + not_governed`. Checked means given to the checker; governed means that at least one
  clause judged it. A conversation that no SOP governs is therefore checked, counted, listed by channel and
  team, and adds no row to `verdicts.parquet`. `unchanged` are what a night
  read and an earlier one had judged as it is (`night`); in any other run it is 0.
- Rows stand in the order of reading and, within a conversation, in the checker's order (SOP, then clause).
  Same input, SOP releases and pack give the same bytes; the start of the run, which the caller names, is
  written to `summary.json` alone.
- `findings.jsonl` carries each finding with enough of the chat around it to be understood without the
  export. It holds the words as they were said, since its character spans count in them; whoever shows it to
  people masks it first (`sopgen.quality` does).
- `transcripts.parquet` keeps, once for all its findings, the whole of each conversation that has any: people
  work it through, and decisions about findings teach the model by it (`sopgen.quality.lesson`). Conversations
  without findings are not kept: nobody would look at them, and what is not stored cannot leak (2026-11-22).
- Several processes may judge (`worker`), or a Ray cluster (`cluster`); one alone writes, in the order of
  reading: for any engine, number of workers and size of batch the bytes are the same. Whoever judges makes
  the rows and lines too (`sheaf`), so that the one who writes keeps up with many.
- A process of this machine that dies ends the run: it is out of memory, most likely, and so would the next
  one be. On a cluster machines come and go, so a batch is judged again elsewhere, a few times.
- A checker that raises is a bug and ends the run with its traceback: one conversation left out in silence
  would be a wrong total.
- Results are files that anything can read: Parquet, JSON Lines, JSON. DuckDB counts them, in the views of
  `results`, whatever number of runs and wherever their rows lie; a connection to them reaches nothing else.
- Every checked conversation has a row in `conversations.parquet`, governed or not: waits, closes, complaints.
  They come from the checker's own look at it (`examine`), so that nothing is recognised twice.

In flow `Reading`s and a `Judge`; out flow a folder and its `RunSummary`. No wording for people, no HTML:
that is `sopgen.quality`.
"""
