"""The first SOP of somebody who has none: a text in each language, `sopgen.toml` beside it.

Decisions:

- **It holds from the first minute.** Lint finds nothing to mend, its examples come out as they should, and
  chats can be checked by it before a word was changed.
- **What is to be replaced stands in [square brackets]**, or has a comment that says so. Nothing is invented
  about the workplace.
- **Few clauses**, of checks that fit everywhere. More are taken from the starter SOPs, or bound by hand.
- **The settings are all comments**, so that the file changes nothing until somebody writes in it.
"""
