"""Figures as files for machines and people's own tools: workbooks, tables, JSON, JUnit, Parquet, a message.

Decisions (2026-11-22)

- Every output but JUnit and the message (`sopgen.quality.letter`) is made of the same sheets (`sheets`): what
  one shows, all show. QA's have every finding, masked, under the name by which people decide about it. A
  cell holds a value with its type: a share is a number between 0 and 1, a length of time a number of seconds,
  a day a date. How a number is written is the business of the program that opens the file.
- No cell is a formula. In a workbook texts are written as texts, whatever they begin with. CSV has no types,
  and programs take a text that begins with = + - or @ for a formula: such a text gets an apostrophe in front
  (OWASP, CSV Injection). Links are never made of text.
- A workbook has one sheet per table and reader, with a frozen head and filters. Its creation date is that of
  the newest run, so that the same results give the same bytes.
- Whatever may name a customer has passed the veil when the figures were taken (`sopgen.quality.figure`).
- JUnit tells a test for each clause: broken means failed, never activated skipped. It speaks English, as
  programs read it.
"""
