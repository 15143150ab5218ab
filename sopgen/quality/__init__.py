"""What people make of results: a report of a run, and how well the checker agrees with people.

Decisions (2026-11-21):

- A rate never stands alone: it comes with how many it was taken of and a 95 % interval, and few cases are
  said to be few. Shares, F1 and kappa of one check get Wilson's bounds, which hold for few cases; figures
  over several checks get a seeded bootstrap over conversations (`interval` says why, and what was measured).
- What people see is masked, by one value: a `Veil` turns stored words into shown ones for every page, table
  and message. Texts keep their length, so that spans still point at the same words; a customer is a pseudonym
  ("Pelanggan K7F2-9MTX"), the same over runs, made with a secret of the project (`pseudonym`); ids that are
  somebody's name or number become one too. Results on disk stay as they were said. Showing personal data
  takes `--unmask` and a reason, recorded before anything is shown (`unmasking`). Agents are named: they are
  the ones whom a report is to help (2026-11-22).
- A finding is known over runs by its fingerprint (`runs.fingerprint`). What was there when checking began
  (`baseline.txt`) and what people decided (`dispositions.yaml`) stand beside the SOPs, in files that people
  edit and version; a decision goes before the baseline. News is what neither knows, and what was accepted
  until a day that has passed: with either file, `--fail-on` counts news alone. An accepted departure counts
  as a departure for a check's precision (2026-11-22).
- Decisions teach the model, by the acts on which verdicts hang (`lesson`): labels of whole conversations
  would teach it nothing. What is learnt from is written down first, where people can look it over, and names
  nobody: words that a mask would hide give way to others of their kind (`stand_in`), because a model that had
  learnt dots would look for dots. The model is made of that file alone, so it holds no name either
  (2026-11-22).
- What a complaint is about is told by words of our own (`matter.yaml`), not by clusters: on 111 complaints
  labelled after the words were finished, the adjusted Rand index was 0.21, against 0.09 for the best of
  NMF, k-means, agglomeration and HDBSCAN over TF-IDF (0.03 to 0.09), 60 % of those told were right, and 18
  % stayed unsorted; the complaints come from a hundred trades and ten tongues, harder than one business's.
  k-means then puts together what says the same inside a matter, and among the rest (2026-11-22).
- Pages are one file without a request: style and script stand in the page and are allowed by their hash
  alone. Without the script everything is readable; the script only filters.
- Critical findings come first and are counted apart; no average hides them.
- A page is bounded: it shows the gravest findings in full, says how many it leaves out, and where they are.
- Evaluation follows the annotation guide: one verdict per conversation and check; where several clauses bind
  one check, the strictest verdict counts (fail, undecided, pass, na). `undecided` is never right: it misses
  a fail, and it disagrees for Cohen's kappa. A null label is not scored, and neither is a check that no
  applicable clause binds; both are counted.
"""
